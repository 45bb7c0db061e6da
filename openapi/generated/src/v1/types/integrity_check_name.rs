//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `IntegrityCheckName`.

use openapi_runtime as rt;

/// Something that can be checked: `ledger` (every transfer sums to zero, every balance equals its postings),
/// `stock` (reservations match what products hold back). (openapi/v1.yaml:4095)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntegrityCheckName {
    /// `ledger` (openapi/v1.yaml:4099)
    Ledger,
    /// `stock` (openapi/v1.yaml:4099)
    Stock,
}

impl IntegrityCheckName {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Ledger, Self::Stock];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["ledger", "stock"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ledger => "ledger",
            Self::Stock => "stock",
        }
    }
}

impl rt::FromText for IntegrityCheckName {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "ledger" => Some(Self::Ledger),
            "stock" => Some(Self::Stock),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for IntegrityCheckName {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for IntegrityCheckName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for IntegrityCheckName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for IntegrityCheckName {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static INTEGRITY_CHECK_NAME_SCHEMA: rt::Schema = rt::Schema {
    name: "IntegrityCheckName",
    kind: rt::SchemaKind::Words(IntegrityCheckName::NAMES),
};
