//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `DetailedHealth`.

use openapi_runtime as rt;

/// The state of the server with its inner figures. (openapi/v1.yaml:2465)
#[derive(Debug, Clone, PartialEq)]
pub struct DetailedHealth {
    /// How the server is: `healthy`; `degraded` when it works without something it would like to have; `unhealthy`
    /// when it cannot work. (openapi/v1.yaml:2396)
    pub status: super::HealthStatus,
    /// For how many whole seconds this process has been running. (openapi/v1.yaml:2404)
    pub uptime_seconds: i64,
    /// The version of the server that answers. (openapi/v1.yaml:2410)
    pub version: String,
    /// What the server depends on, one entry each. (openapi/v1.yaml:2414)
    pub services: super::HealthServices,
    /// The pool of database connections. (openapi/v1.yaml:2472)
    pub pool: super::PoolHealth,
    /// How many jobs wait to be run. (openapi/v1.yaml:2474)
    pub queue_depth: i64,
    /// How many jobs were given up after their last attempt. (openapi/v1.yaml:2480)
    pub dead_letters: i64,
    /// The memory of this process. (openapi/v1.yaml:2485)
    pub memory: super::MemoryHealth,
    /// The share of cache look-ups that found something, since the start; null before the first one.
    /// (openapi/v1.yaml:2487)
    pub cache_hit_ratio: Option<f64>,
}

impl serde::Serialize for DetailedHealth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("uptimeSeconds", &self.uptime_seconds)?;
        map.serialize_entry("version", &self.version)?;
        map.serialize_entry("services", &self.services)?;
        map.serialize_entry("pool", &self.pool)?;
        map.serialize_entry("queueDepth", &self.queue_depth)?;
        map.serialize_entry("deadLetters", &self.dead_letters)?;
        map.serialize_entry("memory", &self.memory)?;
        map.serialize_entry("cacheHitRatio", &self.cache_hit_ratio)?;
        map.end()
    }
}

impl rt::ReplyBody for DetailedHealth {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static DETAILED_HEALTH_SCHEMA: rt::Schema = rt::Schema {
    name: "DetailedHealth",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::health_status::HEALTH_STATUS_SCHEMA),
            ),
            rt::Member::required("uptimeSeconds", rt::Shape::Integer("int64")),
            rt::Member::required("version", rt::Shape::Text("")),
            rt::Member::required(
                "services",
                rt::Shape::Named(&super::health::HEALTH_SERVICES_SCHEMA),
            ),
            rt::Member::required(
                "pool",
                rt::Shape::Named(&super::pool_health::POOL_HEALTH_SCHEMA),
            ),
            rt::Member::required("queueDepth", rt::Shape::Integer("int64")),
            rt::Member::required("deadLetters", rt::Shape::Integer("int64")),
            rt::Member::required(
                "memory",
                rt::Shape::Named(&super::memory_health::MEMORY_HEALTH_SCHEMA),
            ),
            rt::Member::required("cacheHitRatio", rt::Shape::Number("double")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
