//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Order`.

use openapi_runtime as rt;

/// An order. (openapi/v1.yaml:3594)
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The id of the order. (openapi/v1.yaml:3599)
    pub id: rt::Uuid,
    /// Whose order it is. (openapi/v1.yaml:3606)
    pub user_id: rt::Uuid,
    /// Where an order stands. `x-state-machine` lists every change that can happen; anything else is refused with
    /// `ORDER_STATUS_INVALID`. CANCELLED, EXPIRED and REFUNDED are final. (openapi/v1.yaml:3611)
    pub status: super::OrderStatus,
    /// What was ordered. (openapi/v1.yaml:3613)
    pub items: Vec<super::OrderItem>,
    /// The sum of the lines, in minor units. (openapi/v1.yaml:3619)
    pub subtotal: i64,
    /// What a coupon takes off, in minor units. (openapi/v1.yaml:3625)
    pub discount: i64,
    /// What is to be paid: subtotal less discount, in minor units. (openapi/v1.yaml:3631)
    pub total: i64,
    /// What has been paid back so far, in minor units. (openapi/v1.yaml:3637)
    pub refunded_amount: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3643)
    pub currency: String,
    /// The coupon that was applied. (openapi/v1.yaml:3649)
    pub coupon_code: Option<String>,
    /// Until when the stock is reserved. Left out once the reservation does not expire any more.
    /// (openapi/v1.yaml:3653)
    pub expires_at: Option<rt::Timestamp>,
    /// When it was paid. (openapi/v1.yaml:3658)
    pub paid_at: Option<rt::Timestamp>,
    /// When it was created. (openapi/v1.yaml:3663)
    pub created_at: rt::Timestamp,
    /// When it was last changed. (openapi/v1.yaml:3669)
    pub updated_at: rt::Timestamp,
}

impl serde::Serialize for Order {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("userId", &self.user_id)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("items", &self.items)?;
        map.serialize_entry("subtotal", &self.subtotal)?;
        map.serialize_entry("discount", &self.discount)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("refundedAmount", &self.refunded_amount)?;
        map.serialize_entry("currency", &self.currency)?;
        if let Some(value) = &self.coupon_code {
            map.serialize_entry("couponCode", value)?;
        }
        if let Some(value) = &self.expires_at {
            map.serialize_entry("expiresAt", value)?;
        }
        if let Some(value) = &self.paid_at {
            map.serialize_entry("paidAt", value)?;
        }
        map.serialize_entry("createdAt", &self.created_at)?;
        map.serialize_entry("updatedAt", &self.updated_at)?;
        map.end()
    }
}

pub(crate) static ORDER_SCHEMA: rt::Schema = rt::Schema {
    name: "Order",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("userId", rt::Shape::Text("uuid")),
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::order_status::ORDER_STATUS_SCHEMA),
            ),
            rt::Member::required(
                "items",
                rt::Shape::List(&rt::Shape::Named(&super::order_item::ORDER_ITEM_SCHEMA)),
            ),
            rt::Member::required("subtotal", rt::Shape::Integer("int64")),
            rt::Member::required("discount", rt::Shape::Integer("int64")),
            rt::Member::required("total", rt::Shape::Integer("int64")),
            rt::Member::required("refundedAmount", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::optional("couponCode", rt::Shape::Text("")),
            rt::Member::optional("expiresAt", rt::Shape::Text("date-time")),
            rt::Member::optional("paidAt", rt::Shape::Text("date-time")),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
            rt::Member::required("updatedAt", rt::Shape::Text("date-time")),
        ],
    ),
};
