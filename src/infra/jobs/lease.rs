//! Leases: how a worker keeps the jobs that it runs, and learns that it lost one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Jobs, store};
use crate::db::StoreError;

/// How long a job belongs to whoever took it or renewed its lease.
pub(super) const LEASE: Duration = Duration::from_secs(20);
/// How often leases are renewed.
pub(super) const RENEWAL: Duration = Duration::from_secs(5);
/// A job whose lease could not be renewed for so long is dropped: the rest of the lease is for clocks that differ.
const GRACE: Duration = Duration::from_secs(15);

/// The leases of one application. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Leases(Arc<Mutex<HashMap<Uuid, Kept>>>);

#[derive(Debug, Clone)]
struct Kept {
    /// Before the statement that last lengthened it was sent.
    since: Instant,
    lost: CancellationToken,
}

impl Leases {
    /// Keeps a lease that was taken at `since`, until the returned value is dropped.
    pub(super) fn keep(&self, lease: Uuid, since: Instant) -> Lease {
        let lost = CancellationToken::new();
        let kept = Kept {
            since,
            lost: lost.clone(),
        };
        self.lock().insert(lease, kept);
        Lease {
            id: lease,
            lost,
            leases: self.clone(),
        }
    }

    /// Which leases are kept now.
    pub(super) fn held(&self) -> Vec<Uuid> {
        self.lock().keys().copied().collect()
    }

    /// Lengthens every lease that is kept. Costs nothing when there is none.
    pub(super) async fn renew(&self, jobs: &Jobs) -> Result<(), StoreError> {
        let held = self.held();
        if held.is_empty() {
            return Ok(());
        }
        let since = Instant::now();
        let renewed = timeout(RENEWAL, renew_all(jobs, &held)).await;
        let Ok(renewed) = renewed else {
            tracing::warn!(jobs = held.len(), "leases could not be renewed in time");
            return Ok(());
        };
        let renewed = renewed?;
        let mut kept = self.lock();
        for lease in held {
            let Some(entry) = kept.get_mut(&lease) else {
                continue;
            };
            if renewed.contains(&lease) {
                entry.since = since;
            } else {
                entry.lost.cancel();
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn renew_all(jobs: &Jobs, held: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let mut renewed = Vec::with_capacity(held.len());
    let mut tx = jobs.db.begin().await?;
    let end = jobs.clock.now().plus(LEASE);
    for lease in held {
        if store::renew(&mut tx, *lease, end).await? {
            renewed.push(*lease);
        }
    }
    tx.commit().await?;
    Ok(renewed)
}

/// The right to run one job.
#[derive(Debug)]
pub(super) struct Lease {
    pub(super) id: Uuid,
    lost: CancellationToken,
    leases: Leases,
}

impl Lease {
    /// Waits until the job is, or soon may be, somebody else's.
    pub(super) async fn lost(&self) {
        loop {
            let Some(end) = self.end() else { return };
            if Instant::now() >= end {
                return;
            }
            tokio::select! {
                () = self.lost.cancelled() => return,
                () = sleep_until(end) => {}
            }
        }
    }

    /// Returns whether the job is, or soon may be, somebody else's.
    pub(super) fn is_lost(&self) -> bool {
        self.lost.is_cancelled() || self.end().is_none_or(|end| Instant::now() >= end)
    }

    fn end(&self) -> Option<Instant> {
        self.leases
            .lock()
            .get(&self.id)
            .map(|kept| kept.since + GRACE)
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.leases.lock().remove(&self.id);
    }
}
