//! Logs to standard output, metrics for Prometheus, and the names that requests and jobs carry through both.

pub mod catalogue;
mod json_line;
mod logs;
mod metrics;
mod origin;
mod process;
mod spans;
mod traceparent;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

pub(crate) use self::spans::{Answered, answered, request, wants_answers};
pub use self::{
    metrics::{Metrics, MetricsError},
    origin::{Origin, continue_from, origin, request_id, traceparent},
    process::resident_bytes,
    spans::call,
    traceparent::TraceParent,
};
use crate::config::Config;

/// Writes what still waits when it is dropped. To be kept until the end of the process.
#[must_use = "log lines are lost without it"]
#[derive(Debug)]
pub struct LogGuard(#[expect(dead_code, reason = "its drop is what it is for")] WorkerGuard);

/// Begins to log. Only the first call of a process counts.
pub fn init_logs(config: &Config) -> LogGuard {
    let (lines, guard) = logs::layer(config);
    // A second subscriber is refused, which is what is promised above.
    let _ = tracing_subscriber::registry().with(lines).try_init();
    LogGuard(guard)
}
