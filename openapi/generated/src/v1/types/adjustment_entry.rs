//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `AdjustmentEntry`.

use openapi_runtime as rt;

/// A correction by an administrator. (openapi/v1.yaml:3368)
#[derive(Debug, Clone, PartialEq)]
pub struct AdjustmentEntry {
    /// The id of the entry. (openapi/v1.yaml:3373)
    pub id: rt::Uuid,
    /// What was added or, when negative, taken, in minor units. (openapi/v1.yaml:3384)
    pub amount: i64,
    /// The balance once the entry was booked, in minor units. (openapi/v1.yaml:3390)
    pub balance_after: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3396)
    pub currency: String,
    /// When it was booked. (openapi/v1.yaml:3402)
    pub created_at: rt::Timestamp,
}

impl serde::Serialize for AdjustmentEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("kind", &"ADJUSTMENT")?;
        map.serialize_entry("amount", &self.amount)?;
        map.serialize_entry("balanceAfter", &self.balance_after)?;
        map.serialize_entry("currency", &self.currency)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.end()
    }
}

pub(crate) static ADJUSTMENT_ENTRY_SCHEMA: rt::Schema = rt::Schema {
    name: "AdjustmentEntry",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("kind", rt::Shape::Text("")),
            rt::Member::required("amount", rt::Shape::Integer("int64")),
            rt::Member::required("balanceAfter", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
        ],
    ),
};
