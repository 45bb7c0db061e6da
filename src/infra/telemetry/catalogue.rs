//! Every metric that the server exports: the one list that the help texts, the documentation, the dashboard and the
//! alerts are held against.
//!
//! Names and labels follow OpenTelemetry's semantic conventions where they have a word for it, written as Prometheus
//! writes them. Labels have few values, all of them ours: never an id, an address or a path as a client sent it.

use metrics::Unit;

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

    const fn from_start(self) -> Self {
        Self {
            from_start: true,
            ..self
        }
    }
}

/// Every metric, in the order of the documentation.
pub const METRICS: &[Metric] = &[
    histogram(
        REQUEST_DURATION,
        &[
            ("http_request_method", ANY),
            ("http_route", ANY),
            ("http_response_status_code", ANY),
            ("api_version", &["v1", "none"]),
        ],
        "Time from the head of a request to the head of its answer.",
    ),
    gauge(ACTIVE_REQUESTS, &[], "Requests that are worked on."),
    gauge(
        "http_server_connections",
        &[],
        "Open connections of clients.",
    ),
    counter(
        "http_server_connections_total",
        &[],
        "Connections of clients that were accepted.",
    )
    .from_start(),
    counter(
        REJECTED,
        &[("code", ANY)],
        "Requests that were refused before any route, by error code; shed load is SERVICE_UNAVAILABLE.",
    ),
    counter(
        CUT_CONNECTIONS,
        &[(
            "reason",
            &[
                "header_timeout",
                "body_timeout",
                "write_timeout",
                "idle",
                "shutdown",
                "too_many",
            ],
        )],
        "Connections that the server ended on its own account.",
    )
    .from_start(),
    counter(
        ABANDONED,
        &[],
        "Requests whose connection ended before the answer; complete ones were finished all the same.",
    )
    .from_start(),
    gauge(
        DB_CONNECTIONS,
        &[
            ("pool", &["primary", "replica"]),
            ("state", &["idle", "used", "max"]),
        ],
        "Connections to the database; max is the size of the pool.",
    ),
    gauge(
        "db_up",
        &[("pool", &["primary", "replica"])],
        "1 while the database answers, 0 while it does not.",
    ),
    counter(
        "db_client_errors_total",
        &[(
            "kind",
            &[
                "conflict",
                "lock_timeout",
                "statement_timeout",
                "pool_exhausted",
                "unavailable",
                "unexpected",
                "corrupt",
            ],
        )],
        "Statements and transactions that failed.",
    )
    .from_start(),
    counter(
        "db_transaction_retries_total",
        &[],
        "Transactions that were repeated after a deadlock or a serialization failure.",
    )
    .from_start(),
    counter(
        "db_replica_reads_total",
        &[("outcome", &["answered", "failed"])],
        "Reads that went to the replica; what it failed to answer, the primary did.",
    ),
    gauge(
        "redis_up",
        &[],
        "1 while Redis answers, 0 while it does not; absent where none is configured.",
    ),
    gauge(
        "redis_circuit_open",
        &[],
        "1 while Redis is not even asked because it failed.",
    ),
    counter(
        "redis_errors_total",
        &[("operation", ANY)],
        "Calls to Redis that failed.",
    ),
    counter(
        "cache_lookups_total",
        &[("result", &["hit", "shared_hit", "miss"])],
        "Answers that were looked up in the cache: found in the process, found in Redis, or made.",
    ),
    counter(
        "rate_limit_decisions_total",
        &[
            ("budget", ANY),
            ("outcome", &["allowed", "refused"]),
            ("store", &["memory", "redis"]),
        ],
        "Calls that a rate limit judged, and where the count was kept.",
    ),
    gauge("outbox_waiting", &[], "Events that no job was made of yet."),
    gauge(
        "jobs_waiting",
        &[("queue", ANY)],
        "Jobs that wait for their turn.",
    ),
    gauge(
        "jobs_dead",
        &[("queue", ANY)],
        "Dead letters: jobs that were given up after their last attempt.",
    ),
    counter(
        "jobs_processed_total",
        &[("queue", ANY), ("outcome", &["done", "retried", "dead"])],
        "Attempts at jobs, by outcome.",
    ),
    histogram(
        "jobs_duration_seconds",
        &[("queue", ANY)],
        "Time that an attempt at a job took.",
    ),
    counter(
        "mails_total",
        &[("template", ANY), ("outcome", &["sent", "failed"])],
        "Mails that the mail server took, and attempts that failed.",
    ),
    counter(
        PAYMENTS,
        &[(
            "outcome",
            &["completed", "insufficient_funds", "declined", "refused"],
        )],
        "Attempts to pay an order or to top a wallet up, counted after the commit.",
    )
    .from_start(),
    gauge(
        LEDGER_DRIFT,
        &[],
        "Rules of the books that recent transfers break; anything but 0 needs a person.",
    ),
    gauge(
        LEDGER_CHECKED,
        &[],
        "When the books were last looked at, in seconds since 1970.",
    )
    .in_unit(Unit::Seconds),
    counter(
        LOG_LINES_DROPPED,
        &[],
        "Log lines that were dropped because their reader stood still.",
    )
    .from_start(),
    counter(
        TRACE_EXPORTS,
        &[("outcome", &["sent", "failed"])],
        "Batches of spans that the collector took, and those that it did not.",
    ),
    gauge(RESIDENT_MEMORY, &[], "Resident memory of the process.").in_unit(Unit::Bytes),
    gauge(
        START_TIME,
        &[],
        "When the process began, in seconds since 1970.",
    )
    .in_unit(Unit::Seconds),
    gauge(
        BUILD_INFO,
        &[("version", ANY)],
        "Always 1; the label says which version runs.",
    ),
];

/// Seconds. The buckets of OpenTelemetry's conventions, finer ones below (a cached read takes less than a
/// millisecond), and the heavy timeout above.
pub const DURATION_BUCKETS: &[f64] = &[
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0,
    7.5, 10.0, 30.0,
];
