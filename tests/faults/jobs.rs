//! Jobs that can never succeed, among those that can.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::{
    auditor::audit,
    parameters::{PATIENCE, rounds, scenarios},
    stage::Stage,
    support::services::PrivatePostgres,
    traffic::Traffic,
};

scenarios!(a_poisoned_job_harms_nobody);

/// What a queue may be given that nobody can read.
const POISON: [&str; 3] = ["{", "\"poison\"", ""];

async fn a_poisoned_job_harms_nobody() {
    let postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    stage.open(2).await;
    let traffic = Traffic::start(&stage).await;
    for round in 0..rounds() {
        for queue in ["expire-orders", "purge"] {
            for poison in POISON {
                stage.dead_letters += 1;
                push(&stage, queue, poison, "'waiting', 0, 3, null").await;
            }
            // This one killed whoever ran it, in the last of its tries.
            stage.dead_letters += 1;
            let lease = "'running', 3, 3, gen_random_uuid()";
            push(&stage, queue, "{}", lease).await;
        }
        until_dead(&stage).await;
        let waiting = "select count(*) from jobs where state = 'dead' and last_error is null";
        assert_eq!(stage.number(waiting).await, 0, "round {round}");
        traffic.until_more(20).await;
    }
    let details = stage.admin().await.get("/health/detailed").await.must(200);
    assert_eq!(details.json()["deadLetters"], stage.dead_letters);
    stage.run(&["jobs", "list", "--state", "dead"]).await;

    // Those that were unlucky succeed the second time, the others are given up again.
    stage.run(&["jobs", "retry", "--all-dead"]).await;
    stage.dead_letters -= 2 * i64::try_from(rounds()).expect("a few");
    until_dead(&stage).await;
    traffic.until_more(20).await;
    assert_eq!(traffic.disturbed(), 0, "{:?}", stage.doors.disturbances());
    audit(stage, traffic).await;
}

/// Writes a job as it would stand in the table; `standing` is its state, tries, most tries and lease.
async fn push(stage: &Stage, queue: &str, payload: &str, standing: &str) {
    let sql = format!(
        "insert into jobs (id, queue, payload, state, attempts, max_attempts, lease, due_at, created_at)
         values (gen_random_uuid(), '{queue}', '{payload}', {standing}, 0, 0)"
    );
    stage.execute(&sql).await;
}

/// Waits until all that should be given up is, and nothing waits.
async fn until_dead(stage: &Stage) {
    let started = Instant::now();
    let dead = "select count(*) from jobs where state = 'dead'";
    let waiting = "select count(*) from jobs where state in ('waiting', 'running')";
    while stage.number(dead).await != stage.dead_letters || stage.number(waiting).await > 0 {
        assert!(started.elapsed() < PATIENCE, "poison is not given up");
        sleep(Duration::from_millis(50)).await;
    }
}
