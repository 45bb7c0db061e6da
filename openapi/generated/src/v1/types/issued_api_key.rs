//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `IssuedApiKey`.

use openapi_runtime as rt;

/// A new API key with its secret, which is shown this once. (openapi/v1.yaml:2730)
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedApiKey {
    /// The id of the key. (openapi/v1.yaml:2697)
    pub id: rt::Uuid,
    /// What the key is for. (openapi/v1.yaml:2704)
    pub name: String,
    /// The first characters of the key, to tell keys apart. (openapi/v1.yaml:2708)
    pub prefix: String,
    /// What the key may do. (openapi/v1.yaml:2712)
    pub scopes: Vec<super::ApiKeyScope>,
    /// When the key stops working; left out when it works until it is revoked. (openapi/v1.yaml:2718)
    pub expires_at: Option<rt::Timestamp>,
    /// When it was created. (openapi/v1.yaml:2723)
    pub created_at: rt::Timestamp,
    /// The key itself, for the `X-API-Key` header. It cannot be shown again. (openapi/v1.yaml:2738)
    pub key: String,
}

impl serde::Serialize for IssuedApiKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("prefix", &self.prefix)?;
        map.serialize_entry("scopes", &self.scopes)?;
        if let Some(value) = &self.expires_at {
            map.serialize_entry("expiresAt", value)?;
        }
        map.serialize_entry("createdAt", &self.created_at)?;
        map.serialize_entry("key", &self.key)?;
        map.end()
    }
}

pub(crate) static ISSUED_API_KEY_SCHEMA: rt::Schema = rt::Schema {
    name: "IssuedApiKey",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("prefix", rt::Shape::Text("")),
            rt::Member::required(
                "scopes",
                rt::Shape::List(
                    &rt::Shape::Named(&super::api_key_scope::API_KEY_SCOPE_SCHEMA),
                ),
            ),
            rt::Member::optional("expiresAt", rt::Shape::Text("date-time")),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
            rt::Member::required("key", rt::Shape::Text("")),
        ],
    ),
};
