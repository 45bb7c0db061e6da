//! Log lines to standard output.

use std::{
    io::{self, BufWriter, IsTerminal},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use tracing::Subscriber;
use tracing_appender::non_blocking::{ErrorCounter, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, Layer, registry::LookupSpan};

use super::json_line::{JsonLine, SpanFields};
use crate::config::{Config, LogFormat};

/// Lines that wait for standard output at most, about 3 MB of them.
const WAITING_LINES: usize = 10_000;

/// Room for lines that are written at once.
const WRITE_BYTES: usize = 64 * 1024;

/// How long the end of the process waits for the last lines to be written.
const FAREWELL: Duration = Duration::from_secs(2);

/// Writes what still waits when it is dropped, unless nobody reads it.
#[derive(Debug)]
pub(super) struct Lines(Option<WorkerGuard>);

impl Drop for Lines {
    /// On a thread of its own: where standard output is full, the library waits for it without end.
    fn drop(&mut self) {
        let (done, waited) = mpsc::channel();
        let guard = self.0.take();
        let ending = thread::Builder::new().spawn(move || {
            drop(guard);
            // Nobody waits any more after the time is over.
            let _ = done.send(());
        });
        if ending.is_ok() {
            let _ = waited.recv_timeout(FAREWELL);
        }
    }
}

static DROPPED: OnceLock<ErrorCounter> = OnceLock::new();

/// Lines that were dropped since the start of the process.
pub(super) fn dropped_lines() -> u64 {
    let dropped = DROPPED.get().map_or(0, ErrorCounter::dropped_lines);
    u64::try_from(dropped).unwrap_or(u64::MAX)
}

/// The layer that writes lines: JSON, or readable ones for people in development at a terminal.
///
/// A thread of its own writes them, as many at once as there are, so that no request waits for the reader. When the
/// reader stands still and too many wait, further ones are dropped and counted: requests go on, and what must not be
/// lost (the audit log, the ledger) is in the database.
pub(super) fn layer<S>(config: &Config) -> (impl Layer<S> + Send + Sync, Lines)
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    let filter = EnvFilter::try_new(&config.log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    let is_pretty = match config.log.format {
        Some(format) => format == LogFormat::Pretty,
        None => config.environment.is_development() && io::stdout().is_terminal(),
    };
    let (writer, guard) = NonBlockingBuilder::default()
        .lossy(true)
        .buffered_lines_limit(WAITING_LINES)
        .thread_name("log")
        .finish(BufWriter::with_capacity(WRITE_BYTES, io::stdout()));
    // A second writer in one process is never used.
    let _ = DROPPED.set(writer.error_counter());
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines = if is_pretty {
        lines.with_target(false).boxed()
    } else {
        lines
            .with_ansi(false)
            .fmt_fields(SpanFields)
            .event_format(JsonLine)
            .boxed()
    };
    (lines.with_filter(filter), Lines(Some(guard)))
}
