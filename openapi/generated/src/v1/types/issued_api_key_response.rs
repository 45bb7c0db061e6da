//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `IssuedApiKeyResponse`.

use openapi_runtime as rt;

/// The envelope around a new API key. (openapi/v1.yaml:2744)
#[derive(Debug, Clone, PartialEq)]
pub struct IssuedApiKeyResponse {
    /// A new API key with its secret, which is shown this once. (openapi/v1.yaml:2752)
    pub data: super::IssuedApiKey,
}

impl serde::Serialize for IssuedApiKeyResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("error", &())?;
        map.end()
    }
}

impl rt::ReplyBody for IssuedApiKeyResponse {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static ISSUED_API_KEY_RESPONSE_SCHEMA: rt::Schema = rt::Schema {
    name: "IssuedApiKeyResponse",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::Named(&super::issued_api_key::ISSUED_API_KEY_SCHEMA),
            ),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
