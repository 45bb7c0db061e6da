//! What happens on one connection, and until when the next thing must have happened.
//!
//! The socket and the answers report here ([`super::paced_io`], [`super::leaving`]); the connection waits for
//! [`Activity::overdue`] beside serving and cuts when it comes. One lock for all of it: one connection's parts
//! rarely run at the same time.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until};

use super::Patience;
use crate::infra::telemetry::catalogue;

/// What a client must take of an answer within each write timeout; 1.6 KB/s with the default of 10 s.
const TAKEN_BYTES: usize = 16 * 1024;

/// Why a connection was cut. The names are values of the metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// The head of a request did not come in time.
    HeaderTimeout,
    /// The client took too little of an answer.
    WriteTimeout,
    /// No request came for a while.
    Idle,
    /// Its place was needed for somebody else.
    TooMany,
    /// The server ended before the request did.
    Shutdown,
}

impl Cut {
    fn as_str(self) -> &'static str {
        match self {
            Self::HeaderTimeout => "header_timeout",
            Self::WriteTimeout => "write_timeout",
            Self::Idle => "idle",
            Self::TooMany => "too_many",
            Self::Shutdown => "shutdown",
        }
    }

    /// Counts it. No log line: whoever attacks must not write our logs.
    pub(super) fn count(self) {
        metrics::counter!(catalogue::CUT_CONNECTIONS, "reason" => self.as_str()).increment(1);
    }
}

/// What is known of one connection.
#[derive(Debug)]
pub(super) struct Activity {
    patience: Patience,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Requests from the end of their head until their answer is written.
    working: usize,
    has_begun: bool,
    /// Since when there is nothing to work on.
    quiet_since: Instant,
    /// When the first byte of an unfinished head came.
    head_since: Option<Instant>,
    blocked: Option<Blocked>,
    /// Answers and parts of them that wait for the client, with the time until which they may.
    leaving: Vec<(u64, Instant)>,
    next_leaving: u64,
}

/// The socket takes nothing more: the client does not read.
#[derive(Debug, Clone, Copy)]
struct Blocked {
    until: Instant,
    /// Bytes that renew the time.
    missing: usize,
}

impl Activity {
    pub(super) fn new(patience: Patience) -> Self {
        Self {
            patience,
            state: Mutex::new(State {
                working: 0,
                has_begun: false,
                quiet_since: Instant::now(),
                head_since: None,
                blocked: None,
                leaving: Vec::new(),
                next_leaving: 0,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request's head is complete.
    pub(super) fn begins(&self) {
        let mut state = self.state();
        state.working += 1;
        state.has_begun = true;
        state.head_since = None;
    }

    /// Its answer is written, or nobody waits for it any more.
    pub(super) fn ends(&self) {
        let mut state = self.state();
        state.working = state.working.saturating_sub(1);
        if state.working == 0 {
            state.quiet_since = Instant::now();
        }
    }

    /// Bytes came. Between two requests they are the beginning of a head.
    pub(super) fn received(&self) {
        let mut state = self.state();
        if state.working == 0 {
            state.head_since.get_or_insert_with(Instant::now);
        }
    }

    /// The socket takes no more bytes.
    pub(super) fn blocks(&self) {
        let until = Instant::now() + self.patience.write;
        self.state().blocked.get_or_insert(Blocked {
            until,
            missing: TAKEN_BYTES,
        });
    }

    /// A socket that had been full took bytes again.
    pub(super) fn takes(&self, bytes: usize) {
        if let Some(blocked) = &mut self.state().blocked {
            blocked.missing = blocked.missing.saturating_sub(bytes);
            if blocked.missing == 0 {
                blocked.missing = TAKEN_BYTES;
                blocked.until = Instant::now() + self.patience.write;
            }
        }
    }

    /// Everything is written.
    pub(super) fn flows(&self) {
        self.state().blocked = None;
    }

    /// Bytes of an answer wait for the client. Returns what [`Self::left`] is to be called with.
    pub(super) fn leaves(&self, bytes: usize) -> u64 {
        let until = self.leave_time(bytes);
        let mut state = self.state();
        let id = state.next_leaving;
        state.next_leaving = state.next_leaving.wrapping_add(1);
        state.leaving.push((id, until));
        id
    }

    /// They are written.
    pub(super) fn left(&self, id: u64) {
        self.state().leaving.retain(|(leaving, _)| *leaving != id);
    }

    fn leave_time(&self, bytes: usize) -> Instant {
        let windows = u32::try_from(bytes / TAKEN_BYTES)
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let now = Instant::now();
        now.checked_add(self.patience.write.saturating_mul(windows))
            .unwrap_or(now + Duration::from_hours(24))
    }

    /// Returns whether nothing is being worked on or written: whoever needs the place may have it.
    pub(super) fn is_quiet(&self) -> bool {
        let state = self.state();
        state.working == 0 && state.leaving.is_empty() && state.blocked.is_none()
    }

    /// Waits until something should have happened and did not.
    pub(super) async fn overdue(&self) -> Cut {
        loop {
            let now = Instant::now();
            let (until, cut) = self.deadline();
            if until.is_some_and(|until| until <= now) {
                return cut;
            }
            // Whatever begins from now on has at least this long.
            let Patience {
                header_read,
                idle,
                write,
                ..
            } = self.patience;
            let soonest = now + header_read.min(idle).min(write);
            sleep_until(until.map_or(soonest, |until| until.min(soonest))).await;
        }
    }

    /// The earliest deadline there is, and what missing it means.
    fn deadline(&self) -> (Option<Instant>, Cut) {
        let Patience {
            header_read, idle, ..
        } = self.patience;
        let state = self.state();
        let leaving = state.leaving.iter().map(|(_, until)| *until);
        let writing = leaving
            .chain(state.blocked.map(|blocked| blocked.until))
            .min();
        // Who has an answer to take is not waited for otherwise.
        if state.working > 0 || writing.is_some() {
            return (writing, Cut::WriteTimeout);
        }
        match state.head_since {
            Some(since) => (Some(since + header_read), Cut::HeaderTimeout),
            None if state.has_begun => (Some(state.quiet_since + idle), Cut::Idle),
            None => (Some(state.quiet_since + header_read), Cut::HeaderTimeout),
        }
    }
}

#[cfg(test)]
#[path = "activity_tests.rs"]
mod tests;
