//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderDetailResponse`.

use openapi_runtime as rt;

/// The envelope around an order with its expansions. (openapi/v1.yaml:3895)
#[derive(Debug, Clone, PartialEq)]
pub struct OrderDetailResponse {
    /// An order with what `expand` asked for. (openapi/v1.yaml:3903)
    pub data: super::OrderDetail,
}

impl serde::Serialize for OrderDetailResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("error", &())?;
        map.end()
    }
}

impl rt::ReplyBody for OrderDetailResponse {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static ORDER_DETAIL_RESPONSE_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderDetailResponse",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::Named(&super::order_detail::ORDER_DETAIL_SCHEMA),
            ),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
