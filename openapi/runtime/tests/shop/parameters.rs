//! Query, path and header parameters, together with the body.

use crate::bodies::GOOD;
use crate::host::{PAY, Server, get, post};

async fn create_at(query: &str) -> crate::host::Answer {
    Server::new()
        .send(
            post(&format!("/api/v1/products{query}"), "admin")
                .content_type("application/json")
                .body(GOOD),
        )
        .await
}

#[tokio::test]
async fn parameters_are_read() {
    let server = Server::new();
    let request = post(
        "/api/v1/products?notify=a%20b&notify=c+d&currencies=USD,EUR&copies=3",
        "admin",
    )
    .content_type("application/json")
    .header("X-Region", "DE")
    .body(GOOD);
    assert_eq!(server.send(request).await.status, 201);
    let created = server.shop.created.lock().unwrap();
    assert_eq!(created[0].notify, ["a b", "c d"]);
    assert_eq!(created[0].currencies.len(), 2);
    assert_eq!(
        (created[0].copies, created[0].x_region.as_deref()),
        (3, Some("DE"))
    );
}

#[tokio::test]
async fn absent_parameters_have_their_defaults() {
    let server = Server::new();
    assert_eq!(server.create(GOOD).await.status, 201);
    let created = server.shop.created.lock().unwrap();
    assert!(created[0].notify.is_empty() && created[0].currencies.is_empty());
    assert_eq!(
        (created[0].copies, created[0].x_region.as_deref()),
        (1, None)
    );
}

#[tokio::test]
async fn violations_of_every_part_come_together() {
    let request = post(
        "/api/v1/products?notify=&notify=b&currencies=USD,GBP,USD&copies=11&what=1&bad=%ff",
        "admin",
    )
    .content_type("application/json")
    .header("X-Region", "Germany")
    .body(r#"{"sku":"A"}"#);
    let answer = Server::new().send(request).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "VALIDATION_ERROR")
    );
    assert_eq!(
        answer.details(),
        [
            "query bad invalid_format",
            "query what unknown_field",
            "query notify[0] too_short",
            "query currencies[1] not_in_enum",
            "query currencies too_many_items",
            "query copies too_big",
            "header X-Region too_long",
            "body price required",
            "body parts required",
        ]
    );
    assert_eq!(answer.json()["error"]["message"], "Invalid request");
    assert_eq!(
        answer.json()["error"]["details"][3]["allowed"],
        serde_json::json!(["USD", "EUR"])
    );
}

#[tokio::test]
async fn malformed_json_does_not_hide_the_parameters() {
    let request = post("/api/v1/products?copies=x", "admin")
        .content_type("application/json")
        .body("{");
    let answer = Server::new().send(request).await;
    assert_eq!(
        (answer.code().as_str(), answer.details()),
        (
            "MALFORMED_JSON",
            vec!["query copies invalid_type".to_owned()]
        )
    );
}

#[tokio::test]
async fn odd_queries_are_refused() {
    for (query, expected) in [
        ("?copies=1&copies=2", "query copies duplicate"),
        ("?copies=", "query copies invalid_type"),
        ("?copies=%zz", "query copies invalid_format"),
        ("?copies=1.5", "query copies invalid_type"),
        ("?copies=99999999999999999999", "query copies too_big"),
        ("?notify=%00", "query notify[0] invalid_format"),
        ("?currencies=", "query currencies too_few_items"),
        ("?currencies=USD,USD", "query currencies[1] duplicate"),
        ("?Copies=1", "query Copies unknown_field"),
        ("?%E2%82=1", "query %E2%82 invalid_format"),
    ] {
        let answer = create_at(query).await;
        assert_eq!(
            (answer.status, answer.details()),
            (400, vec![expected.to_owned()]),
            "{query}"
        );
    }
    assert_eq!(create_at("?").await.status, 201);
    assert_eq!(create_at("?&&").await.status, 201);
}

#[tokio::test]
async fn ids_that_cannot_exist_are_not_found() {
    for id in [
        "1",
        "x",
        "%00",
        "%ff",
        "0190a4c27d5b7cc08000000000000001",
        "..%2f",
        "%2F",
        "' or 1=1",
    ] {
        let id = id.replace(' ', "%20");
        let answer = Server::new()
            .send(post(&format!("/api/v1/orders/{id}/pay?what=1"), "member").finish())
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "ORDER_NOT_FOUND"),
            "{id}"
        );
        assert_eq!(answer.json()["error"]["message"], "Order not found");
    }
    let escaped = PAY.replace('-', "%2D");
    let answer = Server::new()
        .send(
            post(&escaped, "member")
                .header("Idempotency-Key", "k")
                .finish(),
        )
        .await;
    assert_eq!(answer.status, 200);
}

#[tokio::test]
async fn the_idempotency_key_is_read_and_missed() {
    let server = Server::new();
    assert_eq!(server.pay("\"abc\"").await.status, 200);
    assert_eq!(server.pay("abc").await.status, 200);
    {
        let paid = server.shop.paid.lock().unwrap();
        assert_eq!(paid[0].idempotency, paid[1].idempotency);
    }
    let missing = server.send(post(PAY, "member").finish()).await;
    assert_eq!(
        (missing.status, missing.code().as_str()),
        (400, "IDEMPOTENCY_KEY_MISSING")
    );
    assert_eq!(missing.details(), ["header Idempotency-Key required"]);
    let more = server
        .send(post(&format!("{PAY}?a=1"), "member").finish())
        .await;
    assert_eq!(more.code(), "VALIDATION_ERROR");
    assert_eq!(
        more.details(),
        ["query a unknown_field", "header Idempotency-Key required"]
    );
    let malformed = server.pay("a b").await;
    assert_eq!(
        (malformed.code().as_str(), malformed.details()),
        (
            "VALIDATION_ERROR",
            vec!["header Idempotency-Key invalid_format".to_owned()]
        )
    );
}

#[tokio::test]
async fn a_page_out_of_range_is_refused() {
    let answer = Server::new()
        .send(get("/api/v1/products?page=0").finish())
        .await;
    assert_eq!(
        (answer.status, answer.details()),
        (400, vec!["query page too_small".to_owned()])
    );
    assert_eq!(
        answer.json()["error"]["message"],
        "Invalid request parameters"
    );
}
