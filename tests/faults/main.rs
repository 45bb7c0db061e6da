//! What the server promises while it is killed, while its database restarts, and while connections break.
//!
//! Run them with `make test-faults`; `tests/faults/README.md` says how to read and repeat a failure. Each scenario has
//! servers, a database and a load of its own: the program as the operator starts it, shoppers that repeat what was not
//! answered under the same key and write down what was, and an auditor who compares both with the books.

#![expect(
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
    clippy::print_stderr,
    reason = "tests start tasks and processes of their own and say what they saw"
)]

#[expect(dead_code, reason = "the other tests use the rest")]
#[path = "../support/mod.rs"]
mod support;

mod auditor;
mod books;
mod clock;
mod crash;
mod instance;
mod jobs;
mod journal;
mod mail;
mod network;
mod parameters;
mod postgres;
mod redis;
mod shopper;
mod shutdown;
mod stage;
mod traffic;
