//! What clients send as bodies, good and bad.

use std::io::Write as _;

use crate::host::{Server, post};

/// The shortest good body.
pub const GOOD: &str = r#"{"sku":"A-1","price":100,"parts":[{"partId":"0190a4c2-7d5b-7cc0-8000-000000000001","quantity":2}]}"#;

fn with(member: &str) -> String {
    format!("{},{member}}}", GOOD.strip_suffix('}').unwrap())
}

async fn details(body: impl Into<String>) -> Vec<String> {
    let server = Server::new();
    let answer = server.create(body.into()).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "VALIDATION_ERROR"),
        "{}",
        answer.body
    );
    assert!(server.shop.created.lock().unwrap().is_empty());
    answer.details()
}

#[tokio::test]
async fn a_good_body_reaches_the_handler() {
    let server = Server::new();
    let answer = server
        .create(with(
            r#""currency":"EUR","contact":"a@b.co","attributes":{"color":"red"},"description":null,"paymentMethod":{"token":"tok_1","kind":"card"}"#,
        ))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    let created = server.shop.created.lock().unwrap();
    let body = &created[0].body;
    assert_eq!(
        (body.stock, body.currency),
        (5, Some(crate::types::Currency::Eur))
    );
    assert_eq!(body.description, openapi_runtime::Patch::Null);
    assert_eq!(body.attributes.as_ref().unwrap()["color"], "red");
    assert!(matches!(
        body.payment_method,
        Some(crate::types::PaymentMethod::Card(_))
    ));
}

#[tokio::test]
async fn all_violations_come_together() {
    let found = details(
        r#"{"sku":"a b","price":-1,"currency":"GBP","contact":"nobody","stock":null,"nope":1,
            "parts":[{"partId":"x","quantity":2},{"quantity":1001,"partId":"0190a4c2-7d5b-7cc0-8000-000000000001"},7],
            "attributes":{"a":1,"a":"b"},"description":5,"paymentMethod":{"kind":"transfer"}}"#,
    )
    .await;
    assert_eq!(
        found,
        [
            "body nope unknown_field",
            "body sku pattern_mismatch",
            "body price too_small",
            "body currency not_in_enum",
            "body contact invalid_format",
            "body stock invalid_type",
            "body parts[0].partId invalid_format",
            "body parts[1].quantity too_big",
            "body parts[2] invalid_type",
            "body attributes.a invalid_type",
            "body attributes.a duplicate",
            "body description invalid_type",
            "body paymentMethod.due required",
        ]
    );
}

#[tokio::test]
async fn what_serde_would_let_pass_is_refused() {
    assert_eq!(
        details(with(r#""price":1"#)).await,
        ["body price duplicate"]
    );
    assert_eq!(
        details(with(r#""contact":null"#)).await,
        ["body contact invalid_type"]
    );
    assert_eq!(
        details(with(r#""attributes":{"a":"1","a":"2"}"#)).await,
        ["body attributes.a duplicate"]
    );
    assert_eq!(
        details(r#"["A-1",100,null,null,5,[],null,null,null]"#).await,
        ["body  invalid_type"]
    );
    assert_eq!(
        details(with(r#""currency":{"EUR":null}"#)).await,
        ["body currency invalid_type"]
    );
    let compact = GOOD.replace(
        "0190a4c2-7d5b-7cc0-8000-000000000001",
        "0190a4c27d5b7cc08000000000000001",
    );
    assert_eq!(
        details(compact).await,
        ["body parts[0].partId invalid_format"]
    );
    assert_eq!(
        details(with(r#""description":"a\u0000b""#)).await,
        ["body description invalid_format"]
    );
    assert_eq!(
        details(with(
            r#""paymentMethod":{"kind":"card","kind":"card","token":"tok_1"}"#
        ))
        .await,
        ["body paymentMethod.kind duplicate"]
    );
    assert_eq!(
        details(with(r#""paymentMethod":{"kind":"cash"}"#)).await,
        ["body paymentMethod.kind not_in_enum"]
    );
}

#[tokio::test]
async fn integers_with_a_fraction_of_zero_are_integers() {
    let server = Server::new();
    let answer = server
        .create(GOOD.replace(r#""price":100"#, r#""price":1.0e2"#))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(server.shop.created.lock().unwrap()[0].body.price, 100);
    assert_eq!(
        details(GOOD.replace("100", "100.5")).await,
        ["body price invalid_type"]
    );
    assert_eq!(
        details(GOOD.replace("100", &"9".repeat(300))).await,
        ["body price too_big"]
    );
    assert_eq!(
        details(GOOD.replace("100", "-1e300")).await,
        ["body price too_small"]
    );
}

#[tokio::test]
async fn an_escaped_backslash_is_no_nul() {
    let answer = Server::new()
        .create(with(r#""description":"a\\u0000b""#))
        .await;
    assert_eq!(answer.status, 201, "{}", answer.body);
}

#[tokio::test]
async fn what_is_no_json_is_named_with_its_place() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep = deep.get(..60_000).unwrap().to_owned();
    for (body, place) in [
        ("{\n  \"sku\": ,\n}".to_owned(), "line 2, column 10"),
        (GOOD[..20].to_owned(), "line 1, column 20"),
        (format!("{GOOD} x"), "line 1, column"),
        (with(r#""description":"\ud800""#), "line 1"),
        (with("\"description\":\"a\0b\""), "line 1"),
        (GOOD.replace("100", "1e999"), "line 1"),
        ("NaN".to_owned(), "line 1"),
        ("'a'".to_owned(), "line 1"),
        ("\u{feff}{}".to_owned(), "line 1"),
        (deep, "nested too deeply at line 1"),
        ("   ".to_owned(), "line 1"),
    ] {
        let answer = Server::new().create(body.clone()).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (400, "MALFORMED_JSON"),
            "{body:.60}"
        );
        let message = answer.json()["error"]["message"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(message.contains(place), "{message}");
    }
    let invalid_utf8 = Server::new().create(b"{\"sku\":\"\xff\"}".to_vec()).await;
    assert_eq!(invalid_utf8.code(), "MALFORMED_JSON");
}

#[tokio::test]
async fn an_empty_body_is_required() {
    assert_eq!(details("").await, ["body  required"]);
    assert_eq!(details("null").await, ["body  invalid_type"]);
    let bare = Server::new()
        .send(post("/api/v1/products", "admin").finish())
        .await;
    assert_eq!(
        (bare.status, bare.details()),
        (400, vec!["body  required".to_owned()])
    );
}

#[tokio::test]
async fn other_media_types_and_codings_are_unsupported() {
    for (name, value) in [
        ("Content-Type", "text/plain"),
        ("Content-Type", "application/json; charset=latin1"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        ("X-Other", "1"),
        ("Content-Encoding", "br"),
        ("Content-Encoding", "gzip, gzip"),
    ] {
        let mut request = post("/api/v1/products", "admin");
        if name == "Content-Encoding" {
            request = request.content_type("application/json");
        }
        let answer = Server::new()
            .send(request.header(name, value).body(GOOD))
            .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (415, "UNSUPPORTED_MEDIA_TYPE"),
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn bodies_are_bounded_however_they_come() {
    let large = vec![b' '; 65_537];
    let answer = Server::new().create(large.clone()).await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (413, "PAYLOAD_TOO_LARGE")
    );
    let said = post("/api/v1/products", "admin")
        .content_type("application/json")
        .header("Content-Length", "99999999")
        .body("{");
    assert_eq!(Server::new().send(said).await.status, 413);
    let chunked = poem::Body::from_async_read(std::io::Cursor::new(large.clone()));
    assert_eq!(Server::new().create(chunked).await.status, 413);
    assert_eq!(gzipped(&large).await.0, 413);
    assert_eq!(gzipped(GOOD.as_bytes()).await.0, 201);
    assert_eq!(gzipped(b"").await, (400, vec!["body  required".to_owned()]));
}

async fn gzipped(body: &[u8]) -> (u16, Vec<String>) {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(body).unwrap();
    let request = post("/api/v1/products", "admin")
        .content_type("application/json")
        .header("Content-Encoding", "gzip")
        .body(encoder.finish().unwrap());
    let answer = Server::new().send(request).await;
    (
        answer.status,
        if answer.status == 400 {
            answer.details()
        } else {
            Vec::new()
        },
    )
}

#[tokio::test]
async fn at_most_a_hundred_violations_are_listed() {
    let parts = vec!["0"; 500].join(",");
    let found = details(format!(r#"{{"sku":"A","price":1,"parts":[{parts}]}}"#)).await;
    assert_eq!(found.len(), 100);
}
