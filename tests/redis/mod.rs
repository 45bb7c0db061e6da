//! What instances share through Redis, and that none of them needs it.

mod absence;
mod cache;
mod limits;
mod topologies;

use std::{collections::BTreeMap, future::IntoFuture as _, time::Duration};

use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};
use waybill::config::{Config, Rate, RedisAddress, RedisConfig};

use crate::support::{Answer, Database, Server, client::Call};

/// Runs each test function on PostgreSQL alone: several instances on one SQLite file are nobody's production.
macro_rules! on_postgres {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn postgres() {
                $crate::support::run($crate::support::Backend::Postgres, super::$name);
            }
        }
    )+};
}
use on_postgres;

/// Within which all is normal again after Redis came back.
pub const RETURN: Duration = Duration::from_secs(10);
pub const MINUTE: Duration = Duration::from_mins(1);

/// Two instances on one database and one Redis.
pub struct Pair {
    pub one: Server,
    pub two: Server,
}

impl Pair {
    pub async fn with(database: &Database, configure: impl Fn(&mut Config)) -> Self {
        let pair = Self {
            one: Server::with(database, &configure).await,
            two: Server::with(database, &configure).await,
        };
        for server in [&pair.one, &pair.two] {
            within("redis is used", async || is_healthy(server).await).await;
        }
        pair
    }

    /// The instances in turn.
    pub fn at(&self, turn: usize) -> &Server {
        [&self.one, &self.two][turn % 2]
    }

    /// Makes calls at both at once, and counts how many were answered with each status.
    pub async fn all_at_once(&self, count: usize, call: impl Fn(&Server) -> Call) -> Tally {
        let mut set = JoinSet::new();
        for turn in 0..count {
            set.spawn(call(self.at(turn)).into_future());
        }
        let mut tally = Tally::new();
        for answer in set.join_all().await {
            *tally.entry(answer.status).or_default() += 1;
        }
        tally
    }
}

pub type Tally = BTreeMap<u16, usize>;

/// The Redis of the tests, with keys of this test's own and patience with a busy machine.
pub fn redis(database: &Database) -> RedisConfig {
    let url = std::env::var("TEST_REDIS_URL").expect(
        "TEST_REDIS_URL is not set: run `make test`, or `tests/with-services cargo test …`",
    );
    at(&url, database)
}

pub fn at(url: &str, database: &Database) -> RedisConfig {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let name: String = database.url.chars().rev().take(40).map(plain).collect();
    RedisConfig {
        address: RedisAddress::Single { url: url.into() },
        prefix: format!("test-{}-{name}", std::process::id()),
        timeout: MINUTE,
    }
}

pub fn per_minute(calls: u32) -> Rate {
    Rate {
        calls,
        window: MINUTE,
        block: None,
    }
}

pub fn remaining(answer: &Answer) -> u32 {
    answer.header("x-ratelimit-remaining").parse().unwrap()
}

/// Asks until it is so, for at most [`RETURN`].
pub async fn within(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + RETURN;
    while !is_so().await {
        assert!(Instant::now() < deadline, "not within {RETURN:?}: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

async fn redis_of(server: &Server) -> (String, String) {
    let health = server.anonymous().get("/health").await.must(200).json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (
        text(&health["status"]),
        text(&health["services"]["redis"]["status"]),
    )
}

pub async fn is_degraded(server: &Server) -> bool {
    redis_of(server).await == ("degraded".to_owned(), "unhealthy".to_owned())
}

pub async fn is_healthy(server: &Server) -> bool {
    redis_of(server).await == ("healthy".to_owned(), "healthy".to_owned())
}
