//! What the server does on its own, and how often.

use std::{convert::Infallible, sync::Arc, time::Duration};

use super::Api;
use crate::{
    db::StoreError,
    error::{Error, chain},
    idempotency,
    infra::{
        shutdown::Shutdown,
        tasks::Tasks,
        telemetry::{Metrics, catalogue},
    },
    orders::OrderError,
};

/// A reservation outlives its time by this at most; a pay after it is refused even before.
const EXPIRY: Duration = Duration::from_secs(5);
const PURGE: Duration = Duration::from_mins(1);
const METRICS: Duration = Duration::from_secs(5);

/// Rows that one purge deletes at most, so that nobody waits for its locks.
const PURGE_ROWS: u64 = 1_000;

/// Starts everything that runs at intervals.
pub(super) fn start(tasks: &Tasks, shutdown: &Shutdown, api: &Arc<Api>, metrics: &Metrics) {
    if let Some(redis) = &api.redis {
        tasks.run(redis.clone().watch(shutdown.clone()));
    }

    let expiring = Arc::clone(api);
    tasks.every("expire orders", EXPIRY, move || {
        let api = Arc::clone(&expiring);
        async move { expire(&api).await }
    });

    let purged = Arc::clone(api);
    tasks.every("purge", PURGE, move || {
        let api = Arc::clone(&purged);
        async move { purge(&api).await }
    });

    let (metrics, observed) = (metrics.clone(), Arc::clone(api));
    tasks.every("metrics", METRICS, move || {
        observe(&observed);
        metrics.tidy();
        async { Ok::<(), Infallible>(()) }
    });
}

/// Does everything once.
pub(super) async fn sweep(api: &Api) -> Result<(), Error> {
    expire(api)
        .await
        .map_err(|error| Error::Refused(chain(&error)))?;
    Ok(purge(api).await?)
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

/// Deletes the answers and tokens that nobody may use any more.
async fn purge(api: &Api) -> Result<(), StoreError> {
    if !api.db.is_present() {
        return Ok(());
    }
    let now = api.clock.now();
    while idempotency::purge_expired(&api.db, now).await? >= PURGE_ROWS {}
    api.auth.delete_expired(now).await
}

/// Figures that nobody counts at the moment when they change.
fn observe(api: &Api) {
    for (pool, state) in api.db.pool_states() {
        let gauge = |name, connections: u32| {
            metrics::gauge!(catalogue::DB_CONNECTIONS, "state" => name, "pool" => pool)
                .set(f64::from(connections));
        };
        gauge("idle", state.idle);
        gauge("used", state.open.saturating_sub(state.idle));
        gauge("max", state.max);
    }
    let counts = api.cache.hit_counts();
    metrics::counter!("cache_lookups_total", "result" => "hit").absolute(counts.hits);
    metrics::counter!("cache_lookups_total", "result" => "miss").absolute(counts.misses);
}
