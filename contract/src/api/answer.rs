//! What an operation may answer: by status, with headers, and with links to what may follow.

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{Media, Schema};
use crate::document::Place;

/// An answer that is declared.
#[derive(Debug)]
pub struct Answer {
    /// Its headers; names as written.
    pub headers: IndexMap<String, Header>,
    /// Its media types. Empty: no body is declared.
    pub content: IndexMap<String, Media>,
    /// What follows from it.
    pub links: Vec<Link>,
    /// `x-…`.
    pub extensions: Map<String, Value>,
    /// Where it stands.
    pub place: Place,
}

/// The statuses an answer is declared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatusPattern {
    /// One status.
    Exact(u16),
    /// `4XX`: its first digit.
    Class(u16),
    /// `default`.
    Default,
}

/// A header of an answer.
#[derive(Debug)]
pub struct Header {
    /// Whether it must be there.
    pub is_required: bool,
    /// What its value may be.
    pub schema: Option<Schema>,
    /// Whether an object is written as `k=v,k=v` in place of `k,v,k,v`.
    pub explode: bool,
    /// Where it stands.
    pub place: Place,
}

/// A link from an answer to an operation.
#[derive(Debug)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// The label of the operation that it leads to.
    pub target: String,
    /// Values of parameters, by `name` or `in.name`: runtime expressions or constants.
    pub parameters: IndexMap<String, Value>,
    /// The body, when the link gives one.
    pub body: Option<Value>,
    /// Where it stands.
    pub place: Place,
}

impl StatusPattern {
    /// From a key of `responses`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "default" {
            return Some(Self::Default);
        }
        if let Ok(status @ 100..=599) = text.parse() {
            return Some(Self::Exact(status));
        }
        let digit = text.strip_suffix("XX")?.parse().ok()?;
        (1..=5).contains(&digit).then_some(Self::Class(digit))
    }

    /// Whether a status belongs here.
    #[must_use]
    pub fn holds(self, status: u16) -> bool {
        match self {
            Self::Exact(exact) => exact == status,
            Self::Class(digit) => status / 100 == digit,
            Self::Default => true,
        }
    }
}

impl fmt::Display for StatusPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(status) => write!(f, "{status}"),
            Self::Class(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_pattern_is_read_as_documents_write_it() {
        assert_eq!(StatusPattern::parse("404"), Some(StatusPattern::Exact(404)));
        assert_eq!(StatusPattern::parse("4XX"), Some(StatusPattern::Class(4)));
        assert_eq!(StatusPattern::parse("9XX"), None);
        assert!(StatusPattern::Class(4).holds(422));
    }
}
