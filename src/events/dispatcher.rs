//! Publishes events: from the outbox to the jobs that follow from them.

use std::{fmt, sync::Arc, time::Duration};

use super::{Outbox, PublishedEvent, store};
use crate::{
    db::{Db, StoreError},
    domain::Clock,
    error::chain,
    infra::{
        jobs::{Jobs, NewJob},
        shutdown::Shutdown,
    },
};

/// How long published events are kept: long enough for a subscriber that was away over a weekend.
const PUBLISHED_KEPT: Duration = Duration::from_hours(7 * 24);

/// Which jobs follow from an event. It only looks at the event: the dispatcher waits for it inside of its transaction.
#[derive(Clone)]
pub struct Follow(Arc<FollowFn>);

type FollowFn = dyn Fn(&PublishedEvent) -> Result<Vec<NewJob>, StoreError> + Send + Sync;

impl Follow {
    /// Asks `jobs` for the jobs of each event.
    pub fn new(
        jobs: impl Fn(&PublishedEvent) -> Result<Vec<NewJob>, StoreError> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(jobs))
    }
}

impl fmt::Debug for Follow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Follow")
    }
}

/// Publishes the events of one database. Any number of instances may do so side by side.
#[derive(Debug, Clone)]
pub struct Dispatcher {
    /// The database.
    pub db: Db,
    /// Where time comes from.
    pub clock: Clock,
    /// Where events are left.
    pub outbox: Outbox,
    /// Where jobs are pushed.
    pub jobs: Jobs,
    /// Which jobs those are.
    pub follow: Follow,
}

impl Dispatcher {
    /// Publishes events as they come until `shutdown` begins.
    pub async fn serve(&self, shutdown: &Shutdown) {
        let mut nudged = self.outbox.waiter();
        while !shutdown.has_begun() {
            // While the database is away, its watch says so.
            if self.db.is_present()
                && let Err(error) = self.publish_all().await
            {
                tracing::warn!(error = chain(&error), "events could not be published");
            }
            tokio::select! {
                () = shutdown.wait() => return,
                () = nudged.wait(Duration::MAX) => {}
            }
        }
    }

    /// Publishes every event that waits. Returns how many there were.
    ///
    /// # Errors
    /// When the database fails; what was published until then stays so.
    pub async fn publish_all(&self) -> Result<usize, StoreError> {
        let mut published = 0;
        // An idle outbox costs a read of an index.
        while store::has_waiting(&mut self.db.read().await?).await? {
            let batch = self.db.retrying(|| self.publish_batch()).await?;
            published += batch;
            if batch < store::BATCH {
                break;
            }
        }
        Ok(published)
    }

    async fn publish_batch(&self) -> Result<usize, StoreError> {
        let mut tx = self.db.begin().await?;
        let events = store::publish(&mut tx, self.clock.now()).await?;
        for event in &events {
            for job in self.followers(event) {
                self.jobs.push_new(&mut tx, &job).await?;
            }
        }
        tx.commit().await?;
        Ok(events.len())
    }

    /// The jobs of an event. One whose jobs cannot be told must not hold up the others.
    fn followers(&self, event: &PublishedEvent) -> Vec<NewJob> {
        let jobs = (self.follow.0)(event).unwrap_or_else(|error| {
            tracing::error!(
                event.id = %event.id,
                event.kind = event.event_type,
                error = chain(&error),
                "no job could be made of an event"
            );
            Vec::new()
        });
        let request_id: Option<Arc<str>> = event.request_id.as_deref().map(Into::into);
        let traceparent: Option<Arc<str>> = event.traceparent.as_deref().map(Into::into);
        jobs.into_iter()
            .map(|job| job.following(request_id.clone(), traceparent.clone()))
            .collect()
    }

    /// Deletes events that were published more than seven days ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge(&self) -> Result<(), StoreError> {
        loop {
            let before = self.clock.now().minus(PUBLISHED_KEPT);
            let mut tx = self.db.begin().await?;
            let deleted = store::purge(&mut tx, before).await?;
            tx.commit().await?;
            if deleted < store::PURGE_ROWS {
                return Ok(());
            }
        }
    }
}
