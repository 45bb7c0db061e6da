//! What clients must never be able to do with what they send: a 5xx, a hang, or a half-done effect.

use std::io::Write as _;

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Answer, Client, Database, Server, contract::contract, factories::*, raw},
};

on_both!(
    malformed_json_is_refused_with_line_and_column,
    malformed_json_looks_like_this,
    a_wrong_content_type_is_refused,
    a_body_over_the_limit_is_refused,
    a_chunked_body_over_the_limit_is_refused,
    a_compressed_body_over_the_limit_is_refused,
    a_body_nested_a_hundred_thousand_deep_is_refused,
    duplicate_keys_are_refused,
    lone_surrogates_are_refused,
    nul_bytes_are_refused,
    huge_numbers_are_refused,
    odd_numbers_are_read_as_json_says,
    unknown_fields_are_refused,
    unknown_query_parameters_are_refused,
    repeated_query_parameters_are_refused,
    an_overlong_uri_is_refused,
    overlong_headers_are_refused,
    too_many_headers_are_refused,
    ids_that_cannot_exist_are_not_found,
    all_violations_come_at_once,
    all_violations_look_like_this,
    no_more_than_a_hundred_violations_are_listed,
    broken_encodings_in_the_path_and_query_are_refused,
    invalid_utf8_in_a_body_is_refused,
    a_request_that_is_no_http_is_refused,
    content_length_beside_transfer_encoding_is_refused,
    a_slow_head_is_cut_off,
    every_operation_refuses_every_broken_body,
    every_parameter_refuses_nonsense,
    every_header_is_held_against_its_schema_on_cached_answers_too,
    nothing_of_all_this_left_a_trace,
);

async fn create(client: &Client, body: &str) -> Answer {
    client
        .post("/api/v1/products")
        .body("application/json", body)
        .await
}

/// A raw POST of a product.
fn request(server: &Server, headers: &str, body: &[u8]) -> Vec<u8> {
    let token = &server.people().admin.token;
    let head = format!(
        "POST /api/v1/products HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

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

async fn a_wrong_content_type_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let body = new_product(1, 1).to_string();
    for content_type in [
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "application",
        "*/*",
        "",
    ] {
        let call = server
            .admin()
            .post("/api/v1/products")
            .body(content_type, body.clone());
        call.await.must_fail(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    for content_type in [
        "application/json; charset=utf-8",
        "APPLICATION/JSON",
        "application/json ;charset=UTF-8",
    ] {
        let body = new_product(1, 1).to_string();
        server
            .admin()
            .post("/api/v1/products")
            .body(content_type, body)
            .await
            .must(201);
    }
    let missing = raw::exchange(
        &server.base,
        format!(
            "POST /api/v1/products HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n{body}",
            server.people().admin.token,
            body.len(),
        )
        .as_bytes(),
    )
    .await;
    missing.must_fail(415, "UNSUPPORTED_MEDIA_TYPE");
}

const OVER: usize = 64 * 1024 + 1;

async fn a_body_over_the_limit_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let blank = " ".repeat(OVER);
    create(&server.admin(), &blank)
        .await
        .must_fail(413, "PAYLOAD_TOO_LARGE");
    // Nobody reads what is announced as too large.
    let announced = request(&server, "content-length: 99999999999\r\n", b"");
    raw::exchange(&server.base, &announced)
        .await
        .must_fail(413, "PAYLOAD_TOO_LARGE");
    let mut exact = new_product(1, 1).to_string();
    exact.push_str(&" ".repeat(64 * 1024 - exact.len()));
    create(&server.admin(), &exact).await.must(201);
}

async fn a_chunked_body_over_the_limit_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let mut body = Vec::new();
    for _ in 0..20 {
        write!(body, "1000\r\n{}\r\n", " ".repeat(0x1000)).unwrap();
    }
    body.extend_from_slice(b"0\r\n\r\n");
    let chunked = request(&server, "transfer-encoding: chunked\r\n", &body);
    raw::exchange(&server.base, &chunked)
        .await
        .must_fail(413, "PAYLOAD_TOO_LARGE");
    // And one that never ends.
    let endless = request(
        &server,
        "transfer-encoding: chunked\r\n",
        &body[..body.len() - 5],
    );
    raw::exchange(&server.base, &endless)
        .await
        .must_fail(413, "PAYLOAD_TOO_LARGE");
    let small = new_product(1, 1).to_string();
    let whole = format!("{:x}\r\n{small}\r\n0\r\n\r\n", small.len());
    let whole = request(&server, "transfer-encoding: chunked\r\n", whole.as_bytes());
    raw::exchange(&server.base, &whole).await.must(201);
}

async fn a_compressed_body_over_the_limit_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let gzip = |body: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    };
    let bomb = gzip(&vec![b' '; 10 * 1024 * 1024]);
    assert!(bomb.len() < 64 * 1024);
    let post = |body: Vec<u8>, encoding: &'static str| {
        let call = server
            .admin()
            .post("/api/v1/products")
            .header("content-encoding", encoding);
        call.body("application/json", body)
    };
    let refused = post(bomb, "gzip").await;
    // Either bodies are inflated up to the limit, or encodings are not taken at all.
    let outcome = (refused.status, refused.code());
    let known = [
        (413, "PAYLOAD_TOO_LARGE".to_owned()),
        (415, "UNSUPPORTED_MEDIA_TYPE".to_owned()),
    ];
    assert!(known.contains(&outcome), "{outcome:?}");
    post(b"{}".to_vec(), "bogus")
        .await
        .must_fail(415, "UNSUPPORTED_MEDIA_TYPE");
    let broken = post(b"no gzip".to_vec(), "gzip").await;
    assert!(
        broken.status == 400 || broken.status == 415,
        "{}",
        broken.text()
    );
}

async fn a_body_nested_a_hundred_thousand_deep_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let admin = server.admin();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let depth = 60_000 / open.len();
        let deep = format!(
            "{}1{}",
            open.repeat(depth),
            if open == "[" {
                close.to_string()
            } else {
                String::new()
            }
        );
        create(&admin, &deep).await.must(400);
        let inside = format!("{{\"sku\":{}", open.repeat(depth));
        create(&admin, &inside).await.must(400);
        let value = format!("{{\"sku\":{}1{}}}", open.repeat(5_000), close.repeat(5_000));
        create(&admin, &value).await.must(400);
        let unknown = format!(
            "{{\"unknown\":{}1{}}}",
            open.repeat(5_000),
            close.repeat(5_000)
        );
        create(&admin, &unknown).await.must(400);
    }
    let deep = "[".repeat(100_000);
    create(&admin, &deep)
        .await
        .must_fail(413, "PAYLOAD_TOO_LARGE");
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

async fn huge_numbers_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for number in [
        "9007199254740992",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "1e400",
        "-1e400",
        "1e30",
        "99999999999999999999999999999999999999999",
        "0.1",
        "-1",
    ] {
        let body = format!(
            r#"{{"sku":"S","name":"N","description":"","price":{number},"currency":"USD","stock":1}}"#
        );
        create(&server.admin(), &body).await.must(400);
    }
    let long = "9".repeat(50_000);
    let body = format!(
        r#"{{"sku":"S","name":"N","description":"","price":{long},"currency":"USD","stock":1}}"#
    );
    create(&server.admin(), &body).await.must(400);
    for query in [
        "page=99999999999999999999",
        "minPrice=1e3",
        "limit=0x10",
        "page=-1",
        "limit=+5",
        "page=1.5",
        "page=",
        "limit=%205",
    ] {
        let refused = server
            .anonymous()
            .get(format!("/api/v1/products?{query}"))
            .await;
        refused.must_fail(400, "VALIDATION_ERROR");
    }
    server
        .anonymous()
        .get("/api/v1/products?page=1000000&limit=100")
        .await;
}

async fn odd_numbers_are_read_as_json_says(database: Database) {
    let server = Server::start(&database).await;
    // JSON knows no integers: a number without a fraction is one, however it is written.
    for (at, number) in ["10.0", "1e1", "1.0E+1", "100e-1"].iter().enumerate() {
        let body = format!(
            r#"{{"sku":"ODD-{at}","name":"N","description":"","price":{number},"currency":"USD","stock":1}}"#
        );
        let made = create(&server.admin(), &body).await.must(201).data();
        assert_eq!(made["price"], 10, "{number}");
    }
}

async fn unknown_fields_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(1, 1);
    body["surprise"] = json!({ "deep": [1, 2, 3] });
    body["id"] = json!("0198c0de-0000-7000-8000-000000000000");
    let refused = server.admin().post("/api/v1/products").json(body).await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        ["body:id unknown_field", "body:surprise unknown_field"]
    );
    let change = server
        .admin()
        .patch("/api/v1/users/me")
        .json(json!({ "email": "x@example.com" }));
    let refused = change.await.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["body:email unknown_field"]);
}

async fn unknown_query_parameters_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let refused = server
        .anonymous()
        .get("/api/v1/products?colour=red&limit=5&Page=1")
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        ["query:Page unknown_field", "query:colour unknown_field"]
    );
    let refused = server
        .member()
        .get("/api/v1/wallet?x=1")
        .await
        .must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["query:x unknown_field"]);
}

async fn repeated_query_parameters_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let refused = server
        .anonymous()
        .get("/api/v1/products?limit=5&limit=6")
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["query:limit duplicate"]);
}

async fn an_overlong_uri_is_refused(database: Database) {
    let server = Server::start(&database).await;
    for length in [9_000, 60_000, 200_000] {
        let path = format!("/api/v1/products?q={}", "x".repeat(length));
        let bytes = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
        raw::exchange(&server.base, bytes.as_bytes())
            .await
            .must_fail(414, "URI_TOO_LONG");
    }
}

async fn overlong_headers_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for length in [20_000, 100_000, 400_000] {
        let bytes = format!(
            "GET /health HTTP/1.1\r\nhost: x\r\nx-big: {}\r\n\r\n",
            "x".repeat(length)
        );
        raw::exchange(&server.base, bytes.as_bytes())
            .await
            .must_fail(431, "HEADERS_TOO_LARGE");
    }
    // A cookie may be long, but not that long.
    let bytes = format!(
        "GET /health HTTP/1.1\r\nhost: x\r\ncookie: a={}\r\n\r\n",
        "x".repeat(1_000)
    );
    raw::exchange(&server.base, bytes.as_bytes())
        .await
        .must(200);
}

async fn too_many_headers_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let many = "x-many: 1\r\n".repeat(1_000);
    let bytes = format!("GET /health HTTP/1.1\r\nhost: x\r\n{many}\r\n");
    raw::exchange(&server.base, bytes.as_bytes())
        .await
        .must_fail(431, "HEADERS_TOO_LARGE");
}

async fn ids_that_cannot_exist_are_not_found(database: Database) {
    let server = Server::start(&database).await;
    let long = "x".repeat(300);
    let ids = [
        "1",
        "x",
        "..%2f..%2fetc",
        "0198c0de-0000-7000-8000-00000000000",
        "%ff",
        "'%20or%201=1",
        "{orderId}",
        &long,
    ];
    for id in ids {
        server
            .member()
            .get(format!("/api/v1/orders/{id}"))
            .await
            .must_fail(404, "ORDER_NOT_FOUND");
        server
            .anonymous()
            .get(format!("/api/v1/products/{id}"))
            .await
            .must_fail(404, "PRODUCT_NOT_FOUND");
        server
            .admin()
            .get(format!("/api/v1/users/{id}"))
            .await
            .must_fail(404, "USER_NOT_FOUND");
        let pay = server
            .member()
            .post(format!("/api/v1/orders/{id}/pay"))
            .key("k")
            .await;
        pay.must_fail(404, "ORDER_NOT_FOUND");
    }
    // 404 comes before what is wrong with the rest of the request.
    let wrong = server
        .member()
        .post("/api/v1/orders/x/cancel")
        .json(json!({ "bogus": 1 }))
        .await;
    wrong.must_fail(404, "ORDER_NOT_FOUND");
}

fn everything_wrong(client: &Client) -> crate::support::client::Call {
    let body = json!({
        "sku": "lower case", "name": "", "price": -1, "currency": "usd", "stock": "many", "extra": true,
    });
    client
        .post("/api/v1/products?debug=1")
        .key("bad key")
        .json(body)
}

async fn all_violations_come_at_once(database: Database) {
    let server = Server::start(&database).await;
    let refused = everything_wrong(&server.admin())
        .await
        .must_fail(400, "VALIDATION_ERROR");
    let violations = refused.violations();
    for expected in [
        "body:currency pattern_mismatch",
        "body:extra unknown_field",
        "body:name too_short",
        "body:price too_small",
        "body:sku pattern_mismatch",
        "body:stock invalid_type",
        "query:debug unknown_field",
    ] {
        assert!(
            violations.contains(&expected.to_owned()),
            "{expected} is not in {violations:#?}"
        );
    }
    assert!(
        violations.iter().any(|line| line.starts_with("header:")),
        "{violations:#?}"
    );
}

async fn all_violations_look_like_this(database: Database) {
    let server = Server::start(&database).await;
    let refused = everything_wrong(&server.admin()).await;
    insta::assert_json_snapshot!(
        "all_violations",
        refused.snapshot(&["cache-control"]),
        { ".body.requestId" => "[request]", ".body.error.requestId" => "[request]" }
    );
}

async fn no_more_than_a_hundred_violations_are_listed(database: Database) {
    let server = Server::start(&database).await;
    let body: serde_json::Map<_, _> = (0..500)
        .map(|at| (format!("field{at}"), json!(1)))
        .collect();
    let refused = server.admin().post("/api/v1/products").json(body).await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations().len(), 100);
}

async fn broken_encodings_in_the_path_and_query_are_refused(database: Database) {
    let server = Server::start(&database).await;
    for query in ["q=%", "q=%zz", "q=%ff%fe", "%ff=1"] {
        let bytes = format!("GET /api/v1/products?{query} HTTP/1.1\r\nhost: x\r\n\r\n");
        let refused = raw::exchange(&server.base, bytes.as_bytes()).await;
        refused.must_fail(400, "VALIDATION_ERROR");
    }
    for path in ["/api/v1/orders/%zz", "/%", "/%ff"] {
        let token = &server.people().member.token;
        let bytes =
            format!("GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n");
        raw::exchange(&server.base, bytes.as_bytes())
            .await
            .must(404);
    }
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

async fn a_request_that_is_no_http_is_refused(database: Database) {
    let server = Server::start(&database).await;
    for bytes in [
        &b"HELLO\r\n\r\n"[..],
        b"GET /\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /health HTTP/1.1\r\nbad header\r\n\r\n",
        b"GET /health HTTP/1.1\r\nx: a\x00b\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ] {
        // A connection that is closed without a word is an answer too; a hang or a 5xx is not.
        let mut connection = raw::connect(&server.base).await;
        tokio::io::AsyncWriteExt::write_all(&mut connection, bytes)
            .await
            .unwrap();
        tokio::io::AsyncWriteExt::shutdown(&mut connection)
            .await
            .unwrap();
        let mut received = Vec::new();
        let _ = tokio::io::AsyncReadExt::read_to_end(&mut connection, &mut received).await;
        if let Some(answer) = raw::parse(&received) {
            assert!(
                (400..500).contains(&answer.status),
                "{bytes:?}: {}",
                answer.status
            );
        }
    }
    server.anonymous().get("/health").await.must(200);
}

async fn content_length_beside_transfer_encoding_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let smuggled = b"0\r\n\r\nGET /health HTTP/1.1\r\nhost: x\r\n\r\n";
    let headers = "content-length: 5\r\ntransfer-encoding: chunked\r\n";
    let mut connection = raw::connect(&server.base).await;
    let bytes = request(&server, headers, smuggled);
    tokio::io::AsyncWriteExt::write_all(&mut connection, &bytes)
        .await
        .unwrap();
    tokio::io::AsyncWriteExt::shutdown(&mut connection)
        .await
        .unwrap();
    let mut received = String::new();
    let _ = tokio::io::AsyncReadExt::read_to_string(&mut connection, &mut received).await;
    assert!(
        received.matches("HTTP/1.1 ").count() <= 1,
        "a second request was smuggled: {received}"
    );
    assert!(!received.contains("HTTP/1.1 2"), "{received}");
}

async fn a_slow_head_is_cut_off(database: Database) {
    let server = Server::with(&database, |config| {
        config.server.header_read_timeout = std::time::Duration::from_millis(200);
    })
    .await;
    let mut connection = raw::connect(&server.base).await;
    tokio::io::AsyncWriteExt::write_all(&mut connection, b"GET /health HTTP/1.1\r\nhost:")
        .await
        .unwrap();
    let mut received = Vec::new();
    let reading = tokio::io::AsyncReadExt::read_to_end(&mut connection, &mut received);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(10), reading).await;
    assert!(ended.is_ok(), "the connection is still open");
}

/// Bodies that no operation takes.
const BROKEN: [&str; 9] = [
    "{",
    "[]",
    "null",
    "\"x\"",
    "{\"\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"__proto__\":{}}",
    "{\"x\":\"\\ud800\"}",
    "nul",
];

async fn every_operation_refuses_every_broken_body(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.admin()).await;
    let product = order["items"][0]["productId"].as_str().unwrap().to_owned();
    let mut with_body: Vec<_> = contract()
        .operations
        .iter()
        .filter(|operation| operation.node.get("requestBody").is_some())
        .collect();
    // Logging out comes last: a body that it accepts ends the session of all the others.
    with_body.sort_by_key(|operation| operation.id == "logout");
    for operation in with_body {
        let path = operation
            .path
            .replace("{orderId}", &id(&order))
            .replace("{productId}", &product);
        let path = path.replace("{userId}", "me");
        for body in BROKEN {
            let call = server.admin().call(operation.method.clone(), &path);
            let answer = call
                .key(unique("broken"))
                .body("application/json", body)
                .await;
            assert_eq!(
                answer.status,
                400,
                "{} with {body}: {}",
                operation.id,
                answer.text()
            );
        }
        // An answer for every wrong type of every field.
        let Some(Value::Object(example)) = operation.body_example() else {
            continue;
        };
        for field in example.keys() {
            for wrong in [
                json!([]),
                json!({}),
                json!([[[]]]),
                json!(1e300),
                json!(true),
                json!("\u{1}"),
                json!(""),
            ] {
                let mut body = example.clone();
                body.insert(field.clone(), wrong.clone());
                let call = server.admin().call(operation.method.clone(), &path);
                let answer = call.key(unique("broken")).json(&body).await;
                let fine = answer.status < 500;
                assert!(
                    fine,
                    "{} with {field} = {wrong}: {}",
                    operation.id,
                    answer.text()
                );
            }
        }
    }
}

async fn every_parameter_refuses_nonsense(database: Database) {
    let server = Server::start(&database).await;
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.method == "GET")
    {
        for parameter in operation
            .parameters()
            .iter()
            .filter(|parameter| parameter.location == "query")
        {
            for nonsense in [
                "",
                "%00",
                "%ff",
                "[]",
                "null",
                "-1",
                "99999999999999999999",
                "%F0%9F%92%A9",
                &"9".repeat(5_000),
            ] {
                let path = operation
                    .path
                    .replace("{orderId}", "0198c0de-0000-7000-8000-000000000000");
                let path = path
                    .replace("{productId}", "0198c0de-0000-7000-8000-000000000000")
                    .replace("{userId}", "me");
                let answer = server
                    .admin()
                    .get(format!("{path}?{}={nonsense}", parameter.name))
                    .await;
                assert!(
                    answer.status < 500,
                    "{} {}={nonsense}: {}",
                    operation.id,
                    parameter.name,
                    answer.text()
                );
            }
        }
    }
}

async fn every_header_is_held_against_its_schema_on_cached_answers_too(database: Database) {
    let server = Server::start(&database).await;
    let product = id(&product(&server, 3, 250).await);
    let order = id(&pending_order(&server, &server.admin()).await);
    let mut judged = Vec::new();
    for operation in &contract().operations {
        let path = operation
            .path
            .replace("{orderId}", &order)
            .replace("{productId}", &product)
            .replace("{userId}", "me");
        let bounded = operation.parameters().into_iter().filter_map(|parameter| {
            let most = parameter.node["schema"]["maxLength"].as_u64()?;
            (parameter.location == "header").then_some((parameter.name, most))
        });
        for (name, most) in bounded {
            if operation.method == reqwest::Method::GET {
                // From here on the answers that may be kept come from the cache.
                server.admin().get(&path).await.must(200);
            }
            let too_long = "x".repeat(usize::try_from(most).unwrap() + 1);
            let call = server
                .admin()
                .call(operation.method.clone(), &path)
                .header(&name, &too_long);
            let call = match operation.body_example() {
                Some(body) => call.json(&body),
                None => call,
            };
            let answer = call.await;
            let refused = answer.must_fail(400, "VALIDATION_ERROR");
            let details = refused.json()["error"]["details"].clone();
            let names_it = details
                .as_array()
                .unwrap()
                .iter()
                .any(|detail| detail["in"] == "header" && detail["field"] == name.as_str());
            assert!(names_it, "{} with {name}: {details}", operation.id);
            judged.push(format!("{} {name}", operation.id));
        }
    }
    for expected in [
        "listProducts If-None-Match",
        "getProduct If-None-Match",
        "updateProduct If-Match",
        "payOrder Idempotency-Key",
    ] {
        assert!(judged.contains(&expected.to_owned()), "{judged:?}");
    }
}

async fn nothing_of_all_this_left_a_trace(database: Database) {
    let server = Server::start(&database).await;
    for body in [
        "{",
        "[]",
        "{\"sku\":\"A\",\"sku\":\"B\"}",
        "{\"sku\":\"\\u0000\"}",
    ] {
        create(&server.admin(), body).await.must(400);
    }
    everything_wrong(&server.admin()).await.must(400);
    for table in ["products", "orders", "transfers", "idempotency_keys"] {
        assert_eq!(
            database
                .number(&format!("select count(*) from {table}"))
                .await,
            0,
            "{table}"
        );
    }
}
