//! What an operation takes beside its body, and where the parts of a request travel.

use std::fmt;

use super::{Example, Schema};
use crate::document::Place;

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// As it is written.
    pub name: String,
    /// Path, query, header or cookie.
    pub location: Location,
    /// Whether it must be there.
    pub is_required: bool,
    /// What its value may be.
    pub schema: Schema,
    /// How arrays and objects are written; the location's default when the document does not say.
    pub style: String,
    /// Whether arrays and objects become parameters of their own.
    pub explode: bool,
    /// Set when the value is written as a text of this media type (`content` in place of `schema`).
    pub media_type: Option<String>,
    /// Its examples, and those of its schema.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

/// Where a part of a request travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
    /// In the body.
    Body,
}

impl Location {
    /// As documents write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }

    /// From a document's `in`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie]
            .into_iter()
            .find(|location| location.as_str() == text)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
