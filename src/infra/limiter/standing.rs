//! What is said of a window: how much is left, and when a refused call may come again.

use std::time::Duration;

use super::{
    Budget, Refused, Standing,
    window::{Terms, Window},
};

pub(super) fn refused(budget: Budget, window: &Window, now: u64, terms: Terms) -> Refused {
    let wait = Duration::from_micros(window.wait(now, terms));
    let standing = Standing {
        reset_after: wait,
        ..standing(budget, window, now, terms)
    };
    Refused {
        standing,
        retry_after: wait,
    }
}

pub(super) fn standing(budget: Budget, window: &Window, now: u64, terms: Terms) -> Standing {
    // Whoever waits for the reset must not be refused, so it is never earlier than the next free call.
    let reset = window
        .rest_of_bucket(now, terms)
        .max(window.wait(now, terms));
    Standing {
        budget,
        limit: terms.limit,
        remaining: window.remaining(now, terms),
        reset_after: Duration::from_micros(reset),
        window: Duration::from_micros(terms.window),
    }
}
