//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ProductPage`.

use openapi_runtime as rt;

/// One page of products. (openapi/v1.yaml:3127)
#[derive(Debug, Clone, PartialEq)]
pub struct ProductPage {
    /// The products of this page, in the order asked for. (openapi/v1.yaml:3136)
    pub data: Vec<super::Product>,
    /// Where this page stands in the whole list. (openapi/v1.yaml:3143)
    pub meta: super::PageMeta,
}

impl serde::Serialize for ProductPage {
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

impl rt::ReplyBody for ProductPage {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static PRODUCT_PAGE_SCHEMA: rt::Schema = rt::Schema {
    name: "ProductPage",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::List(&rt::Shape::Named(&super::product::PRODUCT_SCHEMA)),
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
