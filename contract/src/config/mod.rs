//! What a run is told: the command line, over `schemathesis.toml`, over defaults.

mod checks;
mod file;
mod filter;
mod rate;

use std::{collections::BTreeSet, path::PathBuf, time::Duration};

use indexmap::IndexMap;
use serde_json::Value;
use url::Url;

pub use checks::CheckRules;
pub use file::{ConfigError, File};
pub use filter::{Condition, Filter, Part, Wanted};
pub use rate::parse_rate;

use crate::{api::Operation, case::Phase, laws::Bounds, transport::Limits};

/// Everything that a run is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the server is.
    pub base_url: Url,
    /// What goes with every request.
    pub headers: Vec<(String, String)>,
    /// Where all randomness begins.
    pub seed: u64,
    /// How requests are sent.
    pub limits: Limits,
    /// Which phases run.
    pub phases: BTreeSet<Phase>,
    /// How long a phase may take; it is cut off then, and what it found is kept.
    pub phase_time: Duration,
    /// After so many failures the run ends.
    pub max_failures: Option<usize>,
    /// Cases per operation in the random phase.
    pub max_examples: usize,
    /// Steps of a sequence in the stateful phase.
    pub max_steps: usize,
    /// Methods that the coverage phase tries where they are not declared.
    pub unexpected_methods: Vec<String>,
    /// Whether failing cases are made smaller.
    pub shrinks: bool,
    /// Which checks look, and what they take.
    pub checks: CheckRules,
    /// Values for parameters, by `name` or `location.name`.
    pub parameters: IndexMap<String, Value>,
    /// What holds for some operations only; later entries win.
    pub overrides: Vec<Override>,
    /// Credentials of the usual caller by security scheme.
    pub secrets: IndexMap<String, Secret>,
    /// Which operations are tested.
    pub filter: Filter,
    /// How far laws go.
    pub bounds: Bounds,
}

/// What holds for the operations that a filter lets through.
#[derive(Debug, Clone, Default)]
pub struct Override {
    /// Which operations.
    pub filter: Filter,
    /// Set to false: not tested at all.
    pub is_enabled: Option<bool>,
    /// Headers beside the common ones.
    pub headers: Vec<(String, String)>,
    /// Values for parameters.
    pub parameters: IndexMap<String, Value>,
    /// Check rules over the common ones.
    pub checks: CheckRules,
    /// Phases that are switched on or off.
    pub phases: IndexMap<Phase, bool>,
}

/// A file of accounts as the Web Fuzzing Commons have it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// The file.
    pub path: PathBuf,
    /// The usual caller; the first one of the file when nobody is named.
    pub user: Option<String>,
    /// Accounts that must not see each other's objects.
    pub peers: Vec<String>,
}

/// Credentials for a security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// As it is sent (a token, a key, `user:password` for Basic).
    Fixed(String),
    /// Fetched by a request before the run.
    Fetched {
        /// `POST` or another method.
        method: String,
        /// Path at the server.
        path: String,
        /// The members of the JSON body.
        payload: IndexMap<String, String>,
        /// JSON pointer into the answer.
        pointer: String,
    },
}

impl Settings {
    /// The defaults, for a server.
    #[must_use]
    pub fn new(base_url: Url) -> Self {
        let methods = [
            "GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY",
        ];
        Self {
            base_url,
            headers: Vec::new(),
            seed: 42,
            limits: Limits::default(),
            phases: BTreeSet::new(),
            phase_time: Duration::from_mins(5),
            max_failures: None,
            max_examples: 100,
            max_steps: 6,
            unexpected_methods: methods.map(str::to_owned).to_vec(),
            shrinks: true,
            checks: CheckRules::default(),
            parameters: IndexMap::new(),
            overrides: Vec::new(),
            secrets: IndexMap::new(),
            filter: Filter::default(),
            bounds: Bounds::default(),
        }
    }

    /// Whether an operation is tested in a phase.
    #[must_use]
    pub fn tests(&self, operation: &Operation, phase: Phase) -> bool {
        let mut is_tested = self.phases.contains(&phase) && self.filter.lets_through(operation);
        for entry in self.overrides_of(operation) {
            let switch =
                entry.is_enabled == Some(false) || entry.phases.get(&phase) == Some(&false);
            is_tested &= !switch;
        }
        is_tested
    }

    /// The check rules for an operation.
    #[must_use]
    pub fn checks_of(&self, operation: &Operation) -> CheckRules {
        let mut rules = self.checks.clone();
        for entry in self.overrides_of(operation) {
            rules.lay_over(&entry.checks);
        }
        rules
    }

    /// The value that is configured for a parameter of an operation.
    #[must_use]
    pub fn parameter(&self, operation: &Operation, location: &str, name: &str) -> Option<&Value> {
        let own = self.overrides_of(operation).map(|entry| &entry.parameters);
        let sources: Vec<_> = std::iter::once(&self.parameters).chain(own).collect();
        let whole = format!("{location}.{name}");
        sources
            .into_iter()
            .rev()
            .find_map(|source| source.get(&whole).or_else(|| source.get(name)))
    }

    /// The headers that are configured for an operation beside the common ones.
    pub fn headers_of(&self, operation: &Operation) -> impl Iterator<Item = &(String, String)> {
        self.overrides_of(operation)
            .flat_map(|entry| &entry.headers)
    }

    fn overrides_of(&self, operation: &Operation) -> impl Iterator<Item = &Override> {
        let filter = move |entry: &&Override| entry.filter.lets_through(operation);
        self.overrides.iter().filter(filter)
    }
}
