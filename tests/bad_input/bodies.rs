//! Bodies that are refused for their type, size, encoding or depth, whatever they say.

use std::io::Write as _;

use super::{create, request};
use crate::{
    on_both,
    support::{Database, Server, factories::*, raw},
};

on_both!(
    a_wrong_content_type_is_refused,
    a_body_over_the_limit_is_refused,
    a_chunked_body_over_the_limit_is_refused,
    a_compressed_body_over_the_limit_is_refused,
    a_body_nested_a_hundred_thousand_deep_is_refused,
);

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

/// One byte more than a body may have.
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
