//! Redis dies, hangs and comes back under load: nobody notices but the operator.

use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::time::{Instant, sleep};

use crate::{
    auditor::audit,
    parameters::{PATIENCE, rounds, scenarios, seed},
    stage::Stage,
    support::services::{PrivatePostgres, PrivateRedis, Stop},
    traffic::Traffic,
};

scenarios!(a_dead_redis_fails_no_request);

async fn a_dead_redis_fails_no_request() {
    let mut random = StdRng::seed_from_u64(seed());
    let postgres = PrivatePostgres::start().await;
    let mut redis = PrivateRedis::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.set("REDIS_URL", redis.url());
    stage.open(2).await;
    until(&stage, "healthy").await;
    let traffic = Traffic::start(&stage).await;
    traffic.until_more(30).await;
    for round in 0..rounds() {
        sleep(Duration::from_millis(random.random_range(0..300))).await;
        match round % 3 {
            0 => redis.stop(Stop::Kill).await,
            1 => redis.freeze().await,
            _ => redis.stop(Stop::Fast).await,
        }
        traffic.until_more(30).await;
        let noticed = until(&stage, "degraded").await;
        if round % 3 == 1 {
            redis.thaw().await;
        } else {
            redis.start_again().await;
        }
        let normal = until(&stage, "healthy").await;
        eprintln!(
            "  round {round}: degraded after {noticed:?}, normal {normal:?} after the return"
        );
        traffic.until_more(10).await;
    }
    assert_eq!(traffic.disturbed(), 0, "{:?}", stage.doors.disturbances());
    audit(stage, traffic).await;
}

/// Waits until every server says this of itself; answers how long that took.
async fn until(stage: &Stage, status: &str) -> Duration {
    let started = Instant::now();
    for instance in &stage.instances {
        let client = crate::support::Client::anonymous(&instance.base());
        while client.get("/health").await.must(200).json()["status"] != status {
            assert!(started.elapsed() < PATIENCE, "not {status}");
            sleep(Duration::from_millis(20)).await;
        }
    }
    started.elapsed()
}
