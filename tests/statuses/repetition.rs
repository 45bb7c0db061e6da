//! Statuses that depend on earlier requests: budgets that are spent, keys that are used or in use.

use std::time::Duration;

use serde_json::json;
use sqlx::Executor as _;
use waybill::config::Rate;

use super::{request, with_example};
use crate::{
    on_both,
    support::{
        Backend, Database, Server,
        contract::{Operation, contract},
        factories::*,
    },
};

on_both!(
    a_spent_budget_is_429,
    a_reused_key_is_422,
    a_key_in_use_is_409,
);

async fn a_spent_budget_is_429(database: Database) {
    let one = Some(Rate {
        calls: 1,
        window: Duration::from_mins(1),
        block: None,
    });
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.tier().is_some())
    {
        let server = Server::with(&database, |config| {
            (
                config.limits.general,
                config.limits.auth,
                config.limits.heavy,
            ) = (one, one, one);
        })
        .await;
        let call = || with_example(request(&server.admin(), operation, "?unknown=1"), operation);
        call().await.must(400);
        call().await.must_fail(429, "RATE_LIMIT_EXCEEDED");
        server.stop().await;
    }
}

async fn a_reused_key_is_422(database: Database) {
    let server = Server::start(&database).await;
    let admin = server.admin();
    let body = json!({ "amount": 1, "currency": "USD", "source": "sandbox-card" });
    admin
        .post("/api/v1/wallet/top-ups")
        .key("used")
        .json(body)
        .await
        .must(201);
    let order = pending_order(&server, &admin).await;
    let product = order["items"][0]["productId"]
        .as_str()
        .expect("an id")
        .to_owned();
    for operation in &contract().operations {
        if !declares(operation, 422, "IDEMPOTENCY_KEY_REUSED") {
            continue;
        }
        let path = operation
            .path
            .replace("{orderId}", &id(&order))
            .replace("{productId}", &product);
        let call = admin.call(operation.method.clone(), path).key("used");
        with_example(call, operation)
            .await
            .must_fail(422, "IDEMPOTENCY_KEY_REUSED");
    }
}

async fn a_key_in_use_is_409(database: Database) {
    // The row of a running request is locked by its transaction; only PostgreSQL lets a test hold one open while
    // another begins, SQLite has one writer and queues.
    if database.backend == Backend::Sqlite {
        return;
    }
    let server = Server::with(&database, |config| {
        config.database.lock_timeout = Duration::from_millis(50);
    })
    .await;
    let admin = server.admin();
    let order = pending_order(&server, &admin).await;
    let product = order["items"][0]["productId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let body = json!({ "amount": 1, "currency": "USD", "source": "sandbox-card" });
    admin
        .post("/api/v1/wallet/top-ups")
        .key("template")
        .json(body)
        .await
        .must(201);
    let running = "insert into idempotency_keys (user_id, caller_id, key, fingerprint, request_id, created_at, expires_at) \
        select user_id, caller_id, 'running', fingerprint, request_id, created_at, expires_at \
        from idempotency_keys where key = 'template'";
    let mut holder = database.postgres_connection().await;
    holder.execute("begin").await.expect("a transaction");
    holder.execute(running).await.expect("a row");
    for operation in &contract().operations {
        if !declares(operation, 409, "IDEMPOTENCY_KEY_IN_USE") {
            continue;
        }
        let path = operation
            .path
            .replace("{orderId}", &id(&order))
            .replace("{productId}", &product);
        let call = admin.call(operation.method.clone(), path).key("running");
        let answer = with_example(call, operation)
            .await
            .must_fail(409, "IDEMPOTENCY_KEY_IN_USE");
        assert_eq!(answer.header("retry-after"), "1", "{}", operation.id);
    }
}

fn declares(operation: &Operation, status: u16, code: &str) -> bool {
    let codes = operation.answer(status).and_then(|answer| answer.codes());
    codes.is_some_and(|codes| codes.iter().any(|declared| declared == code))
}
