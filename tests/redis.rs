//! What instances share through Redis, and that none of them needs it: it is killed, frozen and started again here.

use std::{
    collections::BTreeMap,
    future::IntoFuture as _,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use tokio::{
    io::AsyncReadExt as _,
    net::TcpListener,
    task::JoinSet,
    time::{Instant, sleep},
};
use waybill::config::{Config, Rate, RedisAddress, RedisConfig};

use crate::support::{
    Answer, Backend, Client, Database, Server,
    client::Call,
    run,
    services::{PrivateRedis, Stop},
};

macro_rules! on_postgres {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn postgres() {
                super::run(super::Backend::Postgres, super::$name);
            }
        }
    )+};
}

on_postgres!(
    callers_of_two_instances_have_one_budget_exactly,
    the_global_budget_and_that_of_an_account_are_shared,
    a_block_of_one_instance_is_a_block_of_the_other,
    what_lies_in_redis_names_nobody_and_does_not_stay,
    without_redis_everything_goes_on_and_afterwards_all_is_shared_again,
    a_frozen_redis_is_a_dead_one,
    a_server_starts_without_redis_and_finds_it_later,
    no_request_reaches_a_redis_that_never_answers,
);

/// Within which all is normal again after Redis came back.
const RETURN: Duration = Duration::from_secs(10);
const MINUTE: Duration = Duration::from_mins(1);

/// Two instances on one database and one Redis.
struct Pair {
    one: Server,
    two: Server,
}

impl Pair {
    async fn with(database: &Database, configure: impl Fn(&mut Config)) -> Self {
        Self {
            one: Server::with(database, &configure).await,
            two: Server::with(database, &configure).await,
        }
    }

    /// The instances in turn.
    fn at(&self, turn: usize) -> &Server {
        [&self.one, &self.two][turn % 2]
    }

    /// How many of `calls` at both at once were answered with each status.
    async fn all_at_once(&self, count: usize, call: impl Fn(&Server) -> Call) -> Tally {
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

type Tally = BTreeMap<u16, usize>;

/// The Redis of the tests, with keys of this test's own and patience with a busy machine.
fn redis(database: &Database) -> RedisConfig {
    let url = std::env::var("TEST_REDIS_URL").expect(
        "TEST_REDIS_URL is not set: run `make test`, or `tests/with-services cargo test …`",
    );
    at(&url, database)
}

fn at(url: &str, database: &Database) -> RedisConfig {
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

fn per_minute(calls: u32) -> Rate {
    Rate {
        calls,
        window: MINUTE,
        block: None,
    }
}

fn remaining(answer: &Answer) -> u32 {
    answer.header("x-ratelimit-remaining").parse().unwrap()
}

/// Asks until the answer is as it should be, for at most [`RETURN`].
async fn within_return(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
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

async fn is_degraded(server: &Server) -> bool {
    redis_of(server).await == ("degraded".to_owned(), "unhealthy".to_owned())
}

async fn is_healthy(server: &Server) -> bool {
    redis_of(server).await == ("healthy".to_owned(), "healthy".to_owned())
}

async fn callers_of_two_instances_have_one_budget_exactly(database: Database) {
    let pair = Pair::with(&database, |config| {
        config.redis = Some(redis(&database));
        config.limits = Server::contract_limits();
    })
    .await;
    let first = pair.one.member().get("/api/v1/wallet").await.must(200);
    let second = pair.two.member().get("/api/v1/wallet").await.must(200);
    assert_eq!((remaining(&first), remaining(&second)), (99, 98));

    // What both have in their cache costs the database nothing, so that all three hundred are judged at once.
    let catalogue = |server: &Server| server.anonymous().get("/api/v1/products");
    catalogue(&pair.one).await.must(200);
    catalogue(&pair.two).await.must(200);
    let others = pair.all_at_once(300, catalogue).await;
    assert_eq!(others, Tally::from([(200, 98), (429, 202)]));
    // Whoever waits as long as one instance says is admitted by the other.
    let refused = catalogue(&pair.one).await.must(429);
    let wait = refused.header("retry-after").parse().unwrap();
    pair.one.advance(Duration::from_secs(wait));
    catalogue(&pair.two).await.must(200);
}

async fn the_global_budget_and_that_of_an_account_are_shared(database: Database) {
    let pair = Pair::with(&database, |config| {
        config.redis = Some(redis(&database));
        config.limits.global = Some(per_minute(30));
        config.limits.account_login = Some(per_minute(4));
    })
    .await;
    let email = pair.one.people().member.email.clone();
    let guess = |server: &Server| {
        let body = json!({ "email": email, "password": "wrong password" });
        server.anonymous().post("/api/v1/auth/login").json(body)
    };
    let guesses = pair.all_at_once(10, guess).await;
    assert_eq!(guesses, Tally::from([(401, 4), (429, 6)]));
    // Ten calls were counted globally, whatever became of them inside.
    let calls = pair
        .all_at_once(40, |server| server.member().get("/api/v1/wallet"))
        .await;
    assert_eq!(calls, Tally::from([(200, 20), (429, 20)]));
    let refused = pair.two.admin().get("/api/v1/wallet").await.must(429);
    assert!(refused.header("ratelimit-policy").contains("global"));
}

async fn a_block_of_one_instance_is_a_block_of_the_other(database: Database) {
    let pair = Pair::with(&database, |config| {
        config.redis = Some(redis(&database));
        config.limits.auth = Some(Rate {
            calls: 3,
            window: MINUTE,
            block: Some(2 * MINUTE),
        });
    })
    .await;
    let refresh = |server: &Server| {
        let body = json!({ "refreshToken": "none" });
        server.anonymous().post("/api/v1/auth/refresh").json(body)
    };
    for turn in 0..3 {
        refresh(pair.at(turn)).await.must(401);
    }
    let refused = refresh(&pair.one).await.must(429);
    assert_eq!(refused.header("retry-after"), "120");
    pair.one.advance(MINUTE);
    let refused = refresh(&pair.two).await.must(429);
    assert_eq!(refused.header("retry-after"), "60");
    pair.one.advance(MINUTE);
    refresh(&pair.two).await.must(401);
}

async fn what_lies_in_redis_names_nobody_and_does_not_stay(database: Database) {
    let config = redis(&database);
    let server = Server::with(&database, |all| {
        all.redis = Some(config.clone());
        all.limits = Server::contract_limits();
    })
    .await;
    server.member().get("/api/v1/wallet").await.must(200);
    server.anonymous().get("/api/v1/products").await.must(200);
    let member = server.people().member.clone();
    let body = json!({ "email": member.email, "password": "wrong password" });
    let log_in = server.anonymous().post("/api/v1/auth/login").json(body);
    log_in.await.must(401);

    let RedisAddress::Single { url } = &config.address else {
        panic!("one server")
    };
    let client = redis::Client::open(secrecy::ExposeSecret::expose_secret(url)).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let mut list = redis::cmd("KEYS");
    list.arg(format!("*{}*", config.prefix));
    let keys: Vec<String> = list.query_async(&mut connection).await.unwrap();
    assert!(keys.len() >= 4, "{keys:?}");
    for key in keys {
        for name in [&member.email, &member.id, "127.0.0.1"] {
            assert!(!key.contains(name), "{key}");
        }
        let mut life = redis::cmd("PTTL");
        let life: i64 = life.arg(&key).query_async(&mut connection).await.unwrap();
        assert!(life > 0, "{key} stays for ever");
    }
}

async fn without_redis_everything_goes_on_and_afterwards_all_is_shared_again(database: Database) {
    let mut private = PrivateRedis::start().await;
    let pair = Pair::with(&database, |config| {
        config.redis = Some(at(&private.url(), &database));
        config.limits.general = Some(per_minute(5));
    })
    .await;
    let wallet = |client: Client| client.get("/api/v1/wallet");
    assert!(is_healthy(&pair.one).await);
    let spent = pair.all_at_once(10, |server| wallet(server.member())).await;
    assert_eq!(spent, Tally::from([(200, 5), (429, 5)]));

    private.stop(Stop::Kill).await;
    for server in [&pair.one, &pair.two] {
        // Each counts for itself, from nothing.
        for left in (0..5).rev() {
            assert_eq!(remaining(&wallet(server.other()).await.must(200)), left);
        }
        wallet(server.other()).await.must(429);
        assert!(is_degraded(server).await);
        let strict = server.anonymous().get("/health?strict=true").await;
        strict.must(503);
    }

    private.start_again().await;
    for server in [&pair.one, &pair.two] {
        within_return("redis is used again", async || is_healthy(server).await).await;
    }
    let spent = pair.all_at_once(10, |server| wallet(server.admin())).await;
    assert_eq!(spent, Tally::from([(200, 5), (429, 5)]));
}

async fn a_frozen_redis_is_a_dead_one(database: Database) {
    let private = PrivateRedis::start().await;
    let server = Server::with(&database, |config| {
        let mut redis = at(&private.url(), &database);
        redis.timeout = Duration::from_millis(250);
        config.redis = Some(redis);
        config.limits.general = Some(per_minute(3));
    })
    .await;
    private.freeze().await;
    let mut tally = Tally::new();
    for _ in 0..10 {
        let answer = server.member().get("/api/v1/wallet").await;
        *tally.entry(answer.status).or_default() += 1;
    }
    assert_eq!(tally, Tally::from([(200, 3), (429, 7)]));
    assert!(is_degraded(&server).await);

    private.thaw().await;
    within_return("redis is used again", async || is_healthy(&server).await).await;
    server.other().get("/api/v1/wallet").await.must(200);
}

async fn a_server_starts_without_redis_and_finds_it_later(database: Database) {
    let mut private = PrivateRedis::start().await;
    private.stop(Stop::Fast).await;
    let server = Server::with(&database, |config| {
        config.redis = Some(at(&private.url(), &database));
    })
    .await;
    server.member().get("/api/v1/wallet").await.must(200);
    assert!(is_degraded(&server).await);

    private.start_again().await;
    within_return("redis is found", async || is_healthy(&server).await).await;
}

async fn no_request_reaches_a_redis_that_never_answers(database: Database) {
    // Somebody listens, takes everything and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let scripts = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&scripts);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let seen = Arc::clone(&seen);
            tokio::spawn(async move {
                let mut bytes = [0; 4096];
                while let Ok(count @ 1..) = stream.read(&mut bytes).await {
                    let text = String::from_utf8_lossy(&bytes[..count]).into_owned();
                    seen.fetch_add(text.matches("EVAL").count(), Ordering::SeqCst);
                }
            });
        }
    });
    let server = Server::with(&database, |config| {
        config.redis = Some(at(&format!("redis://{address}"), &database));
        config.limits.general = Some(per_minute(20));
    })
    .await;
    for _ in 0..20 {
        server.member().get("/api/v1/wallet").await.must(200);
    }
    server.member().get("/api/v1/wallet").await.must(429);
    assert!(is_degraded(&server).await);
    assert_eq!(scripts.load(Ordering::SeqCst), 0);
}
