//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `PageMeta`.

use openapi_runtime as rt;

/// Where this page stands in the whole list. (openapi/v1.yaml:4173)
#[derive(Debug, Clone, PartialEq)]
pub struct PageMeta {
    /// The number of this page, from 1. (openapi/v1.yaml:4178)
    pub page: i32,
    /// How many entries a page has at most. (openapi/v1.yaml:4184)
    pub per_page: i32,
    /// How many entries there are in all. (openapi/v1.yaml:4190)
    pub total: i64,
    /// How many pages there are; 0 for an empty list. (openapi/v1.yaml:4196)
    pub total_pages: i64,
    /// Whether a page follows. (openapi/v1.yaml:4202)
    pub has_next: bool,
    /// Whether a page precedes. (openapi/v1.yaml:4205)
    pub has_prev: bool,
}

impl serde::Serialize for PageMeta {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("page", &self.page)?;
        map.serialize_entry("perPage", &self.per_page)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("totalPages", &self.total_pages)?;
        map.serialize_entry("hasNext", &self.has_next)?;
        map.serialize_entry("hasPrev", &self.has_prev)?;
        map.end()
    }
}

pub(crate) static PAGE_META_SCHEMA: rt::Schema = rt::Schema {
    name: "PageMeta",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("page", rt::Shape::Integer("int32")),
            rt::Member::required("perPage", rt::Shape::Integer("int32")),
            rt::Member::required("total", rt::Shape::Integer("int64")),
            rt::Member::required("totalPages", rt::Shape::Integer("int64")),
            rt::Member::required("hasNext", rt::Shape::Boolean),
            rt::Member::required("hasPrev", rt::Shape::Boolean),
        ],
    ),
};
