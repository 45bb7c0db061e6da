//! A bound on work of one kind, with a short queue in front of it.
//!
//! Work that is dear must not take what everything else needs: so much of it runs, so much waits for a moment, and
//! whoever comes beyond that, or waits for too long, is sent away.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// Lets so many through at once.
#[derive(Debug)]
pub struct Gate {
    running: Arc<Semaphore>,
    waiting: Semaphore,
    patience: Duration,
}

/// The gate let nobody more through in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no room for work of this kind")]
pub struct Crowded;

impl Gate {
    /// Lets `running` through at once, and `waiting` others wait for at most `patience` each.
    #[must_use]
    pub fn new(running: u32, waiting: u32, patience: Duration) -> Self {
        let permits = |count: u32| {
            usize::try_from(count).map_or(Semaphore::MAX_PERMITS, |count| {
                count.min(Semaphore::MAX_PERMITS)
            })
        };
        Self {
            running: Arc::new(Semaphore::new(permits(running))),
            waiting: Semaphore::new(permits(waiting)),
            patience,
        }
    }

    /// Waits to be let through; the place is free again when the permit is dropped.
    ///
    /// # Errors
    /// [`Crowded`] at once when too many wait already, and after the patience otherwise.
    pub async fn enter(&self) -> Result<OwnedSemaphorePermit, Crowded> {
        if let Ok(permit) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(permit);
        }
        let _seat = self.waiting.try_acquire().map_err(|_| Crowded)?;
        let turn = timeout(self.patience, Arc::clone(&self.running).acquire_owned()).await;
        turn.ok().and_then(Result::ok).ok_or(Crowded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn some_run_some_wait_and_the_rest_is_sent_away() {
        let gate = Arc::new(Gate::new(1, 1, Duration::from_secs(2)));
        let first = gate.enter().await.unwrap();
        let mut second = Box::pin(gate.enter());
        assert!(timeout(Duration::from_secs(1), &mut second).await.is_err());
        assert_eq!(gate.enter().await.unwrap_err(), Crowded);
        drop(first);
        let second = second.await.unwrap();
        // Nobody waits now; whoever does is sent away in time.
        assert_eq!(gate.enter().await.unwrap_err(), Crowded);
        drop(second);
        assert!(gate.enter().await.is_ok());
    }
}
