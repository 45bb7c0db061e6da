//! What is done with the jobs of a queue.

use std::{fmt, sync::Arc, time::Duration};

use futures_util::future::BoxFuture;

use super::{Job, backend::Claim};
use crate::{
    context::{Actor, RequestContext},
    db::StoreError,
    domain::{JobId, Timestamp},
};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a run of a job failed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It may succeed later: it is tried again.
    #[error("the job failed")]
    Transient(#[source] BoxError),
    /// It never will: it becomes a dead letter at once.
    #[error("the job cannot succeed")]
    Permanent(#[source] BoxError),
}

impl JobError {
    /// The job may succeed later.
    pub fn transient(error: impl Into<BoxError>) -> Self {
        Self::Transient(error.into())
    }

    /// The job never will succeed.
    pub fn permanent(error: impl Into<BoxError>) -> Self {
        Self::Permanent(error.into())
    }
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::transient(error)
    }
}

/// What a handler knows of the job beside its payload.
#[derive(Debug, Clone)]
pub struct JobContext {
    /// The job. The same in every try, so it can tell a receiver what it knows already.
    pub id: JobId,
    /// Which try this is, from one.
    pub attempt: u32,
    /// The request that the job follows from; one of its own when it follows from none.
    pub request_id: Arc<str>,
    /// The place in the trace that the job belongs to.
    pub traceparent: Option<Arc<str>>,
}

impl JobContext {
    /// The context of what the job does: Waybill itself acts, under the id of the request that the job follows from.
    #[must_use]
    pub fn request(&self, now: Timestamp) -> RequestContext {
        RequestContext {
            request_id: Arc::clone(&self.request_id),
            traceparent: self.traceparent.clone(),
            actor: Actor::System,
            client_ip: None,
            deadline: None,
            now,
        }
    }
}

type Run = dyn Fn(Arc<Claim>) -> BoxFuture<'static, Result<(), JobError>> + Send + Sync;

/// One queue.
#[derive(Clone)]
pub(super) struct Handler {
    pub(super) queue: &'static str,
    pub(super) timeout: Duration,
    pub(super) concurrency: Option<u32>,
    pub(super) run: Arc<Run>,
}

/// Who does the jobs of which queue. Cheap to clone.
#[derive(Clone, Default)]
pub struct Handlers(Vec<Handler>);

impl Handlers {
    /// Has `handler` do the jobs of `J`'s queue. A run that takes longer than `timeout` is dropped and counts as failed.
    #[must_use]
    pub fn on<J, F, R>(self, timeout: Duration, handler: F) -> Self
    where
        J: Job,
        F: Fn(J, JobContext) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.with::<J, F, R>(timeout, None, handler)
    }

    /// As [`Handlers::on`], for jobs that must not be done side by side within one instance.
    #[must_use]
    pub fn one_by_one<J, F, R>(self, timeout: Duration, handler: F) -> Self
    where
        J: Job,
        F: Fn(J, JobContext) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        self.with::<J, F, R>(timeout, Some(1), handler)
    }

    fn with<J, F, R>(mut self, timeout: Duration, concurrency: Option<u32>, handler: F) -> Self
    where
        J: Job,
        F: Fn(J, JobContext) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), JobError>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let run = move |claim: Arc<Claim>| -> BoxFuture<'static, Result<(), JobError>> {
            let handler = Arc::clone(&handler);
            Box::pin(async move {
                let job = serde_json::from_str(&claim.payload).map_err(JobError::permanent)?;
                handler(job, claim.context()).await
            })
        };
        self.0.push(Handler {
            queue: J::QUEUE,
            timeout,
            concurrency,
            run: Arc::new(run),
        });
        self
    }

    /// Adds the queues of `others`.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Handler> {
        self.0.iter()
    }
}

impl fmt::Debug for Handlers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|handler| handler.queue))
            .finish()
    }
}
