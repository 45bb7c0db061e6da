//! Everything that is wrong with one request, collected with its place.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// How many violations one answer lists.
pub const MOST_DETAILS: usize = 100;

/// The longest `field` and the longest entry of `allowed`, in characters, that an answer repeats:
/// names come from the client, and an answer should not be a mirror for megabytes.
const LONGEST_FIELD: usize = 300;

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
    pub fn new(field: impl Into<String>, location: In, reason: Reason, message: impl Into<String>) -> Self {
        Self { field: field.into(), location: Some(location), reason, message: message.into(), allowed: None }
    }

    /// A detail about stored state, such as the status of an order.
    #[must_use]
    pub fn of_state(field: impl Into<String>, reason: Reason, message: impl Into<String>) -> Self {
        Self { field: field.into(), location: None, reason, message: message.into(), allowed: None }
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

/// The violations of one request so far, and the place that is being looked at.
#[derive(Debug)]
pub struct Violations {
    details: Vec<Detail>,
    location: In,
    path: String,
    count: usize,
}

impl Violations {
    /// No violations, looking at the body.
    #[must_use]
    pub fn new() -> Self {
        Self { details: Vec::new(), location: In::Body, path: String::new(), count: 0 }
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many violations were found, the ones beyond [`MOST_DETAILS`] included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The violations, at most [`MOST_DETAILS`].
    #[must_use]
    pub fn into_details(self) -> Vec<Detail> {
        self.details
    }

    /// The violations so far.
    #[must_use]
    pub fn details(&self) -> &[Detail] {
        &self.details
    }

    /// Looks at a parameter while `look` runs.
    pub(crate) fn at_parameter<R>(&mut self, location: In, name: &str, look: impl FnOnce(&mut Self) -> R) -> R {
        let before = std::mem::replace(&mut self.location, location);
        let result = self.at(name, look);
        self.location = before;
        result
    }

    /// Looks at the member `name` while `look` runs.
    pub fn at<R>(&mut self, name: &str, look: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let result = look(self);
        self.path.truncate(length);
        result
    }

    /// Looks at the item `index` while `look` runs.
    pub fn at_index<R>(&mut self, index: usize, look: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.path.len();
        // Writing to a String cannot fail.
        let _ = write!(self.path, "[{index}]");
        let result = look(self);
        self.path.truncate(length);
        result
    }

    /// Notes a violation at the current place.
    pub fn add(&mut self, reason: Reason, message: impl Into<String>) {
        self.push(reason, message.into(), None);
    }

    /// Notes that the current place must be there.
    pub fn required(&mut self) {
        self.add(Reason::Required, "Required");
    }

    /// Notes that the current place should have been `expected` ("a string").
    pub fn invalid_type(&mut self, expected: &str) {
        self.add(Reason::InvalidType, format!("Must be {expected}"));
    }

    /// Notes a wrong format in words.
    pub fn invalid_format(&mut self, message: &str) {
        self.add(Reason::InvalidFormat, message);
    }

    /// Notes that only `allowed` values are accepted.
    pub fn not_in_enum(&mut self, allowed: &[&str]) {
        let shown: Vec<String> = allowed.iter().take(MOST_DETAILS).map(|&value| shortened(value, 100)).collect();
        let message = match allowed {
            [only] => format!("Must be {only}"),
            _ => shortened(&format!("Must be one of {}", shown.join(", ")), 500),
        };
        self.push(Reason::NotInEnum, message, Some(shown));
    }

    fn push(&mut self, reason: Reason, message: String, allowed: Option<Vec<String>>) {
        self.count += 1;
        if self.details.len() < MOST_DETAILS {
            self.details.push(Detail {
                field: shortened(&self.path, LONGEST_FIELD),
                location: Some(self.location),
                reason,
                message,
                allowed,
            });
        }
    }
}

impl Default for Violations {
    fn default() -> Self {
        Self::new()
    }
}

/// `text`, cut to `most` characters.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_dotted_paths_with_indices() {
        let mut out = Violations::new();
        out.at("items", |out| out.at_index(2, |out| out.at("quantity", Violations::required)));
        out.at_parameter(In::Query, "limit", |out| out.invalid_type("an integer"));
        let details = out.into_details();
        assert_eq!(details[0].field, "items[2].quantity");
        assert_eq!(details[0].location, Some(In::Body));
        assert_eq!(
            serde_json::to_value(&details[1]).unwrap(),
            serde_json::json!({"field": "limit", "in": "query", "reason": "invalid_type", "message": "Must be an integer"})
        );
    }

    #[test]
    fn at_most_a_hundred_are_kept_and_all_are_counted() {
        let mut out = Violations::new();
        for index in 0..250 {
            out.at_index(index, Violations::required);
        }
        assert_eq!((out.count(), out.details().len()), (250, 100));
    }

    #[test]
    fn long_names_are_cut() {
        let mut out = Violations::new();
        out.at(&"ä".repeat(5000), Violations::required);
        assert_eq!(out.details()[0].field.chars().count(), 300);
    }
}
