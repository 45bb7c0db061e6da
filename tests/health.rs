//! Whether the server is well, for load balancers and for operators.

use serde_json::json;

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    a_well_server_is_healthy,
    health_asks_for_no_credentials_and_spends_no_budget,
    details_are_for_administrators,
    a_missing_migration_is_unhealthy,
    the_probes_answer,
    metrics_count_what_happened,
);

async fn a_well_server_is_healthy(database: Database) {
    let server = Server::start(&database).await;
    let health = server.anonymous().get("/health").await.must(200).json();
    assert_eq!(health["status"], "healthy");
    assert_eq!(health["services"]["database"]["status"], "healthy");
    assert_eq!(
        health["timestamp"],
        json!(server.time_in(std::time::Duration::ZERO))
    );
    assert!(health["uptimeSeconds"].as_i64().is_some());
    server.anonymous().get("/health?strict=true").await;
    let refused = server.anonymous().get("/health?strict=perhaps").await;
    refused.must_fail(400, "VALIDATION_ERROR");
}

async fn health_asks_for_no_credentials_and_spends_no_budget(database: Database) {
    let server = Server::start(&database).await;
    let answer = server.anonymous().get("/health").await.must(200);
    assert_eq!(answer.header("x-ratelimit-limit"), "");
}

async fn details_are_for_administrators(database: Database) {
    let server = Server::start(&database).await;
    let path = "/health/detailed";
    server
        .anonymous()
        .get(path)
        .await
        .must_fail(401, "NO_TOKEN");
    server.member().get(path).await.must_fail(403, "FORBIDDEN");
    server.viewer().get(path).await.must_fail(403, "FORBIDDEN");
    let details = server.admin().get(path).await.must(200).json();
    assert!(details["pool"]["max"].as_i64().unwrap() > 0, "{details}");
    assert!(
        details["memory"]["residentBytes"].as_i64().unwrap() > 1_000_000,
        "{details}"
    );
    assert_eq!(details["deadLetters"], 0);
}

async fn a_missing_migration_is_unhealthy(database: Database) {
    let server = Server::start(&database).await;
    let last = "select max(version) from _sqlx_migrations";
    database
        .execute(&format!(
            "delete from _sqlx_migrations where version = ({last})"
        ))
        .await;
    let health = server.anonymous().get("/health").await.must(503).json();
    assert_eq!(health["status"], "unhealthy");
    let details = server.admin().get("/health/detailed").await;
    details.must_fail(503, "SERVICE_UNAVAILABLE");
}

async fn the_probes_answer(database: Database) {
    let server = Server::start(&database).await;
    for path in ["/livez", "/readyz"] {
        server.anonymous().get(path).unchecked().await.must(200);
    }
}

async fn metrics_count_what_happened(database: Database) {
    let server = Server::start(&database).await;
    product(&server, 1, 1).await;
    server.anonymous().get("/api/v1/products").await.must(200);
    let metrics = server
        .anonymous()
        .get("/metrics")
        .unchecked()
        .await
        .must(200);
    assert!(metrics.header("content-type").starts_with("text/plain"));
    let text = metrics.text();
    let line = text.lines().find(|line| {
        line.starts_with("http_server_request_duration_seconds_count")
            && line.contains("http_route=\"/api/v1/products\"")
            && line.contains("http_request_method=\"GET\"")
            && line.contains("http_response_status_code=\"200\"")
    });
    assert!(line.is_some(), "{text}");
}
