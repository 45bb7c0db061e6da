//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Payment`.

use openapi_runtime as rt;

/// A payment of an order from a wallet. (openapi/v1.yaml:3724)
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// The id of the payment. (openapi/v1.yaml:3729)
    pub id: rt::Uuid,
    /// The order. (openapi/v1.yaml:3736)
    pub order_id: rt::Uuid,
    /// How much, in minor units. (openapi/v1.yaml:3742)
    pub amount: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3748)
    pub currency: String,
    /// What became of a payment. (openapi/v1.yaml:3753)
    pub status: super::PaymentStatus,
    /// When it was created. (openapi/v1.yaml:3755)
    pub created_at: rt::Timestamp,
}

impl serde::Serialize for Payment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("orderId", &self.order_id)?;
        map.serialize_entry("amount", &self.amount)?;
        map.serialize_entry("currency", &self.currency)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.end()
    }
}

pub(crate) static PAYMENT_SCHEMA: rt::Schema = rt::Schema {
    name: "Payment",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("orderId", rt::Shape::Text("uuid")),
            rt::Member::required("amount", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::payment_status::PAYMENT_STATUS_SCHEMA),
            ),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
        ],
    ),
};
