//! Writes down how the run of a job ended.

use std::{sync::Arc, time::Duration};

use apalis::layers::catch_panic::PanicError;
use apalis_core::{error::BoxDynError, task::ExecutionContext, worker::ext::ack::Acknowledge};
use futures_util::future::BoxFuture;
use tokio::time::{sleep, timeout};

use super::{
    JobError, JobState, Jobs,
    backend::Claim,
    backoff,
    store::{self, Settlement},
};
use crate::{db::StoreError, error::chain};

/// Between two tries to write.
const PAUSE: Duration = Duration::from_millis(500);
/// For one try.
const PATIENCE: Duration = Duration::from_secs(5);
/// Characters of an error that are kept.
const ERROR_CHARS: usize = 2_000;

/// The lease of the job was lost while it ran.
#[derive(Debug, thiserror::Error)]
#[error("the job was taken away")]
pub(super) struct LeaseLost;

/// The worker died in the last try, before it could say how it ended.
#[derive(Debug, thiserror::Error)]
#[error("its worker died, in the last of its tries")]
pub(super) struct Exhausted;

/// Acknowledges the jobs of a worker.
#[derive(Debug, Clone)]
pub(super) struct Settle {
    pub(super) jobs: Jobs,
}

impl Acknowledge<()> for Settle {
    type Error = std::convert::Infallible;
    type Future = BoxFuture<'static, Result<(), Self::Error>>;

    fn ack(&mut self, result: &Result<(), BoxDynError>, ctx: &ExecutionContext) -> Self::Future {
        let (jobs, claim) = (self.jobs.clone(), ctx.data().get::<Arc<Claim>>().cloned());
        let ending = result.as_ref().err().map(Failure::of);
        Box::pin(async move {
            // Every task of ours carries its claim.
            if let Some(claim) = claim {
                settle(&jobs, &claim, ending).await;
            }
            Ok(())
        })
    }
}

#[derive(Debug)]
struct Failure {
    text: String,
    is_permanent: bool,
    is_lost: bool,
}

impl Failure {
    fn of(error: &BoxDynError) -> Self {
        let permanent = matches!(
            error.downcast_ref::<JobError>(),
            Some(JobError::Permanent(_))
        );
        let text = match error.downcast_ref::<PanicError>() {
            Some(PanicError(message)) => format!("the job panicked: {message}"),
            None => chain(&**error),
        };
        Self {
            text: text.chars().take(ERROR_CHARS).collect(),
            is_permanent: permanent || error.is::<Exhausted>(),
            is_lost: error.is::<LeaseLost>(),
        }
    }
}

async fn settle(jobs: &Jobs, claim: &Claim, failure: Option<Failure>) {
    let elapsed = claim.started.elapsed();
    metrics::histogram!("jobs_duration_seconds", "queue" => claim.queue).record(elapsed);
    let duration_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    let now = jobs.clock.now();
    let (outcome, settlement) = match failure {
        None => {
            tracing::info!(job.id = %claim.id, job.attempt = claim.attempt, duration_ms, "job done");
            ("done", ended(JobState::Done, now, None))
        }
        Some(failure) if failure.is_lost => {
            tracing::warn!(job.id = %claim.id, duration_ms, "a job was taken away while it ran");
            return;
        }
        Some(failure) if failure.is_permanent || claim.attempt >= claim.max_attempts => {
            tracing::error!(
                duration_ms,
                error = failure.text,
                "a job became a dead letter"
            );
            ("dead", ended(JobState::Dead, now, Some(failure.text)))
        }
        Some(failure) => {
            let pause = backoff::pause(&jobs.ids, claim.attempt);
            let pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            tracing::warn!(
                job.id = %claim.id,
                job.attempt = claim.attempt,
                duration_ms,
                pause_ms,
                error = failure.text,
                "a job failed and is tried again"
            );
            let later = Settlement {
                state: JobState::Waiting,
                due_at: now.plus(pause),
                last_error: Some(failure.text),
                finished_at: None,
            };
            ("retried", later)
        }
    };
    if write(jobs, claim, &settlement).await {
        metrics::counter!("jobs_processed_total", "queue" => claim.queue, "outcome" => outcome)
            .increment(1);
    }
}

fn ended(state: JobState, now: crate::domain::Timestamp, error: Option<String>) -> Settlement {
    Settlement {
        state,
        due_at: now,
        last_error: error,
        finished_at: Some(now),
    }
}

/// Tries for as long as the lease lasts: a database that is away for a moment must not make a job run twice.
async fn write(jobs: &Jobs, claim: &Claim, settlement: &Settlement) -> bool {
    loop {
        let written = jobs.db.retrying(|| write_once(jobs, claim, settlement));
        match timeout(PATIENCE, written).await {
            Ok(Ok(true)) => return true,
            Ok(Ok(false)) => {
                tracing::warn!(job.id = %claim.id, "a job ended after it was taken away");
                return false;
            }
            Ok(Err(error)) if claim.lease.is_lost() => {
                tracing::error!(
                    error = chain(&error),
                    "the end of a job could not be written"
                );
                return false;
            }
            Err(_) if claim.lease.is_lost() => {
                tracing::error!(job.id = %claim.id, "the end of a job could not be written in time");
                return false;
            }
            Ok(Err(_)) | Err(_) => sleep(PAUSE).await,
        }
    }
}

async fn write_once(
    jobs: &Jobs,
    claim: &Claim,
    settlement: &Settlement,
) -> Result<bool, StoreError> {
    let mut tx = jobs.db.begin().await?;
    let is_held = store::settle(&mut tx, claim.lease.id, settlement).await?;
    tx.commit().await?;
    Ok(is_held)
}
