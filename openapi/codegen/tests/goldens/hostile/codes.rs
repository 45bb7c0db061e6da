//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The codes of errors.

use openapi_runtime as rt;

/// The schema `ErrorCode`. (tests/cases/positive/hostile.yaml:122)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorCode {
    /// `VALIDATION_ERROR` (tests/cases/positive/hostile.yaml:123)
    ValidationError,
    /// `MALFORMED_JSON` (tests/cases/positive/hostile.yaml:123)
    MalformedJson,
}

impl ErrorCode {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::ValidationError, Self::MalformedJson];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["VALIDATION_ERROR", "MALFORMED_JSON"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValidationError => "VALIDATION_ERROR",
            Self::MalformedJson => "MALFORMED_JSON",
        }
    }
}

impl rt::FromText for ErrorCode {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "VALIDATION_ERROR" => Some(Self::ValidationError),
            "MALFORMED_JSON" => Some(Self::MalformedJson),
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
