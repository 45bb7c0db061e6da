//! Takes jobs from the table and hands them to a worker of `apalis`.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use apalis_core::{
    backend::{Backend, BackendConfig, finalize::Ephemeral},
    layers::Identity,
    task::{Task, builder::TaskBuilder, task_id::RandomId},
    worker::context::WorkerContext,
};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, sleep};

use super::{
    JobContext, Jobs,
    lease::{LEASE, Lease, Leases},
    nudge::Nudged,
    store,
};
use crate::{
    db::StoreError,
    domain::{JobId, Timestamp},
    error::chain,
    infra::{shutdown::Shutdown, telemetry},
};

/// While the database is away, and after it failed.
const PAUSE: Duration = Duration::from_secs(1);

/// A job that was taken.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) id: JobId,
    pub(super) queue: &'static str,
    pub(super) payload: String,
    pub(super) attempt: u32,
    pub(super) max_attempts: u32,
    pub(super) request_id: Option<Arc<str>>,
    pub(super) traceparent: Option<Arc<str>>,
    pub(super) lease: Lease,
    pub(super) started: Instant,
}

impl Claim {
    /// The request that the job follows from; one of its own when it follows from none.
    pub(super) fn request_id(&self) -> Arc<str> {
        self.request_id
            .clone()
            .unwrap_or_else(|| format!("job_{}", self.id).into())
    }

    pub(super) fn context(&self) -> JobContext {
        JobContext {
            id: self.id,
            attempt: self.attempt,
            request_id: self.request_id(),
            traceparent: telemetry::traceparent().or_else(|| self.traceparent.clone()),
        }
    }
}

/// Takes the jobs of one queue.
#[derive(Debug)]
pub(super) struct Claimer {
    pub(super) jobs: Jobs,
    pub(super) leases: Leases,
    pub(super) queue: &'static str,
    pub(super) shutdown: Shutdown,
    /// Ends when nothing is due, in place of waiting.
    pub(super) until_idle: bool,
    /// Counts the jobs that were taken.
    pub(super) taken: Arc<AtomicU64>,
    pub(super) nudged: Nudged,
}

enum Next {
    Job(Claim),
    /// None is due for so long.
    Wait(Duration),
}

impl Claimer {
    /// Waits for a job and takes it; nothing when the end has come.
    async fn next(&mut self) -> Option<Claim> {
        loop {
            if self.shutdown.has_begun() {
                return None;
            }
            if !self.until_idle && !self.jobs.db.is_present() {
                self.pause().await;
                continue;
            }
            let patience = match self.take().await {
                Ok(Next::Job(claim)) => {
                    self.taken.fetch_add(1, Ordering::Relaxed);
                    return Some(claim);
                }
                Ok(Next::Wait(_)) if self.until_idle => return None,
                Ok(Next::Wait(patience)) => patience,
                Err(error) => {
                    tracing::warn!(
                        job.queue = self.queue,
                        error = chain(&error),
                        "no job could be taken"
                    );
                    if self.until_idle {
                        return None;
                    }
                    self.pause().await;
                    continue;
                }
            };
            // Only waiting is cut short by the end: a job that is being taken is not lost.
            tokio::select! {
                () = self.shutdown.wait() => return None,
                () = self.nudged.wait(patience) => {}
            }
        }
    }

    async fn pause(&self) {
        tokio::select! {
            () = self.shutdown.wait() => {}
            () = sleep(PAUSE) => {}
        }
    }

    /// Looks before it writes: a queue that is idle costs a read of an index.
    async fn take(&self) -> Result<Next, StoreError> {
        let jobs = &self.jobs;
        let due = store::next_due(&mut jobs.db.read().await?, self.queue).await?;
        let now = jobs.clock.now();
        let Some(due) = due else {
            return Ok(Next::Wait(Duration::MAX));
        };
        if due > now {
            return Ok(Next::Wait(due.since(now)));
        }
        let taken = jobs.db.retrying(|| self.claim(now)).await?;
        // Others were quicker.
        Ok(taken.map_or(Next::Wait(Duration::MAX), Next::Job))
    }

    async fn claim(&self, now: Timestamp) -> Result<Option<Claim>, StoreError> {
        let jobs = &self.jobs;
        let lease = jobs.ids.next_uuid();
        let since = Instant::now();
        let mut tx = jobs.db.begin().await?;
        let row = store::claim(&mut tx, self.queue, lease, now.plus(LEASE), now).await?;
        tx.commit().await?;
        Ok(row.map(|row| self.claimed(row, self.leases.keep(lease, since))))
    }

    fn claimed(&self, row: store::Row, lease: Lease) -> Claim {
        let attempt = u32::try_from(row.attempts).unwrap_or(u32::MAX);
        Claim {
            id: row.id,
            queue: self.queue,
            payload: row.payload,
            attempt,
            max_attempts: u32::try_from(row.max_attempts).unwrap_or(u32::MAX),
            request_id: row.request_id.map(Into::into),
            traceparent: row.traceparent.map(Into::into),
            lease,
            started: Instant::now(),
        }
    }

    /// Gives a job back that was taken when nobody could run it any more.
    async fn give_back(&self, claim: Claim) {
        let released = async {
            let mut tx = self.jobs.db.begin().await?;
            store::release(&mut tx, claim.lease.id, self.jobs.clock.now()).await?;
            tx.commit().await
        };
        if let Err(error) = released.await {
            // Its lease ends by itself.
            tracing::warn!(job.id = %claim.id, error = chain(&error), "a job could not be given back");
        }
    }
}

/// The queue as the worker sees it. The claimer is either here or in the future that takes the next job.
pub(super) struct Claims {
    state: State,
}

enum State {
    Idle(Box<Claimer>),
    Taking(BoxFuture<'static, (Box<Claimer>, Option<Claim>)>),
    Closing(BoxFuture<'static, ()>),
    Closed,
}

impl Claims {
    pub(super) fn new(claimer: Claimer) -> Self {
        Self {
            state: State::Idle(Box::new(claimer)),
        }
    }
}

fn take_next(mut claimer: Box<Claimer>) -> BoxFuture<'static, (Box<Claimer>, Option<Claim>)> {
    Box::pin(async move {
        let claim = claimer.next().await;
        (claimer, claim)
    })
}

impl Backend for Claims {
    type Task = Task<Arc<Claim>>;
    type Error = Infallible;

    fn poll_ready(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Infallible>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Closed) {
                State::Idle(claimer) => self.state = State::Taking(take_next(claimer)),
                State::Taking(mut taking) => match taking.as_mut().poll(cx) {
                    Poll::Pending => {
                        self.state = State::Taking(taking);
                        return Poll::Pending;
                    }
                    Poll::Ready((claimer, Some(claim))) => {
                        self.state = State::Idle(claimer);
                        return Poll::Ready(Some(Ok(task(claim))));
                    }
                    Poll::Ready((_, None)) => {
                        // A worker ends only when it was told to; that its queue ended is not enough. It cannot fail
                        // for a worker that polls.
                        let _ = worker.stop();
                        return Poll::Ready(None);
                    }
                },
                other => {
                    self.state = other;
                    return Poll::Ready(None);
                }
            }
        }
    }

    /// Waits for the job that is being taken, if there is one, and gives it back.
    fn poll_close(
        &mut self,
        cx: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        loop {
            match std::mem::replace(&mut self.state, State::Closed) {
                State::Idle(_) | State::Closed => return Poll::Ready(Ok(())),
                State::Taking(taking) => {
                    self.state = State::Closing(Box::pin(async move {
                        if let (claimer, Some(claim)) = taking.await {
                            claimer.give_back(claim).await;
                        }
                    }));
                }
                State::Closing(mut closing) => {
                    if closing.as_mut().poll(cx).is_pending() {
                        self.state = State::Closing(closing);
                        return Poll::Pending;
                    }
                }
            }
        }
    }
}

fn task(claim: Claim) -> Task<Arc<Claim>> {
    let claim = Arc::new(claim);
    TaskBuilder::new(Arc::clone(&claim)).data(claim).build()
}

impl BackendConfig for Claims {
    type Args = Arc<Claim>;
    type Id = RandomId;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}
