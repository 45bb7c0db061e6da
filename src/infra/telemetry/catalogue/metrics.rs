//! The list itself.

use ::metrics::Unit;

use super::{
    ABANDONED, ACTIVE_REQUESTS, ANY, BUILD_INFO, CUT_CONNECTIONS, DB_CONNECTIONS, LEDGER_CHECKED,
    LEDGER_DRIFT, LOG_LINES_DROPPED, Metric, PAYMENTS, REJECTED, REQUEST_DURATION, RESIDENT_MEMORY,
    START_TIME, TRACE_EXPORTS, counter, gauge, histogram,
};

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
    .there_from_start(),
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
    .there_from_start(),
    counter(
        ABANDONED,
        &[],
        "Requests whose connection ended before the answer; complete ones were finished all the same.",
    )
    .there_from_start(),
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
    .there_from_start(),
    counter(
        "db_transaction_retries_total",
        &[],
        "Transactions that were repeated after a deadlock or a serialization failure.",
    )
    .there_from_start(),
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
    .there_from_start(),
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
    .there_from_start(),
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
