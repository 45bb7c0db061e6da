//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Wallet`.

use openapi_runtime as rt;

/// The money that an account can pay with. (openapi/v1.yaml:3158)
#[derive(Debug, Clone, PartialEq)]
pub struct Wallet {
    /// Whose wallet it is. (openapi/v1.yaml:3163)
    pub user_id: rt::Uuid,
    /// What is there, in minor units. (openapi/v1.yaml:3169)
    pub balance: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3175)
    pub currency: String,
    /// When it was last changed. (openapi/v1.yaml:3181)
    pub updated_at: rt::Timestamp,
}

impl serde::Serialize for Wallet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("userId", &self.user_id)?;
        map.serialize_entry("balance", &self.balance)?;
        map.serialize_entry("currency", &self.currency)?;
        map.serialize_entry("updatedAt", &self.updated_at)?;
        map.end()
    }
}

pub(crate) static WALLET_SCHEMA: rt::Schema = rt::Schema {
    name: "Wallet",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("userId", rt::Shape::Text("uuid")),
            rt::Member::required("balance", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("updatedAt", rt::Shape::Text("date-time")),
        ],
    ),
};
