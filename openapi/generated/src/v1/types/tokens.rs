//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Tokens`.

use openapi_runtime as rt;

/// A session: a short-lived access token, and what renews it. (openapi/v1.yaml:2605)
#[derive(Debug, Clone, PartialEq)]
pub struct Tokens {
    /// A JWT for the `Authorization: Bearer` header. (openapi/v1.yaml:2610)
    pub access_token: String,
    /// For how many seconds the access token is valid. (openapi/v1.yaml:2618)
    pub expires_in: i32,
    /// What renews the session, once. Left out when it travels in the cookie. (openapi/v1.yaml:2624)
    pub refresh_token: Option<String>,
    /// For how many seconds the refresh token is valid. (openapi/v1.yaml:2628)
    pub refresh_expires_in: i32,
    /// An account. (openapi/v1.yaml:2633)
    pub user: super::User,
}

impl serde::Serialize for Tokens {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("accessToken", &self.access_token)?;
        map.serialize_entry("tokenType", &"Bearer")?;
        map.serialize_entry("expiresIn", &self.expires_in)?;
        if let Some(value) = &self.refresh_token {
            map.serialize_entry("refreshToken", value)?;
        }
        map.serialize_entry("refreshExpiresIn", &self.refresh_expires_in)?;
        map.serialize_entry("user", &self.user)?;
        map.end()
    }
}

pub(crate) static TOKENS_SCHEMA: rt::Schema = rt::Schema {
    name: "Tokens",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("accessToken", rt::Shape::Text("")),
            rt::Member::required("tokenType", rt::Shape::Text("")),
            rt::Member::required("expiresIn", rt::Shape::Integer("int32")),
            rt::Member::optional("refreshToken", rt::Shape::Text("")),
            rt::Member::required("refreshExpiresIn", rt::Shape::Integer("int32")),
            rt::Member::required("user", rt::Shape::Named(&super::user::USER_SCHEMA)),
        ],
    ),
};
