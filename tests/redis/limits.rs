//! Budgets that instances share.

use std::time::Duration;

use serde_json::json;
use waybill::config::{Rate, RedisAddress};

use super::{MINUTE, Pair, Tally, on_postgres, per_minute, redis, remaining};
use crate::support::{Database, Server};

on_postgres!(
    callers_of_two_instances_have_one_budget_exactly,
    the_global_budget_and_that_of_an_account_are_shared,
    a_block_of_one_instance_is_a_block_of_the_other,
    what_lies_in_redis_names_nobody_and_does_not_stay,
);

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
