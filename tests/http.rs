//! What every request passes, whatever it asks for: ids, headers, methods, CORS, compression, versions.

use std::io::Read as _;

use reqwest::Method;
use serde_json::json;

use crate::{
    on_both,
    support::{Database, Server, contract::contract, factories::*, raw},
};

on_both!(
    a_request_id_is_kept_or_replaced,
    an_unknown_route_is_an_envelope,
    an_unknown_route_looks_like_this,
    every_path_names_its_methods,
    options_answers_with_the_methods,
    head_answers_like_get_without_a_body,
    a_trailing_slash_is_another_path,
    an_origin_of_the_list_may_call,
    an_origin_outside_the_list_may_not_read,
    a_preflight_names_what_is_allowed,
    large_answers_are_compressed_on_demand,
    small_answers_are_not_compressed,
    x_no_compression_opts_out,
    another_version_is_refused,
    an_accept_that_cannot_be_met_is_refused,
    a_traceparent_is_taken_as_it_is_or_not_at_all,
    errors_are_never_cached,
    http_two_without_tls_is_spoken,
    several_requests_share_a_connection,
);

async fn a_request_id_is_kept_or_replaced(database: Database) {
    let server = Server::start(&database).await;
    let kept = "a-1.B_2";
    let answer = server
        .anonymous()
        .get("/api/v1/products")
        .header("x-request-id", kept)
        .await;
    assert_eq!(answer.header("x-request-id"), kept);
    assert_eq!(answer.json()["requestId"], kept);
    let longest = "x".repeat(128);
    let answer = server
        .anonymous()
        .get("/nowhere")
        .header("x-request-id", &longest)
        .await;
    assert_eq!(answer.header("x-request-id"), longest);
    for hostile in [
        "",
        "a b",
        "x\ty",
        "<script>",
        "\u{e4}",
        &"x".repeat(129),
        "a,b",
        "{}",
    ] {
        let answer = server
            .anonymous()
            .get("/nowhere")
            .header("x-request-id", hostile)
            .await;
        let made = answer.header("x-request-id");
        assert!(
            made.starts_with("req_") && made.len() == 40,
            "{hostile:?} became {made:?}"
        );
    }
}

async fn an_unknown_route_is_an_envelope(database: Database) {
    let server = Server::start(&database).await;
    for path in [
        "/",
        "/nowhere",
        "/api/v1",
        "/api/v1/",
        "/api/v2/products",
        "/api/v1/orders/x/y/z",
        "/API/V1/products",
    ] {
        let answer = server.anonymous().get(path).await;
        answer.must_fail(404, "ROUTE_NOT_FOUND");
    }
}

async fn an_unknown_route_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let answer = server
        .anonymous()
        .get("/nowhere")
        .header("x-request-id", "fixed")
        .await;
    insta::assert_json_snapshot!(
        "route_not_found",
        answer.snapshot(&["cache-control", "content-type"])
    );
}

/// A path of the document with ids in it that fit their schemas.
fn concrete(template: &str) -> String {
    let segments = template.split('/').map(|segment| {
        if segment.starts_with('{') {
            "0198c0de-0000-7000-8000-000000000000"
        } else {
            segment
        }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn methods_of(path: &str) -> Vec<String> {
    let operations = contract()
        .operations
        .iter()
        .filter(|operation| operation.path == path);
    let mut methods: Vec<_> = operations
        .map(|operation| operation.method.to_string())
        .collect();
    if methods.contains(&"GET".to_owned()) {
        methods.push("HEAD".to_owned());
    }
    methods.push("OPTIONS".to_owned());
    methods.sort();
    methods
}

fn allowed(answer: &crate::support::Answer) -> Vec<String> {
    let mut methods: Vec<_> = answer
        .header("allow")
        .split(',')
        .map(|m| m.trim().to_owned())
        .collect();
    methods.sort();
    methods
}

async fn every_path_names_its_methods(database: Database) {
    let server = Server::start(&database).await;
    let all = [
        "GET", "PUT", "POST", "DELETE", "PATCH", "TRACE", "QUERY", "PROPFIND",
    ];
    for path in contract().document["paths"].as_object().unwrap().keys() {
        let declared = methods_of(path);
        for method in all
            .iter()
            .filter(|method| !declared.contains(&(**method).to_owned()))
        {
            let method: Method = method.parse().unwrap();
            let answer = server
                .anonymous()
                .call(method.clone(), concrete(path))
                .await;
            let answer = answer.must_fail(405, "METHOD_NOT_ALLOWED");
            assert_eq!(allowed(&answer), declared, "{method} {path}");
        }
    }
}

async fn options_answers_with_the_methods(database: Database) {
    let server = Server::start(&database).await;
    for path in contract().document["paths"].as_object().unwrap().keys() {
        let answer = server
            .anonymous()
            .call(Method::OPTIONS, concrete(path))
            .await
            .must(204);
        assert_eq!(allowed(&answer), methods_of(path), "OPTIONS {path}");
        assert!(answer.bytes.is_empty());
    }
}

async fn head_answers_like_get_without_a_body(database: Database) {
    let server = Server::start(&database).await;
    let order = paid_order(&server, &server.member()).await;
    let paths = [
        "/health".to_owned(),
        "/api/v1/products".to_owned(),
        path_of(&order),
        "/api/v1/wallet".to_owned(),
    ];
    for path in paths {
        let get = server.member().get(&path).await.must(200);
        let head = server.member().call(Method::HEAD, &path).await.must(200);
        assert!(head.bytes.is_empty());
        for name in ["content-type", "etag", "cache-control"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
    let missing = server
        .anonymous()
        .call(Method::HEAD, "/nowhere")
        .await
        .must(404);
    assert!(missing.bytes.is_empty());
    server
        .anonymous()
        .call(Method::HEAD, "/api/v1/wallet")
        .await
        .must(401);
}

async fn a_trailing_slash_is_another_path(database: Database) {
    let server = Server::start(&database).await;
    server.anonymous().get("/api/v1/products/").await.must(404);
    server.anonymous().get("/api/v1//products").await.must(404);
}

const SHOP: &str = "https://shop.example";

async fn with_shop(database: &Database) -> Server {
    Server::with(database, |config| {
        config.server.cors = waybill::config::CorsOrigins::Listed(vec![SHOP.to_owned()]);
    })
    .await
}

async fn an_origin_of_the_list_may_call(database: Database) {
    let server = with_shop(&database).await;
    for path in ["/api/v1/products", "/nowhere", "/api/v1/wallet"] {
        let answer = server.anonymous().get(path).header("origin", SHOP).await;
        assert_eq!(answer.header("access-control-allow-origin"), SHOP, "{path}");
        assert!(
            answer.header("vary").to_lowercase().contains("origin"),
            "{path}"
        );
        let exposed = answer
            .header("access-control-expose-headers")
            .to_lowercase();
        for name in ["x-request-id", "x-ratelimit-remaining", "etag", "location"] {
            assert!(
                exposed.contains(name),
                "{name} of {path} is not exposed: {exposed}"
            );
        }
    }
}

async fn an_origin_outside_the_list_may_not_read(database: Database) {
    let server = with_shop(&database).await;
    for origin in [
        "https://evil.example",
        "null",
        "https://shop.example.evil.example",
    ] {
        let answer = server
            .anonymous()
            .get("/api/v1/products")
            .header("origin", origin)
            .await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
    let closed = Server::start(&database).await;
    let answer = closed
        .anonymous()
        .get("/api/v1/products")
        .header("origin", SHOP)
        .await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

async fn a_preflight_names_what_is_allowed(database: Database) {
    let server = with_shop(&database).await;
    let preflight = server
        .anonymous()
        .call(Method::OPTIONS, "/api/v1/orders")
        .header("origin", SHOP)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type,idempotency-key",
        )
        .unchecked()
        .await;
    assert!(
        preflight.status == 204 || preflight.status == 200,
        "{}",
        preflight.status
    );
    assert_eq!(preflight.header("access-control-allow-origin"), SHOP);
    assert!(
        preflight
            .header("access-control-allow-methods")
            .contains("POST")
    );
    let headers = preflight
        .header("access-control-allow-headers")
        .to_lowercase();
    for name in ["authorization", "content-type", "idempotency-key"] {
        assert!(headers.contains(name), "{headers}");
    }
}

async fn fill(server: &Server) -> String {
    for _ in 0..20 {
        product(server, 1, 100).await;
    }
    "/api/v1/products?limit=20".to_owned()
}

async fn large_answers_are_compressed_on_demand(database: Database) {
    let server = Server::start(&database).await;
    let path = fill(&server).await;
    let plain = server.anonymous().get(&path).await.must(200);
    assert_eq!(plain.header("content-encoding"), "");
    let data = plain.data();
    let zipped = server
        .anonymous()
        .get(&path)
        .header("accept-encoding", "gzip")
        .unchecked()
        .await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert!(
        zipped
            .header("vary")
            .to_lowercase()
            .contains("accept-encoding")
    );
    assert!(zipped.bytes.len() < plain.bytes.len());
    let mut text = String::new();
    flate2::read::GzDecoder::new(&zipped.bytes[..])
        .read_to_string(&mut text)
        .unwrap();
    let body: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["data"], data);
    let brotli = server
        .anonymous()
        .get(&path)
        .header("accept-encoding", "gzip;q=0.5, br")
        .unchecked();
    let brotli = brotli.await;
    assert_eq!(brotli.header("content-encoding"), "br");
    let mut text = Vec::new();
    brotli::Decompressor::new(&brotli.bytes[..], 4096)
        .read_to_end(&mut text)
        .unwrap();
    let body: serde_json::Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(body["data"], data);
    let refused = server
        .anonymous()
        .get(&path)
        .header("accept-encoding", "gzip;q=0, br;q=0")
        .await;
    assert_eq!(refused.header("content-encoding"), "");
}

async fn small_answers_are_not_compressed(database: Database) {
    let server = Server::start(&database).await;
    let small = server
        .anonymous()
        .get("/api/v1/products")
        .header("accept-encoding", "gzip, br")
        .await;
    assert!(small.bytes.len() < 1_024);
    assert_eq!(small.header("content-encoding"), "");
}

async fn x_no_compression_opts_out(database: Database) {
    let server = Server::start(&database).await;
    let path = fill(&server).await;
    let call = server
        .anonymous()
        .get(path)
        .header("accept-encoding", "gzip");
    let plain = call.header("x-no-compression", "1").await.must(200);
    assert_eq!(plain.header("content-encoding"), "");
}

async fn another_version_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let call = |version: &str| {
        server
            .anonymous()
            .get("/api/v1/products")
            .header("api-version", version)
    };
    call("v1").await.must(200);
    call("v2").await.must_fail(400, "API_VERSION_MISMATCH");
    call("").await.must_fail(400, "API_VERSION_MISMATCH");
}

async fn an_accept_that_cannot_be_met_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let call = |accept: &str| {
        server
            .anonymous()
            .get("/api/v1/products")
            .header("accept", accept)
    };
    for accept in [
        "*/*",
        "application/*",
        "application/json",
        "text/html, */*;q=0.1",
        "APPLICATION/JSON",
    ] {
        call(accept).await.must(200);
    }
    for accept in ["text/html", "application/json;q=0", "image/*"] {
        call(accept).await.must_fail(406, "NOT_ACCEPTABLE");
    }
}

async fn a_traceparent_is_taken_as_it_is_or_not_at_all(database: Database) {
    let server = Server::start(&database).await;
    let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    for value in [
        good,
        "nonsense",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "",
    ] {
        let answer = server
            .anonymous()
            .get("/api/v1/products")
            .header("traceparent", value)
            .await;
        answer.must(200);
    }
}

async fn errors_are_never_cached(database: Database) {
    let server = Server::start(&database).await;
    let unknown = "/api/v1/products/0198c0de-0000-7000-8000-000000000000";
    for path in [
        "/nowhere",
        "/api/v1/wallet",
        "/api/v1/products?limit=0",
        unknown,
    ] {
        let answer = server.anonymous().get(path).await;
        assert!(answer.status >= 400);
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
}

async fn http_two_without_tls_is_spoken(database: Database) {
    let server = Server::start(&database).await;
    let http = reqwest::Client::builder()
        .http2_prior_knowledge()
        .build()
        .unwrap();
    let answer = http
        .get(format!("{}/health", server.base))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.version(), reqwest::Version::HTTP_2);
    assert_eq!(answer.status(), 200);
}

async fn several_requests_share_a_connection(database: Database) {
    use tokio::io::AsyncWriteExt as _;
    let server = Server::start(&database).await;
    let mut connection = raw::connect(&server.base).await;
    let request = b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n";
    let last = b"GET /nowhere HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    connection
        .write_all(&[&request[..], &request[..], &last[..]].concat())
        .await
        .unwrap();
    let mut received = String::new();
    tokio::io::AsyncReadExt::read_to_string(&mut connection, &mut received)
        .await
        .unwrap();
    assert_eq!(received.matches("HTTP/1.1 200").count(), 2, "{received}");
    assert_eq!(received.matches("HTTP/1.1 404").count(), 1, "{received}");
    assert_eq!(json!(received.matches("x-request-id").count()), json!(3));
}
