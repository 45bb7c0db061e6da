//! One thing that is wrong with a request: where, why, and what would be right.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// The part of a request that a detail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum In {
    /// The body.
    Body,
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

impl In {
    /// The value of `in`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// Why a value is refused; the closed list of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// It must be there.
    Required,
    /// It has another type.
    InvalidType,
    /// It has the type but not the format.
    InvalidFormat,
    /// It does not match the pattern.
    PatternMismatch,
    /// The text is too short.
    TooShort,
    /// The text is too long.
    TooLong,
    /// The number is too small.
    TooSmall,
    /// The number is too big.
    TooBig,
    /// It is none of the listed values.
    NotInEnum,
    /// The number is not a multiple of the step.
    NotMultiple,
    /// Nothing of this name is known.
    UnknownField,
    /// It is there more than once.
    Duplicate,
    /// The list is too short.
    TooFewItems,
    /// The list is too long.
    TooManyItems,
    /// It may not be there, or not now.
    NotAllowed,
}

impl Reason {
    /// The value of `reason`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::InvalidType => "invalid_type",
            Self::InvalidFormat => "invalid_format",
            Self::PatternMismatch => "pattern_mismatch",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::TooSmall => "too_small",
            Self::TooBig => "too_big",
            Self::NotInEnum => "not_in_enum",
            Self::NotMultiple => "not_multiple",
            Self::UnknownField => "unknown_field",
            Self::Duplicate => "duplicate",
            Self::TooFewItems => "too_few_items",
            Self::TooManyItems => "too_many_items",
            Self::NotAllowed => "not_allowed",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The name, or a dotted path with indices (`items[2].quantity`); empty for the whole body.
    pub field: String,
    /// The part of the request; `None` when the detail is about stored state.
    pub location: Option<In>,
    /// Why, for programs.
    pub reason: Reason,
    /// Why, for people.
    pub message: String,
    /// What would have been accepted, where that can be listed.
    pub allowed: Option<Vec<String>>,
}

impl Detail {
    /// A detail about a part of the request.
    #[must_use]
    pub fn new(
        field: impl Into<String>,
        location: In,
        reason: Reason,
        message: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            location: Some(location),
            reason,
            message: message.into(),
            allowed: None,
        }
    }

    /// A detail about stored state, such as the status of an order.
    #[must_use]
    pub fn of_state(field: impl Into<String>, reason: Reason, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            location: None,
            reason,
            message: message.into(),
            allowed: None,
        }
    }

    /// Lists what would have been accepted.
    #[must_use]
    pub fn allowing<T: Into<String>>(mut self, allowed: impl IntoIterator<Item = T>) -> Self {
        self.allowed = Some(allowed.into_iter().map(Into::into).collect());
        self
    }
}

impl Serialize for Detail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("field", &self.field)?;
        if let Some(location) = self.location {
            map.serialize_entry("in", location.as_str())?;
        }
        map.serialize_entry("reason", self.reason.as_str())?;
        map.serialize_entry("message", &self.message)?;
        if let Some(allowed) = &self.allowed {
            map.serialize_entry("allowed", allowed)?;
        }
        map.end()
    }
}
