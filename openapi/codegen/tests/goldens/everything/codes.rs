//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The codes of errors.

use openapi_runtime as rt;

/// The schema `ErrorCode`. (tests/cases/positive/everything.yaml:535)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorCode {
    /// `VALIDATION_ERROR` (tests/cases/positive/everything.yaml:536)
    ValidationError,
    /// `MALFORMED_JSON` (tests/cases/positive/everything.yaml:536)
    MalformedJson,
    /// `IDEMPOTENCY_KEY_MISSING` (tests/cases/positive/everything.yaml:536)
    IdempotencyKeyMissing,
    /// `IDEMPOTENCY_KEY_IN_USE` (tests/cases/positive/everything.yaml:536)
    IdempotencyKeyInUse,
    /// `IDEMPOTENCY_KEY_REUSED` (tests/cases/positive/everything.yaml:536)
    IdempotencyKeyReused,
    /// `NO_TOKEN` (tests/cases/positive/everything.yaml:536)
    NoToken,
    /// `INVALID_TOKEN` (tests/cases/positive/everything.yaml:536)
    InvalidToken,
    /// `INVALID_API_KEY` (tests/cases/positive/everything.yaml:536)
    InvalidApiKey,
    /// `FORBIDDEN` (tests/cases/positive/everything.yaml:536)
    Forbidden,
    /// `INSUFFICIENT_SCOPE` (tests/cases/positive/everything.yaml:536)
    InsufficientScope,
    /// `ITEM_EXISTS` (tests/cases/positive/everything.yaml:536)
    ItemExists,
    /// `ITEM_REFUSED` (tests/cases/positive/everything.yaml:536)
    ItemRefused,
    /// `ITEM_NOT_FOUND` (tests/cases/positive/everything.yaml:536)
    ItemNotFound,
    /// `INTERNAL_ERROR` (tests/cases/positive/everything.yaml:536)
    InternalError,
}

impl ErrorCode {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::ValidationError,
        Self::MalformedJson,
        Self::IdempotencyKeyMissing,
        Self::IdempotencyKeyInUse,
        Self::IdempotencyKeyReused,
        Self::NoToken,
        Self::InvalidToken,
        Self::InvalidApiKey,
        Self::Forbidden,
        Self::InsufficientScope,
        Self::ItemExists,
        Self::ItemRefused,
        Self::ItemNotFound,
        Self::InternalError,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "VALIDATION_ERROR",
        "MALFORMED_JSON",
        "IDEMPOTENCY_KEY_MISSING",
        "IDEMPOTENCY_KEY_IN_USE",
        "IDEMPOTENCY_KEY_REUSED",
        "NO_TOKEN",
        "INVALID_TOKEN",
        "INVALID_API_KEY",
        "FORBIDDEN",
        "INSUFFICIENT_SCOPE",
        "ITEM_EXISTS",
        "ITEM_REFUSED",
        "ITEM_NOT_FOUND",
        "INTERNAL_ERROR",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValidationError => "VALIDATION_ERROR",
            Self::MalformedJson => "MALFORMED_JSON",
            Self::IdempotencyKeyMissing => "IDEMPOTENCY_KEY_MISSING",
            Self::IdempotencyKeyInUse => "IDEMPOTENCY_KEY_IN_USE",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::NoToken => "NO_TOKEN",
            Self::InvalidToken => "INVALID_TOKEN",
            Self::InvalidApiKey => "INVALID_API_KEY",
            Self::Forbidden => "FORBIDDEN",
            Self::InsufficientScope => "INSUFFICIENT_SCOPE",
            Self::ItemExists => "ITEM_EXISTS",
            Self::ItemRefused => "ITEM_REFUSED",
            Self::ItemNotFound => "ITEM_NOT_FOUND",
            Self::InternalError => "INTERNAL_ERROR",
        }
    }
}

impl rt::FromText for ErrorCode {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "VALIDATION_ERROR" => Some(Self::ValidationError),
            "MALFORMED_JSON" => Some(Self::MalformedJson),
            "IDEMPOTENCY_KEY_MISSING" => Some(Self::IdempotencyKeyMissing),
            "IDEMPOTENCY_KEY_IN_USE" => Some(Self::IdempotencyKeyInUse),
            "IDEMPOTENCY_KEY_REUSED" => Some(Self::IdempotencyKeyReused),
            "NO_TOKEN" => Some(Self::NoToken),
            "INVALID_TOKEN" => Some(Self::InvalidToken),
            "INVALID_API_KEY" => Some(Self::InvalidApiKey),
            "FORBIDDEN" => Some(Self::Forbidden),
            "INSUFFICIENT_SCOPE" => Some(Self::InsufficientScope),
            "ITEM_EXISTS" => Some(Self::ItemExists),
            "ITEM_REFUSED" => Some(Self::ItemRefused),
            "ITEM_NOT_FOUND" => Some(Self::ItemNotFound),
            "INTERNAL_ERROR" => Some(Self::InternalError),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ErrorCode {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ErrorCode {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}
