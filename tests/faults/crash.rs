//! SIGKILL in the middle of load, and a new start.

use std::time::Duration;

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::time::sleep;

use crate::{
    auditor::audit,
    parameters::{rounds, scenarios, seed},
    stage::Stage,
    support::services::{PrivatePostgres, Stop},
    traffic::Traffic,
};

scenarios!(
    a_killed_server_loses_nothing_on_sqlite,
    killed_servers_lose_nothing_on_postgres,
);

async fn a_killed_server_loses_nothing_on_sqlite() {
    let mut stage = Stage::on_sqlite().await;
    stage.open(1).await;
    kill_and_restart(stage, None).await;
}

async fn killed_servers_lose_nothing_on_postgres() {
    let mut postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.open(2).await;
    kill_and_restart(stage, Some(&mut postgres)).await;
}

/// Kills one server, then all of them, then the database along with them, and begins anew.
async fn kill_and_restart(mut stage: Stage, mut postgres: Option<&mut PrivatePostgres>) {
    let mut random = StdRng::seed_from_u64(seed());
    let traffic = Traffic::start(&stage).await;
    traffic.until_more(30).await;
    for round in 0..rounds() {
        let all = 0..stage.instances.len();
        let one = random.random_range(all.clone());
        let victims = if round % 3 == 0 { one..one + 1 } else { all };
        sleep(Duration::from_millis(random.random_range(0..300))).await;
        for at in victims.clone() {
            stage.instances[at].kill().await;
        }
        if let Some(postgres) = postgres.as_mut().filter(|_| round % 3 == 2) {
            postgres.restart(Stop::Kill).await;
        }
        for at in victims {
            let ready = stage.restart(at).await;
            eprintln!("  round {round}: server {at} is ready after {ready:?}");
        }
        traffic.until_more(30).await;
    }
    assert!(traffic.disturbed() > 0, "nobody noticed");
    audit(stage, traffic).await;
}
