//! Whole requests: an operation's usual one, and the same with one part changed.
//!
//! `usual` works out what is sent as a rule, `variation` says how a case differs from it, `fill` puts both together; `fresh`
//! gives what must not repeat a value of its own in every case. `context` holds what all of it is made from.

mod context;
mod fill;
mod fresh;
mod usual;
mod variation;

use indexmap::IndexMap;
use serde_json::Value;

pub use context::Context;
pub use fill::put;
pub use variation::Variation;

use fresh::Unique;

use super::wire::Pairs;
use crate::{
    api::{Location, Operation, Parameter},
    case::Payload,
    document::Place,
};

/// The usual request of an operation.
#[derive(Debug)]
pub struct Template<'r> {
    context: Context<'r>,
    operation: &'r Operation,
    /// What is sent for each parameter that is always sent; without ids that only the pool knows.
    usual: IndexMap<(Location, &'r str), Pairs>,
    /// The usual body.
    body: Option<Payload>,
    /// Texts of the body that must be new in every case.
    unique: Vec<Unique<'r>>,
    /// What could not be made: why, and the place.
    pub notes: Vec<(String, Place)>,
}

impl<'r> Template<'r> {
    /// Works out the usual request.
    #[must_use]
    pub fn new(context: Context<'r>, operation: &'r Operation) -> Self {
        let mut template = Self {
            context,
            operation,
            usual: IndexMap::new(),
            body: None,
            unique: Vec::new(),
            notes: Vec::new(),
        };
        for parameter in &operation.parameters {
            template.settle(parameter);
        }
        template.settle_body();
        template
    }

    /// The value that is configured for a parameter.
    #[must_use]
    pub fn configured(&self, parameter: &Parameter) -> Option<&'r Value> {
        let location = parameter.location.as_str();
        self.context
            .settings
            .parameter(self.operation, location, &parameter.name)
    }

    /// Whether a header's value must be new in every case.
    #[must_use]
    pub fn is_key(&self, parameter: &Parameter) -> bool {
        self.operation.is_key(parameter)
    }

    /// Whether anything can be sent at all.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let parameters = self.operation.parameters.iter();
        let mut needed = parameters.filter(|parameter| parameter.is_required);
        let has_parameters = needed.all(|parameter| {
            self.usual
                .contains_key(&(parameter.location, parameter.name.as_str()))
        });
        let needs_body = self
            .operation
            .body
            .as_ref()
            .is_some_and(|body| body.is_required);
        has_parameters && (!needs_body || self.body.is_some())
    }

    /// The usual body.
    #[must_use]
    pub fn body(&self) -> Option<&Payload> {
        self.body.as_ref()
    }

    /// Whether the operation may be called without a body.
    #[must_use]
    pub fn has_optional_body(&self) -> bool {
        self.operation
            .body
            .as_ref()
            .is_some_and(|body| !body.is_required)
    }
}
