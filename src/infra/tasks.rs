//! Background work at intervals: supervised, and waited for at the end.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_util::task::TaskTracker;
use tracing::Instrument;

use super::{shutdown::Shutdown, telemetry};

/// The tasks of one server.
#[derive(Debug)]
pub struct Tasks {
    tracker: TaskTracker,
    shutdown: Shutdown,
}

impl Tasks {
    /// Prepares tasks that end when `shutdown` begins.
    #[must_use]
    pub fn new(shutdown: Shutdown) -> Self {
        Self {
            tracker: TaskTracker::new(),
            shutdown,
        }
    }

    /// Runs `work` every `period`, first after one period, never twice at once.
    ///
    /// A run that fails or panics is logged, and the next one comes at its time. A run that has begun is
    /// finished before the server ends.
    pub fn every<E, F>(
        &self,
        name: &'static str,
        period: Duration,
        work: impl Fn() -> F + Send + 'static,
    ) where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: std::error::Error + Send + 'static,
    {
        let shutdown = self.shutdown.clone();
        self.tracker.spawn(async move {
            let mut ticks = interval_at(Instant::now() + period, period);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    biased;
                    () = shutdown.wait() => return,
                    _ = ticks.tick() => run(name, work()).instrument(telemetry::task(name)).await,
                }
            }
        });
    }

    /// Runs `work`, which ends by itself when the shutdown begins.
    pub fn run(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn(work);
    }

    /// Waits for running work, at most for `patience`.
    pub async fn finish(&self, patience: Duration) {
        self.tracker.close();
        if timeout(patience, self.tracker.wait()).await.is_err() {
            tracing::warn!(tasks = self.tracker.len(), "background work was cut off");
        }
    }
}

async fn run<E: std::error::Error>(name: &'static str, work: impl Future<Output = Result<(), E>>) {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::error!(task = name, error = chain(&error), "background work failed");
        }
        Err(_) => tracing::error!(task = name, "background work panicked"),
    }
}

/// Writes an error and everything below it on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    };

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_goes_on_after_failures_and_ends_with_the_server() {
        let shutdown = Shutdown::default();
        let tasks = Tasks::new(shutdown.clone());
        let runs = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&runs);
        tasks.every("test", Duration::from_secs(1), move || {
            let run = counted.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(run != 0, "the first run panics");
                if run == 1 {
                    Err(std::fmt::Error)
                } else {
                    Ok(())
                }
            }
        });

        tokio::time::sleep(Duration::from_millis(3_500)).await;
        shutdown.begin();
        tasks.finish(Duration::from_secs(1)).await;

        assert_eq!(runs.load(Ordering::SeqCst), 3);
    }
}
