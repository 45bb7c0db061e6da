//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `ItemPage`.

use openapi_runtime as rt;

/// Several items, in the envelope. (tests/cases/positive/everything.yaml:427)
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPage {
    /// `data` (tests/cases/positive/everything.yaml:434)
    pub data: Vec<super::Item>,
    /// `meta` (tests/cases/positive/everything.yaml:436)
    pub meta: ItemPageMeta,
}

impl serde::Serialize for ItemPage {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("error", &())?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("meta", &self.meta)?;
        map.end()
    }
}

impl rt::ReplyBody for ItemPage {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static ITEM_PAGE_SCHEMA: rt::Schema = rt::Schema {
    name: "ItemPage",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required(
                "data",
                rt::Shape::List(&rt::Shape::Named(&super::item::ITEM_SCHEMA)),
            ),
            rt::Member::required("meta", rt::Shape::Named(&ITEM_PAGE_META_SCHEMA)),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};

/// The schema `ItemPage meta`. (tests/cases/positive/everything.yaml:436)
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPageMeta {
    /// `total` (tests/cases/positive/everything.yaml:439)
    pub total: i64,
    /// `next` (tests/cases/positive/everything.yaml:440)
    pub next: Option<String>,
}

impl serde::Serialize for ItemPageMeta {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("next", &self.next)?;
        map.end()
    }
}

pub(crate) static ITEM_PAGE_META_SCHEMA: rt::Schema = rt::Schema {
    name: "ItemPageMeta",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("total", rt::Shape::Integer("int64")),
            rt::Member::required("next", rt::Shape::Text("")),
        ],
    ),
};
