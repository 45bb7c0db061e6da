//! The arithmetic of one sliding window, in whole microseconds.

use std::time::Duration;

use crate::config::Rate;

/// The calls of one caller: the running bucket and the one before it.
///
/// The bucket before counts in proportion to how much of it the window still covers, and not at all once its last
/// call is a window ago: nobody waits longer than the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Window {
    bucket: u64,
    current: u32,
    previous: u32,
    last_in_current: u64,
    last_in_previous: u64,
    blocked_until: u64,
}

/// A rate in the units of the arithmetic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    pub(super) limit: u32,
    pub(super) window: u64,
    pub(super) block: u64,
}

impl From<Rate> for Terms {
    fn from(rate: Rate) -> Self {
        let micros = |duration: Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        Self {
            limit: rate.calls,
            window: micros(rate.window).max(1),
            block: rate.block.map_or(0, micros),
        }
    }
}

impl Window {
    /// How many figures describe a window outside this process.
    pub(super) const FIGURES: usize = 6;

    /// A window as the script answers it: bucket, current, previous, last in current, last in previous, blocked until.
    pub(super) fn from_figures(figures: &[u64]) -> Self {
        let figure = |at: usize| figures.get(at).copied().unwrap_or_default();
        let calls = |at: usize| u32::try_from(figure(at)).unwrap_or(u32::MAX);
        Self {
            bucket: figure(0),
            current: calls(1),
            previous: calls(2),
            last_in_current: figure(3),
            last_in_previous: figure(4),
            blocked_until: figure(5),
        }
    }

    /// Moves the buckets to where `now` is. A clock that went backwards leaves them where they are.
    pub(super) fn roll(&mut self, now: u64, terms: Terms) {
        let bucket = now / terms.window;
        if bucket <= self.bucket {
            return;
        }
        let follows = bucket - self.bucket == 1;
        self.previous = if follows { self.current } else { 0 };
        self.last_in_previous = self.last_in_current;
        self.current = 0;
        self.bucket = bucket;
    }

    /// Returns whether one more call fits.
    pub(super) fn fits(&self, now: u64, terms: Terms) -> bool {
        now >= self.blocked_until
            && self.weight(now, terms) + u128::from(terms.window)
                <= u128::from(terms.limit) * u128::from(terms.window)
    }

    /// Counts a call that fits.
    pub(super) fn count(&mut self, now: u64) {
        self.current = self.current.saturating_add(1);
        self.last_in_current = self.last_in_current.max(now);
    }

    /// Shuts the caller out after a refusal, where the rate says so; a running block is not prolonged.
    ///
    /// Whoever sat out a block as long as the window begins anew: the calls before it are out of sight by then.
    pub(super) fn block(&mut self, now: u64, terms: Terms) {
        if now >= self.blocked_until && terms.block > 0 {
            self.blocked_until = now + terms.block;
            if terms.block >= terms.window {
                (self.current, self.previous) = (0, 0);
            }
        }
    }

    /// Returns how many calls fit now.
    pub(super) fn remaining(&self, now: u64, terms: Terms) -> u32 {
        if now < self.blocked_until {
            return 0;
        }
        let capacity = u128::from(terms.limit) * u128::from(terms.window);
        let left = capacity.saturating_sub(self.weight(now, terms)) / u128::from(terms.window);
        u32::try_from(left).unwrap_or(u32::MAX)
    }

    /// Returns the shortest wait after which one more call fits, if no other comes meanwhile.
    pub(super) fn wait(&self, now: u64, terms: Terms) -> u64 {
        self.wait_for_room(now, terms)
            .max(self.blocked_until.saturating_sub(now))
    }

    /// Returns the time until the running bucket ends.
    pub(super) fn rest_of_bucket(&self, now: u64, terms: Terms) -> u64 {
        terms.window - self.since_bucket_began(now, terms)
    }

    /// Returns the moment from which the window says nothing any more.
    pub(super) fn expires(&self, terms: Terms) -> u64 {
        ((self.bucket + 2) * terms.window).max(self.blocked_until)
    }

    /// Returns whether the caller is shut out.
    pub(super) fn is_blocked(&self, now: u64) -> bool {
        now < self.blocked_until
    }

    fn wait_for_room(&self, now: u64, terms: Terms) -> u64 {
        if self.weight(now, terms) + u128::from(terms.window)
            <= u128::from(terms.limit) * u128::from(terms.window)
        {
            return 0;
        }
        let into = self.since_bucket_began(now, terms);
        if self.current < terms.limit {
            // The bucket before this one fades out: wait until little enough of it is left.
            let faded = fade(self.previous, terms.limit - 1 - self.current, terms.window) - into;
            return faded.min((self.last_in_previous + terms.window).saturating_sub(now));
        }
        // This bucket alone is full: it has to become the one before, and then to fade.
        let room = terms.limit.saturating_sub(1);
        let faded = terms.window - into + fade(self.current, room, terms.window);
        faded.min((self.last_in_current + terms.window).saturating_sub(now))
    }

    /// Calls times window length that count now.
    fn weight(&self, now: u64, terms: Terms) -> u128 {
        let is_over = now >= self.last_in_previous + terms.window;
        let rest = if is_over {
            0
        } else {
            terms.window - self.since_bucket_began(now, terms)
        };
        u128::from(self.current) * u128::from(terms.window)
            + u128::from(self.previous) * u128::from(rest)
    }

    fn since_bucket_began(&self, now: u64, terms: Terms) -> u64 {
        now.saturating_sub(self.bucket * terms.window)
            .min(terms.window)
    }
}

/// Returns how far into a bucket `calls` of the bucket before it weigh no more than `room`.
fn fade(calls: u32, room: u32, window: u64) -> u64 {
    let Some(left) = (u128::from(room) * u128::from(window)).checked_div(u128::from(calls)) else {
        return 0;
    };
    window - u64::try_from(left).unwrap_or(u64::MAX).min(window)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60_000_000;
    const START: u64 = 29_000_000 * MINUTE;

    fn spend(window: &mut Window, now: u64, terms: Terms) -> bool {
        window.roll(now, terms);
        let fits = window.fits(now, terms);
        if fits {
            window.count(now);
        } else {
            window.block(now, terms);
        }
        fits
    }

    #[test]
    fn a_wait_is_exact_whenever_the_calls_came() {
        // A small generator of its own: the cases are many, and the same in every run.
        let mut state = 0x9e37_79b9_u64;
        let mut random = move |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..2_000 {
            let limit = u32::try_from(1 + random(12)).unwrap_or(1);
            let block = if random(2) == 0 { 0 } else { MINUTE };
            let terms = Terms {
                limit,
                window: MINUTE,
                block,
            };
            let mut window = Window::default();
            let mut now = START + random(MINUTE);
            let mut refusals = 0;
            while refusals < 4 {
                if spend(&mut window, now, terms) {
                    now += random(MINUTE / 4);
                    continue;
                }
                refusals += 1;
                let wait = window.wait(now, terms);
                assert!(wait > 0);
                let mut early = window;
                assert!(
                    !spend(&mut early, now + wait - 1, terms),
                    "{window:?} {terms:?} {now} {wait}"
                );
                now += wait;
                assert!(
                    spend(&mut window, now, terms),
                    "{window:?} {terms:?} {now} {wait}"
                );
            }
        }
    }

    #[test]
    fn nobody_waits_longer_than_the_window() {
        let terms = Terms {
            limit: 1,
            window: MINUTE,
            block: 0,
        };
        let mut window = Window::default();
        assert!(spend(&mut window, START + 5, terms));
        assert!(!spend(&mut window, START + 6, terms));
        assert_eq!(window.wait(START + 6, terms), MINUTE - 1);
        assert!(spend(&mut window, START + 5 + MINUTE, terms));
    }

    #[test]
    fn a_burst_at_the_edge_of_a_bucket_does_not_double_the_limit() {
        let terms = Terms {
            limit: 10,
            window: MINUTE,
            block: 0,
        };
        let mut window = Window::default();
        let before = (0..20)
            .filter(|_| spend(&mut window, START + MINUTE - 1, terms))
            .count();
        let after = (0..20)
            .filter(|_| spend(&mut window, START + MINUTE + 1, terms))
            .count();
        assert_eq!((before, after), (10, 0));
    }

    #[test]
    fn a_block_is_not_prolonged_by_knocking() {
        let terms = Terms {
            limit: 1,
            window: MINUTE,
            block: MINUTE,
        };
        let mut window = Window::default();
        assert!(spend(&mut window, START, terms));
        assert!(!spend(&mut window, START + 1, terms));
        for second in 1..60 {
            assert!(!spend(&mut window, START + second * 1_000_000, terms));
        }
        assert_eq!(window.wait(START + 1, terms), MINUTE);
    }

    #[test]
    fn remaining_never_promises_too_much() {
        let terms = Terms {
            limit: 5,
            window: MINUTE,
            block: 0,
        };
        let mut window = Window::default();
        let late = START + MINUTE / 6 * 5;
        for left in (0..5).rev() {
            assert!(spend(&mut window, late, terms));
            assert_eq!(window.remaining(late, terms), left);
        }
        window.roll(START + MINUTE + MINUTE / 2, terms);
        assert_eq!(window.remaining(START + MINUTE + MINUTE / 2, terms), 2);
    }

    #[test]
    fn a_clock_that_goes_backwards_forgets_nothing() {
        let terms = Terms {
            limit: 1,
            window: MINUTE,
            block: 0,
        };
        let mut window = Window::default();
        assert!(spend(&mut window, START, terms));
        assert!(!spend(&mut window, START - 10 * MINUTE, terms));
    }
}
