//! Looks whether Redis is there: the only one who tries while the circuit is open.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use tokio::time::{sleep, timeout};

use super::{CONNECT_TIMEOUT, Inner, Redis, RedisError, connection::Connection, gauges};
use crate::infra::shutdown::Shutdown;

/// A start waits for Redis no longer than this.
const AT_START: Duration = Duration::from_millis(250);
/// While Redis works: often enough that an idle server notices its end.
const INTERVAL: Duration = Duration::from_secs(1);
/// While it does not: the first tries come soon after each other, the later ones at this distance.
const FIRST_RETRY: Duration = Duration::from_millis(50);
const LAST_RETRY: Duration = Duration::from_millis(500);
/// A Redis that works for less than this and fails again is tried more seldom, not at once.
const STABLE: Duration = Duration::from_secs(5);

impl Redis {
    /// Tries to connect once. The server goes on without Redis when that fails or takes longer than a start may.
    pub async fn connect(&self) {
        let tried = timeout(AT_START, self.0.try_to_close()).await;
        if let Err(error) = tried.unwrap_or(Err(RedisError::TimedOut(AT_START))) {
            gauges(false);
            tracing::warn!(
                error = %error,
                "redis is away: limits, cache and events are this instance's own until it is back"
            );
        }
    }

    /// Watches Redis until the server stops: opens the circuit of one that went away unnoticed, and closes it when it
    /// is back.
    pub async fn watch(self, shutdown: Shutdown) {
        let inner = &*self.0;
        let mut retry = FIRST_RETRY;
        let mut closed_at = inner.circuit.is_closed().then(Instant::now);
        loop {
            // Taken first, so that no opening is missed.
            let opened = inner.circuit.opened();
            let is_closed = inner.circuit.is_closed();
            if !is_closed && closed_at.take().is_some_and(|at| at.elapsed() > STABLE) {
                retry = FIRST_RETRY;
            }
            tokio::select! {
                biased;
                () = shutdown.wait() => return,
                () = opened, if is_closed => continue,
                () = sleep(if is_closed { INTERVAL } else { retry }) => {}
            }
            if is_closed {
                inner.check().await;
                continue;
            }
            match inner.try_to_close().await {
                Ok(()) => {
                    closed_at = Some(Instant::now());
                    tracing::info!("redis is back: limits, cache and events are shared");
                }
                Err(error) => tracing::debug!(error = %error, "redis is still away"),
            }
            retry = (retry * 2).min(LAST_RETRY);
        }
    }
}

impl Inner {
    async fn try_to_close(&self) -> Result<(), RedisError> {
        let connection = timeout(CONNECT_TIMEOUT, self.connector.connect())
            .await
            .map_err(|_| RedisError::TimedOut(CONNECT_TIMEOUT))??;
        self.write(connection.clone()).await?;
        self.circuit.close(connection);
        gauges(true);
        Ok(())
    }

    async fn check(&self) {
        let Some((connection, epoch)) = self.circuit.pass() else {
            return;
        };
        match self.write(connection).await {
            Ok(()) => gauges(true),
            Err(error) => self.lose(epoch, "probe", &error),
        }
    }

    /// Writes, because a Redis that only answers (a demoted master, a full one) is of no use.
    async fn write(&self, mut connection: Connection) -> Result<(), RedisError> {
        let asked = Instant::now();
        let mut command = redis::cmd("SET");
        command
            .arg(format!("{}:probe", self.prefix))
            .arg(1)
            .arg("EX")
            .arg(60);
        timeout(self.timeout, command.exec_async(&mut connection))
            .await
            .map_err(|_| RedisError::TimedOut(self.timeout))??;
        let latency = u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.latency_us.store(latency, Ordering::Relaxed);
        Ok(())
    }
}
