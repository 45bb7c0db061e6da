//! Every metric that the server exports: the one list that the help texts, the documentation, the dashboard and the
//! alerts are held against.
//!
//! Names and labels follow OpenTelemetry's semantic conventions where they have a word for it, written as Prometheus
//! writes them. Labels have few values, all of them ours: never an id, an address or a path as a client sent it.

mod metrics;

use ::metrics::Unit;

pub use self::metrics::METRICS;

/// How a metric behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows, until the process ends.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Counts observations in buckets.
    Histogram,
}

impl Kind {
    /// Returns the kind as Prometheus names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// A label and, where they are few and known, its values.
pub type Label = (&'static str, &'static [&'static str]);

/// One metric.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    /// Its name, unit included.
    pub name: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// What it counts in.
    pub unit: Unit,
    /// Its labels.
    pub labels: &'static [Label],
    /// What it says, in a sentence.
    pub help: &'static str,
    /// Whether every series is there from the start, with 0: a rate over a series that appears with its first event
    /// misses that event. Only for counters whose labels all have known values.
    pub from_start: bool,
}

/// How long requests take, by route and status.
pub const REQUEST_DURATION: &str = "http_server_request_duration_seconds";
/// Requests that are worked on.
pub const ACTIVE_REQUESTS: &str = "http_server_active_requests";
/// Requests that no route saw.
pub const REJECTED: &str = "http_server_rejected_total";
/// Requests that nobody waited for any more.
pub const ABANDONED: &str = "http_server_abandoned_requests_total";
/// Connections that the server ended.
pub const CUT_CONNECTIONS: &str = "http_server_cut_connections_total";
/// Connections to the database.
pub const DB_CONNECTIONS: &str = "db_client_connections";
/// Attempts to pay.
pub const PAYMENTS: &str = "payments_total";
/// Failing integrity checks.
pub const LEDGER_DRIFT: &str = "ledger_drift";
/// When the books were last checked.
pub const LEDGER_CHECKED: &str = "ledger_last_check_timestamp_seconds";
/// Log lines that nobody read in time.
pub const LOG_LINES_DROPPED: &str = "log_lines_dropped_total";
/// Batches of spans on their way to the collector.
pub const TRACE_EXPORTS: &str = "trace_exports_total";
/// Memory of the process.
pub const RESIDENT_MEMORY: &str = "process_resident_memory_bytes";
/// When the process began.
pub const START_TIME: &str = "process_start_time_seconds";
/// What is running.
pub const BUILD_INFO: &str = "build_info";

const ANY: &[&str] = &[];

const fn counter(name: &'static str, labels: &'static [Label], help: &'static str) -> Metric {
    Metric {
        name,
        kind: Kind::Counter,
        unit: Unit::Count,
        labels,
        help,
        from_start: false,
    }
}

const fn gauge(name: &'static str, labels: &'static [Label], help: &'static str) -> Metric {
    Metric {
        kind: Kind::Gauge,
        ..counter(name, labels, help)
    }
}

const fn histogram(name: &'static str, labels: &'static [Label], help: &'static str) -> Metric {
    Metric {
        kind: Kind::Histogram,
        unit: Unit::Seconds,
        ..counter(name, labels, help)
    }
}

impl Metric {
    const fn in_unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    const fn there_from_start(self) -> Self {
        Self {
            from_start: true,
            ..self
        }
    }
}

/// Seconds. The buckets of OpenTelemetry's conventions, finer ones below (a cached read takes less than a
/// millisecond), and the heavy timeout above.
pub const DURATION_BUCKETS: &[f64] = &[
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0,
    7.5, 10.0, 30.0,
];
