//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Integrity`.

use openapi_runtime as rt;

/// Whether the books balance. (openapi/v1.yaml:4128)
#[derive(Debug, Clone, PartialEq)]
pub struct Integrity {
    /// Whether every check that ran passed. (openapi/v1.yaml:4133)
    pub ok: bool,
    /// When it was checked. (openapi/v1.yaml:4136)
    pub checked_at: rt::Timestamp,
    /// The checks that ran. (openapi/v1.yaml:4141)
    pub checks: Vec<super::IntegrityCheck>,
}

impl serde::Serialize for Integrity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ok", &self.ok)?;
        map.serialize_entry("checkedAt", &self.checked_at)?;
        map.serialize_entry("checks", &self.checks)?;
        map.end()
    }
}

pub(crate) static INTEGRITY_SCHEMA: rt::Schema = rt::Schema {
    name: "Integrity",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("ok", rt::Shape::Boolean),
            rt::Member::required("checkedAt", rt::Shape::Text("date-time")),
            rt::Member::required(
                "checks",
                rt::Shape::List(
                    &rt::Shape::Named(&super::integrity_check::INTEGRITY_CHECK_SCHEMA),
                ),
            ),
        ],
    ),
};
