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

    /// Waits for SIGTERM or SIGINT and begins to stop.
    ///
    /// # Errors
    /// When the process may not listen to signals.
    pub async fn on_signal(&self) -> std::io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let name = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
            () = self.wait() => return Ok(()),
        };
        tracing::info!(signal = name, "stopping");
        self.begin();
        Ok(())
    }
}
