//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! The codes of errors.

use openapi_runtime as rt;

/// Every code that an error can have. (tests/cases/positive/petstore.yaml:199)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorCode {
    /// `VALIDATION_ERROR` (tests/cases/positive/petstore.yaml:201)
    ValidationError,
    /// `MALFORMED_JSON` (tests/cases/positive/petstore.yaml:201)
    MalformedJson,
    /// `PET_NOT_FOUND` (tests/cases/positive/petstore.yaml:201)
    PetNotFound,
    /// `NAME_TAKEN` (tests/cases/positive/petstore.yaml:201)
    NameTaken,
    /// `SHELTER_FULL` (tests/cases/positive/petstore.yaml:201)
    ShelterFull,
    /// `INTERNAL_ERROR` (tests/cases/positive/petstore.yaml:201)
    InternalError,
}

impl ErrorCode {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::ValidationError,
        Self::MalformedJson,
        Self::PetNotFound,
        Self::NameTaken,
        Self::ShelterFull,
        Self::InternalError,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "VALIDATION_ERROR",
        "MALFORMED_JSON",
        "PET_NOT_FOUND",
        "NAME_TAKEN",
        "SHELTER_FULL",
        "INTERNAL_ERROR",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValidationError => "VALIDATION_ERROR",
            Self::MalformedJson => "MALFORMED_JSON",
            Self::PetNotFound => "PET_NOT_FOUND",
            Self::NameTaken => "NAME_TAKEN",
            Self::ShelterFull => "SHELTER_FULL",
            Self::InternalError => "INTERNAL_ERROR",
        }
    }
}

impl rt::FromText for ErrorCode {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "VALIDATION_ERROR" => Some(Self::ValidationError),
            "MALFORMED_JSON" => Some(Self::MalformedJson),
            "PET_NOT_FOUND" => Some(Self::PetNotFound),
            "NAME_TAKEN" => Some(Self::NameTaken),
            "SHELTER_FULL" => Some(Self::ShelterFull),
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
