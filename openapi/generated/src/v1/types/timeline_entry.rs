//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `TimelineEntry`.

use openapi_runtime as rt;

/// A status that the order took. (openapi/v1.yaml:3676)
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineEntry {
    /// Where an order stands. `x-state-machine` lists every change that can happen; anything else is refused with
    /// `ORDER_STATUS_INVALID`. CANCELLED, EXPIRED and REFUNDED are final. (openapi/v1.yaml:3680)
    pub status: super::OrderStatus,
    /// When. (openapi/v1.yaml:3682)
    pub at: rt::Timestamp,
    /// The account behind the change; null when the server acted by itself. (openapi/v1.yaml:3687)
    pub actor_id: Option<rt::Uuid>,
    /// Why, where somebody said so. (openapi/v1.yaml:3693)
    pub reason: Option<String>,
}

impl serde::Serialize for TimelineEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("at", &self.at)?;
        map.serialize_entry("actorId", &self.actor_id)?;
        if let Some(value) = &self.reason {
            map.serialize_entry("reason", value)?;
        }
        map.end()
    }
}

pub(crate) static TIMELINE_ENTRY_SCHEMA: rt::Schema = rt::Schema {
    name: "TimelineEntry",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::order_status::ORDER_STATUS_SCHEMA),
            ),
            rt::Member::required("at", rt::Shape::Text("date-time")),
            rt::Member::required("actorId", rt::Shape::Text("uuid")),
            rt::Member::optional("reason", rt::Shape::Text("")),
        ],
    ),
};
