//! SIGTERM in the middle of load, as at every upgrade.

use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::time::sleep;

use crate::{
    auditor::audit,
    parameters::{rounds, scenarios, seed},
    stage::Stage,
    support::services::PrivatePostgres,
    traffic::Traffic,
};

scenarios!(a_server_that_is_told_to_stop_finishes_what_it_began);

async fn a_server_that_is_told_to_stop_finishes_what_it_began() {
    let mut random = StdRng::seed_from_u64(seed());
    let postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.open(2).await;
    let traffic = Traffic::start(&stage).await;
    traffic.until_more(30).await;
    for round in 0..rounds() {
        let at = random.random_range(0..2);
        sleep(Duration::from_millis(random.random_range(0..300))).await;
        let stopped = stage.stop(at).await;
        // The other one carries on alone.
        traffic.until_more(15).await;
        let ready = stage.restart(at).await;
        eprintln!("  round {round}: server {at} stopped in {stopped:?}, is ready after {ready:?}");
        traffic.until_more(15).await;
    }
    assert!(traffic.disturbed() > 0, "nobody noticed");
    audit(stage, traffic).await;
}
