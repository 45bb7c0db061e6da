//! The codes of failures. Those that begin with ST, with their titles, are Schemathesis's; the others are our own.

use super::Check;
use crate::{document::Place, exchange::Failure};

/// Every code with the words that reports use for it.
pub const TITLES: [(&str, &str); 25] = [
    ("ST101", "Server error"),
    ("ST102", "Server error on undeclared request Content-Type"),
    ("ST103", "Undocumented status code"),
    ("ST104", "Missing Content-Type header"),
    ("ST105", "Undocumented Content-Type"),
    ("ST106", "Malformed media type"),
    ("ST107", "Missing required response headers"),
    ("ST108", "Response violates schema"),
    ("ST109", "JSON deserialization error"),
    ("ST110", "Content deserialization error"),
    ("ST111", "Unknown discriminator value"),
    ("ST112", "Response time limit exceeded"),
    ("ST201", "Schema-violating request accepted"),
    ("ST202", "Schema-valid request rejected"),
    ("ST203", "Missing required header accepted"),
    ("ST204", "Wrong response to undeclared method"),
    ("ST205", "Allow header mismatch"),
    ("ST301", "Deleted resource still available"),
    ("ST302", "Created resource not found"),
    ("ST401", "Authentication not enforced"),
    ("ST402", "Object-level authorization bypass"),
    ("ST901", "Custom check failed"),
    (NO_ANSWER, "No answer"),
    (BROKEN_ANSWER, "The answer broke off"),
    (ENDLESS_BODY, "The body does not end"),
];

/// Nothing came in time, or nobody listens.
pub(super) const NO_ANSWER: &str = "NO_ANSWER";
/// What came is no whole answer.
pub(super) const BROKEN_ANSWER: &str = "BROKEN_ANSWER";
/// The body is longer than is read, or does not end in time.
pub(super) const ENDLESS_BODY: &str = "ENDLESS_BODY";

/// A failure with its title.
pub(super) fn failure(
    check: Check,
    code: &'static str,
    place: &Place,
    key: impl Into<String>,
    message: impl Into<String>,
) -> Failure {
    let title = TITLES.iter().find(|(known, _)| *known == code);
    Failure {
        check,
        code,
        title: title.map_or(code, |(_, title)| title).to_owned(),
        message: message.into(),
        place: place.clone(),
        key: key.into(),
    }
}
