//! Asks the parts how they are.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{sync::watch, time::timeout};

use super::model::{
    DetailedReport, PoolReport, Report, ServiceReport, ServiceState, Status, overall,
};
use crate::{
    db::{Db, StoreError},
    events,
    infra::{
        cache::Cache,
        jobs::{JobState, Jobs},
        redis::Redis,
        shutdown::Shutdown,
        telemetry::resident_bytes,
    },
};

/// A part that needs longer than this to answer is down for whoever asks.
const PATIENCE: Duration = Duration::from_secs(2);

/// Background work that was not done yet, and that was given up.
#[derive(Debug, Default)]
struct Work {
    waiting: i64,
    dead: i64,
}

/// The health of this server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Health {
    db: Db,
    redis: Option<Redis>,
    jobs: Jobs,
    cache: Cache,
    shutdown: Shutdown,
    began: Instant,
    started: Arc<watch::Sender<bool>>,
}

impl Health {
    /// Counts the uptime from now on.
    #[must_use]
    pub fn new(db: Db, redis: Option<Redis>, jobs: Jobs, cache: Cache, shutdown: Shutdown) -> Self {
        Self {
            db,
            redis,
            jobs,
            cache,
            shutdown,
            began: Instant::now(),
            started: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Says that everything that comes before the first request is done.
    pub fn start(&self) {
        self.started.send_replace(true);
    }

    /// Waits until everything that comes before the first request is done.
    pub async fn started(&self) {
        let mut changes = self.started.subscribe();
        // The sender lives as long as this does.
        let _ = changes.wait_for(|is_started| *is_started).await;
    }

    /// Reports what everybody may know.
    pub async fn report(&self) -> Report {
        let database = self.database().await;
        let redis = self
            .redis
            .as_ref()
            .map_or(ServiceReport::DISABLED, of_redis);
        // Not configured in this version; its place in the report is part of the contract.
        let external_api = ServiceReport::DISABLED;
        Report {
            status: overall(database, &[redis, external_api]),
            uptime: self.began.elapsed(),
            version: env!("CARGO_PKG_VERSION"),
            database,
            redis,
            external_api,
        }
    }

    /// Reports what administrators may know.
    ///
    /// # Errors
    /// When the database answers one question and fails at the next.
    pub async fn detailed_report(&self) -> Result<DetailedReport, StoreError> {
        let report = self.report().await;
        let is_down = report.database.state == ServiceState::Unhealthy;
        let work = if is_down {
            Work::default()
        } else {
            self.work().await?
        };
        let pool = self.db.pool_state();
        Ok(DetailedReport {
            report,
            pool: PoolReport {
                max: pool.max,
                open: pool.open,
                idle: pool.idle,
            },
            queue_depth: work.waiting,
            dead_letters: work.dead,
            resident_bytes: resident_bytes(),
            cache_hit_ratio: self.cache_hit_ratio(),
        })
    }

    /// Returns whether requests should be sent here: the start is over, the database answers and nobody asked to stop.
    pub async fn is_ready(&self) -> bool {
        *self.started.borrow()
            && !self.shutdown.has_begun()
            && self.report().await.status != Status::Unhealthy
    }

    /// Asks on a connection that requests do not use: a pool that is busy is no database that is away.
    async fn database(&self) -> ServiceReport {
        if !self.db.is_present() {
            // The watch has said why, once; it looks again several times a second.
            return ServiceReport {
                state: ServiceState::Unhealthy,
                latency: None,
            };
        }
        let asked = Instant::now();
        let is_up = match timeout(PATIENCE, self.db.pending_migrations()).await {
            Ok(Ok(pending)) if pending.is_empty() => true,
            Ok(Ok(pending)) => {
                tracing::warn!(migrations = pending.len(), "migrations are missing");
                false
            }
            Ok(Err(error)) => {
                tracing::warn!(
                    error = crate::error::chain(&error),
                    "the database does not answer"
                );
                false
            }
            Err(_) => {
                tracing::warn!("the database does not answer in time");
                false
            }
        };
        let state = if is_up {
            ServiceState::Healthy
        } else {
            ServiceState::Unhealthy
        };
        ServiceReport {
            state,
            latency: Some(asked.elapsed()),
        }
    }

    async fn work(&self) -> Result<Work, StoreError> {
        let mut work = Work {
            waiting: events::count_waiting(&mut self.db.read().await?).await?,
            dead: 0,
        };
        for figure in self.jobs.count().await? {
            match figure.state {
                JobState::Waiting => work.waiting += figure.jobs,
                JobState::Dead => work.dead += figure.jobs,
                JobState::Running | JobState::Done => {}
            }
        }
        Ok(work)
    }

    #[expect(
        clippy::float_arithmetic,
        reason = "a ratio for people; no money comes near it"
    )]
    fn cache_hit_ratio(&self) -> Option<f64> {
        let counts = self.cache.hit_counts();
        let total = counts
            .hits
            .checked_add(counts.misses)
            .filter(|total| *total > 0)?;
        // Per mille in whole numbers: exact, and precise enough to read.
        let per_mille = u32::try_from(counts.hits.saturating_mul(1000) / total).ok()?;
        Some(f64::from(per_mille) / 1000.0)
    }
}

/// What the probe last saw. Nobody waits for Redis here either.
fn of_redis(redis: &Redis) -> ServiceReport {
    let state = if redis.is_up() {
        ServiceState::Healthy
    } else {
        ServiceState::Unhealthy
    };
    ServiceReport {
        state,
        latency: redis.latency(),
    }
}
