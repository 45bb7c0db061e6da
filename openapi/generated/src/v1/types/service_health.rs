//! Generated from openapi/v1.yaml (sha256 e7073c287c4fb01eafe0849928aa4c4228ad2dda235aa1be4bd404e7dc799fe0). Do not edit.
//!
//! The schema `ServiceHealth`.

use openapi_runtime as rt;

/// The state of one dependency. (openapi/v1.yaml:2377)
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceHealth {
    /// How a dependency is. `disabled` means that the configuration does without it. (openapi/v1.yaml:2381)
    pub status: super::ServiceStatus,
    /// How long the last check took, in milliseconds; left out where nothing was asked. (openapi/v1.yaml:2383)
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
