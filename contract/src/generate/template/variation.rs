//! How a case differs from the usual request, and what it says of itself in reports.

use crate::{
    api::{Location, Operation},
    case::{Case, Expectation, Mode, Payload},
    document::Place,
    generate::wire::Pairs,
};

/// How a case differs from the usual request.
#[derive(Debug, Clone, Default)]
pub struct Variation {
    /// Another method.
    pub method: Option<String>,
    /// Parameters with texts of their own.
    pub set: Vec<(Location, String, Pairs)>,
    /// Parameters that are left out.
    pub without: Vec<(Location, String)>,
    /// Another body; `Some(None)` for none at all.
    pub body: Option<Option<Payload>>,
    /// Headers beside those of parameters.
    pub headers: Vec<(String, String)>,
    /// Pairs of the query beside those of parameters.
    pub query: Vec<(String, String)>,
    /// Statuses that a server may refuse it with, though it keeps to the document.
    pub may_refuse: Vec<u16>,
    /// Where the texts of the body stay as they are.
    pub pointer: Option<String>,
    /// Whether the whole breaks what the document says.
    pub is_negative: bool,
    /// The kind in reports.
    pub scenario: &'static str,
    /// For people.
    pub description: String,
    /// The part of the request that it is about.
    pub location: Option<Location>,
    /// The parameter or the pointer.
    pub parameter: Option<String>,
    /// The place of the keyword.
    pub place: Option<Place>,
}

impl Variation {
    /// Says in a case what was changed and which of its parts keep to the document.
    pub(super) fn describe(&self, case: &mut Case, operation: &Operation) {
        let mode = if self.is_negative {
            Mode::Negative
        } else {
            Mode::Positive
        };
        let origin = &mut case.origin;
        origin.mode = mode;
        self.scenario.clone_into(&mut origin.scenario);
        origin.description.clone_from(&self.description);
        origin.location = self.location;
        origin.parameter.clone_from(&self.parameter);
        origin.place.clone_from(&self.place);
        if !self.may_refuse.is_empty() {
            origin.expectation = Some(Expectation::MayRefuse(self.may_refuse.clone()));
        }
        for parameter in &operation.parameters {
            origin.components.insert(parameter.location, Mode::Positive);
        }
        if case.body.is_some() {
            origin.components.insert(Location::Body, Mode::Positive);
        }
        if let Some(location) = self.location {
            origin.components.insert(location, mode);
        }
    }
}
