//! What answers look like: bodies, headers, conditions, the cache, replays.

use std::sync::atomic::Ordering;

use openapi_runtime as rt;

use crate::bodies::GOOD;
use crate::host::{Server, get};

const PRODUCT: &str = r#"{"success":true,"data":{"id":"0190a4c2-7d5b-7cc0-8000-000000000001","sku":"A-1","price":100,"note":null},"error":null,"requestId":"req_test","timestamp":"2026-01-02T03:04:05.678Z"}"#;

#[tokio::test]
async fn a_success_is_complete() {
    let answer = Server::new().create(GOOD).await;
    assert_eq!((answer.status, answer.body.as_str()), (201, PRODUCT));
    for (name, value) in [
        ("content-type", "application/json"),
        ("location", "/api/v1/products/1"),
        ("etag", "\"1\""),
        ("cache-control", "private, no-cache"),
        ("vary", "Authorization"),
        ("x-request-id", "req_test"),
        ("api-version", "v1"),
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", "99"),
        ("x-ratelimit-reset", "1767323076"),
        ("ratelimit-policy", "\"general\";q=100;w=60"),
        ("ratelimit", "\"general\";r=99;t=30"),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let matched = answer.extensions.get::<rt::Matched>().unwrap();
    assert_eq!(
        (matched.spec.id, matched.caller.as_deref()),
        ("createProduct", Some("user-admin"))
    );
}

#[tokio::test]
async fn a_replay_is_the_first_answer_byte_for_byte() {
    let answer = Server::new().pay("replay").await;
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .body
            .ends_with(r#""requestId":"req_first","timestamp":"2026-01-01T00:00:00.000Z"}"#),
        "{}",
        answer.body
    );
    assert_eq!(answer.header("idempotency-replayed"), "true");
    assert_eq!(answer.header("original-request-id"), "req_first");
    assert_eq!(answer.header("x-request-id"), "req_test");
    assert_eq!(
        (answer.header("etag"), answer.header("content-type")),
        ("\"1\"", "application/json")
    );
}

#[tokio::test]
async fn the_list_is_made_once_and_sent_to_everybody() {
    let server = Server::new();
    let first = server
        .send(get("/api/v1/products?page=2&q=a").finish())
        .await;
    let second = server
        .send(get("/api/v1/products?q=a&page=2").finish())
        .await;
    assert_eq!((first.status, first.body.as_str()), (200, PRODUCT));
    assert_eq!(first.body, second.body);
    assert_eq!(server.shop.listed.load(Ordering::Relaxed), 1);
    assert_eq!(
        second.header("link"),
        "</api/v1/products?page=3>; rel=\"next\""
    );
    assert_eq!(second.header("cache-control"), "public, max-age=60");
    assert_eq!(second.header("vary"), "");
    assert_eq!(first.header("etag").len(), 34);
    server.send(get("/api/v1/products?page=3").finish()).await;
    assert_eq!(server.shop.listed.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn bad_requests_and_failures_are_not_kept() {
    let server = Server::new();
    assert_eq!(
        server
            .send(get("/api/v1/products?x=1").finish())
            .await
            .status,
        400
    );
    for _ in 0..2 {
        let failed = server.send(get("/api/v1/products?page=13").finish()).await;
        assert_eq!(
            (failed.status, failed.header("cache-control")),
            (500, "no-store")
        );
    }
    assert_eq!(server.shop.listed.load(Ordering::Relaxed), 2);
    assert!(server.shop.cache.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_client_that_has_it_is_told_so() {
    let server = Server::new();
    let etag = server
        .send(get("/api/v1/products").finish())
        .await
        .header("etag")
        .to_owned();
    for condition in [
        etag.clone(),
        format!("W/{etag}"),
        format!("\"x\", {etag}"),
        "*".to_owned(),
    ] {
        let answer = server
            .send(
                get("/api/v1/products")
                    .header("If-None-Match", &condition)
                    .finish(),
            )
            .await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (304, ""),
            "{condition}"
        );
        assert_eq!(
            (answer.header("etag"), answer.header("cache-control")),
            (etag.as_str(), "public, max-age=60")
        );
        assert_eq!(
            (
                answer.header("content-type"),
                answer.header("x-ratelimit-limit")
            ),
            ("", "100")
        );
    }
    for condition in ["\"x\"", "garbage"] {
        let answer = server
            .send(
                get("/api/v1/products")
                    .header("If-None-Match", condition)
                    .finish(),
            )
            .await;
        assert_eq!(answer.status, 200, "{condition}");
    }
    // An operation that does not declare 304 does not answer it.
    let pay = server
        .send(
            crate::host::post(crate::host::PAY, "member")
                .header("Idempotency-Key", "k")
                .header("If-None-Match", "*")
                .finish(),
        )
        .await;
    assert_eq!(pay.status, 200);
}

#[tokio::test]
async fn the_error_envelope_is_exact() {
    let answer = Server::new()
        .send(get("/api/v1/products?page=x").finish())
        .await;
    assert_eq!(
        answer.body,
        concat!(
            r#"{"success":false,"data":null,"error":{"code":"VALIDATION_ERROR","message":"Invalid request parameters","#,
            r#""details":[{"field":"page","in":"query","reason":"invalid_type","message":"Must be an integer"}],"#,
            r#""requestId":"req_test","timestamp":"2026-01-02T03:04:05.678Z"},"requestId":"req_test","timestamp":"2026-01-02T03:04:05.678Z"}"#
        )
    );
    assert_eq!(
        (
            answer.header("content-type"),
            answer.header("cache-control")
        ),
        ("application/json", "no-store")
    );
    assert_eq!(
        (answer.header("api-version"), answer.header("x-request-id")),
        ("v1", "req_test")
    );
}
