//! Requests that people write down, for principals and fixtures: operations by name, values with holes, what must come
//! back and what is kept of it.

mod assertion;
mod expect;
mod fresh;
mod play;
mod read;
pub mod source;
mod template;

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

pub use assertion::{Assertion, Rule};
pub use fresh::{Fresh, unique};
pub use play::{Failed, fill};
pub use read::{Reader, STEP_KEYS};
pub use template::{Environment, Piece, Scope, Template};

use crate::{
    api::{Api, Location, Operation, StatusPattern},
    document::Place,
    expression::Expression,
};

/// A request and what is expected of its answer.
#[derive(Debug, Clone)]
pub struct Step {
    /// What it calls.
    pub operation: Arc<Operation>,
    /// On whose behalf; `None`: whoever the steps around it are for.
    pub caller: Option<Caller>,
    /// Parameters; null leaves one out that would be filled in.
    pub parameters: Vec<(Location, String, Template)>,
    /// What is sent.
    pub body: Option<Sending>,
    /// `Content-Type`, when it is not the document's first.
    pub media_type: Option<String>,
    /// The statuses that are expected; empty: 2xx.
    pub statuses: Vec<StatusPattern>,
    /// What is kept of the exchange, by name.
    pub capture: IndexMap<String, Expression>,
    /// What must hold of the exchange.
    pub assertions: Vec<Assertion>,
    /// Whether it is left out when a principal logs in again.
    pub is_once: bool,
    /// Where it stands.
    pub place: Place,
}

impl Step {
    /// A request that fetches a secret: nobody's, to a path that need not be one of the document.
    #[must_use]
    pub fn fetching(
        api: &Api,
        (method, path): (&str, &str),
        (media_type, body): (&str, Template),
        (name, expression): (&str, Expression),
        place: Place,
    ) -> Self {
        let known = api
            .at(method, path)
            .filter(|(_, captured)| captured.is_empty());
        let operation = known.map_or_else(
            || Arc::new(Operation::bare(method, path, place.clone())),
            |(operation, _)| Arc::clone(operation),
        );
        let is_empty =
            matches!(&body, Template::Plain(Value::Object(members)) if members.is_empty());
        Self {
            operation,
            caller: Some(Caller::Nobody),
            parameters: Vec::new(),
            body: (!is_empty).then_some(Sending::Value(body)),
            media_type: Some(media_type.to_owned()),
            statuses: Vec::new(),
            capture: IndexMap::from([(name.to_owned(), expression)]),
            assertions: Vec::new(),
            is_once: false,
            place,
        }
    }
}

/// A body that is to be sent.
#[derive(Debug, Clone)]
pub enum Sending {
    /// A value; a text as it is where the media type is no JSON.
    Value(Template),
    /// Text as it is, whatever the media type.
    Raw(Template),
    /// The document's example with this name; empty: the first one.
    Example(String),
}

/// On whose behalf a step is sent.
#[derive(Debug, Clone)]
pub enum Caller {
    /// Nobody's.
    Nobody,
    /// A principal.
    Principal(String),
    /// Whoever these secrets belong to, by security scheme.
    Secrets(IndexMap<String, Template>),
}

/// Values by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Values {
    known: IndexMap<String, Value>,
}

impl Values {
    /// A value, or the part of one that the dots lead to (`order.id`, `items.0.sku`).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        if let Some(value) = self.known.get(name) {
            return Some(value);
        }
        let mut parts = name.split('.');
        let mut value = self.known.get(parts.next()?)?;
        for part in parts {
            value = match value {
                Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
                other => other.get(part)?,
            };
        }
        Some(value)
    }

    /// A value as a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(crate::expression::text_of)
    }

    /// Sets a value.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.known.insert(name.into(), value.into());
    }

    /// All values as an object.
    #[must_use]
    pub fn object(&self) -> Value {
        let members = self.known.iter();
        Value::Object(
            members
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        )
    }
}
