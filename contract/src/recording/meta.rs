//! How a case was made, in Schemathesis's words.

use indexmap::IndexMap;
use serde::Deserialize;

use super::{
    Recorded,
    names::{location, mode, phase},
};

/// How a case was made, as events and crash files say it.
#[derive(Debug, Deserialize)]
pub(super) struct Meta {
    generation: Option<Generation>,
    #[serde(default)]
    components: IndexMap<String, Component>,
    phase: Option<PhaseOf>,
}

#[derive(Debug, Deserialize)]
struct Generation {
    mode: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Component {
    Mode(String),
    Info { mode: String },
}

/// The phase that made a case, and what it did.
#[derive(Debug, Deserialize)]
pub(super) struct PhaseOf {
    name: String,
    #[serde(default)]
    data: PhaseData,
}

#[derive(Debug, Default, Deserialize)]
struct PhaseData {
    description: Option<String>,
    parameter: Option<String>,
    parameter_location: Option<String>,
    scenario: Option<String>,
}

impl Meta {
    /// Puts what is known of a case into an entry.
    pub(super) fn tell(self, entry: &mut Recorded) {
        entry.mode = self.generation.and_then(|made| mode(&made.mode));
        let components = self.components.into_iter();
        entry.components = components
            .filter_map(|(name, component)| {
                let (Component::Mode(told) | Component::Info { mode: told }) = component;
                Some((location(&name)?, mode(&told)?))
            })
            .collect();
        if let Some(made_by) = self.phase {
            made_by.tell(entry);
        }
    }
}

impl PhaseOf {
    /// Whether the kind of what was done is said, and not only what was done.
    pub(super) fn names_scenario(&self) -> bool {
        self.data.scenario.is_some()
    }

    /// Puts what is known of the phase into an entry.
    pub(super) fn tell(self, entry: &mut Recorded) {
        entry.phase = phase(&self.name);
        entry.description = self.data.description.unwrap_or_default();
        entry.scenario = self.data.scenario.unwrap_or_default();
        entry.location = self.data.parameter_location.as_deref().and_then(location);
        entry.parameter = self.data.parameter;
    }
}
