//! What bodies hold, of requests and of answers: media types, and examples of them.

use indexmap::IndexMap;
use serde_json::Value;

use super::Schema;
use crate::document::Place;

/// What an operation takes as a body.
#[derive(Debug)]
pub struct Body {
    /// Whether it must be there.
    pub is_required: bool,
    /// Its media types.
    pub media: IndexMap<String, Media>,
    /// Where it stands.
    pub place: Place,
}

/// A media type of a body or an answer.
#[derive(Debug)]
pub struct Media {
    /// What it may hold, when the document says.
    pub schema: Option<Schema>,
    /// Its examples, and those of its schema.
    pub examples: Vec<Example>,
    /// `encoding` of the parts of a form, as written.
    pub encoding: Option<Value>,
    /// Where it stands.
    pub place: Place,
}

/// A value that the document gives.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its name; empty when it has none.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub place: Place,
}

impl Media {
    /// Whether a media type is JSON (`application/json`, `application/problem+json`), parameters aside.
    #[must_use]
    pub fn is_json(media_type: &str) -> bool {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let Some((kind, sub)) = essence.split_once('/') else {
            return false;
        };
        let sub = sub.to_ascii_lowercase();
        (kind.eq_ignore_ascii_case("application") && sub == "json") || sub.ends_with("+json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_subtype() {
        assert!(Media::is_json("application/problem+json; charset=utf-8"));
        assert!(!Media::is_json("application/json-seq"));
    }
}
