//! Leases: kept while they can be renewed, and given up in time when they cannot.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use super::{
    Job, JobOptions, Jobs,
    lease::{LEASE, Leases},
    store,
};
use crate::db::testing::Bench;

#[derive(Serialize, Deserialize)]
struct Nothing {}

impl Job for Nothing {
    const QUEUE: &'static str = "test-nothing";
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_is_not_renewed_is_given_up_before_it_ends() {
    let leases = Leases::default();
    let lease = leases.keep(Uuid::from_u128(1), Instant::now());
    let began = Instant::now();

    assert!(!lease.is_lost());
    lease.lost().await;

    assert!(lease.is_lost());
    let left = LEASE.saturating_sub(began.elapsed());
    assert!(
        left >= Duration::from_secs(4),
        "{left:?} for clocks that differ"
    );
    drop(lease);
    assert!(leases.held().is_empty());
}

#[tokio::test]
async fn renewing_lengthens_what_is_held_and_tells_what_was_lost() {
    for bench in Bench::each().await {
        let jobs = Jobs::new(bench.db.clone(), bench.ids.clone(), bench.clock.clone(), 3);
        let leases = Leases::default();
        let (kept, stolen) = (take(&bench, &jobs).await, take(&bench, &jobs).await);
        let now = Instant::now();
        let (kept, stolen) = (leases.keep(kept, now), leases.keep(stolen, now));
        let mut tx = bench.db.begin().await.unwrap();
        let is_released = store::release(&mut tx, stolen.id, bench.clock.now()).await;
        assert!(is_released.unwrap());
        tx.commit().await.unwrap();

        bench.clock.advance(Duration::from_secs(10));
        leases.renew(&jobs).await.unwrap();

        assert!(stolen.is_lost());
        assert!(timeout(Duration::from_secs(1), stolen.lost()).await.is_ok());
        assert!(!kept.is_lost());
        drop(stolen);
        bench.clock.advance(Duration::from_secs(19));
        let next = claim(&bench, &jobs).await;
        assert!(next.is_some());
        assert!(
            claim(&bench, &jobs).await.is_none(),
            "the other one is held"
        );
        bench.clock.advance(Duration::from_secs(1));
        assert!(claim(&bench, &jobs).await.is_some(), "until its lease ends");
    }
}

/// Pushes a job and takes it; returns its lease.
async fn take(bench: &Bench, jobs: &Jobs) -> Uuid {
    let mut tx = bench.db.begin().await.unwrap();
    let pushed = jobs.push(&mut tx, &Nothing {}, JobOptions::default()).await;
    assert!(pushed.unwrap().is_some());
    tx.commit().await.unwrap();
    claim(bench, jobs).await.expect("it is due")
}

async fn claim(bench: &Bench, jobs: &Jobs) -> Option<Uuid> {
    let (lease, now) = (jobs.ids.next_uuid(), jobs.clock.now());
    let mut tx = bench.db.begin().await.unwrap();
    let taken = store::claim(&mut tx, Nothing::QUEUE, lease, now.plus(LEASE), now).await;
    tx.commit().await.unwrap();
    taken.unwrap().map(|_| lease)
}
