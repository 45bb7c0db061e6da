//! What operators see: metrics as Prometheus reads them, and the dashboard, the alerts and the documentation that stand
//! on them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::Duration,
};

use serde_json::{Value, json};
use waybill::infra::telemetry::catalogue::{Kind, METRICS, Metric};

use crate::{
    on_both,
    support::{
        Backend, Client, Database, Server, block_on,
        exposition::{self, Families},
        factories::*,
        process::{self, Serving},
        promql::{self, Uses},
        raw,
        services::PrivateRedis,
    },
};

on_both!(
    what_is_exported_is_well_formed_and_described,
    payments_are_counted_by_their_outcome_and_only_once,
    clients_cannot_make_series_grow,
    books_that_are_wrong_are_noticed_until_they_are_mended,
);

/// Every task that measures has run by then, on a loaded machine too.
const PATIENCE: Duration = Duration::from_mins(2);

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn described(name: &str) -> &'static Metric {
    let found = METRICS.iter().find(|metric| metric.name == name);
    found.unwrap_or_else(|| panic!("{name} is not in the catalogue"))
}

async fn scrape(client: &Client) -> Families {
    let answer = client.get("/metrics").unchecked().await.must(200);
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    exposition::read(&answer.text())
}

fn value(families: &Families, name: &str, wanted: &[(&str, &str)]) -> f64 {
    let Some(family) = families.get(name) else {
        return 0.0;
    };
    let matching = family.samples.iter().filter(|(_, labels, _)| {
        wanted
            .iter()
            .all(|(name, value)| labels.get(*name).is_some_and(|label| label == value))
    });
    matching.map(|(_, _, value)| value).sum()
}

/// Holds what was exported against the catalogue: kind, help, labels and the values of closed ones.
fn hold_against_the_catalogue(families: &Families) {
    for (name, family) in families {
        let metric = described(name);
        assert_eq!(family.kind, metric.kind.as_str(), "{name}");
        assert_eq!(family.help, metric.help, "{name}");
        for (_, labels, _) in &family.samples {
            let mut labels = labels.clone();
            if metric.kind == Kind::Histogram {
                labels.remove("le");
            }
            let names: BTreeSet<&str> = labels.keys().map(String::as_str).collect();
            let declared: BTreeSet<&str> = metric.labels.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, declared, "{name}");
            for (label, values) in metric.labels {
                let value = &labels[*label];
                assert!(
                    values.is_empty() || values.contains(&value.as_str()),
                    "{name}: {label} is {value}"
                );
            }
        }
    }
}

async fn what_is_exported_is_well_formed_and_described(database: Database) {
    let server = Server::start(&database).await;
    paid_order(&server, &server.member()).await;
    server
        .anonymous()
        .get("/api/v1/nowhere")
        .unchecked()
        .await
        .must(404);
    raw::exchange(&server.base, b"nonsense\r\n\r\n").await;
    let families = scrape(&server.anonymous()).await;
    hold_against_the_catalogue(&families);

    // OpenTelemetry's buckets, and finer ones below.
    let bounds: BTreeSet<String> = families["http_server_request_duration_seconds"]
        .samples
        .iter()
        .filter_map(|(_, labels, _)| labels.get("le").cloned())
        .collect();
    for bound in [
        "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.075", "0.1", "0.25",
        "0.5", "0.75", "1", "2.5", "5", "7.5", "10", "+Inf",
    ] {
        assert!(bounds.contains(bound), "{bound} is not among {bounds:?}");
    }
    assert!(value(&families, "process_resident_memory_bytes", &[]) > 1_000_000.0);
    let route = ("http_route", "/api/v1/orders/{orderId}/pay");
    let paid = [
        route,
        ("http_request_method", "POST"),
        ("http_response_status_code", "200"),
        ("api_version", "v1"),
    ];
    assert!(value(&families, "http_server_request_duration_seconds", &paid) > 0.0);
}

async fn payments_are_counted_by_their_outcome_and_only_once(database: Database) {
    // A process of its own: the tests of this one pay too.
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, &[]).await;
    let (admin, member) = (
        log_in_at(&server, "admin").await,
        log_in_at(&server, "member").await,
    );
    let top_up = |source: &str, key: &str| {
        let body = json!({ "amount": 5_000, "currency": "USD", "source": source });
        member.post("/api/v1/wallet/top-ups").key(key).json(body)
    };
    top_up("card", "one").await.must(201);
    top_up("card", "one").await.must(201);
    top_up("please decline", "two")
        .await
        .must_fail(402, "PAYMENT_DECLINED");

    let product = admin
        .post("/api/v1/products")
        .json(new_product(10, 3_000))
        .await
        .must(201)
        .data();
    let (first, second) = (
        order(&member, &product, 1).await,
        order(&member, &product, 1).await,
    );
    let pay = |order: &Value, key: &str| member.post(format!("{}/pay", path_of(order))).key(key);
    pay(&first, "pay").await.must(200);
    pay(&first, "pay").await.must(200);
    pay(&first, "again")
        .await
        .must_fail(409, "ORDER_ALREADY_PAID");
    pay(&second, "poor")
        .await
        .must_fail(402, "INSUFFICIENT_FUNDS");

    let families = scrape(&member).await;
    let counted = |outcome| value(&families, "payments_total", &[("outcome", outcome)]);
    let counts = ["completed", "declined", "refused", "insufficient_funds"].map(counted);
    assert_eq!(counts.map(|count| count.to_string()), ["2", "1", "1", "1"]);
    server.stop().await;
}

async fn clients_cannot_make_series_grow(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, &[]).await;
    let anonymous = Client::anonymous(&server.base);
    let series = |families: Families| -> usize {
        families.values().map(|family| family.samples.len()).sum()
    };
    let odd = async |at: usize| {
        anonymous
            .get(format!("/nowhere/{at}"))
            .unchecked()
            .await
            .must(404);
        anonymous
            .get(format!("/api/v1/products/odd-{at}?x={at}"))
            .unchecked()
            .await;
        anonymous
            .get(format!("/docs/{at}"))
            .unchecked()
            .await
            .must(404);
        let method = reqwest::Method::from_bytes(format!("METHOD{at}").as_bytes()).unwrap();
        anonymous
            .call(method.clone(), "/api/v1/orders")
            .unchecked()
            .await
            .must(405);
        anonymous.call(method, "/livez").unchecked().await.must(405);
    };
    odd(0).await;
    scrape(&anonymous).await;
    let before = series(scrape(&anonymous).await);
    for at in 1..=20 {
        odd(at).await;
    }
    let after = series(scrape(&anonymous).await);
    // A background task may begin a few of its own meanwhile; a label of the client's making would bring hundreds.
    assert!(after < before + 40, "{before} series became {after}");
    server.stop().await;
}

async fn books_that_are_wrong_are_noticed_until_they_are_mended(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    top_up(&member, 5_000).await;
    server.advance(Duration::from_mins(1));
    let settings = waybill::db::DbSettings::new(database.url.clone());
    let db = waybill::db::Db::connect(&settings).await.unwrap();
    let started = server.now();
    let watch = waybill::integrity::Watch::new(db.clone(), started);
    assert_eq!(watch.look(started).await.unwrap(), Vec::<String>::new());

    // Seen once, a transfer is not looked at again: only what is new counts.
    top_up(&member, 700).await;
    paid_order(&server, &member).await;
    let member_id = &server.people().member.id;
    let steal = |amount: i64| {
        let id = match database.backend {
            Backend::Sqlite => format!("x'{}'", member_id.replace('-', "")),
            Backend::Postgres => format!("'{member_id}'"),
        };
        format!("update wallets set balance = balance + {amount} where user_id = {id}")
    };
    database.execute(&steal(1)).await;
    // It has not settled yet.
    assert_eq!(
        watch.look(server.now()).await.unwrap(),
        Vec::<String>::new()
    );
    server.advance(Duration::from_mins(1));
    for _ in 0..2 {
        let problems = watch.look(server.now()).await.unwrap();
        assert!(
            problems.len() == 1 && problems[0].contains(member_id.as_str()),
            "{problems:?}"
        );
    }
    database.execute(&steal(-1)).await;
    assert_eq!(
        watch.look(server.now()).await.unwrap(),
        Vec::<String>::new()
    );
    db.close().await;
}

/// Starts the program on a database.
async fn serve(folder: &Path, database: &Database, more: &[(&str, &str)]) -> Serving {
    let mut environment = vec![
        ("APP_ENV", "staging"),
        ("DATABASE_URL", database.url.as_str()),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
    ];
    environment.extend(more);
    process::serve(folder, &environment).await
}

/// Logs one of the people of every test's database in.
async fn log_in_at(server: &Serving, name: &str) -> Client {
    let anonymous = Client::anonymous(&server.base);
    let tokens = log_in(&anonymous, &format!("{name}@example.com")).await;
    anonymous.bearer(tokens["accessToken"].as_str().unwrap())
}

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

/// Holds an expression against the catalogue: metrics, labels, and the values that labels are compared with.
fn hold(place: &str, expression: &str) {
    let Uses {
        selectors,
        groupings,
    } = promql::uses(expression);
    assert!(
        !selectors.is_empty(),
        "{place} looks at nothing: {expression}"
    );
    let mut labels: BTreeSet<&str> = ["instance", "job"].into();
    for selector in &selectors {
        // Prometheus' own: whether an instance answers.
        if selector.metric == "up" {
            continue;
        }
        let suffix = ["_bucket", "_count", "_sum"].into_iter().find(|suffix| {
            let base = selector.metric.strip_suffix(suffix);
            base.is_some_and(|base| {
                METRICS
                    .iter()
                    .any(|metric| metric.name == base && metric.kind == Kind::Histogram)
            })
        });
        let metric = described(
            selector
                .metric
                .strip_suffix(suffix.unwrap_or_default())
                .unwrap(),
        );
        assert_eq!(
            metric.kind == Kind::Histogram,
            suffix.is_some(),
            "{place}: {}",
            metric.name
        );
        let known: BTreeMap<&str, &[&str]> = metric.labels.iter().copied().collect();
        labels.extend(known.keys());
        if suffix == Some("_bucket") {
            labels.insert("le");
        }
        for (label, operator, value) in &selector.matchers {
            let is_bound = label == "le" && suffix == Some("_bucket");
            if is_bound || label == "instance" || label == "job" {
                continue;
            }
            let values = known.get(label.as_str());
            let values =
                values.unwrap_or_else(|| panic!("{place}: {} has no {label}", metric.name));
            let is_plain = operator == "=" || operator == "!=";
            let fits = values.is_empty() || !is_plain || values.contains(&value.as_str());
            assert!(fits, "{place}: {label} of {} is never {value}", metric.name);
        }
    }
    for label in &groupings {
        assert!(
            labels.contains(label.as_str()),
            "{place}: nothing there has the label {label}: {expression}"
        );
    }
}

#[test]
fn the_alerts_stand_on_what_is_exported_and_lead_to_what_to_do() {
    let rules: Value = yaml_serde::from_str(&file("deploy/prometheus/alerts.yaml")).unwrap();
    let tests = file("deploy/prometheus/alerts.test.yaml");
    let manual = file("docs/operations.md");
    let mut names = BTreeSet::new();
    for group in rules["groups"].as_array().unwrap() {
        for rule in group["rules"].as_array().unwrap() {
            let name = rule["alert"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            hold(name, rule["expr"].as_str().unwrap());
            assert!(
                ["page", "ticket"].contains(&rule["labels"]["severity"].as_str().unwrap()),
                "{name}"
            );
            for text in ["summary", "description"] {
                assert!(
                    rule["annotations"][text]
                        .as_str()
                        .is_some_and(|text| !text.is_empty()),
                    "{name}"
                );
            }
            let anchor = format!("docs/operations.md#{}", name.to_lowercase());
            assert_eq!(
                rule["annotations"]["runbook"].as_str(),
                Some(anchor.as_str()),
                "{name}"
            );
            let heading = manual
                .lines()
                .any(|line| line.starts_with('#') && line.trim_start_matches('#').trim() == name);
            assert!(heading, "docs/operations.md has no heading {name}");
            assert!(
                tests.contains(&format!("alertname=\"{name}\"")),
                "no test makes {name} fire"
            );
        }
    }
    for asked in [
        "HighErrorShare",
        "SlowRequests",
        "PaymentsFail",
        "DeadLetters",
        "LedgerDrift",
    ] {
        assert!(names.contains(asked), "{asked} is missing");
    }
    // Their tests stand on the same names.
    let tests: Value = yaml_serde::from_str(&tests).unwrap();
    for test in tests["tests"].as_array().unwrap() {
        for series in test["input_series"].as_array().unwrap() {
            hold("alerts.test.yaml", series["series"].as_str().unwrap());
        }
    }
}

#[test]
fn the_dashboard_stands_on_what_is_exported() {
    let dashboard: Value =
        serde_json::from_str(&file("deploy/grafana/dashboards/waybill.json")).unwrap();
    let source: Value = yaml_serde::from_str(&file(
        "deploy/grafana/provisioning/datasources/prometheus.yaml",
    ))
    .unwrap();
    let uid = &source["datasources"][0]["uid"];
    assert!(dashboard["schemaVersion"].as_i64().unwrap() >= 39 && dashboard["uid"] == "waybill");
    let mut ids = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        assert!(ids.insert(panel["id"].as_i64().unwrap()), "{panel}");
        let (title, place) = (panel["title"].as_str().unwrap(), &panel["gridPos"]);
        assert!(
            place["x"].as_i64().unwrap() + place["w"].as_i64().unwrap() <= 24,
            "{title}"
        );
        if panel["type"] == "row" {
            continue;
        }
        assert_eq!(&panel["datasource"]["uid"], uid, "{title}");
        assert!(
            !panel["description"].as_str().unwrap().is_empty(),
            "{title}"
        );
        for target in panel["targets"].as_array().unwrap() {
            let expression = target["expr"].as_str().unwrap();
            hold(title, expression);
            for selector in promql::uses(expression).selectors {
                let base = ["_bucket", "_count"]
                    .iter()
                    .find_map(|suffix| selector.metric.strip_suffix(suffix));
                shown.insert(base.unwrap_or(&selector.metric).to_owned());
            }
        }
    }
    for annotation in dashboard["annotations"]["list"].as_array().unwrap() {
        hold("annotations", annotation["expr"].as_str().unwrap());
    }
    // What nobody can see was counted for nothing.
    let unseen = [
        "process_start_time_seconds",
        "http_server_connections_total",
        "http_server_abandoned_requests_total",
    ];
    for metric in METRICS
        .iter()
        .filter(|metric| !unseen.contains(&metric.name))
    {
        assert!(
            shown.contains(metric.name),
            "no panel shows {}",
            metric.name
        );
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

#[test]
fn a_log_reader_that_stands_still_stops_nobody() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let environment = [
            ("DATABASE_URL", "sqlite://data/waybill.db"),
            ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
            (
                "JWT_REFRESH_SECRET",
                "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
            ),
            ("LOG_FORMAT", "json"),
        ];
        let server = process::serve_unread(folder.path(), &environment).await;
        let dropped = async || {
            let families = scrape(&Client::anonymous(&server.base)).await;
            value(&families, "log_lines_dropped_total", &[])
        };
        // The pipe, the writer's room and the queue fill up first.
        while dropped().await < 1.0 {
            let floods = (0..8).map(|_| flood(&server.base));
            futures_util::future::join_all(floods).await;
        }
        Client::anonymous(&server.base)
            .get("/health")
            .await
            .must(200);
        server.stop().await;
    });
}

/// Five hundred requests over one connection.
async fn flood(base: &str) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut connection = raw::connect(base).await;
    let (mut reader, mut writer) = connection.split();
    let asking = async {
        let ask = b"GET /livez HTTP/1.1\r\nhost: x\r\n\r\n".repeat(499);
        writer.write_all(&ask).await.unwrap();
        writer
            .write_all(b"GET /livez HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .unwrap();
    };
    let mut answers = Vec::new();
    let (read, ()) = tokio::join!(reader.read_to_end(&mut answers), asking);
    read.unwrap();
    let answered = answers
        .windows(12)
        .filter(|window| window == b"HTTP/1.1 200")
        .count();
    assert_eq!(answered, 500);
}
