//! The circuit before Redis: closed while there is a connection that works.
//!
//! Own code, because the libraries (failsafe, recloser) let requests through to find out whether the server is back.
//! Here the probe alone does that, so that no request waits for a dead Redis, and what remains is a connection that is
//! there or not.

use std::sync::{PoisonError, RwLock};

use tokio::sync::{Notify, futures::Notified};

/// A connection behind a switch.
#[derive(Debug)]
pub(super) struct Circuit<C> {
    state: RwLock<State<C>>,
    opened: Notify,
    closed: Notify,
}

#[derive(Debug)]
struct State<C> {
    connection: Option<C>,
    /// Counts connections: a call that fails late must not throw away the next one.
    epoch: u64,
}

impl<C> Default for Circuit<C> {
    fn default() -> Self {
        let state = State {
            connection: None,
            epoch: 0,
        };
        Self {
            state: RwLock::new(state),
            opened: Notify::new(),
            closed: Notify::new(),
        }
    }
}

impl<C: Clone> Circuit<C> {
    /// Returns the connection and its number; nothing while the circuit is open.
    pub(super) fn pass(&self) -> Option<(C, u64)> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let connection = state.connection.clone()?;
        Some((connection, state.epoch))
    }

    pub(super) fn is_closed(&self) -> bool {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        state.connection.is_some()
    }

    /// Ends when the circuit opens after this call.
    pub(super) fn opened(&self) -> Notified<'_> {
        self.opened.notified()
    }

    /// Ends when the circuit closes after this call.
    pub(super) fn closed(&self) -> Notified<'_> {
        self.closed.notified()
    }

    /// Lets calls through over a connection that works.
    pub(super) fn close(&self, connection: C) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.connection = Some(connection);
        state.epoch += 1;
        drop(state);
        self.closed.notify_waiters();
    }

    /// Throws the connection away. Returns whether it was the one with this number, and still there.
    pub(super) fn open(&self, epoch: u64) -> bool {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let is_current = state.epoch == epoch && state.connection.take().is_some();
        drop(state);
        if is_current {
            self.opened.notify_waiters();
        }
        is_current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_pass_while_a_connection_works() {
        let circuit = Circuit::default();
        assert_eq!(circuit.pass(), None);
        circuit.close("first");
        let (connection, epoch) = circuit.pass().unwrap();
        assert_eq!(connection, "first");
        assert!(circuit.open(epoch));
        assert_eq!(circuit.pass(), None);
        assert!(!circuit.open(epoch), "it is open already");
    }

    #[test]
    fn a_late_failure_does_not_throw_away_the_next_connection() {
        let circuit = Circuit::default();
        circuit.close("first");
        let (_, first) = circuit.pass().unwrap();
        circuit.open(first);
        circuit.close("second");
        assert!(!circuit.open(first));
        assert!(circuit.is_closed());
    }

    #[tokio::test]
    async fn whoever_waits_is_told_when_it_opens() {
        let circuit = Circuit::default();
        circuit.close("first");
        let opened = circuit.opened();
        let (_, epoch) = circuit.pass().unwrap();
        circuit.open(epoch);
        opened.await;
    }
}
