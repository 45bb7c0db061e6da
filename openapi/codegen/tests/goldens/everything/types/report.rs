//! Generated from tests/cases/positive/everything.yaml (sha256 5758e37657b2453c32d9dee359247485411daaeec64be4d5c8a97a540aee07a8). Do not edit.
//!
//! The schema `Report`.

use openapi_runtime as rt;

/// The schema `Report`. (tests/cases/positive/everything.yaml:463)
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// A shape, told apart by `kind`. (tests/cases/positive/everything.yaml:466)
    pub shape: super::Shape,
    /// `counts` (tests/cases/positive/everything.yaml:467)
    pub counts: rt::Map<i64>,
    /// A number or a text. (tests/cases/positive/everything.yaml:468)
    pub value: super::Reading,
    /// `anything` (tests/cases/positive/everything.yaml:469)
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
