//! Jobs: work that is done after the answer, at least once, however often processes die.
//!
//! Owns the table `jobs`. A job is written in the transaction that it follows from ([`Jobs::push`]), so there is no job
//! of a change that did not commit and no change whose job is lost. Workers take the jobs of their queue one by one.
//!
//! **What is promised.** A job that is due is run, and again until it succeeds, with growing pauses; after
//! `job_attempts` tries it is a dead letter, which is kept for a month with its last error, listed, and tried again when an operator
//! says so. Whoever takes a job has it for as long as the lease lasts, which is renewed while the job runs. A worker that
//! dies loses its lease after 20 seconds, and then the job is somebody else's; that counts as a try, so a job
//! that kills its process becomes a dead letter, too. A worker that cannot renew its lease (because the database is
//! away) drops the job 5 seconds before others may take it, so no job runs twice at once, provided that the clocks
//! of all instances agree within those 5 seconds. The end of a run is written under the lease: who lost it
//! writes nothing.
//!
//! A job may run again after it took effect, when its worker died between the effect and its end. Handlers are
//! idempotent or accept that.
//!
//! **What the library does, and what it does not.** The workers are those of `apalis`: polling with back pressure,
//! concurrency limits, timeouts, panics, supervision, graceful stop. The rows are ours (`store.rs`, on its `Backend`
//! trait), because its two SQL back ends could not keep these promises (1.0.0): a failed job is taken again at once, with no
//! pause; a lock is lost to a clock alone, while the job goes on running; a job that kills its process is tried for ever; an
//! acknowledgement that fails ends the worker and drops the jobs that it runs; a second job with the
//! same idempotency key fails the transaction on PostgreSQL; an idle SQLite queue is polled with writes; times are whole seconds of
//! the database's clock; and PostgreSQL needs the extension `hstore` and triggers that notify, which distributed ones
//! do not have.

mod admin;
mod backend;
mod backoff;
mod handlers;
mod job;
mod lease;
mod nudge;
mod schedule;
mod scope;
mod settle;
pub mod store;
#[cfg(test)]
mod tests;
mod workers;

use crate::{
    db::{Db, StoreError, Tx},
    domain::{Clock, Ids, JobId},
};

pub use admin::{Figure, JobState, JobSummary, Retried};
pub use handlers::{Handlers, JobContext, JobError};
pub use job::{Job, JobOptions, NewJob};
pub use nudge::{Nudge, Nudged};
pub use schedule::Schedule;
pub use workers::Workers;

/// The jobs of one application. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Jobs {
    db: Db,
    ids: Ids,
    clock: Clock,
    /// Tries of a job that does not say itself how many.
    attempts: u32,
    nudge: Nudge,
}

impl Jobs {
    /// The jobs in `db`; each is tried `attempts` times unless it says otherwise.
    #[must_use]
    pub fn new(db: Db, ids: Ids, clock: Clock, attempts: u32) -> Self {
        Self {
            db,
            ids,
            clock,
            attempts,
            nudge: Nudge::default(),
        }
    }

    /// Writes `job` in the transaction `tx`: it is run if and only if that commits. Workers of this process look soon.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push<J: Job>(
        &self,
        tx: &mut Tx,
        job: &J,
        options: JobOptions,
    ) -> Result<Option<JobId>, StoreError> {
        self.push_new(tx, &NewJob::new(job, options)?).await
    }

    /// As [`Jobs::push`], for a job whose kind is not known here. Nothing is written, and nothing returned, when
    /// there is one with its unique key.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn push_new(&self, tx: &mut Tx, job: &NewJob) -> Result<Option<JobId>, StoreError> {
        let id: JobId = self.ids.next();
        let attempts = i64::from(job.options.attempts.unwrap_or(self.attempts));
        let is_written = store::insert(tx, id, job, attempts, self.clock.now()).await?;
        self.nudge.now();
        Ok(is_written.then_some(id))
    }
}
