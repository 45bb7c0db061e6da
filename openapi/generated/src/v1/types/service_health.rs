//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ServiceHealth`.

use openapi_runtime as rt;

/// The state of one dependency. (openapi/v1.yaml:2379)
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceHealth {
    /// How a dependency is. `disabled` means that the configuration does without it. (openapi/v1.yaml:2383)
    pub status: super::ServiceStatus,
    /// How long the last check took, in milliseconds; left out where nothing was asked. (openapi/v1.yaml:2385)
    pub latency_ms: Option<i32>,
}

impl serde::Serialize for ServiceHealth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        if let Some(value) = &self.latency_ms {
            map.serialize_entry("latencyMs", value)?;
        }
        map.end()
    }
}

pub(crate) static SERVICE_HEALTH_SCHEMA: rt::Schema = rt::Schema {
    name: "ServiceHealth",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::service_status::SERVICE_STATUS_SCHEMA),
            ),
            rt::Member::optional("latencyMs", rt::Shape::Integer("int32")),
        ],
    ),
};
