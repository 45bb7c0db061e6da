//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Report`.

use openapi_runtime as rt;

/// The schema `Report`. (tests/cases/positive/everything.yaml:468)
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// A shape, told apart by `kind`. (tests/cases/positive/everything.yaml:471)
    pub shape: super::Shape,
    /// `counts` (tests/cases/positive/everything.yaml:472)
    pub counts: rt::Map<i64>,
    /// A number or a text. (tests/cases/positive/everything.yaml:473)
    pub value: super::Reading,
    /// `anything` (tests/cases/positive/everything.yaml:474)
    pub anything: Option<rt::Json>,
}

impl serde::Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("shape", &self.shape)?;
        map.serialize_entry("counts", &self.counts)?;
        map.serialize_entry("value", &self.value)?;
        if let Some(value) = &self.anything {
            map.serialize_entry("anything", value)?;
        }
        map.end()
    }
}

impl rt::ReplyBody for Report {}

pub(crate) static REPORT_SCHEMA: rt::Schema = rt::Schema {
    name: "Report",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("shape", rt::Shape::Named(&super::shape::SHAPE_SCHEMA)),
            rt::Member::required("counts", rt::Shape::Map(&rt::Shape::Integer("int64"))),
            rt::Member::required(
                "value",
                rt::Shape::Named(&super::reading::READING_SCHEMA),
            ),
            rt::Member::optional("anything", rt::Shape::Any),
        ],
    ),
};
