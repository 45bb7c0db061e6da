//! What operators see of the jobs, and what they can do about them.

use super::{Jobs, store};
use crate::{
    db::StoreError,
    domain::{JobId, Timestamp, text_enum},
};

text_enum! {
    /// Where a job stands.
    pub enum JobState {
        /// It will be run, at once or later.
        Waiting = "waiting",
        /// A worker has it.
        Running = "running",
        /// It succeeded.
        Done = "done",
        /// It was given up: a dead letter.
        Dead = "dead",
    }
}

/// A job as operators see it: without its payload, which may name people.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JobSummary {
    /// The job.
    pub id: JobId,
    /// Its queue.
    pub queue: String,
    /// Where it stands.
    pub state: JobState,
    /// How often it was tried.
    pub attempts: i64,
    /// How often it may be.
    pub max_attempts: i64,
    /// When it may be taken; while it runs, the end of the worker's lease.
    pub due_at: Timestamp,
    /// When it was pushed.
    pub created_at: Timestamp,
    /// The request that it follows from.
    pub request_id: Option<String>,
    /// Why its last try failed.
    pub last_error: Option<String>,
}

/// How many jobs of a queue are in a state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Figure {
    /// The queue.
    pub queue: String,
    /// The state; never `done`.
    pub state: JobState,
    /// How many.
    pub jobs: i64,
}

/// What came of a wish to try a job again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retried {
    /// It waits now.
    Waiting,
    /// It is no dead letter.
    IsNot(JobState),
    /// There is none of this id.
    Unknown,
}

impl Jobs {
    /// How many jobs wait, run and were given up. Those that are done are not counted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self) -> Result<Vec<Figure>, StoreError> {
        store::count(&mut self.db.read().await?).await
    }

    /// Up to `limit` jobs, the youngest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        state: Option<JobState>,
        queue: Option<&str>,
        limit: u32,
    ) -> Result<Vec<JobSummary>, StoreError> {
        store::list(&mut self.db.read().await?, state, queue, limit.into()).await
    }

    /// Lets a dead letter be tried again, as often as at first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry(&self, id: JobId) -> Result<Retried, StoreError> {
        let mut tx = self.db.begin().await?;
        if store::revive(&mut tx, id, self.clock.now()).await? {
            tx.commit().await?;
            self.nudge.now();
            return Ok(Retried::Waiting);
        }
        let state = store::find_state(&mut tx, id).await?;
        Ok(state.map_or(Retried::Unknown, Retried::IsNot))
    }

    /// Lets every dead letter be tried again, or those of one queue. Returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn retry_all(&self, queue: Option<&str>) -> Result<usize, StoreError> {
        let mut tx = self.db.begin().await?;
        let revived = store::revive_all(&mut tx, queue, self.clock.now()).await?;
        tx.commit().await?;
        self.nudge.now();
        Ok(revived.len())
    }
}
