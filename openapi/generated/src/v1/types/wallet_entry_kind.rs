//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `WalletEntryKind`.

use openapi_runtime as rt;

/// What moved the money. (openapi/v1.yaml:3213)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WalletEntryKind {
    /// `TOPUP` (openapi/v1.yaml:3215)
    Topup,
    /// `PAYMENT` (openapi/v1.yaml:3215)
    Payment,
    /// `REFUND` (openapi/v1.yaml:3215)
    Refund,
    /// `ADJUSTMENT` (openapi/v1.yaml:3215)
    Adjustment,
}

impl WalletEntryKind {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::Topup,
        Self::Payment,
        Self::Refund,
        Self::Adjustment,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "TOPUP",
        "PAYMENT",
        "REFUND",
        "ADJUSTMENT",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Topup => "TOPUP",
            Self::Payment => "PAYMENT",
            Self::Refund => "REFUND",
            Self::Adjustment => "ADJUSTMENT",
        }
    }
}

impl rt::FromText for WalletEntryKind {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "TOPUP" => Some(Self::Topup),
            "PAYMENT" => Some(Self::Payment),
            "REFUND" => Some(Self::Refund),
            "ADJUSTMENT" => Some(Self::Adjustment),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for WalletEntryKind {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for WalletEntryKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for WalletEntryKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for WalletEntryKind {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static WALLET_ENTRY_KIND_SCHEMA: rt::Schema = rt::Schema {
    name: "WalletEntryKind",
    kind: rt::SchemaKind::Words(WalletEntryKind::NAMES),
};
