//! Runs a transaction again that met another one.

use std::time::Duration;

use rand::RngExt;

use super::{Db, StoreError};

/// How often a transaction runs at most.
const ATTEMPTS: u32 = 5;
/// The longest pause after the first attempt; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(5);

/// An error that may be gone when the whole transaction runs again.
pub trait Transient {
    /// Whether it may.
    fn is_transient(&self) -> bool;
}

impl Transient for StoreError {
    fn is_transient(&self) -> bool {
        StoreError::is_transient(self)
    }
}

impl Db {
    /// Runs `attempt`, which begins and commits its own transaction, until it succeeds, fails for good, or failed
    /// five times. Pauses are random, so that two transactions do not meet again.
    ///
    /// # Errors
    /// The last attempt's error.
    #[expect(
        clippy::disallowed_methods,
        reason = "a pause is neither an id nor a secret"
    )]
    pub async fn retrying<T, E, F>(&self, mut attempt: impl FnMut() -> F + Send) -> Result<T, E>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: Transient + Send,
        T: Send,
    {
        let mut pause = FIRST_PAUSE;
        for _ in 1..ATTEMPTS {
            match attempt().await {
                Err(error) if error.is_transient() => {
                    metrics::counter!("db_transaction_retries_total").increment(1);
                    let share: u32 = rand::rng().random_range(20..=100);
                    tokio::time::sleep(pause * share / 100).await;
                    pause *= 2;
                }
                outcome => return outcome,
            }
        }
        attempt().await
    }
}
