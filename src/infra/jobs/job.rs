//! What a job is, and what is said when it is pushed.

use std::sync::Arc;

use serde::{Serialize, de::DeserializeOwned};

use crate::{db::StoreError, domain::Timestamp};

/// A kind of job: what its handler needs to know. No secrets: the payload is stored as JSON.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The stable name of the kind, which is the name of its queue. Rows, metrics and operators use it.
    const QUEUE: &'static str;
}

/// How a job is to be run. By default now, as often as configured, and as often as it is pushed.
#[derive(Debug, Clone, Default)]
pub struct JobOptions {
    pub(super) run_at: Option<Timestamp>,
    pub(super) attempts: Option<u32>,
    pub(super) unique_key: Option<String>,
    pub(super) request_id: Option<Arc<str>>,
    pub(super) traceparent: Option<Arc<str>>,
}

impl JobOptions {
    /// The job follows from the request with this id and trace context: its log lines and traces say so. Without this,
    /// it follows from the request or the job that pushes it.
    #[must_use]
    pub fn following(
        mut self,
        request_id: Option<Arc<str>>,
        traceparent: Option<Arc<str>>,
    ) -> Self {
        (self.request_id, self.traceparent) = (request_id, traceparent);
        self
    }

    /// Not before this moment.
    #[must_use]
    pub fn run_at(mut self, moment: Timestamp) -> Self {
        self.run_at = Some(moment);
        self
    }

    /// Tried so often before it becomes a dead letter; at least once.
    #[must_use]
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = Some(attempts.max(1));
        self
    }

    /// Not when its queue has a job with this key, be it done, for as long as that is kept.
    #[must_use]
    pub fn unique(mut self, key: impl Into<String>) -> Self {
        self.unique_key = Some(key.into());
        self
    }
}

/// A job of any kind, ready to be pushed.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub(super) queue: &'static str,
    pub(super) payload: String,
    pub(super) options: JobOptions,
}

impl NewJob {
    /// Writes the payload.
    ///
    /// # Errors
    /// [`StoreError::Unexpected`] when the job cannot be written as JSON, which is a bug in its type.
    pub fn new<J: Job>(job: &J, options: JobOptions) -> Result<Self, StoreError> {
        let payload = serde_json::to_string(job)
            .map_err(|error| StoreError::Unexpected(sqlx::Error::Encode(error.into())))?;
        Ok(Self {
            queue: J::QUEUE,
            payload,
            options,
        })
    }

    /// The same job, which follows from the request with this id and trace context.
    #[must_use]
    pub fn following(
        mut self,
        request_id: Option<Arc<str>>,
        traceparent: Option<Arc<str>>,
    ) -> Self {
        self.options = self.options.following(request_id, traceparent);
        self
    }
}
