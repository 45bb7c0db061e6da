//! A real standby beside the primary: who reads from it, who never does, and that nobody needs it.

use serde_json::Value;

use crate::support::{
    Client, Database, Server, block_on,
    factories::*,
    patience::{execute, metric, until_so},
    services::{PrivatePostgres, Stop},
};

struct Both {
    primary: PrivatePostgres,
    standby: PrivatePostgres,
    server: Server,
}

impl Both {
    /// A server that has been found to read from its standby.
    async fn start() -> Self {
        let mut primary = PrivatePostgres::start_primary().await;
        let database = Database::peopled(primary.create("waybill").await).await;
        let standby = primary.standby().await;
        let server = Server::with(&database, |config| {
            config.database.read_url = Some(standby.url_of("waybill").into());
        })
        .await;
        let both = Self {
            primary,
            standby,
            server,
        };
        both.until_used().await;
        both
    }

    async fn until_used(&self) {
        until_so("the replica is used", async || {
            let before = metric(&self.server, "db_replica_reads_total", "answered").await;
            self.orders_for_staff().await;
            metric(&self.server, "db_replica_reads_total", "answered").await > before
        })
        .await;
    }

    /// Orders as staff sees them.
    async fn orders_for_staff(&self) -> Vec<String> {
        ids(&self.server.admin(), "/api/v1/admin/orders").await
    }
}

async fn ids(client: &Client, path: &str) -> Vec<String> {
    let answer = client.get(path).await.must(200).data();
    let rows = answer.as_array().expect("a list");
    rows.iter().map(id).collect()
}

async fn holds(both: &Both, order: &Value) -> bool {
    both.orders_for_staff().await.contains(&id(order))
}

#[test]
fn staff_reads_from_the_replica_and_nobody_misses_what_was_just_written() {
    block_on(async {
        let both = Both::start().await;
        let (server, member) = (&both.server, both.server.member());
        let database = Database::at(both.standby.url_of("waybill"));
        let mut standby = database.postgres_connection().await;
        execute(&mut standby, "select pg_wal_replay_pause()").await;

        let order = pending_order(server, &member).await;

        // The lists of staff are as old as the replica.
        assert!(!holds(&both, &order).await);
        let audit = |of: String| async move {
            let path = format!("/api/v1/admin/audit-logs?entityId={of}");
            server.admin().get(path).await.must(200).data()
        };
        assert_eq!(audit(id(&order)).await.as_array().unwrap().len(), 0);
        // Everything else knows the order.
        let own = ids(&member, "/api/v1/orders").await;
        assert!(own.contains(&id(&order)), "{own:?}");
        for reader in [&member, &server.admin()] {
            reader.get(path_of(&order)).await.must(200);
        }
        assert_eq!(balance(&member).await, 5_000);
        try_pay(&member, &order).await.must(200);
        // The books of any moment balance.
        assert_balanced(server).await;

        // A replica that falls far behind is left alone until it has caught up.
        until_so("the primary is read", async || holds(&both, &order).await).await;
        execute(&mut standby, "select pg_wal_replay_resume()").await;
        both.until_used().await;
        assert!(holds(&both, &order).await);
        drop(standby);
        both.server.stop().await;
        drop(both.primary);
    });
}

#[test]
fn without_its_replica_the_primary_answers() {
    block_on(async {
        let mut both = Both::start().await;
        let member = both.server.member();
        for how in [Stop::Fast, Stop::Kill] {
            both.standby.stop(how).await;
            for _ in 0..3 {
                let order = pending_order(&both.server, &member).await;
                assert!(holds(&both, &order).await, "{how:?}");
                assert_balanced(&both.server).await;
            }
            let health = both.server.anonymous().get("/health").await.must(200);
            assert_eq!(health.json()["status"], "healthy");
            both.standby.start_again().await;
            both.until_used().await;
        }
        both.standby.freeze().await;
        for _ in 0..3 {
            both.orders_for_staff().await;
        }
        both.standby.thaw().await;
        both.server.stop().await;
    });
}
