//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `WalletEntryFeed`.

use openapi_runtime as rt;

/// One stretch of the feed of wallet entries. (openapi/v1.yaml:3409)
#[derive(Debug, Clone, PartialEq)]
pub struct WalletEntryFeed {
    /// The wallet entries, newest first. (openapi/v1.yaml:3418)
    pub data: Vec<super::WalletEntry>,
    /// How to go on reading a feed. (openapi/v1.yaml:3425)
    pub meta: super::CursorMeta,
}

impl serde::Serialize for WalletEntryFeed {
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

impl rt::ReplyBody for WalletEntryFeed {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static WALLET_ENTRY_FEED_SCHEMA: rt::Schema = rt::Schema {
    name: "WalletEntryFeed",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::List(
                    &rt::Shape::Named(&super::wallet_entry::WALLET_ENTRY_SCHEMA),
                ),
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
