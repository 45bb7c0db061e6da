//! The private servers of tests do what the tests of failures build on.

use std::time::Duration;

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, Row as _};
use tokio::time::timeout;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::support::{
    block_on,
    proxy::{Faults, Proxy},
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
        assert!(url.contains(&format!(":{}/", server.port())));
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

#[test]
fn a_proxy_harms_the_same_connections_for_the_same_seed() {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = listener.local_addr().unwrap();
        tokio::spawn(echo(listener));
        let cut = Faults {
            cut: 50,
            within_bytes: 999,
            ..Faults::default()
        };
        let outcomes = async |faults, seed| {
            let proxy = Proxy::start(server, seed).await;
            proxy.harm(faults);
            let mut whole = Vec::new();
            for _ in 0..20 {
                whole.push(sends_and_receives(proxy.port()).await);
            }
            let harmed = whole.iter().filter(|whole| !**whole).count();
            assert_eq!(proxy.harmed(), harmed as u64);
            whole
        };
        let spared = outcomes(Faults::default(), 1).await;
        assert_eq!(spared, [true; 20]);
        let first = outcomes(cut, 1).await;
        assert!(first.contains(&true) && first.contains(&false), "{first:?}");
        assert_eq!(first, outcomes(cut, 1).await);
        assert_ne!(first, outcomes(cut, 2).await);
        let refuse = Faults {
            refuse: 100,
            ..Faults::default()
        };
        assert_eq!(outcomes(refuse, 1).await, [false; 20]);
    });
}

#[test]
fn a_proxy_stalls_connections_and_cuts_those_that_are_open() {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = listener.local_addr().unwrap();
        tokio::spawn(echo(listener));
        let proxy = Proxy::start(server, 1).await;
        proxy.harm(Faults {
            stall: 100,
            within_bytes: 999,
            ..Faults::default()
        });
        let mut stalled = Box::pin(sends_and_receives(proxy.port()));
        assert!(timeout(SHORTLY, &mut stalled).await.is_err());
        proxy.cut_all();
        assert!(!stalled.await);
        proxy.harm(Faults {
            delay: 100,
            delay_by: Duration::from_millis(5),
            ..Faults::default()
        });
        assert!(sends_and_receives(proxy.port()).await);
    });
}

/// Answers every connection with what it says.
async fn echo(listener: TcpListener) {
    loop {
        let (mut connection, _) = listener.accept().await.unwrap();
        tokio::spawn(async move {
            let (mut from, mut to) = connection.split();
            tokio::io::copy(&mut from, &mut to).await.ok();
        });
    }
}

/// Whether a thousand bytes come back.
async fn sends_and_receives(port: u16) -> bool {
    let Ok(mut connection) = TcpStream::connect(("127.0.0.1", port)).await else {
        return false;
    };
    let mut back = [0; 1_000];
    connection.write_all(&[1; 1_000]).await.is_ok()
        && connection.read_exact(&mut back).await.is_ok()
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
