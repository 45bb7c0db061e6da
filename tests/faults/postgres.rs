//! PostgreSQL goes away and comes back, or stops answering, under load.

use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::time::{Instant, sleep};

use crate::{
    auditor::audit,
    parameters::{rounds, scenarios, seed},
    stage::Stage,
    support::services::{PrivatePostgres, Stop},
    traffic::Traffic,
};

scenarios!(
    a_database_that_comes_back_is_used_at_once,
    a_frozen_database_makes_nobody_wait_for_ever,
);

async fn a_database_that_comes_back_is_used_at_once() {
    let mut random = StdRng::seed_from_u64(seed());
    let mut postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.open(2).await;
    let traffic = Traffic::start(&stage).await;
    traffic.until_more(30).await;
    let ways = [Stop::Fast, Stop::Immediate, Stop::Kill];
    for (round, how) in (0..rounds()).zip(ways.into_iter().cycle()) {
        sleep(Duration::from_millis(random.random_range(0..300))).await;
        postgres.stop(how).await;
        sleep(Duration::from_millis(random.random_range(100..1_500))).await;
        for instance in &stage.instances {
            // Alive, and honest about it.
            let url = instance.base();
            let live = reqwest::get(format!("{url}/livez")).await;
            assert_eq!(live.expect("an answer").status(), 200);
            let ready = reqwest::get(format!("{url}/readyz")).await;
            assert_eq!(ready.expect("an answer").status(), 503);
        }
        postgres.start_again().await;
        let first = traffic.until_more(1).await;
        eprintln!("  round {round}, {how:?}: first success {first:?} after the return");
        traffic.until_more(30).await;
        for instance in &mut stage.instances {
            instance.must_run();
        }
    }
    assert!(
        stage.doors.count("503 SERVICE_UNAVAILABLE") > 0,
        "nobody noticed"
    );
    audit(stage, traffic).await;
}

async fn a_frozen_database_makes_nobody_wait_for_ever() {
    let mut random = StdRng::seed_from_u64(seed());
    let postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.set("REQUEST_TIMEOUT", "2s");
    stage.set("HEAVY_TIMEOUT", "2s");
    stage.open(1).await;
    let traffic = Traffic::start(&stage).await;
    traffic.until_more(30).await;
    for round in 0..rounds() {
        sleep(Duration::from_millis(random.random_range(0..300))).await;
        postgres.freeze().await;
        let frozen = Instant::now();
        sleep(Duration::from_millis(random.random_range(500..4_000))).await;
        let live = reqwest::get(format!("{}/livez", stage.instances[0].base())).await;
        assert_eq!(live.expect("an answer").status(), 200);
        postgres.thaw().await;
        let frozen = frozen.elapsed();
        let first = traffic.until_more(1).await;
        eprintln!("  round {round}: first success {first:?} after {frozen:?} of silence");
        traffic.until_more(30).await;
        stage.instances[0].must_run();
    }
    assert!(traffic.disturbed() > 0, "nobody noticed");
    // Whoever waited was told so by the server, and did not have to give up by itself.
    assert_eq!(stage.doors.count("silence"), 0);
    audit(stage, traffic).await;
}
