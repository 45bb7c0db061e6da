//! Bodies that are no JSON, or JSON that readers understand differently: with keys twice, broken text, NUL.

use serde_json::json;

use super::create;
use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    malformed_json_is_refused_with_line_and_column,
    malformed_json_looks_like_this,
    duplicate_keys_are_refused,
    lone_surrogates_are_refused,
    nul_bytes_are_refused,
    invalid_utf8_in_a_body_is_refused,
);

async fn malformed_json_is_refused_with_line_and_column(database: Database) {
    let server = Server::start(&database).await;
    let admin = server.admin();
    for (body, place) in [
        ("{\n  \"sku\": \"A\",\n  oops\n}", "line 3, column 3"),
        ("{\"sku\": }", "line 1, column 9"),
        ("{\"sku\": \"A\"", "line 1"),
        ("{} {}", "line 1, column 4"),
        ("{'sku': 1}", "line 1, column 2"),
        ("{\"sku\": 01}", "line 1"),
        ("{\"sku\": \"\\x\"}", "line 1"),
        ("{\"sku\": NaN}", "line 1, column 9"),
        ("   ", "line 1"),
        ("\u{feff}{}", "line 1, column 1"),
    ] {
        let refused = create(&admin, body).await.must_fail(400, "MALFORMED_JSON");
        let message = refused.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(message.contains(place), "{body:?}: {message}");
    }
    for body in ["", "[]", "null", "\"text\"", "1", "true"] {
        create(&admin, body)
            .await
            .must_fail(400, "VALIDATION_ERROR");
    }
}

async fn malformed_json_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let refused = create(&server.admin(), "{\n  \"sku\": \"A\",\n  oops\n}").await;
    insta::assert_json_snapshot!(
        "malformed_json",
        refused.snapshot(&["cache-control"]),
        { ".body.requestId" => "[request]", ".body.error.requestId" => "[request]" }
    );
}

async fn duplicate_keys_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let admin = server.admin();
    let body =
        r#"{"sku":"A","sku":"B","name":"N","description":"","price":1,"currency":"USD","stock":1}"#;
    let refused = create(&admin, body)
        .await
        .must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["body:sku duplicate"]);
    let escaped = r#"{"sku":"A","\u0073ku":"B","name":"N","description":"","price":1,"currency":"USD","stock":1}"#;
    let refused = create(&admin, escaped)
        .await
        .must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["body:sku duplicate"]);
}

async fn lone_surrogates_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for name in [
        r"\ud800",
        r"\udc00",
        r"\ud800\ud800",
        r"x\ud83dy",
        r"\udc00\ud800",
    ] {
        let body = format!(
            r#"{{"sku":"S","name":"{name}","description":"","price":1,"currency":"USD","stock":1}}"#
        );
        create(&server.admin(), &body).await.must(400);
    }
    let pair = r#"{"sku":"S","name":"\ud83d\ude00","description":"","price":1,"currency":"USD","stock":1}"#;
    let made = create(&server.admin(), pair).await.must(201).data();
    assert_eq!(made["name"], "\u{1f600}");
}

async fn nul_bytes_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for text in ["\\u0000", "a\\u0000b"] {
        for field in ["name", "description", "sku"] {
            let mut body = new_product(1, 1);
            body[field] = json!("MARK");
            let body = body.to_string().replace("MARK", text);
            let refused = create(&server.admin(), &body)
                .await
                .must_fail(400, "VALIDATION_ERROR");
            assert!(
                refused.violations()[0].starts_with(&format!("body:{field} ")),
                "{}",
                refused.text()
            );
        }
    }
    create(&server.admin(), "{\"sku\":\"a\0b\"}")
        .await
        .must_fail(400, "MALFORMED_JSON");
    for path in ["/api/v1/products?q=%00", "/api/v1/products?q=a%00b"] {
        server
            .anonymous()
            .get(path)
            .await
            .must_fail(400, "VALIDATION_ERROR");
    }
    for path in ["/api/v1/orders/%00", "/api/v1/users/%00me"] {
        server.member().get(path).await.must(404);
    }
    let login = json!({ "email": "a\u{0}@example.com", "password": "x\u{0}y" });
    server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(login)
        .await
        .must_fail(400, "VALIDATION_ERROR");
    let source = json!({ "amount": 1, "currency": "USD", "source": "\u{0}" });
    let refused = server
        .member()
        .post("/api/v1/wallet/top-ups")
        .key("k")
        .json(source)
        .await;
    refused.must_fail(400, "VALIDATION_ERROR");
}

async fn invalid_utf8_in_a_body_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let call = server.admin().post("/api/v1/products");
    call.body("application/json", b"{\"sku\":\"\xff\xfe\"}".to_vec())
        .await
        .must_fail(400, "MALFORMED_JSON");
    let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let call = server.admin().post("/api/v1/products");
    call.body("application/json", utf16)
        .await
        .must_fail(400, "MALFORMED_JSON");
}
