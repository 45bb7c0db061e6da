//! The operations of the tag `Health`.

use std::time::Duration;

use openapi_generated::v1 as api;
use openapi_runtime as rt;

use super::{DetailedReport, Report, ServiceReport, ServiceState, Status};
use crate::app::Api;
use crate::auth::Caller;
use crate::http::wire;

/// When an unhealthy server is worth another look.
const RETRY_AFTER: Duration = Duration::from_secs(1);

impl api::HealthApi for Api {
    async fn get_health(
        &self,
        _call: rt::PublicCall<Caller>,
        request: api::GetHealthRequest,
    ) -> Result<api::GetHealthOk, api::GetHealthError> {
        let report = self.health.report().await;
        let is_unavailable = report.is_unavailable(request.strict);
        let body = health(&report);
        if is_unavailable {
            return Err(api::GetHealthError::ServiceUnavailable { body });
        }
        Ok(api::GetHealthOk::Ok { body })
    }

    async fn get_detailed_health(
        &self,
        _call: rt::Call<Caller>,
        _request: api::GetDetailedHealthRequest,
    ) -> Result<api::GetDetailedHealthOk, api::GetDetailedHealthError> {
        let report = self.health.detailed_report().await?;
        if report.report.is_unavailable(false) {
            // Figures of a server that cannot work mislead; `/health` says which part it is.
            let failure = rt::Failure::new(
                "SERVICE_UNAVAILABLE",
                "The database is away or lacks a migration",
            );
            return Err(failure.with_retry_after(RETRY_AFTER).into());
        }
        let body = detailed(&report);
        Ok(api::GetDetailedHealthOk::Ok { body })
    }
}

fn health(report: &Report) -> api::Health {
    api::Health {
        status: report.status.into(),
        uptime_seconds: seconds(report),
        version: report.version.to_owned(),
        services: api::HealthServices {
            database: report.database.into(),
            redis: report.redis.into(),
            external_api: report.external_api.into(),
        },
    }
}

fn detailed(detailed: &DetailedReport) -> api::DetailedHealth {
    let plain = health(&detailed.report);
    api::DetailedHealth {
        status: plain.status,
        uptime_seconds: plain.uptime_seconds,
        version: plain.version,
        services: plain.services,
        pool: api::PoolHealth {
            max: wire::small(detailed.pool.max.into()),
            open: wire::small(detailed.pool.open.into()),
            idle: wire::small(detailed.pool.idle.into()),
        },
        queue_depth: detailed.queue_depth,
        dead_letters: detailed.dead_letters,
        memory: api::MemoryHealth {
            resident_bytes: i64::try_from(detailed.resident_bytes).unwrap_or(i64::MAX),
        },
        cache_hit_ratio: detailed.cache_hit_ratio,
    }
}

fn seconds(report: &Report) -> i64 {
    i64::try_from(report.uptime.as_secs()).unwrap_or(i64::MAX)
}

impl From<Status> for api::HealthStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Healthy => Self::Healthy,
            Status::Degraded => Self::Degraded,
            Status::Unhealthy => Self::Unhealthy,
        }
    }
}

impl From<ServiceReport> for api::ServiceHealth {
    fn from(report: ServiceReport) -> Self {
        Self {
            status: match report.state {
                ServiceState::Healthy => api::ServiceStatus::Healthy,
                ServiceState::Unhealthy => api::ServiceStatus::Unhealthy,
                ServiceState::Disabled => api::ServiceStatus::Disabled,
            },
            latency_ms: report
                .latency
                .map(|latency| i32::try_from(latency.as_millis()).unwrap_or(i32::MAX)),
        }
    }
}
