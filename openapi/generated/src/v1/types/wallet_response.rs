//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `WalletResponse`.

use openapi_runtime as rt;

/// The envelope around a wallet. (openapi/v1.yaml:3188)
#[derive(Debug, Clone, PartialEq)]
pub struct WalletResponse {
    /// The money that an account can pay with. (openapi/v1.yaml:3196)
    pub data: super::Wallet,
}

impl serde::Serialize for WalletResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("error", &())?;
        map.end()
    }
}

impl rt::ReplyBody for WalletResponse {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

pub(crate) static WALLET_RESPONSE_SCHEMA: rt::Schema = rt::Schema {
    name: "WalletResponse",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("success", rt::Shape::Boolean),
            rt::Member::required(
                "data",
                rt::Shape::Named(&super::wallet::WALLET_SCHEMA),
            ),
            rt::Member::required("error", rt::Shape::Null),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("timestamp", rt::Shape::Text("date-time")),
        ],
    ),
};
