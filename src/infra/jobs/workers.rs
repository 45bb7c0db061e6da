//! The workers: one for each queue, supervised together.

use std::{
    fmt::Display,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use apalis::{
    layers::{
        WorkerBuilderExt,
        catch_panic::{CatchPanicLayer, PanicError},
    },
    prelude::{AcknowledgementExt, Monitor, ParallelizeExt, WorkerBuilder, task_fn},
};
use apalis_core::error::BoxDynError;
use tokio::time::sleep;
use tokio_util::task::TaskTracker;

use super::{
    Handlers, Jobs,
    backend::{Claim, Claimer, Claims},
    handlers::Handler,
    lease::{Leases, RENEWAL},
    scope::Scope,
    settle::{Exhausted, LeaseLost, Settle},
};
use crate::{error::chain, infra::shutdown::Shutdown};

/// Runs jobs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Workers {
    jobs: Jobs,
    handlers: Handlers,
    /// Jobs of one queue at once.
    concurrency: u32,
    leases: Leases,
}

impl Workers {
    /// Workers for the queues that `handlers` knows, each with at most `concurrency` jobs at once.
    #[must_use]
    pub fn new(jobs: Jobs, handlers: Handlers, concurrency: u32) -> Self {
        Self {
            jobs,
            handlers,
            concurrency,
            leases: Leases::default(),
        }
    }

    /// The queues whose jobs are done here.
    pub fn queues(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.iter().map(|handler| handler.queue)
    }

    /// Runs jobs as they fall due until `shutdown` begins, then waits for those that run.
    pub async fn serve(&self, shutdown: &Shutdown) {
        let (done, renewed) = (Shutdown::default(), self.clone());
        let renewals = renewed.renew_until(&done);
        tokio::join!(renewals, async {
            self.run(shutdown, false).await;
            done.begin();
        });
    }

    /// Runs every job that is due now, and those that fall due meanwhile, and returns how many there were.
    pub async fn run_due(&self) -> u64 {
        self.run(&Shutdown::default(), true).await
    }

    async fn run(&self, shutdown: &Shutdown, until_idle: bool) -> u64 {
        let taken = Arc::new(AtomicU64::new(0));
        let tracker = TaskTracker::new();
        let mut monitor = Monitor::new();
        for handler in self.handlers.iter() {
            let (workers, handler) = (self.clone(), handler.clone());
            let (shutdown, taken, tracker) =
                (shutdown.clone(), Arc::clone(&taken), tracker.clone());
            monitor = monitor.register(move |_| {
                let claimer = workers.claimer(&handler, shutdown.clone(), until_idle, &taken);
                let tracker = tracker.clone();
                let (leased, limit) = (handler.clone(), workers.limit(&handler));
                // Outermost first. A job keeps its slot until its end is written.
                WorkerBuilder::new(handler.queue)
                    .backend(Claims::new(claimer))
                    .concurrency(limit)
                    // A task of its own each: a job that computes does not hold up the others.
                    .parallelize(move |job| tracker.spawn(job))
                    .layer(Scope {
                        ids: workers.jobs.ids.clone(),
                    })
                    .ack_with(Settle {
                        jobs: workers.jobs.clone(),
                    })
                    .layer(CatchPanicLayer::with_panic_handler(panicked))
                    .timeout(handler.timeout)
                    .build(task_fn(move |claim: Arc<Claim>| {
                        run_leased(leased.clone(), claim)
                    }))
            });
        }
        // A worker whose loop panicked is a bug, but no reason to leave its queue alone.
        let over = shutdown.clone();
        let monitor = monitor.should_restart(move |_, _| !over.has_begun());
        if let Err(error) = monitor.run().await {
            tracing::error!(error = chain(&error), "the workers ended");
        }
        tracker.close();
        tracker.wait().await;
        taken.load(Ordering::Relaxed)
    }

    fn claimer(
        &self,
        handler: &Handler,
        shutdown: Shutdown,
        until_idle: bool,
        taken: &Arc<AtomicU64>,
    ) -> Claimer {
        Claimer {
            jobs: self.jobs.clone(),
            leases: self.leases.clone(),
            queue: handler.queue,
            shutdown,
            until_idle,
            taken: Arc::clone(taken),
            nudged: self.jobs.nudge.waiter(),
        }
    }

    fn limit(&self, handler: &Handler) -> usize {
        let limit = handler.concurrency.unwrap_or(self.concurrency);
        usize::try_from(limit.max(1)).unwrap_or(usize::MAX)
    }

    /// Goes on after the shutdown began, for the jobs that still run.
    async fn renew_until(&self, done: &Shutdown) {
        loop {
            tokio::select! {
                () = done.wait() => return,
                () = sleep(RENEWAL) => {}
            }
            if let Err(error) = self.leases.renew(&self.jobs).await {
                tracing::warn!(error = chain(&error), "leases could not be renewed");
            }
        }
    }
}

/// Runs a job for as long as it is ours.
async fn run_leased(handler: Handler, claim: Arc<Claim>) -> Result<(), BoxDynError> {
    if claim.attempt > claim.max_attempts {
        return Err(Exhausted.into());
    }
    let job = (handler.run)(Arc::clone(&claim));
    tokio::select! {
        biased;
        () = claim.lease.lost() => Err(LeaseLost.into()),
        result = job => Ok(result?),
    }
}

fn panicked(panic: &Box<dyn std::any::Any + Send>) -> PanicError {
    let texts: [Option<&dyn Display>; 2] = [
        panic
            .downcast_ref::<&str>()
            .map(|text| text as &dyn Display),
        panic
            .downcast_ref::<String>()
            .map(|text| text as &dyn Display),
    ];
    let text = texts.into_iter().flatten().next();
    PanicError(text.map_or_else(|| "without a message".to_owned(), ToString::to_string))
}
