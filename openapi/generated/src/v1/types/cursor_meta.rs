//! Generated from openapi/v1.yaml (sha256 134f730ed9956d2f49395584ee4db4d89201e0015cd7c3f780cfe7f71aa3c495). Do not edit.
//!
//! The schema `CursorMeta`.

use openapi_runtime as rt;

/// How to go on reading a feed. (openapi/v1.yaml:4207)
#[derive(Debug, Clone, PartialEq)]
pub struct CursorMeta {
    /// How many entries were asked for at most. (openapi/v1.yaml:4212)
    pub limit: i32,
    /// What to pass as `cursor` for the entries that follow; null at the end. (openapi/v1.yaml:4218)
    pub next_cursor: Option<String>,
    /// Whether entries follow. (openapi/v1.yaml:4222)
    pub has_next: bool,
}

impl serde::Serialize for CursorMeta {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("limit", &self.limit)?;
        map.serialize_entry("nextCursor", &self.next_cursor)?;
        map.serialize_entry("hasNext", &self.has_next)?;
        map.end()
    }
}

pub(crate) static CURSOR_META_SCHEMA: rt::Schema = rt::Schema {
    name: "CursorMeta",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("limit", rt::Shape::Integer("int32")),
            rt::Member::required("nextCursor", rt::Shape::Text("")),
            rt::Member::required("hasNext", rt::Shape::Boolean),
        ],
    ),
};
