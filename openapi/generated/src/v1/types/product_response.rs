//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ProductResponse`.

use openapi_runtime as rt;

/// The envelope around a product. (openapi/v1.yaml:3102)
#[derive(Debug, Clone, PartialEq)]
pub struct ProductResponse {
    /// Something that can be ordered. (openapi/v1.yaml:3110)
    pub data: super::Product,
}

impl serde::Serialize for ProductResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("error", &())?;
        map.end()
    }
}

impl rt::ReplyBody for ProductResponse {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static PRODUCT_RESPONSE_SCHEMA: rt::Schema = rt::Schema {
    name: "ProductResponse",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::Named(&super::product::PRODUCT_SCHEMA),
            ),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
