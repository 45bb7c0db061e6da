//! What is no proper HTTP, or too much of it: requests are cut off before anybody looks at what they want.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::request;
use crate::{
    on_both,
    support::{Database, Server, raw},
};

on_both!(
    an_overlong_uri_is_refused,
    overlong_headers_are_refused,
    too_many_headers_are_refused,
    a_request_that_is_no_http_is_refused,
    content_length_beside_transfer_encoding_is_refused,
    a_slow_head_is_cut_off,
);

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
        AsyncWriteExt::write_all(&mut connection, bytes)
            .await
            .unwrap();
        AsyncWriteExt::shutdown(&mut connection).await.unwrap();
        let mut received = Vec::new();
        let _ = AsyncReadExt::read_to_end(&mut connection, &mut received).await;
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
    AsyncWriteExt::write_all(&mut connection, &bytes)
        .await
        .unwrap();
    AsyncWriteExt::shutdown(&mut connection).await.unwrap();
    let mut received = String::new();
    let _ = AsyncReadExt::read_to_string(&mut connection, &mut received).await;
    assert!(
        received.matches("HTTP/1.1 ").count() <= 1,
        "a second request was smuggled: {received}"
    );
    assert!(!received.contains("HTTP/1.1 2"), "{received}");
}

async fn a_slow_head_is_cut_off(database: Database) {
    let server = Server::with(&database, |config| {
        config.server.header_read_timeout = Duration::from_millis(200);
    })
    .await;
    let mut connection = raw::connect(&server.base).await;
    AsyncWriteExt::write_all(&mut connection, b"GET /health HTTP/1.1\r\nhost:")
        .await
        .unwrap();
    let mut received = Vec::new();
    let reading = AsyncReadExt::read_to_end(&mut connection, &mut received);
    let ended = tokio::time::timeout(Duration::from_secs(10), reading).await;
    assert!(ended.is_ok(), "the connection is still open");
}
