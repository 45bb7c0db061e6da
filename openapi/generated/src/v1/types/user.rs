//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `User`.

use openapi_runtime as rt;

/// An account. (openapi/v1.yaml:2807)
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    /// The id of the account. (openapi/v1.yaml:2812)
    pub id: rt::Uuid,
    /// The address to log in with. (openapi/v1.yaml:2819)
    pub email: String,
    /// How the person wants to be called. (openapi/v1.yaml:2825)
    pub name: String,
    /// What an account may do: `member` is a customer, `viewer` is staff that may read everything, `admin` is staff
    /// that may change things. (openapi/v1.yaml:2828)
    pub role: super::Role,
    /// Whether the account is locked out. (openapi/v1.yaml:2830)
    pub disabled: bool,
    /// When it was created. (openapi/v1.yaml:2833)
    pub created_at: rt::Timestamp,
    /// When it was last changed. (openapi/v1.yaml:2839)
    pub updated_at: rt::Timestamp,
}

impl serde::Serialize for User {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("email", &self.email)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("role", &self.role)?;
        map.serialize_entry("disabled", &self.disabled)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.serialize_entry("updatedAt", &self.updated_at)?;
        map.end()
    }
}

pub(crate) static USER_SCHEMA: rt::Schema = rt::Schema {
    name: "User",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("email", rt::Shape::Text("email")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("role", rt::Shape::Named(&super::role::ROLE_SCHEMA)),
            rt::Member::required("disabled", rt::Shape::Boolean),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
            rt::Member::required("updatedAt", rt::Shape::Text("date-time")),
        ],
    ),
};
