//! Things that tests begin with, made through the API as a client makes them.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::{Answer, Client, Server};

/// A text that no other call of this process got; for keys, SKUs and e-mail addresses.
pub fn unique(prefix: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{prefix}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The `id` of a body's `data`.
#[track_caller]
pub fn id(of: &Value) -> String {
    of["id"]
        .as_str()
        .unwrap_or_else(|| panic!("no id in {of}"))
        .to_owned()
}

/// What a product is created with.
pub fn new_product(stock: i64, price: i64) -> Value {
    json!({
        "sku": unique("SKU"),
        "name": "Paper clips",
        "description": "A box of one hundred.",
        "price": price,
        "currency": "USD",
        "stock": stock,
    })
}

/// Puts a product into the catalogue.
pub async fn product(server: &Server, stock: i64, price: i64) -> Value {
    create_product(server, new_product(stock, price)).await
}

/// Puts exactly this product into the catalogue.
pub async fn create_product(server: &Server, body: Value) -> Value {
    server
        .admin()
        .post("/api/v1/products")
        .json(body)
        .await
        .must(201)
        .data()
}

/// Tops the caller's wallet up.
pub async fn top_up(client: &Client, amount: i64) -> Value {
    let body = json!({ "amount": amount, "currency": "USD", "source": "sandbox-card" });
    client
        .post("/api/v1/wallet/top-ups")
        .key(unique("top-up"))
        .json(body)
        .await
        .must(201)
        .data()
}

/// The caller's balance.
pub async fn balance(client: &Client) -> i64 {
    client.get("/api/v1/wallet").await.must(200).data()["balance"]
        .as_i64()
        .expect("a balance")
}

/// Asks for an order, however that ends.
pub async fn try_order(client: &Client, product: &Value, quantity: i64) -> Answer {
    let body = json!({ "productId": product["id"], "quantity": quantity });
    client.post("/api/v1/orders").json(body).await
}

/// Orders a product; the wallet must hold enough.
pub async fn order(client: &Client, product: &Value, quantity: i64) -> Value {
    try_order(client, product, quantity).await.must(201).data()
}

/// A member's order of one piece, funded, with its product: 10.00 USD each.
pub async fn pending_order(server: &Server, client: &Client) -> Value {
    let product = product(server, 10, 1_000).await;
    top_up(client, 5_000).await;
    order(client, &product, 1).await
}

/// The path of an order.
pub fn path_of(order: &Value) -> String {
    format!("/api/v1/orders/{}", id(order))
}

/// Pays with a key of its own, however that ends.
pub async fn try_pay(client: &Client, order: &Value) -> Answer {
    client
        .post(format!("{}/pay", path_of(order)))
        .key(unique("pay"))
        .await
}

/// A member's paid order.
pub async fn paid_order(server: &Server, client: &Client) -> Value {
    let order = pending_order(server, client).await;
    try_pay(client, &order).await.must(200).data()
}

/// Asks the administrator to move an order on, however that ends.
pub async fn try_move(server: &Server, order: &Value, status: &str) -> Answer {
    let path = format!("/api/v1/admin/orders/{}/status", id(order));
    server
        .admin()
        .patch(path)
        .json(json!({ "status": status }))
        .await
}

/// Moves an order through states, one after the other.
pub async fn walk(server: &Server, order: &Value, states: &[&str]) -> Value {
    let mut last = order.clone();
    for status in states {
        last = try_move(server, order, status).await.must(200).data();
    }
    last
}

/// What is left of a product.
pub async fn stock(server: &Server, product: &Value) -> i64 {
    let path = format!("/api/v1/products/{}", id(product));
    let shown = server.admin().get(path).await.must(200).data();
    shown["stock"].as_i64().expect("a stock")
}

/// A client that presents a new API key of this caller.
pub async fn api_key(client: &Client, scopes: &[&str]) -> Client {
    let body = json!({ "name": unique("key"), "scopes": scopes });
    let made = client
        .post("/api/v1/api-keys")
        .json(body)
        .await
        .must(201)
        .data();
    let key = made["key"]
        .as_str()
        .unwrap_or_else(|| panic!("no key in {made}"));
    client.api_key(key)
}

/// The password of everybody in the tests.
pub const PASSWORD: &str = "correct horse battery";

/// Registers somebody new; answers the e-mail address and the user.
pub async fn register(anonymous: &Client) -> (String, Value) {
    let email = format!("{}@example.com", unique("someone"));
    let body = json!({ "email": email, "password": PASSWORD, "name": "Some One" });
    let user = anonymous
        .post("/api/v1/auth/register")
        .json(body)
        .await
        .must(201)
        .data();
    (email, user)
}

/// Logs in; answers the tokens.
pub async fn log_in(anonymous: &Client, email: &str) -> Value {
    let body = json!({ "email": email, "password": PASSWORD });
    anonymous
        .post("/api/v1/auth/login")
        .json(body)
        .await
        .must(200)
        .data()
}

/// Asserts that ledger and stock balance.
pub async fn assert_balanced(server: &Server) {
    let report = server
        .admin()
        .get("/api/v1/admin/integrity")
        .await
        .must(200)
        .data();
    assert_eq!(report["ok"], true, "{report:#}");
}
