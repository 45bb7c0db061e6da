//! A server that breaks something is found out, with the consumer and the field.

use http_body_util::Full;
use hyper::Response;
use serde_json::Value;

use crate::{
    run,
    server::{Backend, Waybill},
    stub::{Answered, Asked, Stub},
    verified,
};

#[test]
fn a_dropped_field_is_found_with_its_consumer() {
    run(async {
        let server = Waybill::start(Backend::Sqlite).await;
        let proxy = through(&server.base, |path, body| {
            if path.starts_with("/api/v1/products/") {
                body["data"]
                    .as_object_mut()
                    .map(|product| product.remove("price"));
            }
        })
        .await;
        let report = verified(&server, proxy.base(), "").await;
        server.stop().await;
        // The warehouse reads products, too, but never their price.
        let broken: Vec<String> = report
            .pacts
            .iter()
            .flat_map(|pact| pact.interactions.iter().map(move |one| (pact, one)))
            .filter(|(_, one)| one.is_broken())
            .map(|(pact, one)| format!("{}: {}", pact.consumer, one.description))
            .collect();
        assert_eq!(
            broken,
            ["web-shop: a look at a product"],
            "{}",
            report.text()
        );
        let text = report.text();
        let line = text.lines().find(|line| line.contains("body $.data"));
        assert!(line.is_some_and(|line| line.contains("price")), "{text}");
    });
}

#[test]
fn an_amount_that_becomes_a_text_is_found() {
    run(async {
        let server = Waybill::start(Backend::Sqlite).await;
        let proxy = through(&server.base, |path, body| {
            if path == "/api/v1/wallet"
                && let Some(balance) = body.pointer_mut("/data/balance")
            {
                *balance = balance.to_string().into();
            }
        })
        .await;
        let report = verified(&server, proxy.base(), "mobile-app").await;
        server.stop().await;
        assert_eq!(report.count_broken(), 1, "{}", report.text());
        assert!(
            report.text().contains("body $.data.balance"),
            "{}",
            report.text()
        );
    });
}

#[test]
fn an_event_that_is_never_written_is_found() {
    run(async {
        let server = Waybill::start(Backend::Sqlite).await;
        // As if the server wrote its events somewhere else.
        let elsewhere = Waybill::start(Backend::Sqlite).await;
        let (database, base) = (server.database.clone(), server.base.clone());
        let mut lying = server;
        lying.database.clone_from(&elsewhere.database);
        let report = verified(&lying, &base, "warehouse").await;
        lying.database = database;
        let broken: Vec<&str> = report
            .pacts
            .iter()
            .flat_map(|pact| &pact.interactions)
            .filter(|one| one.is_broken())
            .map(|one| one.description.as_str())
            .collect();
        assert_eq!(broken, ["a paid order was cancelled", "an order was paid"]);
        lying.stop().await;
        elsewhere.stop().await;
    });
}

/// A proxy before the server that changes its JSON.
async fn through(base: &str, change: impl Fn(&str, &mut Value) + Send + Sync + 'static) -> Stub {
    let http = reqwest::Client::builder().build().expect("a client");
    let change = std::sync::Arc::new(change);
    let base = base.to_owned();
    Stub::serve(move |asked: Asked| {
        let (http, base, change) = (http.clone(), base.clone(), change.clone());
        async move { passed_on(&http, &base, asked, &*change).await }
    })
    .await
}

async fn passed_on(
    http: &reqwest::Client,
    base: &str,
    asked: Asked,
    change: &(impl Fn(&str, &mut Value) + Send + Sync),
) -> Answered {
    let (head, body) = asked.into_parts();
    let mut headers = head.headers;
    headers.remove("host");
    let answer = http
        .request(head.method, format!("{base}{}", head.uri))
        .headers(headers)
        .body(body)
        .send()
        .await
        .expect("the server answers");
    let mut changed = Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        if name != "content-length" && name != "transfer-encoding" {
            changed = changed.header(name, value);
        }
    }
    let bytes = answer.bytes().await.expect("a whole answer");
    let bytes = match serde_json::from_slice::<Value>(&bytes) {
        Ok(mut body) => {
            change(head.uri.path(), &mut body);
            body.to_string().into_bytes()
        }
        Err(_) => bytes.to_vec(),
    };
    changed.body(Full::from(bytes)).expect("an answer")
}
