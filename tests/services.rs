//! The private servers of tests do what the tests of failures build on.

use std::time::Duration;

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _};
use tokio::time::timeout;

use crate::support::{
    block_on,
    services::{PrivatePostgres, PrivateRedis, Stop},
};

const SHORTLY: Duration = Duration::from_millis(500);

#[test]
fn a_private_postgresql_keeps_what_was_committed_whatever_ends_it() {
    block_on(async {
        let mut server = PrivatePostgres::start().await;
        let url = server.create("books").await;
        ask(&url, "create table lines (n int)").await.unwrap();
        for (at, how) in [Stop::Fast, Stop::Immediate, Stop::Kill]
            .into_iter()
            .enumerate()
        {
            let insert = format!("insert into lines values ({at})");
            ask(&url, &insert).await.unwrap();
            server.stop(how).await;
            assert!(ask(&url, "select 1").await.is_err(), "{how:?}");
            server.start_again().await;
            let count = "select cast(count(*) as text) from lines";
            assert_eq!(ask(&url, count).await.unwrap(), (at + 1).to_string());
        }
        server.restart(Stop::Kill).await;
        ask(&url, "insert into lines values (9)").await.unwrap();
    });
}

#[test]
fn a_frozen_postgresql_answers_nothing_and_goes_on() {
    block_on(async {
        let server = PrivatePostgres::start().await;
        let url = server.url();
        server.freeze().await;
        assert!(timeout(SHORTLY, ask(&url, "select 'x'")).await.is_err());
        server.thaw().await;
        assert_eq!(ask(&url, "select 'x'").await.unwrap(), "x");
    });
}

#[test]
fn a_private_redis_comes_back_empty_at_the_same_address() {
    block_on(async {
        let mut server = PrivateRedis::start().await;
        let client = redis::Client::open(server.url()).unwrap();
        let write = async || {
            let mut connection = client.get_multiplexed_async_connection().await?;
            redis::cmd("INCR")
                .arg("n")
                .query_async::<i64>(&mut connection)
                .await
        };
        assert_eq!(write().await.unwrap(), 1);
        server.freeze().await;
        assert!(timeout(SHORTLY, write()).await.is_err());
        server.thaw().await;
        // The frozen server may have kept the call that nobody waited for.
        assert!(write().await.unwrap() >= 2);
        for how in [Stop::Fast, Stop::Kill] {
            server.restart(how).await;
            assert_eq!(write().await.unwrap(), 1);
        }
    });
}

/// Runs one statement; answers the text in its first row, if any.
async fn ask(url: &str, sql: &str) -> Result<String, sqlx::Error> {
    let options: sqlx::postgres::PgConnectOptions = url.parse().expect("an address");
    let mut connection = options.connect().await?;
    let row = connection
        .fetch_optional(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())))
        .await?;
    connection.close().await?;
    Ok(row.map(|row| row.get(0)).unwrap_or_default())
}
