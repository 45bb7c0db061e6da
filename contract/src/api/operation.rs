//! An operation, and what of it a request or an answer means.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{Answer, Body, Location, Parameter, Requirement, StatusPattern};
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

    /// Whether a parameter is the header that tells a repetition from a new request, so that its value must be new in
    /// every request: `Idempotency-Key`, or the one that `x-idempotency` speaks of.
    #[must_use]
    pub fn is_key(&self, parameter: &Parameter) -> bool {
        if parameter.location != Location::Header {
            return false;
        }
        let name = parameter.name.to_ascii_lowercase();
        let Some(extension) = self.extensions.get("x-idempotency") else {
            return name == "idempotency-key";
        };
        match extension.get("header").and_then(Value::as_str) {
            Some(header) => header.eq_ignore_ascii_case(&name),
            None => name.contains("idempotency"),
        }
    }

    /// The text of an extension (`x-idempotency: required`).
    #[must_use]
    pub fn extension(&self, name: &str) -> Option<&str> {
        self.extensions.get(name)?.as_str()
    }
}
