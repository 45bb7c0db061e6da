//! Health: whether the server can do its work, and how it is.
//!
//! Only the database is vital: without it, or with a migration missing, the server is unhealthy (503). What is
//! merely useful makes it degraded, so that a balancer does not take every instance away at once; `strict` asks
//! for that all the same.

mod handlers;
mod model;
mod service;

pub use model::{DetailedReport, PoolReport, Report, ServiceReport, ServiceState, Status};
pub use service::Health;
