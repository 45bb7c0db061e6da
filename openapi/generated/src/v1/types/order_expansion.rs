//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderExpansion`.

use openapi_runtime as rt;

/// Something to add to the answer. (openapi/v1.yaml:3859)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrderExpansion {
    /// `payments` (openapi/v1.yaml:3861)
    Payments,
    /// `timeline` (openapi/v1.yaml:3861)
    Timeline,
    /// `product` (openapi/v1.yaml:3861)
    Product,
}

impl OrderExpansion {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Payments, Self::Timeline, Self::Product];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["payments", "timeline", "product"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payments => "payments",
            Self::Timeline => "timeline",
            Self::Product => "product",
        }
    }
}

impl rt::FromText for OrderExpansion {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "payments" => Some(Self::Payments),
            "timeline" => Some(Self::Timeline),
            "product" => Some(Self::Product),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for OrderExpansion {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for OrderExpansion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for OrderExpansion {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for OrderExpansion {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static ORDER_EXPANSION_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderExpansion",
    kind: rt::SchemaKind::Words(OrderExpansion::NAMES),
};
