//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ClientKind`.

use openapi_runtime as rt;

/// What kind of client logs in. `mobile` sessions stay refreshable for 30 days instead of 7.
/// (openapi/v1.yaml:2522)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClientKind {
    /// `web` (openapi/v1.yaml:2524)
    Web,
    /// `mobile` (openapi/v1.yaml:2524)
    Mobile,
}

impl ClientKind {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Web, Self::Mobile];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["web", "mobile"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Mobile => "mobile",
        }
    }
}

impl rt::FromText for ClientKind {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "web" => Some(Self::Web),
            "mobile" => Some(Self::Mobile),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ClientKind {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ClientKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ClientKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ClientKind {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static CLIENT_KIND_SCHEMA: rt::Schema = rt::Schema {
    name: "ClientKind",
    kind: rt::SchemaKind::Words(ClientKind::NAMES),
};
