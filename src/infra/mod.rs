//! What every server needs whatever it sells: limits, a cache, logs and metrics, background tasks, an end.
//!
//! Nothing here knows a feature. Back ends are closed enums (`Limiter`, `Cache`): one idea, learned once.

pub mod bus;
pub mod cache;
pub mod gate;
pub mod jobs;
pub mod limiter;
pub mod mailer;
pub mod redis;
pub mod shutdown;
pub mod tasks;
pub mod telemetry;
