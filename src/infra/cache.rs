//! A cache of computed answers: single flight, bounded by size, invalidated by operation.

use std::{
    collections::HashMap,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use openapi_runtime::{CacheKey, CachedReply, Failure};

use crate::domain::{Clock, Timestamp};

/// Where answers are kept.
#[derive(Debug)]
pub enum Cache {
    /// In this process.
    Memory(Memory),
}

/// How often the cache was of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitCounts {
    /// Answers that were there.
    pub hits: u64,
    /// Answers that had to be made.
    pub misses: u64,
}

impl Cache {
    /// Keeps answers in this process, about `capacity_bytes` of them.
    #[must_use]
    pub fn memory(capacity_bytes: u64, clock: Clock) -> Self {
        Self::Memory(Memory::new(capacity_bytes, clock))
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
        }
    }

    /// Forgets every answer of these operations. To be called after the commit that made them untrue.
    pub fn invalidate(&self, operations: &[&'static str]) {
        match self {
            Self::Memory(memory) => memory.invalidate(operations),
        }
    }

    /// Returns how often the cache was of use since the start.
    #[must_use]
    pub fn hit_counts(&self) -> HitCounts {
        match self {
            Self::Memory(memory) => memory.hit_counts(),
        }
    }
}

/// Answers in this process.
#[derive(Debug)]
pub struct Memory {
    entries: moka::future::Cache<Slot, Entry>,
    /// Counts the invalidations of each operation. The count is part of the key, so that an answer that was
    /// being made while its operation was invalidated is kept where nobody looks any more.
    generations: RwLock<HashMap<&'static str, u64>>,
    clock: Clock,
    hits: AtomicU64,
    misses: AtomicU64,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Slot {
    key: CacheKey,
    generation: u64,
}

#[derive(Debug, Clone)]
struct Entry {
    reply: CachedReply,
    stale_at: Timestamp,
}

impl Memory {
    fn new(capacity_bytes: u64, clock: Clock) -> Self {
        let weigh = |slot: &Slot, entry: &Entry| {
            u32::try_from(entry.reply.size_bytes() + slot.key.request.len()).unwrap_or(u32::MAX)
        };
        Self {
            entries: moka::future::Cache::builder()
                .max_capacity(capacity_bytes)
                .weigher(weigh)
                .build(),
            generations: RwLock::default(),
            clock,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        }
    }

    async fn get_or_make(
        &self,
        key: CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> Result<CachedReply, Failure> {
        let slot = Slot {
            generation: self.generation(key.operation),
            key,
        };
        let now = self.clock.now();
        match self.entries.get(&slot).await {
            Some(entry) if now < entry.stale_at => {
                self.hits.fetch_add(1, Ordering::Relaxed);
                return Ok(entry.reply);
            }
            Some(_) => self.entries.invalidate(&slot).await,
            None => {}
        }
        self.misses.fetch_add(1, Ordering::Relaxed);
        let entry = async {
            make.await.map(|reply| Entry {
                reply,
                stale_at: now.plus(max_age),
            })
        };
        let entry = self.entries.try_get_with(slot, entry).await;
        entry
            .map(|entry| entry.reply)
            .map_err(|failure| Failure::clone(&failure))
    }

    fn invalidate(&self, operations: &[&'static str]) {
        let mut generations = self
            .generations
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for operation in operations {
            *generations.entry(operation).or_default() += 1;
        }
    }

    fn generation(&self, operation: &str) -> u64 {
        let generations = self
            .generations
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        generations.get(operation).copied().unwrap_or_default()
    }

    fn hit_counts(&self) -> HitCounts {
        HitCounts {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }
}
