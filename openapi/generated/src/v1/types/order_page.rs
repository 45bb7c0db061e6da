//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderPage`.

use openapi_runtime as rt;

/// One page of orders. (openapi/v1.yaml:3970)
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPage {
    /// The orders of this page, in the order asked for. (openapi/v1.yaml:3979)
    pub data: Vec<super::Order>,
    /// Where this page stands in the whole list. (openapi/v1.yaml:3986)
    pub meta: super::PageMeta,
}

impl serde::Serialize for OrderPage {
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

impl rt::ReplyBody for OrderPage {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static ORDER_PAGE_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderPage",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::List(&rt::Shape::Named(&super::order::ORDER_SCHEMA)),
            ),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required(
                "meta",
                rt::Shape::Named(&super::page_meta::PAGE_META_SCHEMA),
            ),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
