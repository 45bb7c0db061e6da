//! The catalogue promises neither more nor less than there is: every metric is exported, and documented.

use std::{collections::BTreeSet, time::Duration};

use serde_json::json;
use waybill::infra::telemetry::catalogue::METRICS;

use super::{file, hold_against_the_catalogue, log_in_at, scrape, serve, value};
use crate::support::{
    Backend, Client, factories::*, process::Serving, raw, services::PrivateRedis,
};

/// Every task that measures has run by then, on a loaded machine too.
const PATIENCE: Duration = Duration::from_mins(2);

#[test]
fn everything_in_the_catalogue_is_exported_by_a_server_that_has_met_everything() {
    crate::support::run(Backend::Postgres, |database| async move {
        let redis = PrivateRedis::start().await;
        let redis_url = redis.url();
        let folder = tempfile::tempdir().unwrap();
        let well = [
            ("REDIS_URL", redis_url.as_str()),
            ("DATABASE_READ_URL", database.url.as_str()),
        ];
        let well = serve(folder.path(), &database, &well).await;
        // Nothing listens there.
        let gone = [
            ("REDIS_URL", "redis://127.0.0.1:1"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"),
            ("JOB_CONCURRENCY", "0"),
        ];
        let other = tempfile::tempdir().unwrap();
        let unwell = serve(other.path(), &database, &gone).await;

        let (admin, member) = (
            log_in_at(&well, "admin").await,
            log_in_at(&well, "member").await,
        );
        raw::exchange(&well.base, b"nonsense\r\n\r\n").await;
        for list in [
            "/api/v1/users",
            "/api/v1/admin/orders",
            "/api/v1/admin/audit-logs",
        ] {
            admin.get(list).await.must(200);
        }
        let body = json!({ "amount": 5_000, "currency": "USD", "source": "card" });
        member
            .post("/api/v1/wallet/top-ups")
            .key("one")
            .json(body)
            .await
            .must(201);
        let product = admin
            .post("/api/v1/products")
            .json(new_product(10, 3_000))
            .await
            .must(201)
            .data();
        let order = order(&member, &product, 1).await;
        member
            .post(format!("{}/pay", path_of(&order)))
            .key("pay")
            .await
            .must(200);

        fall_silent_in_use(&redis, &well).await;

        let wanted: BTreeSet<&str> = METRICS.iter().map(|metric| metric.name).collect();
        let deadline = std::time::Instant::now() + PATIENCE;
        loop {
            let mut seen = BTreeSet::new();
            for server in [&well, &unwell] {
                let anonymous = Client::anonymous(&server.base);
                anonymous.get("/api/v1/products").await.must(200);
                let families = scrape(&anonymous).await;
                hold_against_the_catalogue(&families);
                seen.extend(families.into_keys());
            }
            let missing: Vec<_> = wanted
                .iter()
                .filter(|name| !seen.contains(**name))
                .collect();
            if missing.is_empty() {
                break;
            }
            assert!(
                std::time::Instant::now() < deadline,
                "never exported: {missing:?}"
            );
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        well.stop().await;
        unwell.stop().await;
    });
}

/// Lets Redis fall silent so that a call notices; now and then the server's own look at it is quicker.
async fn fall_silent_in_use(redis: &PrivateRedis, server: &Serving) {
    let anonymous = Client::anonymous(&server.base);
    loop {
        redis.freeze().await;
        anonymous.get("/api/v1/products").await.must(200);
        let families = scrape(&anonymous).await;
        redis.thaw().await;
        if families.contains_key("redis_errors_total") {
            return;
        }
        while value(&scrape(&anonymous).await, "redis_up", &[]) < 1.0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

#[test]
fn the_documentation_lists_every_metric() {
    let documented = file("docs/metrics.md");
    let rows: Vec<String> = METRICS
        .iter()
        .map(|metric| {
            let labels = metric.labels.iter().map(|(label, values)| {
                if values.is_empty() {
                    format!("`{label}`")
                } else {
                    format!("`{label}` ({})", values.join(", "))
                }
            });
            let labels = labels.collect::<Vec<_>>().join(" · ");
            format!(
                "| `{}` | {} | {labels} | {} |",
                metric.name,
                metric.kind.as_str(),
                metric.help
            )
        })
        .collect();
    let (metrics, _) = documented.split_once("\n## Logs").unwrap();
    let table: Vec<&str> = metrics
        .lines()
        .filter(|line| line.starts_with("| `"))
        .collect();
    assert_eq!(table, rows, "the table should read:\n{}", rows.join("\n"));
}
