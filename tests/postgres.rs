//! PostgreSQL goes away and comes back: whatever happens to it, requests are answered, and nothing is done twice.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{
    Client, Database, Server, block_on,
    client::Call,
    factories::*,
    patience::{all_at_once, assert_away, execute, until, until_so},
    services::{PrivatePostgres, Stop},
};

fn pay(client: &Client, order: &Value, key: &str) -> Call {
    client.post(format!("{}/pay", path_of(order))).key(key)
}

#[test]
fn while_postgresql_is_away_requests_are_refused_and_afterwards_everything_goes_on() {
    block_on(async {
        let mut postgres = PrivatePostgres::start().await;
        let database = Database::peopled(postgres.create("waybill").await).await;
        let server = Server::start(&database).await;
        let member = server.member();
        for (at, how) in [Stop::Fast, Stop::Immediate, Stop::Kill]
            .into_iter()
            .enumerate()
        {
            let order = pending_order(&server, &member).await;
            let key = format!("key-{at}");
            let before = balance(&member).await;

            postgres.stop(how).await;
            // Of a server that was killed, a process may live for a moment more.
            until_so("it is away", async || {
                server.anonymous().get("/health").await.status == 503
                    && member.get("/api/v1/wallet").await.status == 503
            })
            .await;

            for _ in 0..3 {
                let calls = [
                    pay(&member, &order, &key),
                    member.get(path_of(&order)),
                    member.get("/api/v1/wallet"),
                    server.admin().get("/api/v1/admin/orders"),
                ];
                for answer in all_at_once(calls).await {
                    assert_away(&answer);
                }
            }
            let health = server.anonymous().get("/health").await.must(503).json();
            assert_eq!(
                health["services"]["database"]["status"], "unhealthy",
                "{how:?}"
            );
            let probe = |path| server.anonymous().get(path).unchecked();
            probe("/livez").await.must(200);
            probe("/readyz").await.must(503);

            postgres.start_again().await;

            until(200, || pay(&member, &order, &key)).await;
            let again = pay(&member, &order, &key).await.must(200);
            assert_eq!(again.header("idempotency-replayed"), "true");
            assert_eq!(balance(&member).await, before - 1_000, "{how:?}");
            probe("/readyz").await.must(200);
        }
        assert_balanced(&server).await;
        server.stop().await;
    });
}

#[test]
fn a_restart_between_two_requests_is_noticed_by_few() {
    block_on(async {
        let mut postgres = PrivatePostgres::start().await;
        let database = Database::peopled(postgres.create("waybill").await).await;
        let server = Server::start(&database).await;
        let member = server.member();
        // Every place of the pool holds a connection.
        let reads = (0..20).map(|_| member.get("/api/v1/wallet"));
        for answer in all_at_once(reads).await {
            answer.must(200);
        }

        postgres.restart(Stop::Immediate).await;
        until(200, || member.get("/api/v1/wallet")).await;

        let reads = (0..20).map(|_| member.get("/api/v1/wallet"));
        for answer in all_at_once(reads).await {
            answer.must(200);
        }
        server.stop().await;
    });
}

#[test]
fn a_frozen_postgresql_holds_no_request() {
    block_on(async {
        let postgres = PrivatePostgres::start().await;
        let database = Database::peopled(postgres.create("waybill").await).await;
        let server = Server::with(&database, |config| {
            config.database.statement_timeout = Duration::from_millis(500);
            config.database.acquire_timeout = Duration::from_millis(500);
        })
        .await;
        let member = server.member();
        let order = pending_order(&server, &member).await;

        postgres.freeze().await;

        let calls = (0..30).map(|at| match at % 3 {
            0 => pay(&member, &order, "key"),
            1 => member.get(path_of(&order)),
            _ => member.get("/api/v1/wallet"),
        });
        for answer in all_at_once(calls).await {
            assert_away(&answer);
        }

        postgres.thaw().await;

        until(200, || pay(&member, &order, "key")).await;
        assert_eq!(balance(&member).await, 4_000);
        assert_balanced(&server).await;
        server.stop().await;
    });
}

#[test]
fn a_database_that_was_demoted_is_away_until_it_can_be_written_to() {
    block_on(async {
        let postgres = PrivatePostgres::start().await;
        let database = Database::peopled(postgres.create("waybill").await).await;
        let server = Server::start(&database).await;
        let member = server.member();
        let mut operator = database.postgres_connection().await;
        execute(
            &mut operator,
            "alter system set default_transaction_read_only = on",
        )
        .await;
        execute(&mut operator, "select pg_reload_conf()").await;
        let top_up = || {
            let body = json!({ "amount": 7, "currency": "USD", "source": "sandbox-card" });
            member.post("/api/v1/wallet/top-ups").key("once").json(body)
        };

        until(503, top_up).await;
        until_so("it is unhealthy", async || {
            server.anonymous().get("/health").await.status == 503
        })
        .await;

        execute(&mut operator, "set default_transaction_read_only = off").await;
        execute(
            &mut operator,
            "alter system reset default_transaction_read_only",
        )
        .await;
        execute(&mut operator, "select pg_reload_conf()").await;
        until(201, top_up).await;
        assert_eq!(balance(&member).await, 7);
        server.stop().await;
    });
}
