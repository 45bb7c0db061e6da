//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `TopUp`.

use openapi_runtime as rt;

/// Money that was paid in. (openapi/v1.yaml:3466)
#[derive(Debug, Clone, PartialEq)]
pub struct TopUp {
    /// The id of the top-up. (openapi/v1.yaml:3471)
    pub id: rt::Uuid,
    /// How much came in, in minor units. (openapi/v1.yaml:3478)
    pub amount: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3484)
    pub currency: String,
    /// What the wallet holds now, in minor units. (openapi/v1.yaml:3490)
    pub balance: i64,
    /// When it was created. (openapi/v1.yaml:3496)
    pub created_at: rt::Timestamp,
}

impl serde::Serialize for TopUp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("amount", &self.amount)?;
        map.serialize_entry("currency", &self.currency)?;
        map.serialize_entry("balance", &self.balance)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.end()
    }
}

pub(crate) static TOP_UP_SCHEMA: rt::Schema = rt::Schema {
    name: "TopUp",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("amount", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("balance", rt::Shape::Integer("int64")),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
        ],
    ),
};
