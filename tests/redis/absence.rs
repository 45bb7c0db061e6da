//! Redis is killed, frozen, started again and never there: nobody notices but the operator.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{io::AsyncReadExt as _, net::TcpListener};

use super::{Pair, Tally, at, is_degraded, is_healthy, on_postgres, per_minute, remaining, within};
use crate::support::{
    Client, Database, Server,
    services::{PrivateRedis, Stop},
};

on_postgres!(
    without_redis_everything_goes_on_and_afterwards_all_is_shared_again,
    a_frozen_redis_is_a_dead_one,
    a_server_starts_without_redis_and_finds_it_later,
    no_request_reaches_a_redis_that_never_answers,
);

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
        within("redis is used again", async || is_healthy(server).await).await;
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
    within("redis is used again", async || is_healthy(&server).await).await;
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
    within("redis is found", async || is_healthy(&server).await).await;
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
