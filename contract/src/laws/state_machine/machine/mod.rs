//! A state machine of a document: its states, what is declared to lead from one to the other, and by which operation.
//!
//! `read` takes it from `x-state-machine`, `operations` finds what goes its ways.

mod operations;
mod read;
#[cfg(test)]
mod tests;

use std::{collections::VecDeque, sync::Arc};

use crate::{api::Operation, document::Place};

/// The name of the extension.
pub(super) const EXTENSION: &str = "x-state-machine";

/// A machine, and how it is reached.
pub(super) struct Machine {
    /// The schema's name, or the operation that reads it.
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) states: Vec<String>,
    pub(super) initial: Vec<String>,
    pub(super) transitions: Vec<Transition>,
    /// The operation that shows the state, and where.
    pub(super) reader: Arc<Operation>,
    pub(super) pointer: String,
    pub(super) ways: Vec<Way>,
    /// Ways for which there is no operation.
    pub(super) unknown: Vec<String>,
    /// The status and the code of a refusal, where the document says them.
    pub(super) refusal: (Option<u16>, Option<String>),
}

/// A change that can happen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Transition {
    pub(super) from: String,
    pub(super) to: String,
    /// `who.how`, each.
    pub(super) by: Vec<(String, String)>,
}

/// An operation that changes the state.
pub(super) struct Way {
    /// How, in the words of `by`.
    pub(super) how: String,
    pub(super) operation: Arc<Operation>,
    /// Where in its body the wanted state stands; none for an action.
    pub(super) target: Option<String>,
}

impl Machine {
    /// The name of the path parameter that stands for the thing itself.
    pub(super) fn parameter(&self) -> &str {
        let last = self.reader.path.rsplit('{').next().unwrap_or_default();
        last.trim_end_matches('}')
    }

    /// Where a way leads from a state: what is declared for it.
    pub(super) fn targets(&self, from: &str, way: &Way) -> Vec<&str> {
        let takes =
            |transition: &&Transition| transition.from == from && transition.takes(&way.how);
        self.transitions
            .iter()
            .filter(takes)
            .map(|transition| transition.to.as_str())
            .collect()
    }

    /// Who may go a way, in the words of `by`.
    pub(super) fn actor(&self, way: &Way) -> Option<&str> {
        let mut by = self
            .transitions
            .iter()
            .flat_map(|transition| &transition.by);
        by.find(|(_, how)| *how == way.how)
            .map(|(who, _)| who.as_str())
    }

    /// The shortest way from where a thing begins to a state: each step with its way.
    pub(super) fn path(&self, begin: &str, state: &str) -> Option<Vec<(&Way, String)>> {
        let mut waiting = VecDeque::from([(begin.to_owned(), Vec::new())]);
        let mut seen = vec![begin.to_owned()];
        while let Some((at, path)) = waiting.pop_front() {
            if at == state {
                return Some(path);
            }
            for way in &self.ways {
                for to in self.targets(&at, way) {
                    if !seen.iter().any(|known| known == to) {
                        seen.push(to.to_owned());
                        let mut longer: Vec<(&Way, String)> = path.clone();
                        longer.push((way, to.to_owned()));
                        waiting.push_back((to.to_owned(), longer));
                    }
                }
            }
        }
        None
    }

    /// Whether a status is that of a refusal.
    pub(super) fn is_refusal(&self, status: u16) -> bool {
        match self.refusal.0 {
            Some(declared) => declared == status,
            None => matches!(status, 409 | 422),
        }
    }
}

impl Transition {
    fn takes(&self, how: &str) -> bool {
        // Without `by` every way is meant.
        self.by.is_empty()
            || self
                .by
                .iter()
                .any(|(who, known)| known == how && who != "server")
    }
}
