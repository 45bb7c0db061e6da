//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ProductSort`.

use openapi_runtime as rt;

/// What to sort by; a minus sign means descending. (openapi/v1.yaml:3096)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProductSort {
    /// `createdAt` (openapi/v1.yaml:3098)
    CreatedAt,
    /// `-createdAt` (openapi/v1.yaml:3098)
    MinusCreatedAt,
    /// `name` (openapi/v1.yaml:3098)
    Name,
    /// `-name` (openapi/v1.yaml:3098)
    MinusName,
    /// `price` (openapi/v1.yaml:3098)
    Price,
    /// `-price` (openapi/v1.yaml:3098)
    MinusPrice,
}

impl ProductSort {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::CreatedAt,
        Self::MinusCreatedAt,
        Self::Name,
        Self::MinusName,
        Self::Price,
        Self::MinusPrice,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "createdAt",
        "-createdAt",
        "name",
        "-name",
        "price",
        "-price",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::MinusCreatedAt => "-createdAt",
            Self::Name => "name",
            Self::MinusName => "-name",
            Self::Price => "price",
            Self::MinusPrice => "-price",
        }
    }
}

impl rt::FromText for ProductSort {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "createdAt" => Some(Self::CreatedAt),
            "-createdAt" => Some(Self::MinusCreatedAt),
            "name" => Some(Self::Name),
            "-name" => Some(Self::MinusName),
            "price" => Some(Self::Price),
            "-price" => Some(Self::MinusPrice),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ProductSort {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ProductSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ProductSort {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ProductSort {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static PRODUCT_SORT_SCHEMA: rt::Schema = rt::Schema {
    name: "ProductSort",
    kind: rt::SchemaKind::Words(ProductSort::NAMES),
};
