//! What clients must never be able to do with what they send: a 5xx, a hang, or a half-done effect.
//!
//! The folder goes from the outside in: what is hardly HTTP, bodies that nobody would read, JSON and its numbers, what JSON
//! must say here, and at last the document, operation by operation.

mod bodies;
mod every_operation;
mod http;
mod json;
mod numbers;
mod paths_and_queries;
mod violations;

use serde_json::json;

use crate::{
    on_both,
    support::{Answer, Client, Database, Server, client::Call},
};

on_both!(nothing_of_all_this_left_a_trace);

/// A POST of a product with this body.
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

/// A request that breaks a rule in its query, its headers and every field of its body.
fn everything_wrong(client: &Client) -> Call {
    let body = json!({
        "sku": "lower case", "name": "", "price": -1, "currency": "usd", "stock": "many", "extra": true,
    });
    client
        .post("/api/v1/products?debug=1")
        .key("bad key")
        .json(body)
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
