//! Answers that all instances share, and how an invalidation reaches every one of them within a second.
//!
//! Redis holds for each operation the *mark* of its last invalidation, and answers that bear the mark that was there
//! before they were made. An answer with another mark is nobody's answer; so one that was made before a change can never
//! stand for one made after it, however late it is stored.
//!
//! An invalidation is true here at once. A moment later a new mark is set and the others are told over the bus. Whoever
//! did not hear it sees the new mark at the next comparison ([`SYNC`]). Without Redis nobody hears of anything: then
//! answers are believed for [`ALONE`] only, as they are from the start until the first comparison.
//!
//! An instance that is cut off from Redis while the others are not is the exception: they learn of its changes when it
//! finds back, or at the end of an answer's life.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use openapi_runtime::{CacheKey, CachedReply, Failure};
use sha2::{Digest as _, Sha256};
use tokio::sync::{
    Notify,
    mpsc::{Receiver, Sender, channel},
};

use super::{
    lookups::Lookup,
    memory::{Entry, Memory},
};
use crate::{
    domain::Timestamp,
    infra::{
        bus::Bus,
        redis::{Redis, Script},
    },
};

/// Marks are compared this often.
pub(super) const SYNC: Duration = Duration::from_millis(500);
/// How long an answer is believed while marks cannot be compared.
const ALONE: Duration = Duration::from_secs(1);
/// Answers that wait to be stored. Beyond them an answer stays this instance's own.
const WAITING: usize = 256;
/// A larger answer is cheaper to make than to fetch.
const MOST_BYTES: usize = 1024 * 1024;
/// What is stored is what this version makes; another one makes its own.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Answers of this process and of all.
#[derive(Debug)]
pub struct Shared {
    pub(super) memory: Memory,
    pub(super) redis: Redis,
    pub(super) bus: Bus,
    pub(super) keep: Script,
    /// What this instance's marks begin with, and how many it has made.
    instance: String,
    marks: AtomicU64,
    pub(super) operations: Mutex<HashMap<&'static str, Operation>>,
    pub(super) is_synced: AtomicBool,
    pub(super) changed: Notify,
    pub(super) outgoing: Sender<Made>,
    pub(super) waiting: Mutex<Option<Receiver<Made>>>,
}

/// What is known of an operation.
#[derive(Debug, Default)]
pub(super) struct Operation {
    /// The mark at the last comparison.
    pub(super) mark: Option<String>,
    /// Counts invalidations here; until the last of them is in Redis, what lies there is not believed.
    pub(super) invalidated: u64,
    pub(super) published: u64,
}

/// An answer that is to be stored.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) operation: &'static str,
    pub(super) key: String,
    pub(super) seen: String,
    pub(super) entry: Entry,
    pub(super) life: Duration,
}

/// What lies in Redis under a key.
enum Found {
    Answer(Entry),
    /// Nothing of use; with the mark under which an answer may be stored.
    Nothing {
        mark: String,
    },
}

impl Shared {
    pub(super) fn new(memory: Memory, redis: Redis, bus: Bus, instance: &str) -> Self {
        let (outgoing, waiting) = channel(WAITING);
        Self {
            memory,
            redis,
            bus,
            keep: Script::new(include_str!("keep.lua")),
            instance: instance.to_owned(),
            marks: AtomicU64::new(0),
            operations: Mutex::default(),
            is_synced: AtomicBool::new(false),
            changed: Notify::new(),
            outgoing,
            waiting: Mutex::new(Some(waiting)),
        }
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }

    pub(super) async fn get_or_make(
        &self,
        key: CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> Result<CachedReply, Failure> {
        let believed = if self.is_synced.load(Ordering::SeqCst) {
            max_age
        } else {
            max_age.min(ALONE)
        };
        let find = |now, key: &CacheKey| {
            self.find(key.operation, self.answer_key(key), max_age, now, make)
        };
        self.memory.get_or_find(key, believed, find).await
    }

    async fn find(
        &self,
        operation: &'static str,
        key: String,
        max_age: Duration,
        now: Timestamp,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> Result<(Entry, Lookup), Failure> {
        let seen = match self.look_up(operation, &key, now).await {
            Some(Found::Answer(entry)) if now < entry.made_at.plus(max_age) => {
                return Ok((entry, Lookup::SharedHit));
            }
            Some(Found::Answer(_)) | None => None,
            Some(Found::Nothing { mark }) => Some(mark),
        };
        let entry = Entry {
            reply: make.await?,
            made_at: now,
        };
        if let Some(seen) = seen {
            let answer = Made {
                operation,
                key,
                seen,
                entry: entry.clone(),
                life: max_age,
            };
            // A full queue means that Redis is slow: then it is better not asked for more.
            let _ = self.outgoing.try_send(answer);
        }
        Ok((entry, Lookup::Miss))
    }

    /// Looks into Redis; nothing while it is away, or while it does not know of the last invalidation here.
    async fn look_up(&self, operation: &'static str, key: &str, now: Timestamp) -> Option<Found> {
        {
            let mut operations = self.operations();
            let known = operations.entry(operation).or_default();
            if known.published != known.invalidated {
                return None;
            }
        }
        let mut read = redis::cmd("MGET");
        read.arg(self.mark_key(operation)).arg(key);
        let (mark, stored): (Option<String>, Option<Vec<u8>>) =
            self.redis.call("cache_read", &read).await.ok()?;
        let mark = mark.unwrap_or_default();
        let entry = stored.and_then(|stored| read_entry(&stored, &mark, now));
        Some(entry.map_or(Found::Nothing { mark }, Found::Answer))
    }

    pub(super) fn invalidate(&self, operations: &[&'static str]) {
        // First what is in Redis becomes unbelievable, then what is here: nobody fetches the old answer in between.
        {
            let mut known = self.operations();
            for operation in operations {
                known.entry(operation).or_default().invalidated += 1;
            }
        }
        self.memory.invalidate(operations);
        self.changed.notify_one();
    }

    pub(super) fn operations(&self) -> MutexGuard<'_, HashMap<&'static str, Operation>> {
        self.operations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A mark that nobody made before.
    pub(super) fn new_mark(&self) -> String {
        let count = self.marks.fetch_add(1, Ordering::Relaxed);
        format!("{}-{count}", self.instance)
    }

    /// All keys of the cache share a hash tag: a mark and its answers are read and written in one step.
    pub(super) fn mark_key(&self, operation: &str) -> String {
        format!("{{{}:cache}}:mark:{operation}", self.redis.prefix())
    }

    /// The request is hashed: what people search for is nothing for the eyes of whoever lists keys.
    fn answer_key(&self, key: &CacheKey) -> String {
        let hash = Sha256::digest(key.request.as_bytes());
        format!(
            "{{{}:cache}}:answer:{VERSION}:{}:{}",
            self.redis.prefix(),
            key.operation,
            URL_SAFE_NO_PAD.encode(hash)
        )
    }
}

/// What stands before the mark of a stored answer, and behind it. `None` when it cannot or need not be shared.
pub(super) fn write_entry(entry: &Entry) -> Option<([u8; 8], Vec<u8>)> {
    let reply = entry.reply.to_bytes()?;
    (reply.len() <= MOST_BYTES).then(|| (entry.made_at.as_micros().to_be_bytes(), reply))
}

/// A stored answer, when it bears this mark and has the form of this version.
fn read_entry(stored: &[u8], mark: &str, now: Timestamp) -> Option<Entry> {
    let (made_at, rest) = stored.split_first_chunk()?;
    let (length, rest) = rest.split_first()?;
    let (own_mark, reply) = rest.split_at_checked(usize::from(*length))?;
    if own_mark != mark.as_bytes() || mark.is_empty() {
        return None;
    }
    let made_at = Timestamp::from_micros(i64::from_be_bytes(*made_at));
    Some(Entry {
        reply: CachedReply::from_bytes(reply)?,
        // Another instance's clock may be ahead; nothing was made after now.
        made_at: made_at.min(now),
    })
}
