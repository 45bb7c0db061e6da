//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `ItemResponse`.

use openapi_runtime as rt;

/// One item, in the envelope. (tests/cases/positive/everything.yaml:418)
#[derive(Debug, Clone, PartialEq)]
pub struct ItemResponse {
    /// An item. Its `id` is ours, its secret is yours. (tests/cases/positive/everything.yaml:425)
    ///
    /// Both views of it differ, as `readOnly` and `writeOnly` members are in only one of them.
    pub data: super::Item,
}

impl serde::Serialize for ItemResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("error", &())?;
        map.serialize_entry("data", &self.data)?;
        map.end()
    }
}

impl rt::ReplyBody for ItemResponse {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static ITEM_RESPONSE_SCHEMA: rt::Schema = rt::Schema {
    name: "ItemResponse",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required("data", rt::Shape::Named(&super::item::ITEM_SCHEMA)),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
