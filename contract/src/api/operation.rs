//! The parts of an operation.

use std::fmt;

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{Requirement, Schema};
use crate::document::Place;

/// An operation with everything that belongs to it.
#[derive(Debug)]
pub struct Operation {
    /// Its position in the document, from 0.
    pub index: usize,
    /// `GET /orders/{orderId}`, as reports name it.
    pub label: String,
    /// The `operationId`, when there is one.
    pub id: Option<String>,
    /// In capitals.
    pub method: String,
    /// The template.
    pub path: String,
    /// Where it stands.
    pub place: Place,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is to end.
    pub is_deprecated: bool,
    /// Its parameters and those of its path.
    pub parameters: Vec<Parameter>,
    /// What it takes as a body.
    pub body: Option<Body>,
    /// What it may answer, in document order.
    pub answers: IndexMap<StatusPattern, Answer>,
    /// The ways to be let in, of which one suffices. Empty: nobody is asked.
    pub security: Vec<Requirement>,
    /// `x-…`.
    pub extensions: Map<String, Value>,
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

impl Operation {
    /// A request that the document does not describe, on the way to credentials.
    #[must_use]
    pub fn bare(method: &str, path: &str, place: Place) -> Self {
        Self {
            index: usize::MAX,
            label: format!("{method} {path}"),
            id: None,
            method: method.to_owned(),
            path: path.to_owned(),
            place,
            tags: Vec::new(),
            is_deprecated: false,
            parameters: Vec::new(),
            body: None,
            answers: IndexMap::new(),
            security: Vec::new(),
            extensions: Map::new(),
        }
    }

    /// The answer that is declared for a status: the exact one, else its class, else `default`.
    #[must_use]
    pub fn answer(&self, status: u16) -> Option<(StatusPattern, &Answer)> {
        [
            StatusPattern::Exact(status),
            StatusPattern::Class(status / 100),
            StatusPattern::Default,
        ]
        .into_iter()
        .find_map(|pattern| Some((pattern, self.answers.get(&pattern)?)))
    }

    /// The parameter at a location with a name; names of headers are told apart without case.
    #[must_use]
    pub fn parameter(&self, location: Location, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| {
            parameter.location == location
                && if location == Location::Header {
                    parameter.name.eq_ignore_ascii_case(name)
                } else {
                    parameter.name == name
                }
        })
    }

    /// The parameters at a location.
    pub fn parameters_in(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.location == location)
    }

    /// The text of an extension (`x-idempotency: required`).
    #[must_use]
    pub fn extension(&self, name: &str) -> Option<&str> {
        self.extensions.get(name)?.as_str()
    }

    /// The texts of the path parameters in a path that fits the template, decoded. A value never spans segments.
    #[must_use]
    pub fn match_path(&self, path: &str) -> Option<IndexMap<String, String>> {
        let mut captured = IndexMap::new();
        let mut segments = path.split('/');
        let mut wanted = self.path.split('/');
        loop {
            match (wanted.next(), segments.next()) {
                (None, None) => return Some(captured),
                (Some(template), Some(segment)) => match_segment(template, segment, &mut captured)?,
                _ => return None,
            }
        }
    }
}

fn match_segment(
    template: &str,
    segment: &str,
    captured: &mut IndexMap<String, String>,
) -> Option<()> {
    let Some((before, rest)) = template.split_once('{') else {
        return (decoded(template) == decoded(segment)).then_some(());
    };
    let (name, after) = rest.split_once('}')?;
    let inside = segment.strip_prefix(before)?;
    // Several parameters in one segment: the text between them ends the first.
    let until = after.split('{').next().unwrap_or_default();
    let (value, tail) = if until.is_empty() {
        (inside, "")
    } else {
        let at = inside.find(until)?;
        inside.split_at_checked(at)?
    };
    captured.insert(name.to_owned(), decoded(value));
    if after.is_empty() {
        return Some(());
    }
    match_segment(after, tail, captured)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
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

    fn captured(template: &str, path: &str) -> Option<Vec<String>> {
        let mut found = IndexMap::new();
        let mut segments = path.split('/');
        for wanted in template.split('/') {
            match_segment(wanted, segments.next()?, &mut found)?;
        }
        Some(found.into_values().collect())
    }

    #[test]
    fn a_template_takes_its_parameters_out_of_a_path() {
        assert_eq!(captured("/a/{b}/c", "/a/x%20y/c"), Some(vec!["x y".into()]));
        assert_eq!(
            captured("/files/{name}.{kind}", "/files/report.pdf"),
            Some(vec!["report".into(), "pdf".into()])
        );
        assert_eq!(captured("/a/{b}", "/c/x"), None);
    }

    #[test]
    fn a_status_pattern_is_read_as_documents_write_it() {
        assert_eq!(StatusPattern::parse("404"), Some(StatusPattern::Exact(404)));
        assert_eq!(StatusPattern::parse("4XX"), Some(StatusPattern::Class(4)));
        assert_eq!(StatusPattern::parse("9XX"), None);
        assert!(StatusPattern::Class(4).holds(422));
    }

    #[test]
    fn json_is_told_by_its_subtype() {
        assert!(Media::is_json("application/problem+json; charset=utf-8"));
        assert!(!Media::is_json("application/json-seq"));
    }
}
