//! Generated from openapi/v1.yaml (sha256 e4055b26dc6ca5b8a1e9dde290c1f919155fbd6607059b5211e673658518522b). Do not edit.
//!
//! The schema `OrderItem`.

use openapi_runtime as rt;

/// One line of an order, as it was when the order was placed. (openapi/v1.yaml:3526)
#[derive(Debug, Clone, PartialEq)]
pub struct OrderItem {
    /// The product. (openapi/v1.yaml:3531)
    pub product_id: rt::Uuid,
    /// Its stock keeping unit then. (openapi/v1.yaml:3537)
    pub sku: String,
    /// Its name then. (openapi/v1.yaml:3541)
    pub name: String,
    /// How many units. (openapi/v1.yaml:3545)
    pub quantity: i32,
    /// The price of one unit then, in minor units. (openapi/v1.yaml:3551)
    pub unit_price: i64,
    /// Quantity times unit price, in minor units. (openapi/v1.yaml:3557)
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
