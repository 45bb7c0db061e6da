//! Spans as a collector sees them, and what becomes of a server whose collector is away.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{
        Client, Database,
        collector::{Collected, Collector},
        factories::{self, PASSWORD, new_product, order, path_of},
        process::{self, Serving},
        smtp::{Manner, Smtp},
    },
};

on_both!(
    a_request_is_a_trace_down_to_its_statements,
    a_job_and_what_it_calls_continue_the_trace_of_their_request,
    a_collector_that_is_away_changes_nothing,
    a_collector_that_hangs_changes_nothing,
);

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

/// A configuration that sends spans to `collector`.
fn environment<'a>(database: &'a Database, collector: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("APP_ENV", "staging"),
        ("DATABASE_URL", database.url.as_str()),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector),
    ]
}

async fn serve(folder: &Path, database: &Database, collector: &str) -> Serving {
    process::serve(folder, &environment(database, collector)).await
}

async fn log_in(server: &Serving, name: &str) -> Client {
    let anonymous = Client::anonymous(&server.base);
    let tokens = factories::log_in(&anonymous, &format!("{name}@example.com")).await;
    anonymous.bearer(tokens["accessToken"].as_str().unwrap())
}

async fn a_request_is_a_trace_down_to_its_statements(database: Database) {
    let collector = Collector::start().await;
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, &collector.base).await;
    let member = log_in(&server, "member").await;

    let wallet = |traceparent: String| {
        member
            .get("/api/v1/wallet")
            .header("traceparent", traceparent)
    };
    let unrecorded = TRACE.replace('4', "5");
    wallet(format!("00-{unrecorded}-{SPAN}-00")).await.must(200);
    wallet(format!("00-{TRACE}-{SPAN}-01"))
        .header("x-request-id", "traced")
        .await
        .must(200);

    // The request continues the caller's trace …
    let request = collector
        .wait_for(|span| span.trace == TRACE && span.parent == SPAN)
        .await;
    assert_eq!(
        (request.name.as_str(), request.kind),
        ("GET /api/v1/wallet", 2)
    );
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.route", "/api/v1/wallet"),
        ("http.response.status_code", "200"),
        ("url.path", "/api/v1/wallet"),
        ("url.scheme", "http"),
        ("request_id", "traced"),
    ] {
        assert_eq!(
            request.attributes.get(name).map(String::as_str),
            Some(value),
            "{request:?}"
        );
    }
    assert_eq!(request.resource["service.name"], "waybill");
    assert_eq!(
        request.resource["service.version"],
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(request.resource["deployment.environment"], "staging");

    // … and everything inside continues the request.
    let is_statement = |span: &Collected| {
        span.trace == TRACE
            && span
                .attributes
                .get("db.query.text")
                .is_some_and(|text| text.contains("wallets"))
    };
    let statement = collector.wait_for(is_statement).await;
    assert_eq!((statement.name.as_str(), statement.kind), ("select", 3));
    let system = if database.url.starts_with("sqlite") {
        "sqlite"
    } else {
        "postgresql"
    };
    assert_eq!(statement.attributes["db.system.name"], system);
    assert_eq!(statement.attributes["db.operation.name"], "select");
    let operation = collector.parent_of(&statement).await;
    assert_eq!(
        (operation.name.as_str(), operation.parent.as_str()),
        ("getWallet", request.id.as_str())
    );

    // Who does not record a trace gets none; who sends no trace begins one, which the log names too.
    let login = collector
        .wait_for(|span| span.name == "POST /api/v1/auth/login")
        .await;
    assert_eq!(login.parent, "");
    assert!(
        collector
            .spans()
            .iter()
            .all(|span| span.trace != unrecorded)
    );
    let seen = format!("{:?}", collector.spans());
    for secret in [PASSWORD, "member@example.com"] {
        assert!(!seen.contains(secret), "{seen}");
    }
    let lines = server.stop().await;
    let is_login = |line: &&Value| line["http.route"] == "/api/v1/auth/login";
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        lines.iter().find(is_login).unwrap()["trace_id"],
        json!(login.trace)
    );
}

async fn a_job_and_what_it_calls_continue_the_trace_of_their_request(database: Database) {
    let (collector, mails) = (Collector::start().await, Smtp::start(Manner::Accept).await);
    let folder = tempfile::tempdir().unwrap();
    let mut environment = environment(&database, &collector.base);
    environment.push(("SMTP_URL", &mails.url));
    let server = process::serve(folder.path(), &environment).await;
    let (admin, member) = (
        log_in(&server, "admin").await,
        log_in(&server, "member").await,
    );
    let body = json!({ "amount": 5_000, "currency": "USD", "source": "card" });
    member
        .post("/api/v1/wallet/top-ups")
        .key("one")
        .json(body)
        .await
        .must(201);
    let product = new_product(10, 3_000);
    let product = admin
        .post("/api/v1/products")
        .json(product)
        .await
        .must(201)
        .data();
    let order = order(&member, &product, 1).await;
    let pay = member.post(format!("{}/pay", path_of(&order))).key("pay");
    let pay = pay.header("traceparent", format!("00-{TRACE}-{SPAN}-01"));
    pay.header("x-request-id", "traced-pay").await.must(200);

    let request = collector
        .wait_for(|span| span.trace == TRACE && span.parent == SPAN)
        .await;
    assert_eq!(request.name, "POST /api/v1/orders/{orderId}/pay");
    let job = collector
        .wait_for(|span| span.trace == TRACE && span.kind == 5)
        .await;
    assert_eq!(job.parent, request.id);
    assert_eq!(job.attributes["request_id"], "traced-pay");
    let call = collector
        .wait_for(|span| span.trace == TRACE && span.name == "send mail")
        .await;
    assert_eq!((call.kind, call.parent.as_str()), (3, job.id.as_str()));

    // The log says the same.
    let lines = server.stop().await;
    let done = lines
        .iter()
        .find(|line| line.contains("job done") && line.contains("traced-pay"));
    let done: Value = serde_json::from_str(done.unwrap_or_else(|| panic!("{lines:#?}"))).unwrap();
    assert_eq!(done["trace_id"], TRACE);
}

async fn a_collector_that_is_away_changes_nothing(database: Database) {
    let gone = Collector::start().await.base.clone();
    without_traces(&database, &gone).await;
}

async fn a_collector_that_hangs_changes_nothing(database: Database) {
    let hanging = Collector::hanging().await;
    without_traces(&database, &hanging.base).await;
}

/// Answers as ever, says once what is wrong, counts it, and ends as a server should.
async fn without_traces(database: &Database, collector: &str) {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), database, collector).await;
    let member = log_in(&server, "member").await;
    let failed = "trace_exports_total{outcome=\"failed\"}";
    loop {
        member.get("/api/v1/wallet").await.must(200);
        let metrics = member.get("/metrics").unchecked().await.must(200).text();
        if metrics.lines().any(|line| line.starts_with(failed)) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    // A second failure may come before the end, and is not told again.
    let lines = server.stop().await;
    let told = lines
        .iter()
        .filter(|line| line.contains("the collector of traces is away"));
    assert_eq!(told.count(), 1, "{lines:#?}");
}
