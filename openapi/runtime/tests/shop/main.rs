//! Drives code written exactly as the generator emits it, through poem, as a client would.

#![expect(
    unreachable_pub,
    reason = "a test binary: nobody reads its documentation from outside"
)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed unwrap is a failed test"
)]

mod answers;
mod bodies;
mod differential;
mod host;
mod judgement;
#[expect(dead_code, reason = "as generated: this host does not need all of it")]
mod operations;
mod parameters;
mod security;
mod types;
mod wire;
