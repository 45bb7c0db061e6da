//! Redis, shared by all instances and needed by none.
//!
//! Nothing correct depends on it: whoever calls gets an answer within a short time or [`RedisError`], and then does
//! without. A circuit stands before every call (`circuit.rs`). It opens at the first call that Redis does not answer, and
//! while it is open no call is sent, so that a dead Redis costs a request nothing. Only the probe (`probe.rs`) looks
//! whether Redis is back, and closes the circuit; no request ever has to try.
//!
//! Every key begins with the configured prefix, so that several deployments can share one Redis.

mod circuit;
mod connection;
mod probe;
mod script;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use redis::{Cmd, ErrorKind, FromRedisValue, RedisResult, ServerErrorKind, aio::PubSub};
use tokio::time::timeout;

use self::{
    circuit::Circuit,
    connection::{Connection, Connector},
};
pub use script::Script;

use crate::config::RedisConfig;

/// The longest time for making a connection; nobody but the probe waits for one.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Why a call brought nothing. Callers do without Redis then, whatever the reason.
#[derive(Debug, thiserror::Error)]
pub enum RedisError {
    /// Redis is known to be away, so it was not asked.
    #[error("the circuit is open")]
    CircuitOpen,
    /// It did not answer in time.
    #[error("no answer within {} ms", .0.as_millis())]
    TimedOut(Duration),
    /// It answered with an error, or the connection broke.
    #[error(transparent)]
    Failed(#[from] redis::RedisError),
}

/// A Redis server, a watched master or a cluster. Clones share the connection and the circuit.
#[derive(Debug, Clone)]
pub struct Redis(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connector: Connector,
    circuit: Circuit<Connection>,
    prefix: String,
    timeout: Duration,
    /// Of the last successful probe.
    latency_us: AtomicU64,
}

impl Redis {
    /// Prepares calls. Connects to nothing: that is done by [`Redis::connect`] and [`Redis::watch`].
    ///
    /// # Errors
    /// When the address cannot be understood.
    pub fn new(config: &RedisConfig) -> Result<Self, RedisError> {
        let inner = Inner {
            connector: Connector::new(&config.address, config.timeout)?,
            circuit: Circuit::default(),
            prefix: config.prefix.clone(),
            timeout: config.timeout,
            latency_us: AtomicU64::new(0),
        };
        Ok(Self(Arc::new(inner)))
    }

    /// Returns what every key begins with.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.0.prefix
    }

    /// Returns whether keys are spread over several nodes, so that a script reaches those of one hash tag only.
    #[must_use]
    pub fn is_cluster(&self) -> bool {
        matches!(self.0.connector, Connector::Cluster { .. })
    }

    /// Returns whether calls are sent at present.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.0.circuit.is_closed()
    }

    /// Waits until calls are sent.
    pub async fn up(&self) {
        loop {
            let closed = self.0.circuit.closed();
            if self.is_up() {
                return;
            }
            closed.await;
        }
    }

    /// Waits until calls are no longer sent.
    pub async fn down(&self) {
        loop {
            let opened = self.0.circuit.opened();
            if !self.is_up() {
                return;
            }
            opened.await;
        }
    }

    /// Returns how long the last successful probe took; nothing while Redis is away.
    #[must_use]
    pub fn latency(&self) -> Option<Duration> {
        let latency = Duration::from_micros(self.0.latency_us.load(Ordering::Relaxed));
        self.is_up().then_some(latency)
    }

    /// Sends one command. `operation` names it in metrics.
    ///
    /// # Errors
    /// [`RedisError`], after the configured time at the latest.
    pub async fn call<T: FromRedisValue>(
        &self,
        operation: &'static str,
        command: &Cmd,
    ) -> Result<T, RedisError> {
        self.guarded(operation, |mut connection| async move {
            command.query_async(&mut connection).await
        })
        .await
    }

    /// Runs a script. On a cluster all keys must carry the same hash tag.
    ///
    /// # Errors
    /// [`RedisError`], after the configured time at the latest.
    pub async fn eval<T: FromRedisValue>(
        &self,
        operation: &'static str,
        script: &Script,
        keys: &[&str],
        arguments: &[&[u8]],
    ) -> Result<T, RedisError> {
        self.guarded(operation, |mut connection| async move {
            let known = script.by_hash(keys, arguments);
            match known.query_async(&mut connection).await {
                Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                    // The text goes to the node that lacks it, which keeps it from then on.
                    let text = script.by_text(keys, arguments);
                    text.query_async(&mut connection).await
                }
                answer => answer,
            }
        })
        .await
    }

    /// Opens a connection of its own that receives messages; none is lost from then on until it breaks.
    ///
    /// # Errors
    /// [`RedisError`] when Redis is away.
    pub async fn receiver(&self) -> Result<PubSub, RedisError> {
        if !self.is_up() {
            return Err(RedisError::CircuitOpen);
        }
        let opened = timeout(CONNECT_TIMEOUT, self.0.connector.receiver()).await;
        opened.map_err(|_| RedisError::TimedOut(CONNECT_TIMEOUT))?
    }

    async fn guarded<T, F>(
        &self,
        operation: &'static str,
        work: impl FnOnce(Connection) -> F,
    ) -> Result<T, RedisError>
    where
        F: Future<Output = RedisResult<T>>,
    {
        let inner = &*self.0;
        // Taken before the connection, so that no opening in between is missed.
        let opened = inner.circuit.opened();
        let (connection, epoch) = inner.circuit.pass().ok_or(RedisError::CircuitOpen)?;
        let outcome = tokio::select! {
            biased;
            outcome = timeout(inner.timeout, work(connection)) => outcome,
            // Somebody else found out first: nobody waits for a Redis that is known to be away.
            () = opened => return Err(RedisError::CircuitOpen),
        };
        let error = match outcome {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => RedisError::Failed(error),
            Err(_) => RedisError::TimedOut(inner.timeout),
        };
        metrics::counter!("redis_errors_total", "operation" => operation).increment(1);
        if error.is_absence() {
            inner.lose(epoch, operation, &error);
        } else {
            tracing::debug!(operation, error = %error, "redis refused a call");
        }
        Err(error)
    }
}

impl RedisError {
    /// Returns whether Redis is away, as opposed to one call that it refused.
    fn is_absence(&self) -> bool {
        match self {
            Self::CircuitOpen | Self::TimedOut(_) => true,
            Self::Failed(error) => !matches!(
                error.kind(),
                ErrorKind::Parse
                    | ErrorKind::UnexpectedReturnType
                    | ErrorKind::Extension
                    | ErrorKind::Server(
                        ServerErrorKind::ResponseError
                            | ServerErrorKind::CrossSlot
                            | ServerErrorKind::NoPerm
                    )
            ),
        }
    }
}

impl Inner {
    /// Opens the circuit, unless another connection took the place of the one that failed.
    fn lose(&self, epoch: u64, operation: &'static str, error: &RedisError) {
        if self.circuit.open(epoch) {
            gauges(false);
            tracing::warn!(
                operation,
                error = %error,
                "redis is away: limits, cache and events are this instance's own until it is back"
            );
        }
    }
}

fn gauges(is_up: bool) {
    let (up, open) = if is_up { (1.0, 0.0) } else { (0.0, 1.0) };
    metrics::gauge!("redis_up").set(up);
    metrics::gauge!("redis_circuit_open").set(open);
}
