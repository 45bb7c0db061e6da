//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `PoolHealth`.

use openapi_runtime as rt;

/// The pool of database connections. (openapi/v1.yaml:2429)
#[derive(Debug, Clone, PartialEq)]
pub struct PoolHealth {
    /// How many connections the pool may open. (openapi/v1.yaml:2434)
    pub max: i32,
    /// How many are open. (openapi/v1.yaml:2440)
    pub open: i32,
    /// How many of the open ones are free. (openapi/v1.yaml:2446)
    pub idle: i32,
}

impl serde::Serialize for PoolHealth {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("max", &self.max)?;
        map.serialize_entry("open", &self.open)?;
        map.serialize_entry("idle", &self.idle)?;
        map.end()
    }
}

pub(crate) static POOL_HEALTH_SCHEMA: rt::Schema = rt::Schema {
    name: "PoolHealth",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("max", rt::Shape::Integer("int32")),
            rt::Member::required("open", rt::Shape::Integer("int32")),
            rt::Member::required("idle", rt::Shape::Integer("int32")),
        ],
    ),
};
