//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Outage`.

use openapi_runtime as rt;

/// The schema `Outage`. (tests/cases/positive/everything.yaml:529)
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// `retry` (tests/cases/positive/everything.yaml:533)
    pub retry: bool,
}

impl serde::Serialize for Outage {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &"down")?;
        map.serialize_entry("retry", &self.retry)?;
        map.end()
    }
}

impl rt::ReplyBody for Outage {}

pub(crate) static OUTAGE_SCHEMA: rt::Schema = rt::Schema {
    name: "Outage",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("status", rt::Shape::Text("")),
            rt::Member::required("retry", rt::Shape::Boolean),
        ],
    ),
};
