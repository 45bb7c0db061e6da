//! Counting in this process: sharded, so that callers do not wait for each other, and bounded.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    Budget, Refused, Standing,
    standing::{refused, standing},
    window::{Terms, Window},
};
use crate::{config::RateLimits, domain::Clock};

const SHARDS: usize = 64;

/// Callers remembered in one shard; about 10 MB in all when every shard is full.
const SHARD_CAPACITY: usize = 2_048;

/// Windows in this process. Every caller's window is judged and counted under one lock.
#[derive(Debug)]
pub struct Memory {
    limits: RateLimits,
    clock: Clock,
    hashers: (RandomState, RandomState),
    shards: Vec<Mutex<Shard>>,
    global: Mutex<Window>,
}

/// Keys are hashes of 128 bits under secret seeds: nobody can aim at another caller's window.
type Key = u128;

#[derive(Debug, Default)]
struct Shard {
    windows: HashMap<Key, Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    window: Window,
    terms: Terms,
}

impl Memory {
    pub(super) fn new(limits: RateLimits, clock: Clock) -> Self {
        Self {
            limits,
            clock,
            hashers: (RandomState::new(), RandomState::new()),
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            global: Mutex::default(),
        }
    }

    pub(super) fn spend(
        &self,
        budget: Budget,
        key: &str,
        globally: bool,
    ) -> Result<Option<Standing>, Refused> {
        let now = u64::try_from(self.clock.now().as_micros()).unwrap_or(0);
        let global = self.limits.global.filter(|_| globally).map(Terms::from);
        let Some(terms) = budget.rate(&self.limits).map(Terms::from) else {
            return self.spend_globally(global, now).map(|()| None);
        };
        let key = self.key(budget, key);
        let Some(shard) = self.shards.get(shard_of(key)) else {
            return Ok(None);
        };
        let mut shard = lock(shard);
        let window = shard.window(key, now, terms);
        window.roll(now, terms);
        if !window.fits(now, terms) {
            window.block(now, terms);
            return Err(refused(budget, window, now, terms));
        }
        // Always after the caller's lock, so two calls cannot wait for each other.
        self.spend_globally(global, now)?;
        window.count(now);
        Ok(Some(standing(budget, window, now, terms)))
    }

    fn spend_globally(&self, terms: Option<Terms>, now: u64) -> Result<(), Refused> {
        let Some(terms) = terms else { return Ok(()) };
        let mut window = lock(&self.global);
        window.roll(now, terms);
        if !window.fits(now, terms) {
            window.block(now, terms);
            return Err(refused(Budget::Global, &window, now, terms));
        }
        window.count(now);
        Ok(())
    }

    fn key(&self, budget: Budget, key: &str) -> Key {
        let high = self.hashers.0.hash_one((budget, key));
        let low = self.hashers.1.hash_one((budget, key));
        (u128::from(high) << 64) | u128::from(low)
    }
}

impl Shard {
    fn window(&mut self, key: Key, now: u64, terms: Terms) -> &mut Window {
        if self.windows.len() >= SHARD_CAPACITY && !self.windows.contains_key(&key) {
            self.make_room(now);
        }
        let fresh = Entry {
            window: Window::default(),
            terms,
        };
        &mut self.windows.entry(key).or_insert(fresh).window
    }

    /// Forgets windows that say nothing any more; when that is not enough, those with most calls left.
    /// Callers that are shut out stay so: a flood of new ones must not open the door again.
    fn make_room(&mut self, now: u64) {
        self.windows
            .retain(|_, entry| entry.window.expires(entry.terms) > now);
        let keep = SHARD_CAPACITY - SHARD_CAPACITY / 8;
        let Some(excess) = self
            .windows
            .len()
            .checked_sub(keep)
            .filter(|excess| *excess > 0)
        else {
            return;
        };
        let mut by_calls_left: Vec<(bool, u32, Key)> = self
            .windows
            .iter()
            .map(|(key, entry)| {
                (
                    !entry.window.is_blocked(now),
                    entry.window.remaining(now, entry.terms),
                    *key,
                )
            })
            .collect();
        by_calls_left.sort_unstable_by(|left, right| right.cmp(left));
        for (_, _, key) in by_calls_left.into_iter().take(excess) {
            self.windows.remove(&key);
        }
    }
}

fn shard_of(key: Key) -> usize {
    usize::try_from(key % 64).unwrap_or(0)
}

/// A panic elsewhere leaves whole numbers behind, which are as good as before.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{config::Rate, domain::Timestamp};

    const MINUTE: Duration = Duration::from_mins(1);

    fn rate(calls: u32) -> Rate {
        Rate {
            calls,
            window: MINUTE,
            block: None,
        }
    }

    fn memory(general: Option<Rate>, global: Option<Rate>) -> (Memory, Clock) {
        let clock = Clock::test(Timestamp::from_micros(1_767_323_040_000_000));
        let auth = Some(Rate {
            calls: 2,
            window: MINUTE,
            block: Some(MINUTE),
        });
        let limits = RateLimits {
            general,
            auth,
            heavy: None,
            api_key: None,
            account_login: None,
            global,
        };
        (Memory::new(limits, clock.clone()), clock)
    }

    #[test]
    fn callers_do_not_share_a_budget() {
        let (memory, _) = memory(Some(rate(1)), None);
        assert!(memory.spend(Budget::General, "ada", true).is_ok());
        assert!(memory.spend(Budget::General, "ada", true).is_err());
        assert!(memory.spend(Budget::General, "bob", true).is_ok());
    }

    #[test]
    fn the_global_budget_refuses_callers_who_are_within_their_own() {
        let (memory, _) = memory(Some(rate(2)), Some(rate(3)));
        for caller in ["ada", "ada", "bob"] {
            assert!(memory.spend(Budget::General, caller, true).is_ok());
        }
        let refused = memory.spend(Budget::General, "bob", true).unwrap_err();
        assert_eq!(refused.standing.budget, Budget::Global);
        // The refused call cost bob nothing.
        let standing = memory
            .spend(Budget::General, "bob", false)
            .unwrap()
            .unwrap();
        assert_eq!(standing.remaining, 0);
    }

    #[test]
    fn waiting_as_long_as_told_is_enough() {
        let (memory, clock) = memory(Some(rate(3)), None);
        for _ in 0..3 {
            assert!(memory.spend(Budget::General, "ada", true).is_ok());
            clock.advance(Duration::from_secs(7));
        }
        let refused = memory.spend(Budget::General, "ada", true).unwrap_err();
        clock.advance(
            refused
                .retry_after
                .checked_sub(Duration::from_micros(1))
                .unwrap(),
        );
        assert!(memory.spend(Budget::General, "ada", true).is_err());
        clock.advance(Duration::from_micros(1));
        assert!(memory.spend(Budget::General, "ada", true).is_ok());
    }

    #[test]
    fn the_auth_budget_shuts_out_for_a_minute() {
        let (memory, clock) = memory(None, None);
        for _ in 0..2 {
            assert!(memory.spend(Budget::Auth, "ada", true).is_ok());
        }
        let refused = memory.spend(Budget::Auth, "ada", true).unwrap_err();
        assert_eq!(refused.retry_after, MINUTE);
        clock.advance(MINUTE);
        assert!(memory.spend(Budget::Auth, "ada", true).is_ok());
    }

    #[test]
    fn a_budget_that_is_off_counts_nothing() {
        let (memory, _) = memory(None, Some(rate(2)));
        assert_eq!(memory.spend(Budget::General, "ada", true), Ok(None));
        assert_eq!(memory.spend(Budget::General, "ada", true), Ok(None));
        assert!(
            memory.spend(Budget::General, "ada", true).is_err(),
            "the global one still counts"
        );
    }

    #[test]
    fn memory_is_bounded_and_a_flood_does_not_free_the_blocked() {
        let (memory, _) = memory(Some(rate(100)), None);
        for _ in 0..3 {
            let _ = memory.spend(Budget::Auth, "mallory", true);
        }
        for caller in 0..(SHARDS * SHARD_CAPACITY * 2) {
            assert!(
                memory
                    .spend(Budget::General, &caller.to_string(), true)
                    .is_ok()
            );
        }
        let held: usize = memory
            .shards
            .iter()
            .map(|shard| lock(shard).windows.len())
            .sum();
        assert!(held <= SHARDS * SHARD_CAPACITY);
        assert!(memory.spend(Budget::Auth, "mallory", true).is_err());
    }
}
