//! Work at intervals, done by one of the instances each time.

use std::time::Duration;

use super::{Job, JobOptions, Jobs, store::PURGE_ROWS};
use super::{admin::JobState, store};
use crate::db::StoreError;

/// How long the rows of jobs that are done are kept: for operators, and as a memory of unique keys.
const DONE_KEPT: Duration = Duration::from_hours(24);
/// How long dead letters are kept.
const DEAD_KEPT: Duration = Duration::from_hours(30 * 24);

/// A job that is due once in every period, counted from the epoch.
#[derive(Debug, Clone, Copy)]
pub struct Schedule {
    /// The period.
    pub every: Duration,
}

impl Jobs {
    /// Pushes `job` unless it was pushed in this period already, by this instance or another one, or its last run is not
    /// over yet: one that fails is tried again with growing pauses and does not pile up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_scheduled<J: Job>(
        &self,
        job: &J,
        schedule: Schedule,
    ) -> Result<(), StoreError> {
        if store::next_due(&mut self.db.read().await?, J::QUEUE)
            .await?
            .is_some()
        {
            return Ok(());
        }
        let period = i64::try_from(schedule.every.as_micros()).unwrap_or(i64::MAX);
        let tick = self.clock.now().as_micros().div_euclid(period.max(1));
        let options = JobOptions::default().unique(format!("tick-{tick}"));
        let mut tx = self.db.begin().await?;
        self.push(&mut tx, job, options).await?;
        tx.commit().await
    }

    /// Deletes jobs that were done more than a day ago and dead letters that are older than 30 days.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn purge(&self) -> Result<(), StoreError> {
        for (state, kept) in [(JobState::Done, DONE_KEPT), (JobState::Dead, DEAD_KEPT)] {
            loop {
                let before = self.clock.now().minus(kept);
                let mut tx = self.db.begin().await?;
                let deleted = store::purge(&mut tx, state, before).await?;
                tx.commit().await?;
                if deleted < PURGE_ROWS {
                    break;
                }
            }
        }
        Ok(())
    }
}
