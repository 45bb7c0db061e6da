//! Generated from openapi/v1.yaml (sha256 e7073c287c4fb01eafe0849928aa4c4228ad2dda235aa1be4bd404e7dc799fe0). Do not edit.
//!
//! The schema `OrderItem`.

use openapi_runtime as rt;

/// One line of an order, as it was when the order was placed. (openapi/v1.yaml:3554)
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    /// The product. (openapi/v1.yaml:3559)
    pub product_id: rt::Uuid,
    /// Its stock keeping unit then. (openapi/v1.yaml:3565)
    pub sku: String,
    /// Its name then. (openapi/v1.yaml:3569)
    pub name: String,
    /// How many units. (openapi/v1.yaml:3573)
    pub quantity: i32,
    /// The price of one unit then, in minor units. (openapi/v1.yaml:3579)
    pub unit_price: i64,
    /// Quantity times unit price, in minor units. (openapi/v1.yaml:3585)
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
