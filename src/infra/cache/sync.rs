//! The exchange with the other instances, beside the requests: marks and answers go out, invalidations come in.

use std::{
    sync::{PoisonError, atomic::Ordering},
    time::Duration,
};

use tokio::time::{MissedTickBehavior, interval};

use super::shared::{Made, SYNC, Shared, write_entry};
use crate::infra::{
    bus::{Delivery, Message},
    redis::RedisError,
};

/// What this speaks of on the bus: the operations that were invalidated, with a blank between.
const TOPIC: &str = "cache.invalidated";
/// A mark outlives every answer that bears it.
const MARK_LIFE: Duration = Duration::from_hours(24);

impl Shared {
    /// Exchanges, for ever.
    pub(super) async fn exchange(&self) {
        let waiting = self
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(mut waiting) = waiting else { return };
        let mut invalidated = self.bus.subscribe(TOPIC);
        let mut ticks = interval(SYNC);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                Some(delivery) = invalidated.next() => self.hear(&delivery),
                () = self.redis.down(), if self.is_synced.load(Ordering::SeqCst) => {
                    self.is_synced.store(false, Ordering::SeqCst);
                }
                () = self.changed.notified() => self.publish().await,
                _ = ticks.tick() => {
                    // What could not be said before is said first, so that the comparison finds it.
                    self.publish().await;
                    self.compare().await;
                }
                Some(made) = waiting.recv() => self.store(made).await,
            }
        }
    }

    /// Forgets what others say is untrue.
    fn hear(&self, delivery: &Delivery) {
        match delivery {
            Delivery::Gap => self.memory.invalidate_all(),
            Delivery::Message(Message { is_own: true, .. }) => {}
            Delivery::Message(message) => {
                let said: Vec<&str> = message.payload.split(' ').collect();
                // An operation that nobody asked for here has nothing to forget.
                let known: Vec<&'static str> = self
                    .operations()
                    .keys()
                    .copied()
                    .filter(|operation| said.contains(operation))
                    .collect();
                self.memory.invalidate(&known);
            }
        }
    }

    /// Sets new marks for what was invalidated here and tells the others. What fails is done at the next comparison.
    pub(super) async fn publish(&self) {
        let owed: Vec<(&'static str, u64)> = self
            .operations()
            .iter()
            .filter(|(_, known)| known.published != known.invalidated)
            .map(|(operation, known)| (*operation, known.invalidated))
            .collect();
        let mut said = Vec::new();
        for (operation, invalidated) in owed {
            let mark = self.new_mark();
            let mut set = redis::cmd("SET");
            set.arg(self.mark_key(operation)).arg(&mark);
            set.arg("EX").arg(MARK_LIFE.as_secs());
            if self.redis.call::<()>("cache_mark", &set).await.is_err() {
                break;
            }
            if let Some(known) = self.operations().get_mut(operation) {
                known.published = invalidated;
                known.mark = Some(mark);
            }
            said.push(operation);
        }
        if !said.is_empty() {
            self.bus.publish(TOPIC, &said.join(" "));
        }
    }

    /// Compares the marks in Redis with those of the last time, and forgets what was invalidated in between.
    async fn compare(&self) {
        let is_synced = match self.changed_marks().await {
            Ok(changed) => {
                self.memory.invalidate(&changed);
                true
            }
            Err(_) => false,
        };
        if is_synced && !self.is_synced.load(Ordering::SeqCst) {
            // Nobody knows what was said meanwhile.
            self.memory.invalidate_all();
        }
        self.is_synced.store(is_synced, Ordering::SeqCst);
    }

    async fn changed_marks(&self) -> Result<Vec<&'static str>, RedisError> {
        let known: Vec<&'static str> = self.operations().keys().copied().collect();
        let mut read = redis::cmd("MGET");
        // One key at least, so that the question is asked whatever is known.
        read.arg(self.mark_key(""));
        for operation in &known {
            read.arg(self.mark_key(operation));
        }
        let marks: Vec<Option<String>> = self.redis.call("cache_compare", &read).await?;
        let mut operations = self.operations();
        let changed = known.into_iter().zip(marks.into_iter().skip(1));
        Ok(changed
            .filter_map(|(operation, mark)| {
                let known = operations.get_mut(operation)?;
                (known.mark != mark).then(|| {
                    known.mark = mark;
                    operation
                })
            })
            .collect())
    }

    async fn store(&self, made: Made) {
        let Some((before, behind)) = write_entry(&made.entry) else {
            return;
        };
        let keys = [self.mark_key(made.operation), made.key];
        let [mark, key] = &keys;
        let life = made.life.as_millis().max(1).to_string();
        let fresh = self.new_mark();
        let arguments: [&[u8]; 5] = [
            made.seen.as_bytes(),
            fresh.as_bytes(),
            &before,
            &behind,
            life.as_bytes(),
        ];
        // An answer that is not stored is made again by whoever needs it.
        let _ = self
            .redis
            .eval::<i64>("cache_keep", &self.keep, &[mark, key], &arguments)
            .await;
    }
}
