//! `contract replay` with principals and fixtures, and its phases that follow things and callers, against small servers.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]

mod fixtures;
mod keys;
mod phases;
#[path = "../support/mod.rs"]
mod support;
