//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `TokenDelivery`.

use openapi_runtime as rt;

/// Where the refresh token goes: `body` puts it into the answer, `cookie` into an `HttpOnly` cookie that scripts
/// cannot read. (openapi/v1.yaml:2528)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenDelivery {
    /// `body` (openapi/v1.yaml:2532)
    Body,
    /// `cookie` (openapi/v1.yaml:2532)
    Cookie,
}

impl TokenDelivery {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Body, Self::Cookie];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["body", "cookie"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Cookie => "cookie",
        }
    }
}

impl rt::FromText for TokenDelivery {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "body" => Some(Self::Body),
            "cookie" => Some(Self::Cookie),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for TokenDelivery {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for TokenDelivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for TokenDelivery {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for TokenDelivery {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static TOKEN_DELIVERY_SCHEMA: rt::Schema = rt::Schema {
    name: "TokenDelivery",
    kind: rt::SchemaKind::Words(TokenDelivery::NAMES),
};
