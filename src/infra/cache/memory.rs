//! Answers in this process.

use std::{
    collections::HashMap,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use openapi_runtime::{CacheKey, CachedReply, Failure};

use super::lookups::{HitCounts, Lookup, Lookups};
use crate::domain::{Clock, Timestamp};

/// Answers in this process.
#[derive(Debug)]
pub struct Memory {
    entries: moka::future::Cache<Slot, Entry>,
    /// Counts the invalidations of each operation. The count is part of the key, so that an answer that was
    /// being made while its operation was invalidated is kept where nobody looks any more.
    generations: RwLock<HashMap<&'static str, u64>>,
    /// Counts the invalidations of everything.
    epoch: AtomicU64,
    clock: Clock,
    lookups: Lookups,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Slot {
    key: CacheKey,
    generation: u64,
}

/// An answer and when it was begun.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) reply: CachedReply,
    pub(super) made_at: Timestamp,
}

impl Memory {
    pub(super) fn new(capacity_bytes: u64, clock: Clock) -> Self {
        let weigh = |slot: &Slot, entry: &Entry| {
            u32::try_from(entry.reply.size_bytes() + slot.key.request.len()).unwrap_or(u32::MAX)
        };
        Self {
            entries: moka::future::Cache::builder()
                .max_capacity(capacity_bytes)
                .weigher(weigh)
                .build(),
            generations: RwLock::default(),
            epoch: AtomicU64::new(0),
            clock,
            lookups: Lookups::new(),
        }
    }

    pub(super) async fn get_or_make(
        &self,
        key: CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> Result<CachedReply, Failure> {
        let find = |made_at, _: &CacheKey| async move {
            let entry = make.await.map(|reply| Entry { reply, made_at });
            entry.map(|entry| (entry, Lookup::Miss))
        };
        self.get_or_find(key, max_age, find).await
    }

    /// Returns the kept answer when it is younger than `max_age`, or runs `find` once for all who ask.
    pub(super) async fn get_or_find<F>(
        &self,
        key: CacheKey,
        max_age: Duration,
        find: impl FnOnce(Timestamp, &CacheKey) -> F,
    ) -> Result<CachedReply, Failure>
    where
        F: Future<Output = Result<(Entry, Lookup), Failure>> + Send,
    {
        let slot = Slot {
            generation: self.generation(key.operation),
            key,
        };
        let now = self.clock.now();
        match self.entries.get(&slot).await {
            Some(entry) if now < entry.made_at.plus(max_age) => {
                self.lookups.count(Lookup::Hit);
                return Ok(entry.reply);
            }
            Some(_) => self.entries.invalidate(&slot).await,
            None => {}
        }
        let has_counted = AtomicBool::new(false);
        let found = find(now, &slot.key);
        let entry = async {
            let (entry, lookup) = found.await?;
            self.lookups.count(lookup);
            has_counted.store(true, Ordering::Relaxed);
            Ok(entry)
        };
        let entry = self.entries.try_get_with_by_ref(&slot, entry).await;
        let entry = entry.map_err(|failure: std::sync::Arc<Failure>| Failure::clone(&failure))?;
        if !has_counted.load(Ordering::Relaxed) {
            // Somebody else was finding it already.
            self.lookups.count(Lookup::Hit);
        }
        Ok(entry.reply)
    }

    pub(super) fn invalidate(&self, operations: &[&'static str]) {
        let mut generations = self
            .generations
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        for operation in operations {
            *generations.entry(operation).or_default() += 1;
        }
    }

    pub(super) fn invalidate_all(&self) {
        self.epoch.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn hit_counts(&self) -> HitCounts {
        self.lookups.counts()
    }

    fn generation(&self, operation: &str) -> u64 {
        let generations = self
            .generations
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        let own = generations.get(operation).copied().unwrap_or_default();
        // Both only grow, so their sum never returns to an older one.
        own + self.epoch.load(Ordering::SeqCst)
    }
}
