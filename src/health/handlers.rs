//! The tag `Health`: reports in the contract's words.

use std::time::Duration;

use openapi_generated::v1::{
    self, GetDetailedHealthError, GetDetailedHealthOk, GetDetailedHealthRequest, GetHealthError,
    GetHealthOk, GetHealthRequest, HealthApi, HealthServices, HealthStatus, ServiceHealth,
    ServiceStatus,
};
use openapi_runtime::{Call, PublicCall};

use super::{DetailedReport, PoolReport, Report, ServiceReport, ServiceState, Status};
use crate::{app::Api, auth::Caller};

impl HealthApi for Api {
    async fn get_health(
        &self,
        _call: PublicCall<Caller>,
        request: GetHealthRequest,
    ) -> Result<GetHealthOk, GetHealthError> {
        let report = self.health.report().await;
        let is_unavailable = report.is_unavailable(request.strict);
        let body = health(report);
        if is_unavailable {
            return Err(GetHealthError::ServiceUnavailable { body });
        }
        Ok(GetHealthOk::Ok { body })
    }

    async fn get_detailed_health(
        &self,
        _call: Call<Caller>,
        _request: GetDetailedHealthRequest,
    ) -> Result<GetDetailedHealthOk, GetDetailedHealthError> {
        let report = self.health.detailed_report().await?;
        let is_unavailable = report.report.is_unavailable(false);
        let body = detailed(report);
        if is_unavailable {
            return Err(GetDetailedHealthError::ServiceUnavailable { body });
        }
        Ok(GetDetailedHealthOk::Ok { body })
    }
}

fn health(report: Report) -> v1::Health {
    v1::Health {
        status: status(report.status),
        uptime_seconds: whole(report.uptime.as_secs()),
        version: report.version.to_owned(),
        services: services(&report),
    }
}

fn detailed(report: DetailedReport) -> v1::DetailedHealth {
    let DetailedReport {
        report,
        pool,
        queue_depth,
        dead_letters,
        resident_bytes,
        cache_hit_ratio,
    } = report;
    v1::DetailedHealth {
        status: status(report.status),
        uptime_seconds: whole(report.uptime.as_secs()),
        version: report.version.to_owned(),
        services: services(&report),
        pool: pool_health(pool),
        queue_depth,
        dead_letters,
        memory: v1::MemoryHealth {
            resident_bytes: whole(resident_bytes),
        },
        cache_hit_ratio,
    }
}

fn services(report: &Report) -> HealthServices {
    HealthServices {
        database: service(report.database),
        redis: service(report.redis),
        external_api: service(report.external_api),
    }
}

fn service(report: ServiceReport) -> ServiceHealth {
    let milliseconds = |latency: Duration| i32::try_from(latency.as_millis()).unwrap_or(i32::MAX);
    ServiceHealth {
        status: service_status(report.state),
        latency_ms: report.latency.map(milliseconds),
    }
}

fn status(status: Status) -> HealthStatus {
    match status {
        Status::Healthy => HealthStatus::Healthy,
        Status::Degraded => HealthStatus::Degraded,
        Status::Unhealthy => HealthStatus::Unhealthy,
    }
}

fn service_status(state: ServiceState) -> ServiceStatus {
    match state {
        ServiceState::Healthy => ServiceStatus::Healthy,
        ServiceState::Unhealthy => ServiceStatus::Unhealthy,
        ServiceState::Disabled => ServiceStatus::Disabled,
    }
}

fn pool_health(pool: PoolReport) -> v1::PoolHealth {
    let count = |connections: u32| i32::try_from(connections).unwrap_or(i32::MAX);
    v1::PoolHealth {
        max: count(pool.max),
        open: count(pool.open),
        idle: count(pool.idle),
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
