//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `PaymentStatus`.

use openapi_runtime as rt;

/// What became of a payment. (openapi/v1.yaml:3719)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PaymentStatus {
    /// `COMPLETED` (openapi/v1.yaml:3721)
    Completed,
    /// `FAILED` (openapi/v1.yaml:3721)
    Failed,
    /// `REFUNDED` (openapi/v1.yaml:3721)
    Refunded,
}

impl PaymentStatus {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Completed, Self::Failed, Self::Refunded];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["COMPLETED", "FAILED", "REFUNDED"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "COMPLETED",
            Self::Failed => "FAILED",
            Self::Refunded => "REFUNDED",
        }
    }
}

impl rt::FromText for PaymentStatus {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "COMPLETED" => Some(Self::Completed),
            "FAILED" => Some(Self::Failed),
            "REFUNDED" => Some(Self::Refunded),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for PaymentStatus {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for PaymentStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for PaymentStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for PaymentStatus {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static PAYMENT_STATUS_SCHEMA: rt::Schema = rt::Schema {
    name: "PaymentStatus",
    kind: rt::SchemaKind::Words(PaymentStatus::NAMES),
};
