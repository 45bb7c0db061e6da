//! What a report says, and how states of parts become one status.

use std::time::Duration;

/// How the server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Everything works.
    Healthy,
    /// It works without something useful.
    Degraded,
    /// It cannot do its work.
    Unhealthy,
}

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceState {
    /// It works.
    Healthy,
    /// It does not.
    Unhealthy,
    /// It is not configured.
    Disabled,
}

/// One part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceReport {
    /// How it is.
    pub state: ServiceState,
    /// How long it took to answer; nothing when it was not asked.
    pub latency: Option<Duration>,
}

impl ServiceReport {
    /// A part that is not configured.
    pub const DISABLED: Self = Self {
        state: ServiceState::Disabled,
        latency: None,
    };
}

/// The public report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The whole.
    pub status: Status,
    /// Since the start of the process.
    pub uptime: Duration,
    /// The version of the program.
    pub version: &'static str,
    /// The database, with its migrations.
    pub database: ServiceReport,
    /// Redis.
    pub redis: ServiceReport,
    /// Providers outside.
    pub external_api: ServiceReport,
}

impl Report {
    /// Returns whether requests should go elsewhere. `strict` counts every part, not just the vital one.
    #[must_use]
    pub fn is_unavailable(&self, strict: bool) -> bool {
        self.status == Status::Unhealthy || (strict && self.status != Status::Healthy)
    }
}

/// What administrators see beside the public report.
#[derive(Debug, Clone, PartialEq)]
pub struct DetailedReport {
    /// The public part.
    pub report: Report,
    /// The connections to the database.
    pub pool: PoolReport,
    /// Events and jobs that wait.
    pub queue_depth: i64,
    /// Jobs that were given up.
    pub dead_letters: i64,
    /// Resident memory of the process; 0 where the platform does not tell.
    pub resident_bytes: u64,
    /// Share of answers that came from the cache; nothing before the first.
    pub cache_hit_ratio: Option<f64>,
}

/// The connections to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    /// At most.
    pub max: u32,
    /// Open now.
    pub open: u32,
    /// Open and unused now.
    pub idle: u32,
}

/// Makes one status of the parts.
#[must_use]
pub(super) fn overall(database: ServiceReport, useful: &[ServiceReport]) -> Status {
    let is_down = |part: &ServiceReport| part.state == ServiceState::Unhealthy;
    if is_down(&database) {
        return Status::Unhealthy;
    }
    if useful.iter().any(is_down) {
        Status::Degraded
    } else {
        Status::Healthy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UP: ServiceReport = ServiceReport {
        state: ServiceState::Healthy,
        latency: None,
    };
    const DOWN: ServiceReport = ServiceReport {
        state: ServiceState::Unhealthy,
        latency: None,
    };

    fn report(status: Status) -> Report {
        Report {
            status,
            uptime: Duration::ZERO,
            version: "0",
            database: UP,
            redis: ServiceReport::DISABLED,
            external_api: ServiceReport::DISABLED,
        }
    }

    #[test]
    fn only_the_database_is_vital() {
        assert_eq!(overall(UP, &[ServiceReport::DISABLED]), Status::Healthy);
        assert_eq!(overall(UP, &[DOWN, UP]), Status::Degraded);
        assert_eq!(overall(DOWN, &[UP]), Status::Unhealthy);
    }

    #[test]
    fn a_degraded_server_is_unavailable_only_to_the_strict() {
        assert!(!report(Status::Degraded).is_unavailable(false));
        assert!(report(Status::Degraded).is_unavailable(true));
        assert!(report(Status::Unhealthy).is_unavailable(false));
        assert!(!report(Status::Healthy).is_unavailable(true));
    }
}
