//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderQuote`.

use openapi_runtime as rt;

/// What an order would cost. Nothing is stored or reserved. (openapi/v1.yaml:3772)
#[derive(Debug, Clone, PartialEq)]
pub struct OrderQuote {
    /// What would be ordered. (openapi/v1.yaml:3777)
    pub items: Vec<super::OrderItem>,
    /// The sum of the lines, in minor units. (openapi/v1.yaml:3783)
    pub subtotal: i64,
    /// What a coupon would take off, in minor units. (openapi/v1.yaml:3789)
    pub discount: i64,
    /// What would have to be paid, in minor units. (openapi/v1.yaml:3795)
    pub total: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3801)
    pub currency: String,
}

impl serde::Serialize for OrderQuote {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("items", &self.items)?;
        map.serialize_entry("subtotal", &self.subtotal)?;
        map.serialize_entry("discount", &self.discount)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("currency", &self.currency)?;
        map.end()
    }
}

pub(crate) static ORDER_QUOTE_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderQuote",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "items",
                rt::Shape::List(&rt::Shape::Named(&super::order_item::ORDER_ITEM_SCHEMA)),
            ),
            rt::Member::required("subtotal", rt::Shape::Integer("int64")),
            rt::Member::required("discount", rt::Shape::Integer("int64")),
            rt::Member::required("total", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
        ],
    ),
};
