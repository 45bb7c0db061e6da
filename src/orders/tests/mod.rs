//! Orders, wallets and stock together, straight at their services and on both databases.
//!
//! The folder owns the people, products and orders that its tests begin with; each file answers one question about them.
//! What clients see of it is tested through HTTP, in `tests/`.

mod concurrency;
mod idempotency;
mod lifecycle;
mod lists;
mod payments;
mod placing;
mod products;
mod wallets;

use std::sync::Arc;
use std::time::Duration;

use crate::db::testing::Bench;
use crate::domain::{CursorKey, OrderId, Role, UserId};
use crate::events::Outbox;
use crate::idempotency::{Once, Outcome};
use crate::integrity::Integrity;
use crate::orders::{NewOrder, Order, OrderError, OrderSettings, Orders, PaidOrder};
use crate::products::{NewProduct, Product, Products};
use crate::wallets::{NewTopUp, TopUp, WalletError, Wallets};
use bytes::Bytes;
use openapi_runtime::{IdempotencyKey, StoredReply};

fn orders(bench: &Bench) -> Orders {
    Orders {
        db: bench.db.clone(),
        ids: bench.ids.clone(),
        outbox: Outbox::new(bench.ids.clone()),
        settings: OrderSettings::default(),
    }
}

fn wallets(bench: &Bench) -> Wallets {
    Wallets {
        db: bench.db.clone(),
        ids: bench.ids.clone(),
        outbox: Outbox::new(bench.ids.clone()),
        cursors: CursorKey::new(b"test"),
        idempotency_ttl: Duration::from_mins(1),
    }
}

fn products(bench: &Bench) -> Products {
    Products {
        db: bench.db.clone(),
        ids: bench.ids.clone(),
        idempotency_ttl: Duration::from_mins(1),
    }
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey {
        key: text.to_owned(),
        fingerprint: [7; 32],
    }
}

fn reply(status: u16, body: String) -> StoredReply {
    StoredReply {
        status,
        content_type: "application/json".to_owned(),
        body: Bytes::from(body),
        headers: Vec::new(),
        original_request_id: None,
    }
}

fn status_of(error: &OrderError) -> u16 {
    match error.code() {
        "INSUFFICIENT_FUNDS" => 402,
        "ORDER_NOT_FOUND" => 404,
        "OUT_OF_STOCK" | "ORDER_ALREADY_PAID" => 409,
        "PRECONDITION_FAILED" => 412,
        _ => 422,
    }
}

fn render_order(result: Result<&Order, &OrderError>) -> StoredReply {
    match result {
        Ok(order) => reply(201, order.id.to_string()),
        Err(error) => reply(status_of(error), error.code().to_owned()),
    }
}

fn render_paid(result: Result<&PaidOrder, &OrderError>) -> StoredReply {
    match result {
        Ok(paid) => reply(200, paid.payment.id.to_string()),
        Err(error) => reply(status_of(error), error.code().to_owned()),
    }
}

fn render_top_up(result: Result<&TopUp, &WalletError>) -> StoredReply {
    reply(if result.is_ok() { 201 } else { 402 }, "top-up".to_owned())
}

pub(crate) async fn fund(bench: &Bench, user: UserId, amount: i64) {
    let ctx = bench.as_user(user, Role::Member);
    let key = key(&bench.ids.next_uuid().to_string());
    let new = NewTopUp {
        amount: Bench::usd(amount),
        source: "card".to_owned(),
    };
    let once = Once {
        key: &key,
        render: &render_top_up,
    };
    wallets(bench).top_up(&ctx, user, &new, once).await.unwrap();
}

async fn product(bench: &Bench, sku: &str, price: i64, stock: i64) -> Product {
    let admin = bench.ids.next();
    let new = NewProduct {
        sku: sku.to_owned(),
        name: "Lamp".to_owned(),
        description: None,
        price: Bench::usd(price),
        stock,
    };
    let ctx = bench.as_user(admin, Role::Admin);
    done(products(bench).create(&ctx, &new, None).await.unwrap())
}

fn done<T>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        Outcome::Replayed(reply) => panic!("replayed {reply:?}"),
    }
}

async fn place(
    bench: &Bench,
    user: UserId,
    product: &Product,
    quantity: i64,
) -> Result<Order, OrderError> {
    let new = NewOrder {
        product_id: product.id,
        quantity,
        coupon_code: None,
    };
    let ctx = bench.as_user(user, Role::Member);
    orders(bench).create(&ctx, user, &new, None).await.map(done)
}

async fn pay(
    bench: &Bench,
    user: UserId,
    order: OrderId,
    key_text: &str,
) -> Result<Outcome<PaidOrder>, OrderError> {
    let key = key(key_text);
    let once = Once {
        key: &key,
        render: &render_paid,
    };
    let ctx = bench.as_user(user, Role::Member);
    orders(bench).pay(&ctx, user, order, once).await
}

async fn balance(bench: &Bench, user: UserId) -> i64 {
    wallets(bench).get(user).await.unwrap().balance
}

async fn assert_books_balance(bench: &Bench) {
    let report = Integrity {
        db: bench.db.clone(),
    }
    .check(&[], bench.clock.now())
    .await
    .unwrap();
    assert!(report.is_ok(), "{}: {report:#?}", bench.db.name());
}

/// Runs `count` of them at once.
async fn at_once<T, F>(count: usize, start: impl Fn(usize) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let mut tasks = tokio::task::JoinSet::new();
    for index in 0..count {
        tasks.spawn(start(index));
    }
    tasks.join_all().await
}

async fn benches() -> Vec<Arc<Bench>> {
    Bench::each().await.into_iter().map(Arc::new).collect()
}
