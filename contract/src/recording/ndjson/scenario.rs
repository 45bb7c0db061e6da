//! A scenario: requests that were made together, what checks said of them, and which of them follows from which.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::message::Interaction;
use crate::{
    document::Place,
    recording::{Recorded, RecordedCheck, Recording, meta::Meta, own::ContractOf},
};

/// A scenario that came to its end.
#[derive(Debug, Deserialize)]
pub(super) struct Scenario {
    pub(super) recorder: Recorder,
}

/// The requests of a scenario with what is known of them, by the ids of their cases.
#[derive(Debug, Deserialize)]
pub(super) struct Recorder {
    #[serde(default)]
    label: String,
    #[serde(default)]
    cases: IndexMap<String, CaseNode>,
    #[serde(default)]
    checks: IndexMap<String, Vec<CheckNode>>,
    #[serde(default)]
    interactions: IndexMap<String, Interaction>,
}

#[derive(Debug, Deserialize)]
struct CaseNode {
    value: CaseOf,
    parent_id: Option<String>,
    transition: Option<Transition>,
    /// Whether the values of the link were taken: others may have been tried in their place.
    #[serde(default)]
    is_transition_applied: bool,
}

#[derive(Debug, Deserialize)]
struct CaseOf {
    meta: Option<Meta>,
    auth_identity: Option<String>,
    /// What only our own recordings say.
    contract: Option<ContractOf>,
    /// The parameters that were sent, among others: by the name of their part of the request, then by their own.
    #[serde(flatten)]
    parts: IndexMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Transition {
    #[serde(default)]
    parameters: IndexMap<String, IndexMap<String, Linked>>,
}

/// What a link takes out of the answer before.
#[derive(Debug, Deserialize)]
struct Linked {
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Deserialize)]
struct CheckNode {
    name: String,
    status: String,
    failure_info: Option<FailureInfo>,
}

#[derive(Debug, Deserialize)]
struct FailureInfo {
    failure: FailureOf,
}

#[derive(Debug, Deserialize)]
struct FailureOf {
    code: Option<String>,
    message: Option<String>,
}

impl Recorder {
    /// Adds the requests to a recording. `positions` are those of the entries by id, for whatever follows from them.
    pub(super) fn record(
        mut self,
        recording: &mut Recording,
        place: &Place,
        is_own: bool,
        positions: &mut HashMap<String, usize>,
    ) {
        let first = recording.entries.len();
        for (id, interaction) in std::mem::take(&mut self.interactions) {
            let mut entry = interaction.recorded(place.clone(), id.clone());
            // Ours tells each request by itself.
            entry.sequence = Some(first).filter(|_| !is_own);
            entry.is_own = is_own;
            if self.label.contains(" /") {
                entry.operation = Some(self.label.clone());
            }
            if let Some(node) = self.cases.swap_remove(&id) {
                node.tell(&mut entry, positions);
            }
            let checks = self.checks.swap_remove(&id);
            entry.checks = checks.map(|checks| checks.into_iter().map(CheckNode::said).collect());
            positions.insert(id, recording.entries.len());
            recording.entries.push(entry);
        }
    }
}

impl CaseNode {
    /// Puts what is known of a case into its entry.
    fn tell(self, entry: &mut Recorded, positions: &HashMap<String, usize>) {
        entry.parent = self.parent_id.and_then(|id| positions.get(&id).copied());
        entry.identity = self.value.auth_identity;
        entry.linked = self.transition.map(|transition| {
            let parts = transition.parameters.into_iter();
            let parameters = parts.flat_map(|(part, parameters)| {
                let sent = self.value.parts.get(&part);
                let linked = parameters.into_iter();
                linked.filter(move |(name, link)| {
                    sent.and_then(|sent| sent.get(name))
                        .is_some_and(|sent| link.gives(sent))
                })
            });
            let names = parameters.map(|(name, _)| name);
            names.filter(|_| self.is_transition_applied).collect()
        });
        if let Some(contract) = self.value.contract {
            contract.tell(entry);
        }
        if let Some(meta) = self.value.meta {
            meta.tell(entry);
        }
    }
}

impl Linked {
    /// Whether a value that was sent is the link's. Where an answer has several, any of them may be taken; and where a
    /// link is followed for one parameter, another one may still be given something else.
    fn gives(&self, sent: &Value) -> bool {
        let several = self.value.get("values").and_then(Value::as_array);
        several.map_or(self.value == *sent, |values| values.contains(sent))
    }
}

impl CheckNode {
    fn said(self) -> RecordedCheck {
        let failure = self.failure_info.map(|info| info.failure);
        let (code, message) = failure.map_or((None, None), |found| (found.code, found.message));
        RecordedCheck {
            name: self.name,
            is_failure: self.status == "failure",
            code,
            message,
        }
    }
}
