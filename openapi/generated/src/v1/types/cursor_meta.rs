//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `CursorMeta`.

use openapi_runtime as rt;

/// How to go on reading a feed. (openapi/v1.yaml:4209)
#[derive(Debug, Clone, PartialEq)]
pub struct CursorMeta {
    /// How many entries were asked for at most. (openapi/v1.yaml:4214)
    pub limit: i32,
    /// What to pass as `cursor` for the entries that follow; null at the end. (openapi/v1.yaml:4220)
    pub next_cursor: Option<String>,
    /// Whether entries follow. (openapi/v1.yaml:4224)
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
