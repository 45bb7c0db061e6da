//! The commands of the program, and how it starts and stops.

use std::path::Path;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    on_both,
    support::{Client, Database, block_on, factories::PASSWORD, process, raw},
};

on_both!(
    an_operator_migrates_seeds_verifies_and_serves,
    verify_finds_drift,
    seeding_twice_does_no_harm,
    a_server_without_its_migrations_is_not_healthy,
);

fn secrets(url: &str) -> Vec<(&str, &str)> {
    vec![
        ("DATABASE_URL", url),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
        ("LOG_FORMAT", "json"),
    ]
}

async fn good(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let done = process::run(folder, arguments, environment).await;
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        process::text(&done)
    );
    process::text(&done)
}

async fn an_operator_migrates_seeds_verifies_and_serves(database: Database) {
    let fresh = Database::empty(database.backend).await;
    let folder = tempfile::tempdir().unwrap();
    let mut environment = secrets(&fresh.url);
    let status = good(folder.path(), &["migrate", "status"], &environment).await;
    assert!(status.contains("accounts"), "{status}");
    good(folder.path(), &["migrate", "up"], &environment).await;
    good(folder.path(), &["seed"], &environment).await;
    good(folder.path(), &["verify"], &environment).await;
    environment.push(("BOOTSTRAP_ADMIN_EMAIL", "root@example.com"));
    environment.push(("BOOTSTRAP_ADMIN_PASSWORD", PASSWORD));
    let server = process::serve(folder.path(), &environment).await;
    let anonymous = Client::anonymous(&server.base);
    anonymous.get("/health").await.must(200);
    let products = anonymous.get("/api/v1/products").await.must(200);
    assert!(products.json()["meta"]["total"].as_i64().unwrap() > 3);
    server.stop().await;
    fresh.remove().await;
}

/// A database that was migrated by the program and is empty otherwise.
async fn fresh(database: &Database, folder: &Path) -> Database {
    let fresh = Database::empty(database.backend).await;
    good(folder, &["migrate", "up"], &secrets(&fresh.url)).await;
    fresh
}

async fn verify_finds_drift(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let fresh = fresh(&database, folder.path()).await;
    let environment = secrets(&fresh.url);
    good(folder.path(), &["seed"], &environment).await;
    good(folder.path(), &["verify"], &environment).await;
    fresh
        .execute("update products set reserved = reserved + 1 where on_hand > 0")
        .await;
    let drift = process::run(folder.path(), &["verify"], &environment).await;
    assert_eq!(drift.status.code(), Some(1), "{}", process::text(&drift));
    assert!(
        process::text(&drift).contains("stock"),
        "{}",
        process::text(&drift)
    );
    fresh.remove().await;
}

async fn seeding_twice_does_no_harm(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let fresh = fresh(&database, folder.path()).await;
    let mut environment = secrets(&fresh.url);
    let first = good(folder.path(), &["seed", "--if-empty"], &environment).await;
    assert!(
        first.contains('@'),
        "the credentials of the demo are printed: {first}"
    );
    let products = fresh.number("select count(*) from products").await;
    let users = fresh.number("select count(*) from users").await;
    assert!(
        products > 3 && users == 2,
        "{products} products, {users} users"
    );
    good(folder.path(), &["seed", "--if-empty"], &environment).await;
    let again = process::run(folder.path(), &["seed"], &environment).await;
    assert!(!again.status.success(), "{}", process::text(&again));
    assert_eq!(
        fresh.number("select count(*) from products").await,
        products
    );
    assert_eq!(fresh.number("select count(*) from users").await, users);
    environment.push(("APP_ENV", "production"));
    let refused = process::run(folder.path(), &["seed"], &environment).await;
    assert!(!refused.status.success());
    assert!(
        process::text(&refused).contains("production"),
        "{}",
        process::text(&refused)
    );
    fresh.remove().await;
}

async fn a_server_without_its_migrations_is_not_healthy(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let environment = secrets(&database.url);
    good(
        folder.path(),
        &["migrate", "down", "--to", "0"],
        &environment,
    )
    .await;
    let status = good(folder.path(), &["migrate", "status"], &environment).await;
    assert!(status.contains("0001"), "{status}");
    good(folder.path(), &["migrate", "up"], &environment).await;
}

#[test]
fn a_bad_configuration_is_refused_with_all_problems_at_once() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("waybill.toml"),
            "port = 70000\nno_such_key = 1\n",
        )
        .unwrap();
        let environment = [
            ("APP_ENV", "production"),
            ("JWT_SECRET", "short"),
            ("CORS_ORIGINS", "*"),
            ("REQUEST_TIMEOUT", "soon"),
            ("RATE_LIMIT_AUTH", "many"),
            ("DATABASE_URL", "mysql://x"),
        ];
        let arguments = ["--config", "waybill.toml", "config", "check"];
        let refused = process::run(folder.path(), &arguments, &environment).await;
        assert!(!refused.status.success());
        let text = process::text(&refused);
        let problems = [
            "port",
            "no_such_key",
            "JWT_SECRET",
            "JWT_REFRESH_SECRET",
            "CORS_ORIGINS",
            "REQUEST_TIMEOUT",
            "RATE_LIMIT_AUTH",
            "DATABASE_URL",
        ];
        for problem in problems {
            assert!(
                text.to_lowercase().contains(&problem.to_lowercase()),
                "{problem} is not named in:\n{text}"
            );
        }
        // The server says the same and does not start.
        let arguments = ["--config", "waybill.toml", "serve"];
        let refused = process::run(folder.path(), &arguments, &environment).await;
        assert!(!refused.status.success());
        assert!(process::text(&refused).contains("CORS_ORIGINS"));
    });
}

#[test]
fn the_configuration_is_printed_without_its_secrets() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let environment = secrets("postgres://user:hunter2@db.example/waybill");
        let text = good(folder.path(), &["config", "print"], &environment).await;
        for secret in ["r7Qw1Zk0vX9s", "pO9iU7yT5rE3", "hunter2"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("reservation_ttl"), "{text}");
    });
}

#[test]
fn the_document_is_printed_in_every_form() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let checked_in = |name: &str| {
            std::fs::read(format!("{}/openapi/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        };
        for (format, file) in [("yaml", "v1.yaml"), ("3.0", "v1-3.0.json")] {
            let printed =
                process::run(folder.path(), &["openapi", "v1", "--format", format], &[]).await;
            assert!(printed.status.success(), "{}", process::text(&printed));
            assert!(printed.stdout == checked_in(file), "{format} is not {file}");
        }
        let printed =
            process::run(folder.path(), &["openapi", "v1", "--format", "json"], &[]).await;
        let json: Value = serde_json::from_slice(&printed.stdout).unwrap();
        assert!(json == crate::support::contract::contract().document);
    });
}

#[test]
fn a_server_logs_json_with_the_request_id_and_no_secrets() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let environment = secrets("sqlite://data/waybill.db");
        good(folder.path(), &["migrate", "up"], &environment).await;
        let seeded = good(folder.path(), &["seed"], &environment).await;
        let server = process::serve(folder.path(), &environment).await;
        let anonymous = Client::anonymous(&server.base);
        let body =
            json!({ "email": "secret@example.com", "password": "do not log this", "name": "S" });
        let call = anonymous
            .post("/api/v1/auth/register")
            .header("x-request-id", "find-me")
            .json(&body);
        call.await.must(201);
        let tokens = anonymous
            .post("/api/v1/auth/login")
            .json(json!({ "email": body["email"], "password": body["password"] }));
        let tokens = tokens.await.must(200).data();
        let token = tokens["accessToken"].as_str().unwrap();
        anonymous
            .bearer(token)
            .get("/api/v1/wallet")
            .header("x-request-id", "and-me")
            .await
            .must(200);
        let lines = server.stop().await;
        let logs: Vec<Value> = lines
            .iter()
            .map(|line| {
                serde_json::from_str(line)
                    .unwrap_or_else(|error| panic!("no JSON ({error}): {line}"))
            })
            .collect();
        for id in ["find-me", "and-me"] {
            let line = logs.iter().find(|line| line.to_string().contains(id));
            let line = line
                .unwrap_or_else(|| panic!("no line about {id}: {lines:#?}"))
                .to_string();
            assert!(line.contains("/api/v1/"), "{line}");
        }
        let all = lines.join("\n");
        for secret in [
            "secret@example.com",
            "do not log this",
            token,
            tokens["refreshToken"].as_str().unwrap(),
            "127.0.0.1\"",
        ] {
            assert!(!all.contains(secret), "the log tells {secret}");
        }
        assert!(
            seeded.contains('@'),
            "the credentials of the demo are printed: {seeded}"
        );
    });
}

#[test]
fn a_running_request_is_finished_before_the_server_stops() {
    block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let environment = secrets("sqlite://data/waybill.db");
        good(folder.path(), &["migrate", "up"], &environment).await;
        let server = process::serve(folder.path(), &environment).await;
        let body =
            json!({ "email": "late@example.com", "password": PASSWORD, "name": "L" }).to_string();
        let head = format!(
            "POST /api/v1/auth/register HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nexpect: 100-continue\r\n\r\n",
            body.len(),
        );
        let mut connection = raw::connect(&server.base).await;
        connection.write_all(head.as_bytes()).await.unwrap();
        // The server asks for the body: from here on the request runs.
        let mut asked = [0; 25];
        connection.read_exact(&mut asked).await.unwrap();
        assert!(
            asked.starts_with(b"HTTP/1.1 100"),
            "{}",
            String::from_utf8_lossy(&asked)
        );
        let stopping = tokio::spawn(server.stop());
        connection.write_all(body.as_bytes()).await.unwrap();
        let mut received = Vec::new();
        connection.read_to_end(&mut received).await.unwrap();
        raw::parse(&received).expect("an answer").must(201);
        stopping.await.expect("it stops");
    });
}
