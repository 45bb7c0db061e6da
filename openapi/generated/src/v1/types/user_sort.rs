//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `UserSort`.

use openapi_runtime as rt;

/// What to sort by; a minus sign means descending. (openapi/v1.yaml:2884)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UserSort {
    /// `createdAt` (openapi/v1.yaml:2886)
    CreatedAt,
    /// `-createdAt` (openapi/v1.yaml:2886)
    MinusCreatedAt,
    /// `name` (openapi/v1.yaml:2886)
    Name,
    /// `-name` (openapi/v1.yaml:2886)
    MinusName,
    /// `email` (openapi/v1.yaml:2886)
    Email,
    /// `-email` (openapi/v1.yaml:2886)
    MinusEmail,
}

impl UserSort {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::CreatedAt,
        Self::MinusCreatedAt,
        Self::Name,
        Self::MinusName,
        Self::Email,
        Self::MinusEmail,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "createdAt",
        "-createdAt",
        "name",
        "-name",
        "email",
        "-email",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::MinusCreatedAt => "-createdAt",
            Self::Name => "name",
            Self::MinusName => "-name",
            Self::Email => "email",
            Self::MinusEmail => "-email",
        }
    }
}

impl rt::FromText for UserSort {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "createdAt" => Some(Self::CreatedAt),
            "-createdAt" => Some(Self::MinusCreatedAt),
            "name" => Some(Self::Name),
            "-name" => Some(Self::MinusName),
            "email" => Some(Self::Email),
            "-email" => Some(Self::MinusEmail),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for UserSort {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for UserSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for UserSort {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for UserSort {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static USER_SORT_SCHEMA: rt::Schema = rt::Schema {
    name: "UserSort",
    kind: rt::SchemaKind::Words(UserSort::NAMES),
};
