//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ActorType`.

use openapi_runtime as rt;

/// Who acted: a person with a token, an API key on behalf of its owner, or the server itself.
/// (openapi/v1.yaml:4001)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorType {
    /// `user` (openapi/v1.yaml:4003)
    User,
    /// `api_key` (openapi/v1.yaml:4003)
    ApiKey,
    /// `system` (openapi/v1.yaml:4003)
    System,
}

impl ActorType {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::User, Self::ApiKey, Self::System];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["user", "api_key", "system"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::ApiKey => "api_key",
            Self::System => "system",
        }
    }
}

impl rt::FromText for ActorType {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "user" => Some(Self::User),
            "api_key" => Some(Self::ApiKey),
            "system" => Some(Self::System),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ActorType {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ActorType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ActorType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ActorType {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static ACTOR_TYPE_SCHEMA: rt::Schema = rt::Schema {
    name: "ActorType",
    kind: rt::SchemaKind::Words(ActorType::NAMES),
};
