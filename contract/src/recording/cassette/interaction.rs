//! One interaction of a cassette: a request with its answer, and what is known of both.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use super::message::{RequestOf, ResponseOf};
use crate::{
    api::Location,
    case::Mode,
    document::Place,
    recording::{
        Recorded, RecordedCheck,
        entry::carried_id,
        meta::PhaseOf,
        names::{location, mode, scenario},
        own::{ContractOf, no_answer},
    },
};

/// One interaction.
#[derive(Debug, Deserialize)]
pub(super) struct Interaction {
    id: Option<String>,
    generation: Option<Generation>,
    #[serde(default)]
    components: Option<IndexMap<String, Component>>,
    phase: Option<PhaseOf>,
    contract: Option<ContractOf>,
    recorded_at: Option<String>,
    checks: Option<Vec<CheckOf>>,
    request: RequestOf,
    pub(super) response: Option<ResponseOf>,
    /// Why there is no answer, in our own recordings.
    error: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Generation {
    mode: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Component {
    mode: String,
}

#[derive(Debug, Deserialize)]
struct CheckOf {
    name: String,
    status: String,
    code: Option<String>,
    message: Option<String>,
}

impl Interaction {
    /// The id of the interaction that this one follows from.
    pub(super) fn parent(&self) -> Option<String> {
        self.contract.as_ref()?.parent.clone()
    }

    /// The entry of the request, the `number`th of its file.
    pub(super) fn recorded(self, place: Place, number: usize) -> Result<Recorded, String> {
        let sent = self.request.sent()?;
        let id = self.id.or_else(|| carried_id(&sent));
        let id = id.unwrap_or_else(|| (number + 1).to_string());
        let mut entry = Recorded::new(place, id, sent);
        let recorded_at = self.recorded_at.or_else(|| {
            let response = self.response.as_ref()?;
            response.recorded_at.clone()
        });
        entry.recorded_at = recorded_at.and_then(|text| text.parse().ok());
        entry.mode = self
            .generation
            .and_then(|generation| mode(&generation.mode?));
        entry.components = self.components.map(modes).unwrap_or_default();
        if let Some(made_by) = self.phase {
            let is_named = made_by.names_scenario();
            made_by.tell(&mut entry);
            if !is_named {
                scenario(&entry.description).clone_into(&mut entry.scenario);
            }
        }
        if let Some(contract) = self.contract {
            contract.tell(&mut entry);
        }
        entry.no_answer = self.error.map(no_answer);
        entry.received = self.response.map(ResponseOf::received).transpose()?;
        entry.is_truncated = entry
            .received
            .as_ref()
            .is_some_and(|received| received.is_cut);
        let checks = self.checks.filter(|checks| !checks.is_empty());
        entry.checks = checks.map(|checks| checks.into_iter().map(CheckOf::said).collect());
        Ok(entry)
    }
}

impl CheckOf {
    fn said(self) -> RecordedCheck {
        RecordedCheck {
            is_failure: self.status == "FAILURE",
            code: self.code,
            name: self.name,
            message: self.message,
        }
    }
}

/// Which parts of a request kept to the document.
fn modes(components: IndexMap<String, Component>) -> BTreeMap<Location, Mode> {
    components
        .into_iter()
        .filter_map(|(name, component)| Some((location(&name)?, mode(&component.mode)?)))
        .collect()
}
