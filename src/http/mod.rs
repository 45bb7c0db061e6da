//! HTTP: connections, what every request passes, the pages beside the API, and the binding of the operations.
//!
//! poem appears here, in `openapi/` and in the features' `handlers.rs`, and nowhere else.

mod access_log;
mod admission;
mod arriving;
mod client_address;
mod compression;
mod connection;
mod cors;
pub mod docs;
mod identity;
mod measures;
mod operations;
mod pages;
#[cfg(test)]
mod protection_tests;
mod refusal;
mod size;
mod stack;
#[cfg(test)]
mod tests;
mod v1;
pub(crate) mod wire;

pub use connection::{Answer, Body, Patience, Unreadable, serve};
pub use stack::{Readiness, Stack};
pub use v1::stack;
