//! Waybill from outside: every test talks HTTP to a server with a database and a clock of its own.
//!
//! Run them with `make test`, or a part with `tests/with-services cargo test --test api orders::`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]
#![expect(
    unreachable_pub,
    clippy::large_futures,
    reason = "nobody links against the tests"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests start tasks and processes of their own and read where their database is"
)]

mod support;

mod administration;
mod api_keys;
mod authentication;
mod authorization;
mod bad_input;
mod cli;
mod concurrency;
mod contention;
mod deployment;
mod document;
mod health;
mod http;
mod idempotency;
mod instances;
mod jobs;
mod journey;
mod keys;
mod ledger;
mod logs;
mod mail;
mod migrations;
mod observability;
mod orders;
mod payments;
mod postgres;
mod products;
mod protection;
mod rate_limits;
mod readme;
mod redis;
mod replica;
mod services;
mod sharding;
mod shutdown;
mod startup;
mod statements;
mod statuses;
mod traces;
mod users;
mod wallet;
