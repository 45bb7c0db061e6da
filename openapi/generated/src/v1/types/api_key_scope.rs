//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ApiKeyScope`.

use openapi_runtime as rt;

/// What an API key may do. `admin` stands for administrative operations as they open to keys.
/// (openapi/v1.yaml:2662)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ApiKeyScope {
    /// `orders:read` (openapi/v1.yaml:2664)
    OrdersRead,
    /// `orders:write` (openapi/v1.yaml:2664)
    OrdersWrite,
    /// `products:write` (openapi/v1.yaml:2664)
    ProductsWrite,
    /// `wallet:read` (openapi/v1.yaml:2664)
    WalletRead,
    /// `wallet:write` (openapi/v1.yaml:2664)
    WalletWrite,
    /// `admin` (openapi/v1.yaml:2664)
    Admin,
}

impl ApiKeyScope {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::OrdersRead,
        Self::OrdersWrite,
        Self::ProductsWrite,
        Self::WalletRead,
        Self::WalletWrite,
        Self::Admin,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "orders:read",
        "orders:write",
        "products:write",
        "wallet:read",
        "wallet:write",
        "admin",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::ProductsWrite => "products:write",
            Self::WalletRead => "wallet:read",
            Self::WalletWrite => "wallet:write",
            Self::Admin => "admin",
        }
    }
}

impl rt::FromText for ApiKeyScope {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "orders:read" => Some(Self::OrdersRead),
            "orders:write" => Some(Self::OrdersWrite),
            "products:write" => Some(Self::ProductsWrite),
            "wallet:read" => Some(Self::WalletRead),
            "wallet:write" => Some(Self::WalletWrite),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ApiKeyScope {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ApiKeyScope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ApiKeyScope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ApiKeyScope {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static API_KEY_SCOPE_SCHEMA: rt::Schema = rt::Schema {
    name: "ApiKeyScope",
    kind: rt::SchemaKind::Words(ApiKeyScope::NAMES),
};
