//! The end: one signal that everything listens to.

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Two steps of stopping: take nothing new, then let go of what still runs.
#[derive(Debug, Clone, Default)]
pub struct Shutdown {
    begun: CancellationToken,
}

impl Shutdown {
    /// Begins to stop. Doing it twice is doing it once.
    pub fn begin(&self) {
        self.begun.cancel();
    }

    /// Returns whether stopping has begun.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.begun.is_cancelled()
    }

    /// Waits until stopping begins.
    pub async fn wait(&self) {
        self.begun.cancelled().await;
    }

    /// Waits for SIGTERM or SIGINT and begins to stop; then for a second one, whose number it returns: whoever sends
    /// it does not want to wait for anything.
    ///
    /// # Errors
    /// When the process may not listen to signals.
    pub async fn on_signal(&self) -> std::io::Result<i32> {
        let (term, int) = (SignalKind::terminate(), SignalKind::interrupt());
        let mut terminate = signal(term)?;
        let mut interrupt = signal(int)?;
        let name = tokio::select! {
            _ = terminate.recv() => Some("SIGTERM"),
            _ = interrupt.recv() => Some("SIGINT"),
            () = self.wait() => None,
        };
        if let Some(name) = name {
            tracing::info!(signal = name, "stopping");
            self.begin();
        }
        Ok(tokio::select! {
            _ = terminate.recv() => term.as_raw_value(),
            _ = interrupt.recv() => int.as_raw_value(),
        })
    }
}
