//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `findItems sort`.

use openapi_runtime as rt;

/// The schema `findItems sort`. (tests/cases/positive/everything.yaml:101)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindItemsSort {
    /// `createdAt` (tests/cases/positive/everything.yaml:101)
    CreatedAt,
    /// `-createdAt` (tests/cases/positive/everything.yaml:101)
    MinusCreatedAt,
    /// `price` (tests/cases/positive/everything.yaml:101)
    Price,
}

impl FindItemsSort {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::CreatedAt,
        Self::MinusCreatedAt,
        Self::Price,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["createdAt", "-createdAt", "price"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::MinusCreatedAt => "-createdAt",
            Self::Price => "price",
        }
    }
}

impl rt::FromText for FindItemsSort {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "createdAt" => Some(Self::CreatedAt),
            "-createdAt" => Some(Self::MinusCreatedAt),
            "price" => Some(Self::Price),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for FindItemsSort {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for FindItemsSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for FindItemsSort {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for FindItemsSort {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static FIND_ITEMS_SORT_SCHEMA: rt::Schema = rt::Schema {
    name: "FindItemsSort",
    kind: rt::SchemaKind::Words(FindItemsSort::NAMES),
};
