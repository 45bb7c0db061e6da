//! What a scrape shows: samples that are well formed, counted once each, and no more series than the catalogue allows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{hold_against_the_catalogue, log_in_at, scrape, serve, value};
use crate::{
    on_both,
    support::{Client, Database, Server, exposition::Families, factories::*, raw},
};

on_both!(
    what_is_exported_is_well_formed_and_described,
    payments_are_counted_by_their_outcome_and_only_once,
    clients_cannot_make_series_grow,
);

async fn what_is_exported_is_well_formed_and_described(database: Database) {
    let server = Server::start(&database).await;
    paid_order(&server, &server.member()).await;
    server
        .anonymous()
        .get("/api/v1/nowhere")
        .unchecked()
        .await
        .must(404);
    raw::exchange(&server.base, b"nonsense\r\n\r\n").await;
    let families = scrape(&server.anonymous()).await;
    hold_against_the_catalogue(&families);

    // OpenTelemetry's buckets, and finer ones below.
    let bounds: BTreeSet<String> = families["http_server_request_duration_seconds"]
        .samples
        .iter()
        .filter_map(|(_, labels, _)| labels.get("le").cloned())
        .collect();
    for bound in [
        "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25",
        "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf",
    ] {
        assert!(bounds.contains(bound), "{bound} is not among {bounds:?}");
    }
    assert!(value(&families, "process_resident_memory_bytes", &[]) > 1_000_000.0);
    let route = ("http_route", "/api/v1/orders/{orderId}/pay");
    let paid = [
        route,
        ("http_request_method", "POST"),
        ("http_response_status_code", "200"),
        ("api_version", "v1"),
    ];
    assert!(value(&families, "http_server_request_duration_seconds", &paid) > 0.0);
}

async fn payments_are_counted_by_their_outcome_and_only_once(database: Database) {
    // A process of its own: the tests of this one pay too.
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, &[]).await;
    let (admin, member) = (
        log_in_at(&server, "admin").await,
        log_in_at(&server, "member").await,
    );
    let top_up = |source: &str, key: &str| {
        let body = json!({ "amount": 5_000, "currency": "USD", "source": source });
        member.post("/api/v1/wallet/top-ups").key(key).json(body)
    };
    top_up("card", "one").await.must(201);
    top_up("card", "one").await.must(201);
    top_up("please decline", "two")
        .await
        .must_fail(402, "PAYMENT_DECLINED");

    let product = admin
        .post("/api/v1/products")
        .json(new_product(10, 3_000))
        .await
        .must(201)
        .data();
    let (first, second) = (
        order(&member, &product, 1).await,
        order(&member, &product, 1).await,
    );
    let pay = |order: &Value, key: &str| member.post(format!("{}/pay", path_of(order))).key(key);
    pay(&first, "pay").await.must(200);
    pay(&first, "pay").await.must(200);
    pay(&first, "again")
        .await
        .must_fail(409, "ORDER_ALREADY_PAID");
    pay(&second, "poor")
        .await
        .must_fail(402, "INSUFFICIENT_FUNDS");

    let families = scrape(&member).await;
    let counted = |outcome| value(&families, "payments_total", &[("outcome", outcome)]);
    let counts = ["completed", "declined", "refused", "insufficient_funds"].map(counted);
    assert_eq!(counts.map(|count| count.to_string()), ["2", "1", "1", "1"]);
    server.stop().await;
}

async fn clients_cannot_make_series_grow(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, &[]).await;
    let anonymous = Client::anonymous(&server.base);
    let series = |families: Families| -> usize {
        families.values().map(|family| family.samples.len()).sum()
    };
    let odd = async |at: usize| {
        anonymous
            .get(format!("/nowhere/{at}"))
            .unchecked()
            .await
            .must(404);
        anonymous
            .get(format!("/api/v1/products/odd-{at}?x={at}"))
            .unchecked()
            .await;
        anonymous
            .get(format!("/docs/{at}"))
            .unchecked()
            .await
            .must(404);
        let method = reqwest::Method::from_bytes(format!("METHOD{at}").as_bytes()).unwrap();
        anonymous
            .call(method.clone(), "/api/v1/orders")
            .unchecked()
            .await
            .must(405);
        anonymous.call(method, "/livez").unchecked().await.must(405);
    };
    odd(0).await;
    scrape(&anonymous).await;
    let before = series(scrape(&anonymous).await);
    for at in 1..=20 {
        odd(at).await;
    }
    let after = series(scrape(&anonymous).await);
    // A background task may begin a few of its own meanwhile; a label of the client's making would bring hundreds.
    assert!(after < before + 40, "{before} series became {after}");
    server.stop().await;
}
