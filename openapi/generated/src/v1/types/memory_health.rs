//! Generated from openapi/v1.yaml (sha256 e7073c287c4fb01eafe0849928aa4c4228ad2dda235aa1be4bd404e7dc799fe0). Do not edit.
//!
//! The schema `MemoryHealth`.

use openapi_runtime as rt;

/// The memory of this process. (openapi/v1.yaml:2451)
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryHealth {
    /// Resident memory, in bytes; 0 where the platform does not tell. (openapi/v1.yaml:2456)
    pub resident_bytes: i64,
}

impl serde::Serialize for MemoryHealth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("residentBytes", &self.resident_bytes)?;
        map.end()
    }
}

pub(crate) static MEMORY_HEALTH_SCHEMA: rt::Schema = rt::Schema {
    name: "MemoryHealth",
    kind: rt::SchemaKind::Object(
        &[rt::Member::required("residentBytes", rt::Shape::Integer("int64"))],
    ),
};
