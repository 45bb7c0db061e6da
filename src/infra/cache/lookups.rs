//! How often the cache was of use, for health and metrics.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use metrics::Counter;

/// How often the cache was of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HitCounts {
    /// Answers that were there.
    pub hits: u64,
    /// Answers that had to be made.
    pub misses: u64,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// This process, or somebody in it who was making it.
    Hit,
    /// Redis.
    SharedHit,
    /// It was made.
    Miss,
}

/// The counts of one cache. The counters are kept, because looking them up costs more than a cached read may.
pub(super) struct Lookups {
    hits: AtomicU64,
    misses: AtomicU64,
    hit: Counter,
    shared_hit: Counter,
    miss: Counter,
}

impl Lookups {
    pub(super) fn new() -> Self {
        Self {
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            hit: metrics::counter!("cache_lookups_total", "result" => "hit"),
            shared_hit: metrics::counter!("cache_lookups_total", "result" => "shared_hit"),
            miss: metrics::counter!("cache_lookups_total", "result" => "miss"),
        }
    }

    pub(super) fn count(&self, lookup: Lookup) {
        let (count, counter) = match lookup {
            Lookup::Hit => (&self.hits, &self.hit),
            Lookup::SharedHit => (&self.hits, &self.shared_hit),
            Lookup::Miss => (&self.misses, &self.miss),
        };
        count.fetch_add(1, Ordering::Relaxed);
        counter.increment(1);
    }

    pub(super) fn counts(&self) -> HitCounts {
        HitCounts {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }
}

impl fmt::Debug for Lookups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.counts().fmt(f)
    }
}
