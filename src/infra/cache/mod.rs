//! A cache of computed answers: single flight, bounded by size, invalidated by operation.
//!
//! Each process keeps answers of its own, so that a cached read asks nobody. With Redis there is a second level that all
//! instances share: what one has made the others need not make. An invalidation is true at once in the process that
//! knows of it, and everywhere else within a second, whether Redis is there or not (`shared.rs` says how).

mod lookups;
mod memory;
mod shared;
mod sync;

use std::{sync::Arc, time::Duration};

use openapi_runtime::{CacheKey, CachedReply, Failure};

pub use lookups::HitCounts;

use self::{memory::Memory, shared::Shared};
use super::{bus::Bus, redis::Redis, shutdown::Shutdown};
use crate::domain::Clock;

/// Where answers are kept. Clones share them.
#[derive(Debug, Clone)]
pub enum Cache {
    /// In this process.
    Memory(Arc<Memory>),
    /// In this process, and in Redis for all instances.
    Redis(Arc<Shared>),
}

impl Cache {
    /// Keeps answers in this process, about `capacity_bytes` of them.
    #[must_use]
    pub fn memory(capacity_bytes: u64, clock: Clock) -> Self {
        Self::Memory(Arc::new(Memory::new(capacity_bytes, clock)))
    }

    /// Keeps answers in this process and shares them through Redis. `instance` names this one among all.
    ///
    /// [`Cache::run`] has to run beside it; until it does, answers live for a second and nothing is shared.
    #[must_use]
    pub fn redis(
        capacity_bytes: u64,
        clock: Clock,
        redis: Redis,
        bus: Bus,
        instance: &str,
    ) -> Self {
        let memory = Memory::new(capacity_bytes, clock);
        Self::Redis(Arc::new(Shared::new(memory, redis, bus, instance)))
    }

    /// Returns the kept answer, or makes it: once for all who ask at the same time.
    ///
    /// # Errors
    /// Those of `make`, which are not kept.
    pub async fn get_or_make(
        &self,
        key: CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> Result<CachedReply, Failure> {
        match self {
            Self::Memory(memory) => memory.get_or_make(key, max_age, make).await,
            Self::Redis(shared) => shared.get_or_make(key, max_age, make).await,
        }
    }

    /// Forgets every answer of these operations. To be called after the commit that made them untrue.
    pub fn invalidate(&self, operations: &[&'static str]) {
        match self {
            Self::Memory(memory) => memory.invalidate(operations),
            Self::Redis(shared) => shared.invalidate(operations),
        }
    }

    /// Exchanges invalidations and answers with the other instances until the server stops.
    pub async fn run(self, shutdown: Shutdown) {
        match self {
            Self::Memory(_) => {}
            Self::Redis(shared) => tokio::select! {
                () = shutdown.wait() => {}
                () = shared.exchange() => {}
            },
        }
    }

    /// Makes known at once what was invalidated last, if Redis is there. For the end of the server.
    pub async fn flush(&self) {
        if let Self::Redis(shared) = self {
            shared.publish().await;
        }
    }

    /// Returns how often the cache was of use since the start.
    #[must_use]
    pub fn hit_counts(&self) -> HitCounts {
        match self {
            Self::Memory(memory) => memory.hit_counts(),
            Self::Redis(shared) => shared.memory().hit_counts(),
        }
    }
}
