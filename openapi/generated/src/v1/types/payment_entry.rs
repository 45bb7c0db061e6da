//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `PaymentEntry`.

use openapi_runtime as rt;

/// Money that paid an order. (openapi/v1.yaml:3274)
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentEntry {
    /// The id of the entry. (openapi/v1.yaml:3279)
    pub id: rt::Uuid,
    /// What went out, in minor units: zero or negative. (openapi/v1.yaml:3290)
    pub amount: i64,
    /// The balance once the entry was booked, in minor units. (openapi/v1.yaml:3296)
    pub balance_after: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3302)
    pub currency: String,
    /// The order that was paid. (openapi/v1.yaml:3308)
    pub order_id: rt::Uuid,
    /// When it was booked. (openapi/v1.yaml:3314)
    pub created_at: rt::Timestamp,
}

impl serde::Serialize for PaymentEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("kind", &"PAYMENT")?;
        map.serialize_entry("amount", &self.amount)?;
        map.serialize_entry("balanceAfter", &self.balance_after)?;
        map.serialize_entry("currency", &self.currency)?;
        map.serialize_entry("orderId", &self.order_id)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.end()
    }
}

pub(crate) static PAYMENT_ENTRY_SCHEMA: rt::Schema = rt::Schema {
    name: "PaymentEntry",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("kind", rt::Shape::Text("")),
            rt::Member::required("amount", rt::Shape::Integer("int64")),
            rt::Member::required("balanceAfter", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("orderId", rt::Shape::Text("uuid")),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
        ],
    ),
};
