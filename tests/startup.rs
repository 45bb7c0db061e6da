//! Processes that start: before their database, several at once, with a schema that is not there yet.

use std::path::Path;

use sqlx::migrate::Migrate as _;

use crate::support::{
    Backend, Client, Database, block_on,
    patience::{assert_away, until, until_so},
    process::{self, Serving},
    services::{PrivatePostgres, Stop},
};

fn environment(url: &str) -> Vec<(&str, &str)> {
    vec![
        ("DATABASE_URL", url),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
        ("LOG_FORMAT", "json"),
        ("RATE_LIMIT_GENERAL", "100000/60s"),
    ]
}

/// The server is alive, and not ready.
async fn assert_waits(serving: &Serving) {
    let client = Client::anonymous(&serving.base);
    client.get("/livez").unchecked().await.must(200);
    client.get("/readyz").unchecked().await.must(503);
    let health = client.get("/health").await.must(503).json();
    assert_eq!(health["services"]["database"]["status"], "unhealthy");
    assert_away(&client.get("/api/v1/products").await);
}

async fn until_ready(serving: &Serving) {
    let client = Client::anonymous(&serving.base);
    until(200, || client.get("/api/v1/products")).await;
    until_so("it is ready", async || {
        client.get("/readyz").unchecked().await.status == 200
    })
    .await;
}

fn saying<'a>(log: &'a [String], words: &str) -> Vec<&'a String> {
    log.iter().filter(|line| line.contains(words)).collect()
}

#[test]
fn a_server_that_starts_before_postgresql_waits_for_it() {
    block_on(async {
        let mut postgres = PrivatePostgres::start().await;
        let url = postgres.create("waybill").await;
        postgres.stop(Stop::Fast).await;
        let folder = tempfile::tempdir().unwrap();
        let mut environment = environment(&url);
        environment.push(("BOOTSTRAP_ADMIN_EMAIL", "root@example.com"));
        environment.push(("BOOTSTRAP_ADMIN_PASSWORD", "correct horse battery"));
        let serving = process::serve_unready(folder.path(), &environment).await;
        assert_waits(&serving).await;

        postgres.start_again().await;

        until_ready(&serving).await;
        let database = Database::at(url);
        assert_eq!(database.number("select count(*) from users").await, 1);
        let log = serving.stop().await;
        // However often it was tried.
        let told = saying(&log, "\"the database is away");
        let refused = told.iter().filter(|line| line.contains("refused"));
        assert_eq!(refused.count(), 1, "{told:#?}");
        assert_eq!(saying(&log, "\"the database is back").len(), 1, "{log:#?}");
    });
}

#[test]
fn a_database_that_does_not_exist_is_named_in_the_log_and_waited_for() {
    block_on(async {
        let postgres = PrivatePostgres::start().await;
        let folder = tempfile::tempdir().unwrap();
        let url = postgres.url_of("forgotten");
        let serving = process::serve_unready(folder.path(), &environment(&url)).await;
        assert_waits(&serving).await;

        postgres.create("forgotten").await;

        until_ready(&serving).await;
        let log = serving.stop().await;
        let told = saying(&log, "\"the database is away");
        let reason = "database \\\"forgotten\\\" does not exist";
        assert_eq!(
            told.iter().filter(|line| line.contains(reason)).count(),
            1,
            "{told:#?}"
        );
    });
}

#[test]
fn several_that_start_together_on_an_empty_database_all_get_ready() {
    block_on(async {
        let database = Database::empty(Backend::Postgres).await;
        let folder = tempfile::tempdir().unwrap();
        let environment = environment(&database.url);
        let start = || process::serve(folder.path(), &environment);
        let (one, two, three) = tokio::join!(start(), start(), start());
        for serving in [one, two, three] {
            until_ready(&serving).await;
            serving.stop().await;
        }
        database.remove().await;
    });
}

#[test]
fn a_migrator_that_dies_holds_nobody_up() {
    block_on(async {
        let database = Database::empty(Backend::Postgres).await;
        let folder = tempfile::tempdir().unwrap();
        let mut migrator = database.postgres_connection().await;
        migrator.lock().await.unwrap();
        let serving = process::serve_unready(folder.path(), &environment(&database.url)).await;
        assert_waits(&serving).await;

        drop(migrator);

        until_ready(&serving).await;
        serving.stop().await;
        database.remove().await;
    });
}

#[test]
fn migrations_that_are_somebody_elses_duty_are_waited_for() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        block_on(async {
            let database = Database::empty(backend).await;
            let folder = tempfile::tempdir().unwrap();
            let mut environment = environment(&database.url);
            environment.push(("MIGRATE_ON_START", "false"));
            let serving = process::serve_unready(folder.path(), &environment).await;
            assert_waits(&serving).await;

            migrate(folder.path(), &environment).await;

            until_ready(&serving).await;
            let log = serving.stop().await;
            assert!(
                !saying(&log, "run `waybill migrate up`").is_empty(),
                "{log:#?}"
            );
            database.remove().await;
        });
    }
}

async fn migrate(folder: &Path, environment: &[(&str, &str)]) {
    let done = process::run(folder, &["migrate", "up"], environment).await;
    assert!(done.status.success(), "{}", process::text(&done));
}

#[test]
fn a_command_says_in_one_line_that_its_database_is_away() {
    block_on(async {
        let mut postgres = PrivatePostgres::start().await;
        let url = postgres.url();
        postgres.stop(Stop::Fast).await;
        let folder = tempfile::tempdir().unwrap();
        for arguments in [&["migrate", "up"][..], &["verify"], &["seed"]] {
            let done = process::run(folder.path(), arguments, &environment(&url)).await;
            assert_eq!(done.status.code(), Some(1));
            let text = process::text(&done);
            assert_eq!(text.lines().count(), 1, "{text}");
            assert!(text.contains("the database cannot be reached"), "{text}");
            assert!(text.contains("refused"), "{text}");
        }
    });
}
