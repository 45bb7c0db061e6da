//! Everything that is wrong with one request, collected with its place.

use std::fmt::Write as _;

use crate::{Detail, In, Reason};

/// How many violations one answer lists.
pub const MOST_DETAILS: usize = 100;

/// The longest `field` and the longest entry of `allowed`, in characters, that an answer repeats:
/// names come from the client, and an answer should not be a mirror for megabytes.
const LONGEST_FIELD: usize = 300;

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
        Self {
            details: Vec::new(),
            location: In::Body,
            path: String::new(),
            count: 0,
        }
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
    pub(crate) fn at_parameter<R>(
        &mut self,
        location: In,
        name: &str,
        look: impl FnOnce(&mut Self) -> R,
    ) -> R {
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
        let shown: Vec<String> = allowed
            .iter()
            .take(MOST_DETAILS)
            .map(|&value| shortened(value, 100))
            .collect();
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
        Some(_) => text
            .chars()
            .take(most.saturating_sub(1))
            .chain(['…'])
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_dotted_paths_with_indices() {
        let mut out = Violations::new();
        out.at("items", |out| {
            out.at_index(2, |out| out.at("quantity", Violations::required));
        });
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
