//! Wakes whoever waits for rows that a transaction of this process is about to commit.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

/// From the nudge to the first look: what writes it commits in the meantime, and much that comes at once is seen at once.
const SOON: Duration = Duration::from_millis(20);
/// To the second look, for what took longer to commit.
const LATER: Duration = Duration::from_millis(250);
/// To the next look without a nudge: for what other processes left behind.
const POLL: Duration = Duration::from_secs(5);

/// One of these wakes many. Nudges may come before the commit, and none need come at all: they only shorten a wait.
#[derive(Debug, Clone)]
pub struct Nudge(Arc<watch::Sender<()>>);

impl Default for Nudge {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(())))
    }
}

impl Nudge {
    /// Wakes everybody who waits, soon.
    pub fn now(&self) {
        self.0.send_replace(());
    }

    /// Somebody who waits.
    #[must_use]
    pub fn waiter(&self) -> Nudged {
        Nudged {
            nudges: self.0.subscribe(),
            looks_again: false,
        }
    }
}

/// Waits for nudges.
#[derive(Debug)]
pub struct Nudged {
    nudges: watch::Receiver<()>,
    looks_again: bool,
}

impl Nudged {
    /// Waits for a nudge, at most for `patience` and never longer than five seconds.
    pub async fn wait(&mut self, patience: Duration) {
        let longest = if self.looks_again { LATER } else { POLL };
        match timeout(patience.min(longest), self.nudges.changed()).await {
            Ok(Ok(())) => {
                sleep(SOON).await;
                self.nudges.mark_unchanged();
                self.looks_again = true;
            }
            // Nobody is left to nudge.
            Ok(Err(_)) => sleep(patience.min(longest)).await,
            Err(_) => self.looks_again = false,
        }
    }
}
