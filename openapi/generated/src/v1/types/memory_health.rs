//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `MemoryHealth`.

use openapi_runtime as rt;

/// The memory of this process. (openapi/v1.yaml:2453)
#[derive(Debug, Clone, PartialEq)]
pub struct MemoryHealth {
    /// Resident memory, in bytes; 0 where the platform does not tell. (openapi/v1.yaml:2458)
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
