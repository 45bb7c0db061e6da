//! `Idempotency-Key`: the same request is carried out once and answered alike.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Answer, Client, Database, Server, factories::*},
};

on_both!(
    the_same_key_and_request_are_answered_alike,
    the_same_key_with_another_body_is_refused,
    the_same_key_with_another_path_is_refused,
    keys_of_two_callers_never_meet,
    a_key_of_an_api_key_is_not_the_key_of_its_owner,
    a_key_may_be_quoted_or_bare,
    a_key_that_is_none_is_refused,
    refusals_of_validation_and_credentials_are_not_stored,
    an_order_that_is_not_found_is_not_stored,
    a_refusal_by_a_rule_is_stored,
    a_key_is_forgotten_after_a_day,
    a_replay_carries_location_and_etag,
    an_order_with_a_key_is_created_once,
    a_replay_survives_a_restart,
    a_request_that_breaks_off_never_runs,
    headers_do_not_make_another_request,
);

async fn top_up_with(client: &Client, key: &str, amount: i64) -> Answer {
    let body = json!({ "amount": amount, "currency": "USD", "source": "sandbox-card" });
    client
        .post("/api/v1/wallet/top-ups")
        .key(key)
        .json(body)
        .await
}

#[track_caller]
fn assert_replayed(first: &Answer, second: &Answer) {
    assert_eq!((first.status, first.text()), (second.status, second.text()));
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(
        second.header("original-request-id"),
        first.header("x-request-id")
    );
    assert_ne!(second.header("x-request-id"), first.header("x-request-id"));
}

async fn the_same_key_and_request_are_answered_alike(database: Database) {
    let server = Server::start(&database).await;
    let first = top_up_with(&server.member(), "k", 100).await.must(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    server.advance(Duration::from_secs(5));
    let second = top_up_with(&server.member(), "k", 100).await.must(201);
    assert_replayed(&first, &second);
    assert_eq!(balance(&server.member()).await, 100);
}

async fn the_same_key_with_another_body_is_refused(database: Database) {
    let server = Server::start(&database).await;
    top_up_with(&server.member(), "k", 100).await.must(201);
    let other = top_up_with(&server.member(), "k", 101).await;
    other.must_fail(422, "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(balance(&server.member()).await, 100);
}

async fn the_same_key_with_another_path_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let product = product(&server, 10, 100).await;
    top_up(&member, 1_000).await;
    let (one, two) = (
        order(&member, &product, 1).await,
        order(&member, &product, 1).await,
    );
    let pay = |order: &Value| member.post(format!("{}/pay", path_of(order))).key("k");
    pay(&one).await.must(200);
    pay(&two).await.must_fail(422, "IDEMPOTENCY_KEY_REUSED");
    let dry = member.post("/api/v1/orders?dryRun=true").key("d");
    let body = json!({ "productId": product["id"], "quantity": 1 });
    dry.json(&body).await.must(200);
    let real = member.post("/api/v1/orders").key("d").json(&body).await;
    assert!(
        real.status == 201 || real.code() == "IDEMPOTENCY_KEY_REUSED",
        "{}",
        real.text()
    );
}

async fn keys_of_two_callers_never_meet(database: Database) {
    let server = Server::start(&database).await;
    let one = top_up_with(&server.member(), "k", 100).await.must(201);
    let two = top_up_with(&server.other(), "k", 100).await.must(201);
    assert_ne!(id(&one.data()), id(&two.data()));
    assert_eq!(two.header("idempotency-replayed"), "");
}

async fn a_key_of_an_api_key_is_not_the_key_of_its_owner(database: Database) {
    let server = Server::start(&database).await;
    let key = api_key(&server.member(), &["wallet:write"]).await;
    top_up_with(&server.member(), "k", 100).await.must(201);
    let other = top_up_with(&key, "k", 100).await.must(201);
    assert_eq!(other.header("idempotency-replayed"), "");
    assert_eq!(balance(&server.member()).await, 200);
}

async fn a_key_may_be_quoted_or_bare(database: Database) {
    let server = Server::start(&database).await;
    let first = top_up_with(&server.member(), "\"k-1\"", 100)
        .await
        .must(201);
    let second = top_up_with(&server.member(), "k-1", 100).await.must(201);
    assert_replayed(&first, &second);
    top_up_with(&server.member(), &"k".repeat(255), 1)
        .await
        .must(201);
}

async fn a_key_that_is_none_is_refused(database: Database) {
    let server = Server::start(&database).await;
    for key in [
        "",
        "\"\"",
        "with blank",
        "tab\there",
        "\u{e4}",
        &"k".repeat(256),
    ] {
        let refused = top_up_with(&server.member(), key, 100).await.must(400);
        assert!(
            ["VALIDATION_ERROR", "IDEMPOTENCY_KEY_MISSING"].contains(&refused.code().as_str()),
            "{key:?}: {}",
            refused.text()
        );
    }
    assert_eq!(balance(&server.member()).await, 0);
}

async fn refusals_of_validation_and_credentials_are_not_stored(database: Database) {
    let server = Server::start(&database).await;
    top_up_with(&server.member(), "k", 0)
        .await
        .must_fail(400, "VALIDATION_ERROR");
    top_up_with(&server.anonymous(), "k", 100)
        .await
        .must_fail(401, "NO_TOKEN");
    let reader = api_key(&server.member(), &["wallet:read"]).await;
    top_up_with(&reader, "k", 100)
        .await
        .must_fail(403, "INSUFFICIENT_SCOPE");
    top_up_with(&server.member(), "k", 100).await.must(201);
}

async fn an_order_that_is_not_found_is_not_stored(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let pay = format!("{}/pay", path_of(&order));
    server
        .other()
        .post(&pay)
        .key("k")
        .await
        .must_fail(404, "ORDER_NOT_FOUND");
    assert_eq!(stored(&database).await, 1, "only that of the top-up");
}

async fn a_refusal_by_a_rule_is_stored(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 1, 100).await;
    let body = json!({ "productId": product["id"], "quantity": 1 });
    let create = |key: &str| server.member().post("/api/v1/orders").key(key).json(&body);
    let first = create("poor").await.must_fail(402, "INSUFFICIENT_FUNDS");
    top_up(&server.member(), 1_000).await;
    assert_replayed(&first, &create("poor").await);
    create("rich").await.must(201);
    let first = create("empty").await.must_fail(409, "OUT_OF_STOCK");
    server
        .admin()
        .patch(format!("/api/v1/products/{}", id(&product)))
        .json(json!({ "stockDelta": 1 }))
        .await
        .must(200);
    assert_replayed(&first, &create("empty").await);
    create("full").await.must(201);
}

async fn a_key_is_forgotten_after_a_day(database: Database) {
    let server = Server::start(&database).await;
    top_up_with(&server.member(), "k", 100).await.must(201);
    server.advance(Duration::from_secs(24 * 60 * 60 + 1));
    server.sweep().await;
    let member = server.logged_in_again().await;
    let again = top_up_with(&member, "k", 100).await.must(201);
    assert_eq!(again.header("idempotency-replayed"), "");
    assert_eq!(balance(&member).await, 200);
}

async fn a_replay_carries_location_and_etag(database: Database) {
    let server = Server::start(&database).await;
    let create = || {
        server.admin().post("/api/v1/products").key("p").json(json!({
        "sku": "ONCE", "name": "Once", "description": "", "price": 1, "currency": "USD", "stock": 1,
    }))
    };
    let first = create().await.must(201);
    let second = create().await.must(201);
    assert_replayed(&first, &second);
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(first.header("etag"), second.header("etag"));
    assert_eq!(first.header("content-type"), second.header("content-type"));
}

async fn an_order_with_a_key_is_created_once(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 10, 100).await;
    top_up(&server.member(), 1_000).await;
    let body = json!({ "productId": product["id"], "quantity": 2 });
    for _ in 0..3 {
        server
            .member()
            .post("/api/v1/orders")
            .key("k")
            .json(&body)
            .await
            .must(201);
    }
    assert_eq!(database.number("select count(*) from orders").await, 1);
    assert_eq!(stock(&server, &product).await, 8);
    // Without a key every call is an order.
    try_order(&server.member(), &product, 1).await.must(201);
    try_order(&server.member(), &product, 1).await.must(201);
    assert_eq!(database.number("select count(*) from orders").await, 3);
}

async fn a_replay_survives_a_restart(database: Database) {
    let first = {
        let server = Server::start(&database).await;
        let first = top_up_with(&server.member(), "k", 100).await.must(201);
        server.stop().await;
        first
    };
    let server = Server::start(&database).await;
    assert_replayed(&first, &top_up_with(&server.member(), "k", 100).await);
    assert_eq!(balance(&server.member()).await, 100);
}

async fn a_request_that_breaks_off_never_runs(database: Database) {
    use tokio::io::AsyncWriteExt as _;
    let server = Server::start(&database).await;
    let body = r#"{"amount":100,"currency":"USD","source":"sandbox-card"}"#;
    let head = format!(
        "POST /api/v1/wallet/top-ups HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         idempotency-key: k\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        server.people().member.token,
        body.len() + 1,
    );
    let mut connection = crate::support::raw::connect(&server.base).await;
    connection
        .write_all(format!("{head}{body}").as_bytes())
        .await
        .unwrap();
    connection.shutdown().await.unwrap();
    drop(connection);
    assert_eq!(balance(&server.member()).await, 0);
    assert_eq!(stored(&database).await, 0);
    top_up_with(&server.member(), "k", 100).await.must(201);
}

async fn headers_do_not_make_another_request(database: Database) {
    let server = Server::start(&database).await;
    let body = r#"{"amount":100,"currency":"USD","source":"sandbox-card"}"#;
    let send = |content_type: &'static str| {
        let call = server.member().post("/api/v1/wallet/top-ups").key("k");
        call.body(content_type, body)
    };
    let first = send("application/json")
        .header("user-agent", "one")
        .await
        .must(201);
    let second = send("application/json; charset=utf-8")
        .header("user-agent", "two")
        .await;
    assert_replayed(&first, &second);
}

async fn stored(database: &Database) -> i64 {
    database
        .number("select count(*) from idempotency_keys")
        .await
}
