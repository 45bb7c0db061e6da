//! The catalogue that instances share, and how what one of them changes reaches the others.

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use waybill::config::{RedisAddress, RedisConfig};

use super::{Pair, at, is_degraded, is_healthy, on_postgres, redis, within};
use crate::support::{
    Database, Server,
    factories::*,
    services::{PrivateRedis, Stop},
};

on_postgres!(
    what_one_instance_changes_the_other_shows,
    what_one_instance_has_made_the_other_fetches,
    a_change_that_was_not_heard_of_is_found_by_its_mark,
    foreign_bytes_in_redis_are_a_miss,
    without_redis_an_answer_is_believed_for_a_second,
    a_change_while_redis_is_away_is_made_known_when_it_is_back,
    what_one_instance_takes_away_is_gone_at_the_other_at_once,
);

async fn price(server: &Server, product: &Value) -> i64 {
    let path = format!("/api/v1/products/{}", id(product));
    let read = server.anonymous().get(path).await.must(200).data();
    read["price"].as_i64().unwrap()
}

async fn set_price(server: &Server, product: &Value, price: i64) {
    let path = format!("/api/v1/products/{}", id(product));
    let change = server.admin().patch(path).json(json!({ "price": price }));
    change.await.must(200);
}

/// A connection of the test's own to look into Redis.
async fn look_into(config: &RedisConfig) -> MultiplexedConnection {
    let RedisAddress::Single { url } = &config.address else {
        panic!("one server")
    };
    let client = ::redis::Client::open(secrecy::ExposeSecret::expose_secret(url)).unwrap();
    client.get_multiplexed_async_connection().await.unwrap()
}

async fn keys(
    connection: &mut MultiplexedConnection,
    config: &RedisConfig,
    kind: &str,
) -> Vec<String> {
    let mut list = ::redis::cmd("KEYS");
    list.arg(format!("*{}*:{kind}:*", config.prefix));
    list.query_async(connection).await.unwrap()
}

async fn what_one_instance_changes_the_other_shows(database: Database) {
    let pair = Pair::with(&database, |config| config.redis = Some(redis(&database))).await;
    let product = product(&pair.one, 5, 100).await;
    for new in [200, 300, 400] {
        let (from, to) = if new == 300 {
            (&pair.two, &pair.one)
        } else {
            (&pair.one, &pair.two)
        };
        // Both have it; the clock stands still, so nothing grows old.
        price(from, &product).await;
        price(to, &product).await;
        set_price(from, &product, new).await;
        assert_eq!(price(from, &product).await, new);
        within("the change is seen", async || {
            price(to, &product).await == new
        })
        .await;
    }
}

async fn what_one_instance_has_made_the_other_fetches(database: Database) {
    let config = redis(&database);
    let pair = Pair::with(&database, |all| all.redis = Some(config.clone())).await;
    let mut connection = look_into(&config).await;
    pair.one.anonymous().get("/api/v1/products").await.must(200);
    within("the answer is shared", async || {
        !keys(&mut connection, &config, "answer:*").await.is_empty()
    })
    .await;
    let fetched = pair.two.anonymous().get("/api/v1/products").await.must(200);
    let own = pair.one.anonymous().get("/api/v1/products").await.must(200);
    assert_eq!(fetched.data(), own.data());
    assert_eq!(fetched.header("etag"), own.header("etag"));
    let details = pair.two.admin().get("/health/detailed").await.must(200);
    assert_eq!(
        details.json()["cacheHitRatio"],
        json!(1.0),
        "nothing was made here"
    );
}

async fn a_change_that_was_not_heard_of_is_found_by_its_mark(database: Database) {
    let config = redis(&database);
    let server = Server::with(&database, |all| all.redis = Some(config.clone())).await;
    within("redis is used", async || is_healthy(&server).await).await;
    // Another instance, whose message is lost: it has no bus at all.
    let silent = Server::start(&database).await;
    let product = product(&silent, 5, 100).await;
    let mut connection = look_into(&config).await;
    price(&server, &product).await;
    within("a mark was set", async || {
        !keys(&mut connection, &config, "mark").await.is_empty()
    })
    .await;
    price(&server, &product).await;
    set_price(&silent, &product, 200).await;
    for key in keys(&mut connection, &config, "mark").await {
        let mut set = ::redis::cmd("SET");
        let set = set.arg(key).arg("another");
        set.exec_async(&mut connection).await.unwrap();
    }
    within("the mark is seen", async || {
        price(&server, &product).await == 200
    })
    .await;
}

async fn foreign_bytes_in_redis_are_a_miss(database: Database) {
    let config = redis(&database);
    let one = Server::with(&database, |all| all.redis = Some(config.clone())).await;
    within("redis is used", async || is_healthy(&one).await).await;
    let product = product(&one, 5, 100).await;
    let mut connection = look_into(&config).await;
    within("the answer is shared", async || {
        // News of the creation may still be under way, and takes back an answer that is older than itself.
        price(&one, &product).await;
        !keys(&mut connection, &config, "answer:*").await.is_empty()
    })
    .await;
    for key in keys(&mut connection, &config, "answer:*").await {
        let mut append = ::redis::cmd("SETRANGE");
        let broken = append.arg(key).arg(60).arg("reply9 and what not");
        broken.exec_async(&mut connection).await.unwrap();
    }
    let two = Server::with(&database, |all| all.redis = Some(config.clone())).await;
    within("redis is used", async || is_healthy(&two).await).await;
    assert_eq!(price(&two, &product).await, 100);
}

async fn without_redis_an_answer_is_believed_for_a_second(database: Database) {
    let mut private = PrivateRedis::start().await;
    let pair = Pair::with(&database, |config| {
        config.redis = Some(at(&private.url(), &database));
    })
    .await;
    let product = product(&pair.one, 5, 100).await;
    private.stop(Stop::Kill).await;
    for server in [&pair.one, &pair.two] {
        within("redis is away", async || is_degraded(server).await).await;
        assert_eq!(price(server, &product).await, 100);
    }
    set_price(&pair.one, &product, 200).await;
    assert_eq!(price(&pair.one, &product).await, 200);
    pair.two.advance(Duration::from_secs(1));
    within("the change is seen", async || {
        price(&pair.two, &product).await == 200
    })
    .await;
}

async fn a_change_while_redis_is_away_is_made_known_when_it_is_back(database: Database) {
    let mut private = PrivateRedis::start().await;
    let pair = Pair::with(&database, |config| {
        config.redis = Some(at(&private.url(), &database));
    })
    .await;
    let product = product(&pair.one, 5, 100).await;
    price(&pair.two, &product).await;
    private.stop(Stop::Kill).await;
    within("redis is away", async || is_degraded(&pair.one).await).await;
    set_price(&pair.one, &product, 200).await;
    private.start_again().await;
    // Nobody's clock moved.
    within("the change is seen", async || {
        price(&pair.two, &product).await == 200
    })
    .await;
    assert_eq!(price(&pair.one, &product).await, 200);
}

async fn what_one_instance_takes_away_is_gone_at_the_other_at_once(database: Database) {
    let pair = Pair::with(&database, |config| config.redis = Some(redis(&database))).await;
    let wallet = |server: &Server| server.member().get("/api/v1/wallet");
    wallet(&pair.two).await.must(200);
    // Believed for four seconds from now, if nobody said otherwise.
    let deadline = Instant::now() + Duration::from_secs(3);
    let log_out = pair
        .one
        .member()
        .post("/api/v1/auth/logout")
        .json(json!({}));
    log_out.await.must(204);
    while wallet(&pair.two).await.status != 401 {
        assert!(Instant::now() < deadline, "the log-in still counts");
        sleep(Duration::from_millis(10)).await;
    }
}
