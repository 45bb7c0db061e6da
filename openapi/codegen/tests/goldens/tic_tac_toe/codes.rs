//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The codes of errors.

use openapi_runtime as rt;

/// The schema `ErrorCode`. (tests/cases/positive/tic-tac-toe.yaml:160)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorCode {
    /// `VALIDATION_ERROR` (tests/cases/positive/tic-tac-toe.yaml:161)
    ValidationError,
    /// `MALFORMED_JSON` (tests/cases/positive/tic-tac-toe.yaml:161)
    MalformedJson,
    /// `NO_TOKEN` (tests/cases/positive/tic-tac-toe.yaml:161)
    NoToken,
    /// `INVALID_TOKEN` (tests/cases/positive/tic-tac-toe.yaml:161)
    InvalidToken,
    /// `INVALID_API_KEY` (tests/cases/positive/tic-tac-toe.yaml:161)
    InvalidApiKey,
    /// `FORBIDDEN` (tests/cases/positive/tic-tac-toe.yaml:161)
    Forbidden,
    /// `INSUFFICIENT_SCOPE` (tests/cases/positive/tic-tac-toe.yaml:161)
    InsufficientScope,
    /// `SQUARE_TAKEN` (tests/cases/positive/tic-tac-toe.yaml:161)
    SquareTaken,
    /// `NOT_YOUR_TURN` (tests/cases/positive/tic-tac-toe.yaml:161)
    NotYourTurn,
}

impl ErrorCode {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::ValidationError,
        Self::MalformedJson,
        Self::NoToken,
        Self::InvalidToken,
        Self::InvalidApiKey,
        Self::Forbidden,
        Self::InsufficientScope,
        Self::SquareTaken,
        Self::NotYourTurn,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "VALIDATION_ERROR",
        "MALFORMED_JSON",
        "NO_TOKEN",
        "INVALID_TOKEN",
        "INVALID_API_KEY",
        "FORBIDDEN",
        "INSUFFICIENT_SCOPE",
        "SQUARE_TAKEN",
        "NOT_YOUR_TURN",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValidationError => "VALIDATION_ERROR",
            Self::MalformedJson => "MALFORMED_JSON",
            Self::NoToken => "NO_TOKEN",
            Self::InvalidToken => "INVALID_TOKEN",
            Self::InvalidApiKey => "INVALID_API_KEY",
            Self::Forbidden => "FORBIDDEN",
            Self::InsufficientScope => "INSUFFICIENT_SCOPE",
            Self::SquareTaken => "SQUARE_TAKEN",
            Self::NotYourTurn => "NOT_YOUR_TURN",
        }
    }
}

impl rt::FromText for ErrorCode {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "VALIDATION_ERROR" => Some(Self::ValidationError),
            "MALFORMED_JSON" => Some(Self::MalformedJson),
            "NO_TOKEN" => Some(Self::NoToken),
            "INVALID_TOKEN" => Some(Self::InvalidToken),
            "INVALID_API_KEY" => Some(Self::InvalidApiKey),
            "FORBIDDEN" => Some(Self::Forbidden),
            "INSUFFICIENT_SCOPE" => Some(Self::InsufficientScope),
            "SQUARE_TAKEN" => Some(Self::SquareTaken),
            "NOT_YOUR_TURN" => Some(Self::NotYourTurn),
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
