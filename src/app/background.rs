//! What the server does on its own: which jobs there are, who does them, and how often.

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};

use super::Api;
use crate::{
    db::StoreError,
    error::{Error, chain},
    events::{self, Dispatcher, Follow},
    idempotency,
    infra::{
        jobs::{Handlers, Job, JobError, JobOptions, JobState, NewJob, Schedule, Workers},
        shutdown::Shutdown,
        tasks::Tasks,
        telemetry::{Metrics, catalogue},
    },
    integrity::Watch,
    notifications::{self, NotificationError, SendMail},
    orders::OrderError,
};

/// How long the changes pile up that a count of orders has to add up.
const SETTLING: Duration = Duration::from_secs(5);
/// A reservation outlives its time by this at most; a pay after it is refused even before.
const EXPIRY: Schedule = Schedule {
    every: Duration::from_secs(5),
};
const PURGE: Schedule = Schedule {
    every: Duration::from_mins(1),
};
const METRICS: Duration = Duration::from_secs(5);
/// Bounds how long a wrong book stays unnoticed, beside the half minute that transfers are given to settle.
const WATCH: Duration = Duration::from_secs(15);

/// No sweep takes longer when all is well.
const PATIENCE: Duration = Duration::from_mins(1);

/// A mail gives up after 15 seconds of its own; the rest is for the database and for the password of an invitation.
const MAIL_PATIENCE: Duration = Duration::from_secs(30);

/// Rows that one purge deletes at most, so that nobody waits for its locks.
const PURGE_ROWS: u64 = 1_000;

/// Ends the orders whose time is over.
#[derive(Debug, Serialize, Deserialize)]
struct ExpireOrders {}

impl Job for ExpireOrders {
    const QUEUE: &'static str = "expire-orders";
}

/// Deletes what is kept for a while and was kept for so long.
#[derive(Debug, Serialize, Deserialize)]
struct Purge {}

impl Job for Purge {
    const QUEUE: &'static str = "purge";
}

/// Publishes events and runs jobs: what `App` holds of it.
#[derive(Debug, Clone)]
pub(super) struct Background {
    pub(super) dispatcher: Dispatcher,
    pub(super) workers: Workers,
}

impl Background {
    /// The background of `api`; `others` are handlers that only tests have.
    pub(super) fn new(api: &Arc<Api>, others: Handlers) -> Self {
        let dispatcher = Dispatcher {
            db: api.db.clone(),
            clock: api.clock.clone(),
            outbox: api.outbox.clone(),
            jobs: api.jobs.clone(),
            follow: follow(),
        };
        let handlers = handlers(api, &dispatcher).and(others);
        let concurrency = api.config.jobs.concurrency;
        Self {
            workers: Workers::new(api.jobs.clone(), handlers, concurrency),
            dispatcher,
        }
    }

    /// Starts everything. An instance without jobs of its own only measures.
    pub(super) fn start(
        &self,
        tasks: &Tasks,
        shutdown: &Shutdown,
        api: &Arc<Api>,
        metrics: &Metrics,
    ) {
        let (metrics, observed, workers) = (metrics.clone(), Arc::clone(api), self.workers.clone());
        tasks.every("metrics", METRICS, move || {
            metrics.tidy();
            let (api, workers) = (Arc::clone(&observed), workers.clone());
            async move { observe(&api, &workers).await }
        });
        let (watched, watch) = (Arc::clone(api), Watch::new(api.db.clone(), api.clock.now()));
        let watch = Arc::new(watch);
        tasks.every("watch the ledger", WATCH, move || {
            let (api, watch) = (Arc::clone(&watched), Arc::clone(&watch));
            async move {
                if api.db.is_present() {
                    watch.look(api.clock.now()).await?;
                }
                Ok::<(), StoreError>(())
            }
        });
        if api.config.jobs.concurrency == 0 {
            return;
        }
        let (workers, until) = (self.workers.clone(), shutdown.clone());
        tasks.run(async move { workers.serve(&until).await });
        let (dispatcher, until) = (self.dispatcher.clone(), shutdown.clone());
        tasks.run(async move { dispatcher.serve(&until).await });

        let expiring = Arc::clone(api);
        tasks.every("schedule expire-orders", EXPIRY.every, move || {
            let api = Arc::clone(&expiring);
            async move {
                // The rows of idle ticks would be most of the table.
                if api.db.is_present() && api.orders.has_due(api.clock.now()).await? {
                    api.jobs.push_scheduled(&ExpireOrders {}, EXPIRY).await?;
                }
                Ok::<(), StoreError>(())
            }
        });
        let settling = Arc::clone(api);
        tasks.every("settle the counts of orders", SETTLING, move || {
            let api = Arc::clone(&settling);
            async move {
                if api.db.is_present() {
                    api.orders.settle_counts().await?;
                }
                Ok::<(), OrderError>(())
            }
        });
        let purged = Arc::clone(api);
        tasks.every("schedule purge", PURGE.every, move || {
            let api = Arc::clone(&purged);
            async move {
                if api.db.is_present() {
                    api.jobs.push_scheduled(&Purge {}, PURGE).await?;
                }
                Ok::<(), StoreError>(())
            }
        });
    }

    /// Does everything once that is done now and then.
    pub(super) async fn sweep(&self, api: &Api) -> Result<(), Error> {
        expire(api)
            .await
            .map_err(|error| Error::Refused(chain(&error)))?;
        Ok(purge(api, &self.dispatcher).await?)
    }

    /// Publishes what waits and runs what is due, until there is nothing of either.
    pub(super) async fn work(&self) -> Result<(), StoreError> {
        loop {
            let published = self.dispatcher.publish_all().await?;
            let ran = self.workers.run_due().await;
            if published == 0 && ran == 0 {
                return Ok(());
            }
        }
    }
}

/// Who does which jobs.
fn handlers(api: &Arc<Api>, dispatcher: &Dispatcher) -> Handlers {
    let (expiring, mailing) = (Arc::clone(api), Arc::clone(api));
    let (purged, dispatcher) = (Arc::clone(api), dispatcher.clone());
    Handlers::default()
        .on(MAIL_PATIENCE, move |job: SendMail, _| {
            let api = Arc::clone(&mailing);
            async move { mail(&api, &job).await }
        })
        .one_by_one(PATIENCE, move |ExpireOrders {}, _| {
            let api = Arc::clone(&expiring);
            async move { expire(&api).await.map_err(JobError::transient) }
        })
        .one_by_one(PATIENCE, move |Purge {}, _| {
            let (api, dispatcher) = (Arc::clone(&purged), dispatcher.clone());
            async move { Ok(purge(&api, &dispatcher).await?) }
        })
}

/// Which jobs follow from an event.
fn follow() -> Follow {
    Follow::new(|event| {
        let mail = notifications::mail_for(event);
        mail.iter()
            .map(|mail| NewJob::new(mail, JobOptions::default()))
            .collect()
    })
}

/// Sends a mail. What can never be sent becomes a dead letter at once.
async fn mail(api: &Api, job: &SendMail) -> Result<(), JobError> {
    let sent = api.notifications.send(job, api.clock.now()).await;
    sent.map(drop).map_err(|error: NotificationError| {
        if error.is_permanent() {
            JobError::permanent(error)
        } else {
            JobError::transient(error)
        }
    })
}

/// Ends the orders whose time is over. Their stock can be ordered again, which the catalogue shows.
async fn expire(api: &Api) -> Result<(), OrderError> {
    if !api.db.is_present() {
        return Ok(());
    }
    let ended = api.orders.expire_due(api.clock.now()).await?;
    if ended > 0 {
        api.forget_catalogue();
        tracing::info!(orders = ended, "orders whose time was over were ended");
    }
    Ok(())
}

/// Deletes the answers and tokens that nobody may use any more, and what is left of events and jobs.
async fn purge(api: &Api, dispatcher: &Dispatcher) -> Result<(), StoreError> {
    let now = api.clock.now();
    while idempotency::purge_expired(&api.db, now).await? >= PURGE_ROWS {}
    api.auth.delete_expired(now).await?;
    dispatcher.purge().await?;
    api.jobs.purge().await
}

/// Figures that nobody counts at the moment when they change.
async fn observe(api: &Api, workers: &Workers) -> Result<(), StoreError> {
    for (pool, state) in api.db.pool_states() {
        let gauge = |name, connections: u32| {
            metrics::gauge!(catalogue::DB_CONNECTIONS, "state" => name, "pool" => pool)
                .set(f64::from(connections));
        };
        gauge("idle", state.idle);
        gauge("used", state.open.saturating_sub(state.idle));
        gauge("max", state.max);
    }
    if !api.db.is_present() {
        return Ok(());
    }
    observe_work(api, workers).await
}

/// How much background work waits, and how much was given up.
async fn observe_work(api: &Api, workers: &Workers) -> Result<(), StoreError> {
    let outbox = events::count_waiting(&mut api.db.read().await?).await?;
    metrics::gauge!("outbox_waiting").set(figure(outbox));
    let figures = api.jobs.count().await?;
    for (state, name) in [
        (JobState::Waiting, "jobs_waiting"),
        (JobState::Dead, "jobs_dead"),
    ] {
        for queue in workers.queues() {
            let found = figures
                .iter()
                .find(|found| found.queue == queue && found.state == state);
            let jobs = found.map_or(0, |found| found.jobs);
            metrics::gauge!(name, "queue" => queue).set(figure(jobs));
        }
    }
    Ok(())
}

/// A count as a gauge takes it; exact up to four thousand million.
fn figure(count: i64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
