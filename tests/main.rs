//! Waybill from outside: every test talks HTTP to a server with a database and a clock of its own.
//!
//! Run them with `make test`, or a part with `tests/with-postgres cargo test --test api orders::`.

mod support;

mod administration;
mod api_keys;
mod authentication;
mod authorization;
mod bad_input;
mod cli;
mod concurrency;
mod document;
mod health;
mod http;
mod idempotency;
mod journey;
mod ledger;
mod migrations;
mod orders;
mod payments;
mod products;
mod rate_limits;
mod readme;
mod statements;
mod statuses;
mod users;
mod wallet;
