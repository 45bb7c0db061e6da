//! Logs to standard output and metrics for Prometheus.

mod metrics;
mod process;

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

pub use self::{
    metrics::{Metrics, MetricsError},
    process::resident_bytes,
};
use crate::config::{Config, LogFormat};

/// Sends log lines to standard output: JSON, or readable ones for people in development at a terminal.
///
/// Only the first call of a process counts; later ones (servers in one test binary) change nothing.
pub fn init_logs(config: &Config) {
    let filter = EnvFilter::try_new(&config.log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let is_pretty = match config.log.format {
        Some(format) => format == LogFormat::Pretty,
        None => config.environment.is_development() && std::io::stdout().is_terminal(),
    };
    let lines = tracing_subscriber::fmt::layer();
    let lines = if is_pretty {
        lines.with_target(false).boxed()
    } else {
        // Fields of the event stand at the top of the line, those of the request beside them in `span`.
        lines
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .boxed()
    };
    // A second subscriber is refused, which is what is promised above.
    let _ = tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .try_init();
}
