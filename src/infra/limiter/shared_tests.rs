//! The script against the arithmetic of this process. They run where `TEST_REDIS_URL` names a server.

use std::{sync::atomic::Ordering, time::Duration};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::*;
use crate::{
    config::{Rate, RedisAddress, RedisConfig},
    domain::Timestamp,
};

const LENGTH: Duration = Duration::from_secs(10);

fn limits(random: &mut StdRng) -> RateLimits {
    let mut rate = |most: u32, block: Option<Duration>| {
        let calls = random.random_range(1..=most);
        (calls > 1).then_some(Rate {
            calls,
            window: LENGTH,
            block,
        })
    };
    RateLimits {
        general: rate(12, None),
        auth: rate(6, Some(LENGTH)),
        heavy: rate(6, Some(LENGTH / 3)),
        api_key: rate(12, Some(LENGTH * 4)),
        account_login: rate(4, None),
        global: rate(25, None),
    }
}

/// A Redis whose keys nobody else uses, or nothing where there is no server.
#[expect(
    clippy::disallowed_methods,
    reason = "tests read where their server is"
)]
async fn redis(prefix: &str) -> Option<Redis> {
    let url = std::env::var("TEST_REDIS_URL").ok()?;
    let config = RedisConfig {
        address: RedisAddress::Single { url: url.into() },
        prefix: format!("{prefix}-{}", std::process::id()),
        timeout: Duration::from_secs(30),
    };
    let redis = Redis::new(&config).unwrap();
    redis.connect().await;
    assert!(redis.is_up());
    Some(redis)
}

#[tokio::test]
async fn the_script_and_this_process_judge_alike() {
    let Some(redis) = redis("alike").await else {
        return;
    };
    for seed in 0..40 {
        let mut random = StdRng::seed_from_u64(seed);
        let clock = Clock::test(Timestamp::from_micros(1_767_323_045_678_901));
        let limits = limits(&mut random);
        let secret = seed.to_be_bytes();
        let shared = Shared::new(limits.clone(), clock.clone(), redis.clone(), &secret);
        let memory = Memory::new(limits, clock.clone());
        for step in 0..60 {
            let budget = [
                Budget::General,
                Budget::Auth,
                Budget::Heavy,
                Budget::ApiKey,
                Budget::AccountLogin,
            ][random.random_range(0..5)];
            let caller = ["ada", "bob", "eve"][random.random_range(0..3)];
            let globally = random.random_bool(0.7);
            let verdict = shared.spend(budget, caller, globally).await.unwrap();
            let expected = memory.spend(budget, caller, globally);
            assert_eq!(verdict, expected, "seed {seed}, step {step}: {budget:?}");
            pass(&clock, &mut random, &verdict);
        }
        // The global windows of all sequences are one key.
        let mut forget = ::redis::cmd("DEL");
        forget.arg(format!("{{{}:limits:0}}:global", redis.prefix()));
        redis.call::<()>("test", &forget).await.unwrap();
    }
}

/// Lets no time pass, or some, or exactly what a refused caller was told; sometimes the clock goes back.
fn pass(clock: &Clock, random: &mut StdRng, verdict: &Result<Option<Standing>, Refused>) {
    let Clock::Test(now) = clock else { return };
    let forward = match (random.random_range(0..6), verdict) {
        (0, Err(refused)) => i64::try_from(refused.retry_after.as_micros()).unwrap(),
        (1, _) => -random.random_range(0..20_000_000),
        (2, _) => random.random_range(0..40_000_000),
        (3 | 4, _) => random.random_range(0..3_000_000),
        _ => 0,
    };
    now.fetch_add(forward, Ordering::SeqCst);
}

#[tokio::test]
async fn without_a_test_clock_the_time_is_that_of_redis() {
    let Some(redis) = redis("time").await else {
        return;
    };
    let mut limits = limits(&mut StdRng::seed_from_u64(1));
    limits.general = Some(Rate {
        calls: 2,
        window: Duration::from_hours(24),
        block: None,
    });
    limits.global = None;
    let shared = Shared::new(limits, Clock::System, redis, b"secret");
    for left in [1, 0] {
        let spent = shared.spend(Budget::General, "ada", true).await.unwrap();
        assert_eq!(spent.unwrap().unwrap().remaining, left);
    }
    let refused = shared.spend(Budget::General, "ada", true).await.unwrap();
    assert!(refused.unwrap_err().retry_after > Duration::ZERO);
}

#[test]
fn the_parts_of_the_global_budget_sum_up_to_it() {
    let rate = |calls| {
        Some(Rate {
            calls,
            window: LENGTH,
            block: None,
        })
    };
    let limits = |largest, global| RateLimits {
        general: rate(largest),
        auth: None,
        heavy: None,
        api_key: None,
        account_login: None,
        global,
    };
    assert_eq!(parts(&limits(1_000, rate(10_000))), 5);
    assert_eq!(parts(&limits(10, rate(10_000))), MOST_PARTS);
    assert_eq!(parts(&limits(100, rate(100))), 1);
    assert_eq!(parts(&limits(100, None)), MOST_PARTS);
    for (whole, parts) in [(10_000, 5), (10_001, 16), (7, 3)] {
        let sum: u32 = (0..parts).map(|part| share(whole, part, parts)).sum();
        assert_eq!(sum, whole);
    }
}

#[test]
fn a_caller_is_hidden_by_the_secret() {
    let (one, two) = (CallerKey::new(b"one"), CallerKey::new(b"two"));
    let name = "ip:192.0.2.7";
    assert_eq!(one.hash(Budget::Auth, name), one.hash(Budget::Auth, name));
    assert_ne!(one.hash(Budget::Auth, name), two.hash(Budget::Auth, name));
    assert_ne!(one.hash(Budget::Auth, name), one.hash(Budget::Heavy, name));
}
