//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderItem`.

use openapi_runtime as rt;

/// One line of an order, as it was when the order was placed. (openapi/v1.yaml:3556)
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    /// The product. (openapi/v1.yaml:3561)
    pub product_id: rt::Uuid,
    /// Its stock keeping unit then. (openapi/v1.yaml:3567)
    pub sku: String,
    /// Its name then. (openapi/v1.yaml:3571)
    pub name: String,
    /// How many units. (openapi/v1.yaml:3575)
    pub quantity: i32,
    /// The price of one unit then, in minor units. (openapi/v1.yaml:3581)
    pub unit_price: i64,
    /// Quantity times unit price, in minor units. (openapi/v1.yaml:3587)
    pub subtotal: i64,
}

impl serde::Serialize for OrderItem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("productId", &self.product_id)?;
        map.serialize_entry("sku", &self.sku)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("quantity", &self.quantity)?;
        map.serialize_entry("unitPrice", &self.unit_price)?;
        map.serialize_entry("subtotal", &self.subtotal)?;
        map.end()
    }
}

pub(crate) static ORDER_ITEM_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderItem",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("productId", rt::Shape::Text("uuid")),
            rt::Member::required("sku", rt::Shape::Text("")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("quantity", rt::Shape::Integer("int32")),
            rt::Member::required("unitPrice", rt::Shape::Integer("int64")),
            rt::Member::required("subtotal", rt::Shape::Integer("int64")),
        ],
    ),
};
