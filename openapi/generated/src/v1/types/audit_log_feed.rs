//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `AuditLogFeed`.

use openapi_runtime as rt;

/// One stretch of the feed of audit rows. (openapi/v1.yaml:4065)
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLogFeed {
    /// The audit rows, newest first. (openapi/v1.yaml:4074)
    pub data: Vec<super::AuditLog>,
    /// How to go on reading a feed. (openapi/v1.yaml:4081)
    pub meta: super::CursorMeta,
}

impl serde::Serialize for AuditLogFeed {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("error", &())?;
        map.serialize_entry("meta", &self.meta)?;
        map.end()
    }
}

impl rt::ReplyBody for AuditLogFeed {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static AUDIT_LOG_FEED_SCHEMA: rt::Schema = rt::Schema {
    name: "AuditLogFeed",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::List(&rt::Shape::Named(&super::audit_log::AUDIT_LOG_SCHEMA)),
            ),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required(
                "meta",
                rt::Shape::Named(&super::cursor_meta::CURSOR_META_SCHEMA),
            ),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
