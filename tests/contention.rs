//! Transactions in each other's way on PostgreSQL: nobody waits without end, and what can be tried again is.

use std::{future::IntoFuture as _, time::Duration};

use serde_json::json;

use crate::support::{
    Backend, Database, Server,
    factories::*,
    patience::{all_at_once, assert_away, execute, metric, until_somebody_waits},
    run,
};

macro_rules! on_postgres {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn postgres() {
                super::run(super::Backend::Postgres, super::$name);
            }
        }
    )+};
}

on_postgres!(
    a_pool_without_a_free_connection_refuses_in_time_and_is_no_absence,
    whoever_gives_up_waiting_leaves_the_connection_clean,
    a_deadlock_is_tried_again_and_nobody_sees_it,
    a_serialization_failure_is_tried_again_and_nobody_sees_it,
);

async fn a_pool_without_a_free_connection_refuses_in_time_and_is_no_absence(database: Database) {
    let server = Server::with(&database, |config| {
        config.database.pool_min = 0;
        config.database.pool_max = 1;
        config.database.acquire_timeout = Duration::from_millis(300);
        config.database.lock_timeout = Duration::from_secs(20);
        config.database.statement_timeout = Duration::from_secs(20);
    })
    .await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    let (mut holder, mut watcher) = (
        database.postgres_connection().await,
        database.postgres_connection().await,
    );
    execute(&mut holder, "begin; select 1 from orders for update").await;
    let pay = member.post(format!("{}/pay", path_of(&order))).key("pay");
    let paying = tokio::spawn(pay.into_future());
    until_somebody_waits(&mut watcher).await;

    let reads = (0..10).map(|_| member.get("/api/v1/wallet"));
    for answer in all_at_once(reads).await {
        assert_away(&answer);
    }
    assert!(metric(&server, "db_client_errors_total", "pool_exhausted").await > 0.0);
    // The database is there: nobody is to take this instance, or all of them, out of service.
    let anonymous = server.anonymous();
    let health = anonymous.get("/health").await.must(200).json();
    assert_eq!(health["status"], "healthy");
    anonymous.get("/readyz").unchecked().await.must(200);

    execute(&mut holder, "rollback").await;
    paying.await.unwrap().must(200);
    assert_eq!(balance(&member).await, 4_000);
}

async fn whoever_gives_up_waiting_leaves_the_connection_clean(database: Database) {
    let server = Server::with(&database, |config| {
        config.database.pool_min = 0;
        config.database.pool_max = 1;
        config.database.lock_timeout = Duration::from_secs(20);
        config.database.statement_timeout = Duration::from_secs(20);
        config.server.request_timeout = Duration::from_millis(500);
    })
    .await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    let mut holder = database.postgres_connection().await;
    execute(&mut holder, "begin; select 1 from orders for update").await;

    let pay = || member.post(format!("{}/pay", path_of(&order))).key("pay");
    pay().await.must_fail(504, "TIMEOUT");

    // The only place of the pool is free again, although the statement still waits, and what it began is undone.
    assert_eq!(balance(&member).await, 5_000);
    execute(&mut holder, "rollback").await;
    pay().await.must(200);
    assert_eq!(balance(&member).await, 4_000);
    assert_balanced(&server).await;
}

async fn a_deadlock_is_tried_again_and_nobody_sees_it(database: Database) {
    let server = Server::with(&database, |config| {
        config.database.lock_timeout = Duration::from_secs(20);
        config.database.statement_timeout = Duration::from_secs(20);
        config.server.request_timeout = Duration::from_secs(30);
    })
    .await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    let before = metric(&server, "db_transaction_retries_total", "").await;
    let (mut rival, mut watcher) = (
        database.postgres_connection().await,
        database.postgres_connection().await,
    );
    // Stock first and then the wallet, against the order that the server keeps. The rival looks for deadlocks late: it
    // is the server's transaction that PostgreSQL ends.
    execute(&mut rival, "set deadlock_timeout = '1min'").await;
    execute(&mut rival, "begin; select 1 from products for update").await;
    let pay = member.post(format!("{}/pay", path_of(&order))).key("pay");
    let paying = tokio::spawn(pay.into_future());
    until_somebody_waits(&mut watcher).await;
    execute(&mut rival, "update wallets set updated_at = updated_at").await;
    execute(&mut rival, "rollback").await;

    paying.await.unwrap().must(200);
    assert!(metric(&server, "db_transaction_retries_total", "").await > before);
    assert_eq!(balance(&member).await, 4_000);
    assert_balanced(&server).await;
}

async fn a_serialization_failure_is_tried_again_and_nobody_sees_it(database: Database) {
    let name = database
        .rows("select cast(current_database() as text)")
        .await;
    let strict = "set default_transaction_isolation = 'serializable'";
    database
        .execute(&format!("alter database {} {strict}", name[0][0]))
        .await;
    let server = Server::start(&database).await;
    let member = server.member();
    let before = metric(&server, "db_transaction_retries_total", "").await;
    let body = json!({ "amount": 7, "currency": "USD", "source": "sandbox-card" });
    let mut done = 0;
    // Three at once on one wallet meet at the first attempt or soon, and are through after five.
    for _ in 0..20 {
        let calls = (0..3).map(|_| {
            let call = member.post("/api/v1/wallet/top-ups").key(unique("t"));
            call.json(&body)
        });
        for answer in all_at_once(calls).await {
            answer.must(201);
            done += 1;
        }
        if metric(&server, "db_transaction_retries_total", "").await > before {
            break;
        }
    }
    assert!(metric(&server, "db_transaction_retries_total", "").await > before);
    assert_eq!(balance(&member).await, done * 7);
    assert_balanced(&server).await;
}
