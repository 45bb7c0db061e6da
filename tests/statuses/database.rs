//! Statuses of a server whose database is broken, busy or slow, and that they tell no secrets.

use std::time::Duration;

use sqlx::Executor as _;

use super::{request, with_example};
use crate::{
    on_both,
    support::{
        Answer, Backend, Database, Server,
        contract::{Operation, contract},
        factories::*,
    },
};

on_both!(
    a_broken_database_is_500,
    a_busy_database_is_503,
    a_slow_database_is_504,
);

/// Tables without which nothing is known of callers and catalogue.
const VITAL: [&str; 5] = [
    "users",
    "sessions",
    "refresh_tokens",
    "api_keys",
    "products",
];

/// Where `/health` looks.
const MIGRATIONS: &str = "_sqlx_migrations";

async fn a_broken_database_is_500(database: Database) {
    let server = Server::start(&database).await;
    for table in VITAL {
        database
            .execute(&format!("alter table {table} rename to {table}_gone"))
            .await;
    }
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| !is_untouched(operation))
    {
        let call = with_example(request(&server.admin(), operation, ""), operation).faulty();
        let answer = call.await.must_fail(500, "INTERNAL_ERROR");
        let text = answer.text().to_lowercase();
        for secret in [
            "users",
            "sqlx",
            "sqlite",
            "postgres",
            "no such table",
            "relation",
            "select",
        ] {
            assert!(
                !text.contains(secret),
                "{} tells {secret}: {text}",
                operation.id
            );
        }
    }
}

async fn a_busy_database_is_503(database: Database) {
    let server = Server::with(&database, |config| {
        config.database.lock_timeout = Duration::from_millis(20);
    })
    .await;
    match database.backend {
        Backend::Postgres => {
            let _lock = busy(&server, &database).await;
            for operation in contract()
                .operations
                .iter()
                .filter(|operation| !is_untouched(operation))
            {
                let answer = with_example(request(&server.admin(), operation, ""), operation).await;
                unavailable(&answer, operation);
            }
        }
        // Readers of SQLite never wait; a writer does.
        Backend::Sqlite => {
            let mut holder = database.sqlite_connection().await;
            holder.execute("begin immediate").await.expect("the lock");
            let answer = server
                .admin()
                .post("/api/v1/products")
                .json(new_product(1, 1))
                .await;
            unavailable(&answer, contract().operation("createProduct"));
            holder.execute("rollback").await.expect("the end");
            product(&server, 1, 1).await;
        }
    }
}

async fn a_slow_database_is_504(database: Database) {
    if database.backend == Backend::Sqlite {
        return;
    }
    let server = Server::with(&database, |config| {
        config.server.request_timeout = Duration::from_millis(100);
        config.server.heavy_timeout = Duration::from_millis(100);
        config.database.lock_timeout = Duration::from_secs(30);
        config.database.statement_timeout = Duration::from_secs(30);
    })
    .await;
    let _lock = busy(&server, &database).await;
    for operation in &contract().operations {
        let answer = with_example(request(&server.admin(), operation, ""), operation).await;
        answer.must_fail(504, "TIMEOUT");
    }
}

/// Whether an operation never touches what is vital.
fn is_untouched(operation: &Operation) -> bool {
    operation.id == "getHealth"
}

/// Locks what every operation looks at, once the server has looked at it and serves.
async fn busy(server: &Server, database: &Database) -> impl Sized + use<> {
    server.anonymous().get("/health").await.must(200);
    let mut holder = database.postgres_connection().await;
    holder.execute("begin").await.expect("a transaction");
    let lock = sqlx::AssertSqlSafe(format!(
        "lock table {} in access exclusive mode",
        [&VITAL[..], &[MIGRATIONS]].concat().join(", ")
    ));
    holder.execute(sqlx::raw_sql(lock)).await.expect("a lock");
    holder
}

#[track_caller]
fn unavailable(answer: &Answer, operation: &Operation) {
    assert_eq!(answer.status, 503, "{}: {}", operation.id, answer.text());
    assert_eq!(answer.code(), "SERVICE_UNAVAILABLE", "{}", operation.id);
    assert!(
        answer.header("retry-after").parse::<u32>().is_ok(),
        "{} without Retry-After",
        operation.id
    );
}
