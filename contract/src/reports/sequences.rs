//! What was sent before a request that failed: without it the failure cannot be seen again.

use std::collections::{HashMap, VecDeque};

use super::curl::curl;
use crate::{case::Phase, exchange::Exchange, run::Finding};

/// How many requests are remembered that others may follow from.
const RECENT: usize = 512;

/// How many requests before a failing one are told.
const LONGEST: usize = 20;

/// The requests of sequences.
#[derive(Default)]
pub(super) struct Sequences {
    /// The last ones.
    recent: VecDeque<Step>,
    /// What was sent before a case that was found to fail, by its id.
    before: HashMap<String, Vec<String>>,
}

struct Step {
    id: String,
    parent: Option<String>,
    /// The request as a command, and what came.
    line: String,
}

impl Sequences {
    /// Remembers a request that others may follow from.
    pub(super) fn remember(&mut self, exchange: &Exchange) {
        let case = &exchange.case;
        if matches!(case.origin.phase, Phase::Coverage | Phase::Random) {
            return;
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        let status = match &exchange.outcome {
            Ok(received) => received.status.to_string(),
            Err(error) => error.to_string(),
        };
        self.recent.push_back(Step {
            id: case.id.clone(),
            parent: case.origin.parent.clone(),
            line: format!("{}  # {status}", curl(&exchange.sent)),
        });
    }

    /// Keeps what was sent before a failing request.
    pub(super) fn keep(&mut self, finding: &Finding) {
        let case = &finding.exchange.case;
        let before = self.chain(case.origin.parent.as_deref());
        if !before.is_empty() {
            self.before.insert(case.id.clone(), before);
        }
    }

    /// What was sent before a case of a finding, first things first.
    pub(super) fn before(&self, finding: &Finding) -> &[String] {
        let before = self.before.get(&finding.exchange.case.id);
        before.map_or(&[], Vec::as_slice)
    }

    fn chain(&self, last: Option<&str>) -> Vec<String> {
        let mut lines = Vec::new();
        let mut next = last;
        while let Some(id) = next
            && lines.len() < LONGEST
        {
            let Some(step) = self.recent.iter().rev().find(|step| step.id == id) else {
                break;
            };
            lines.push(step.line.clone());
            next = step.parent.as_deref();
        }
        lines.reverse();
        lines
    }
}
