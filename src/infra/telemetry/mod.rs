//! Logs to standard output and metrics for Prometheus.

mod metrics;
mod process;

use std::io::{self, BufWriter, IsTerminal};

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

pub use self::{
    metrics::{Metrics, MetricsError},
    process::resident_bytes,
};
use crate::config::{Config, LogFormat};

/// Lines that wait for standard output at most. A reader that falls behind further slows the server down: losing
/// lines in silence would be worse.
const WAITING_LINES: usize = 50_000;

/// Room for lines that are written at once.
const WRITE_BYTES: usize = 64 * 1024;

/// Writes what still waits when it is dropped. To be kept until the end of the process.
#[must_use = "log lines are lost without it"]
#[derive(Debug)]
pub struct LogGuard(#[expect(dead_code, reason = "its drop is what it is for")] WorkerGuard);

/// Sends log lines to standard output: JSON, or readable ones for people in development at a terminal.
///
/// A thread of its own writes them, as many at once as there are, so that no request waits for the reader. Only the
/// first call of a process counts.
pub fn init_logs(config: &Config) -> LogGuard {
    let filter = EnvFilter::try_new(&config.log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let is_pretty = match config.log.format {
        Some(format) => format == LogFormat::Pretty,
        None => config.environment.is_development() && io::stdout().is_terminal(),
    };
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(false)
        .buffered_lines_limit(WAITING_LINES)
        .thread_name("log")
        .finish(BufWriter::with_capacity(WRITE_BYTES, io::stdout()));
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = if is_pretty {
        lines.with_target(false).boxed()
    } else {
        // Fields of the event stand at the top of the line, those of the request beside them in `span`.
        lines
            .with_ansi(false)
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
    LogGuard(guard)
}
