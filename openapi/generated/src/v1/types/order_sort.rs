//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderSort`.

use openapi_runtime as rt;

/// What to sort by; a minus sign means descending. (openapi/v1.yaml:3864)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrderSort {
    /// `createdAt` (openapi/v1.yaml:3866)
    CreatedAt,
    /// `-createdAt` (openapi/v1.yaml:3866)
    MinusCreatedAt,
    /// `total` (openapi/v1.yaml:3866)
    Total,
    /// `-total` (openapi/v1.yaml:3866)
    MinusTotal,
}

impl OrderSort {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::CreatedAt,
        Self::MinusCreatedAt,
        Self::Total,
        Self::MinusTotal,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "createdAt",
        "-createdAt",
        "total",
        "-total",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "createdAt",
            Self::MinusCreatedAt => "-createdAt",
            Self::Total => "total",
            Self::MinusTotal => "-total",
        }
    }
}

impl rt::FromText for OrderSort {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "createdAt" => Some(Self::CreatedAt),
            "-createdAt" => Some(Self::MinusCreatedAt),
            "total" => Some(Self::Total),
            "-total" => Some(Self::MinusTotal),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for OrderSort {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for OrderSort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for OrderSort {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for OrderSort {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static ORDER_SORT_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderSort",
    kind: rt::SchemaKind::Words(OrderSort::NAMES),
};
