//! Whether a database is there, as far as this process knows.
//!
//! While it is away, whoever asks for a connection is refused at once instead of waiting for one that cannot come.
//! The watch (`watch.rs`) finds out and says so here; connections that fail make it look again.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};
use tokio::time::timeout;

use super::StoreError;

/// A connection that was used a moment ago is taken to be alive.
const FRESH: Duration = Duration::from_secs(1);

/// What is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// Nobody has looked yet; it is worth a moment's wait.
    Starting,
    /// It answers, and its schema is the one that this program needs.
    Present,
    /// It does not, or not yet; why, for the operator.
    Away(String),
}

/// Why nobody is let through.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Absence(String);

/// What an idle connection is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can be used.
    Good,
    /// It has to be tested first.
    Doubtful,
    /// It leads to a server that is no longer the one.
    Obsolete,
}

/// The state and what connections taught. One for each server.
#[derive(Debug)]
pub(super) struct Presence {
    name: &'static str,
    state: watch::Sender<State>,
    doubt: Notify,
    learned: Mutex<Learned>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Learned {
    /// A connection turned out dead; those that have been idle since before may be, too.
    doubted_at: Option<Instant>,
    /// The server was away or another one took over; connections from before are worth nothing.
    renewed_at: Option<Instant>,
}

impl Presence {
    /// Of the server that metrics call `name`. It counts as present until somebody watches it: commands that run once
    /// see for themselves.
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            state: watch::Sender::new(State::Present),
            doubt: Notify::new(),
            learned: Mutex::default(),
        }
    }

    pub(super) fn is_present(&self) -> bool {
        *self.state.borrow() == State::Present
    }

    /// Writes down what was found. Returns whether that is news.
    pub(super) fn set(&self, state: State) -> bool {
        let is_up = state == State::Present;
        let was_away = matches!(*self.state.borrow(), State::Away(_));
        if is_up && was_away {
            self.renew();
        }
        metrics::gauge!("db_up", "pool" => self.name).set(f64::from(u8::from(is_up)));
        self.state.send_if_modified(|known| {
            let is_news = *known != state;
            *known = state;
            is_news
        })
    }

    /// Lets through who wants a connection, at the start after `patience` at most.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] while the database is away.
    pub(super) async fn admit(&self, patience: Duration) -> Result<(), StoreError> {
        let away = |why: &str| StoreError::Unavailable(Absence(why.to_owned()).into());
        match &*self.state.borrow() {
            State::Present => return Ok(()),
            State::Away(why) => return Err(away(why)),
            State::Starting => {}
        }
        let mut changes = self.state.subscribe();
        let known = timeout(
            patience,
            changes.wait_for(|state| *state != State::Starting),
        )
        .await;
        match known {
            Ok(Ok(state)) => match &*state {
                State::Away(why) => Err(away(why)),
                State::Starting | State::Present => Ok(()),
            },
            _ => Err(away("it is still being looked for")),
        }
    }

    /// Waits until the database is no longer there.
    pub(super) async fn gone(&self) {
        let mut changes = self.state.subscribe();
        // The sender lives as long as this does.
        let _ = changes.wait_for(|state| *state != State::Present).await;
    }

    /// A connection turned out dead: others may be, and the watch had better look.
    pub(super) fn doubt(&self) {
        self.learn(|learned| learned.doubted_at = Some(Instant::now()));
        self.doubt.notify_one();
    }

    /// Connections from before are worth nothing.
    pub(super) fn renew(&self) {
        self.learn(|learned| learned.renewed_at = Some(Instant::now()));
        self.doubt.notify_one();
    }

    /// Waits until somebody doubts.
    pub(super) async fn doubted(&self) {
        self.doubt.notified().await;
    }

    /// What a connection of this age that was idle for so long is worth.
    pub(super) fn judge(&self, age: Duration, idle_for: Duration) -> Verdict {
        let learned = self.learn(|learned| *learned);
        let is_from_before = |moment: Option<Instant>, past: Duration| {
            moment.is_some_and(|moment| moment.elapsed() <= past)
        };
        if is_from_before(learned.renewed_at, age) {
            Verdict::Obsolete
        } else if idle_for > FRESH || is_from_before(learned.doubted_at, idle_for) {
            Verdict::Doubtful
        } else {
            Verdict::Good
        }
    }

    fn learn<T>(&self, what: impl FnOnce(&mut Learned) -> T) -> T {
        what(&mut self.learned.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::from_millis(1);

    #[test]
    fn connections_are_tested_after_a_rest_and_after_one_of_them_died() {
        let presence = Presence::new("primary");
        let hour = Duration::from_hours(1);
        assert_eq!(presence.judge(hour, Duration::ZERO), Verdict::Good);
        assert_eq!(presence.judge(hour, FRESH * 2), Verdict::Doubtful);
        presence.doubt();
        assert_eq!(presence.judge(hour, FRESH / 2), Verdict::Doubtful);
        assert_eq!(presence.judge(hour, Duration::ZERO), Verdict::Good);
    }

    #[test]
    fn connections_from_before_an_absence_are_not_used_again() {
        let presence = Presence::new("primary");
        presence.set(State::Away("gone".to_owned()));
        assert_eq!(presence.judge(MOMENT, Duration::ZERO), Verdict::Good);
        presence.set(State::Present);
        assert_eq!(
            presence.judge(Duration::from_secs(1), Duration::ZERO),
            Verdict::Obsolete
        );
        assert_eq!(
            presence.judge(Duration::ZERO, Duration::ZERO),
            Verdict::Good
        );
    }

    #[tokio::test]
    async fn whoever_comes_while_it_is_away_is_refused_at_once_and_at_the_start_waits() {
        let presence = std::sync::Arc::new(Presence::new("primary"));
        let hour = Duration::from_hours(1);
        presence.set(State::Away("gone".to_owned()));
        assert!(presence.admit(hour).await.is_err());
        presence.set(State::Starting);
        assert!(presence.admit(MOMENT).await.is_err());
        let waiting = {
            let presence = std::sync::Arc::clone(&presence);
            async move { presence.admit(hour).await }
        };
        let (admitted, ()) = tokio::join!(waiting, async {
            presence.set(State::Present);
        });
        assert!(admitted.is_ok());
    }
}
