//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Health`.

use openapi_runtime as rt;

/// The state of the server in short. (openapi/v1.yaml:2392)
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// How the server is: `healthy`; `degraded` when it works without something it would like to have; `unhealthy`
    /// when it cannot work. (openapi/v1.yaml:2396)
    pub status: super::HealthStatus,
    /// For how many whole seconds this process has been running. (openapi/v1.yaml:2404)
    pub uptime_seconds: i64,
    /// The version of the server that answers. (openapi/v1.yaml:2410)
    pub version: String,
    /// What the server depends on, one entry each. (openapi/v1.yaml:2414)
    pub services: HealthServices,
}

impl serde::Serialize for Health {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("uptimeSeconds", &self.uptime_seconds)?;
        map.serialize_entry("version", &self.version)?;
        map.serialize_entry("services", &self.services)?;
        map.end()
    }
}

impl rt::ReplyBody for Health {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static HEALTH_SCHEMA: rt::Schema = rt::Schema {
    name: "Health",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::health_status::HEALTH_STATUS_SCHEMA),
            ),
            rt::Member::required("uptimeSeconds", rt::Shape::Integer("int64")),
            rt::Member::required("version", rt::Shape::Text("")),
            rt::Member::required("services", rt::Shape::Named(&HEALTH_SERVICES_SCHEMA)),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};

/// What the server depends on, one entry each. (openapi/v1.yaml:2414)
#[derive(Debug, Clone, PartialEq)]
pub struct HealthServices {
    /// The database. The server cannot work without it. (openapi/v1.yaml:2419)
    pub database: super::ServiceHealth,
    /// Redis, for cache and rate limits. Without it the process falls back to its own memory. (openapi/v1.yaml:2422)
    pub redis: super::ServiceHealth,
    /// The external provider behind optional features. (openapi/v1.yaml:2425)
    pub external_api: super::ServiceHealth,
}

impl serde::Serialize for HealthServices {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("database", &self.database)?;
        map.serialize_entry("redis", &self.redis)?;
        map.serialize_entry("externalApi", &self.external_api)?;
        map.end()
    }
}

pub(crate) static HEALTH_SERVICES_SCHEMA: rt::Schema = rt::Schema {
    name: "HealthServices",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "database",
                rt::Shape::Named(&super::service_health::SERVICE_HEALTH_SCHEMA),
            ),
            rt::Member::required(
                "redis",
                rt::Shape::Named(&super::service_health::SERVICE_HEALTH_SCHEMA),
            ),
            rt::Member::required(
                "externalApi",
                rt::Shape::Named(&super::service_health::SERVICE_HEALTH_SCHEMA),
            ),
        ],
    ),
};
