//! Logs to standard output, metrics for Prometheus, spans for a collector, and the names that requests and jobs carry
//! through all of them.

pub mod catalogue;
mod json_line;
mod logs;
mod metrics;
mod origin;
mod process;
mod spans;
mod traceparent;
mod traces;

use tracing_subscriber::{Layer, layer::SubscriberExt, util::SubscriberInitExt};

pub(crate) use self::spans::{Answered, answered, request, task, wants_answers};
use self::traces::Traces;
pub use self::{
    metrics::{Metrics, MetricsError},
    origin::{Origin, continue_from, origin, request_id, traceparent},
    process::resident_bytes,
    spans::call,
    traceparent::TraceParent,
};
use crate::{config::Config, error::chain};

/// What is told and recorded leaves through it. To be kept until the end of the process, and then finished.
#[must_use = "log lines are lost without it"]
#[derive(Debug)]
pub struct Telemetry {
    traces: Option<Traces>,
    // Its drop writes the lines that still wait.
    _logs: logs::Lines,
}

impl Telemetry {
    /// Begins to log, and to record spans where a collector is configured. To be called inside the runtime; only the
    /// first call of a process counts.
    pub fn begin(config: &Config) -> Self {
        let (lines, logs) = logs::layer(config);
        let (traces, problem) = match config.traces.endpoint.as_deref() {
            None => (None, None),
            Some(endpoint) => match Traces::to(endpoint, config) {
                Ok(traces) => (Some(traces), None),
                Err(error) => (None, Some(error)),
            },
        };
        // In a list and not one after the other: an absent second one would silence the first.
        let mut layers = vec![lines.boxed()];
        if let Some(traces) = &traces {
            layers.push(traces.layer(config).boxed());
        }
        // A second subscriber is refused, which is what is promised above.
        let _ = tracing_subscriber::registry().with(layers).try_init();
        if let Some(error) = problem {
            tracing::error!(error = chain(&error), "traces are not sent");
        }
        Self {
            traces,
            _logs: logs,
        }
    }

    /// Sends and writes what still waits; a collector that does not answer is waited for two seconds at most.
    pub async fn finish(self) {
        if let Some(traces) = self.traces {
            traces.finish().await;
        }
    }
}
