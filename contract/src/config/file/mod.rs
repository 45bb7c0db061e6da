//! `schemathesis.toml`: the part of it that means something here, so that both tools run from one file.
//!
//! Keys that Schemathesis knows and this tool does not are named once, as a note; keys that neither knows are errors.

mod auth;
mod checks;
mod operations;
mod phases;
mod values;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use indexmap::IndexMap;
use serde_json::Value;
use toml::{Table, Value as Toml};

use self::values::Reader;
use super::{CheckRules, Override, People, Secret};
use crate::{case::Phase, transport::Rate};

/// Keys at the top that Schemathesis knows and that mean nothing here.
const FOREIGN: [&str; 21] = [
    "color",
    "suppress-health-check",
    "max-time",
    "reports",
    "cache",
    "output",
    "baseline",
    "origin",
    "servers",
    "dictionaries",
    "fuzz",
    "project",
    "hooks",
    "proxy",
    "wait-for-schema",
    "continue-on-failure",
    "max-redirects",
    "max-stream-events",
    "request-retries",
    "warnings",
    "analysis",
];

/// Why a configuration cannot be used: all problems together.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(pub Vec<String>);

/// What a file says. What it does not say is `None` or empty.
#[derive(Debug, Default)]
pub struct File {
    /// Its name, for messages.
    pub path: PathBuf,
    /// `base-url`.
    pub base_url: Option<String>,
    /// `headers`.
    pub headers: Vec<(String, String)>,
    /// `seed`.
    pub seed: Option<u64>,
    /// `workers`; `auto` is `None`.
    pub workers: Option<usize>,
    /// `rate-limit`.
    pub rate: Option<Rate>,
    /// `request-timeout`.
    pub timeout: Option<Duration>,
    /// `tls-verify`.
    pub is_tls_verified: Option<bool>,
    /// `max-failures`.
    pub max_failures: Option<usize>,
    /// `generation.max-examples`.
    pub max_examples: Option<usize>,
    /// `generation.no-shrink`, turned round.
    pub shrinks: Option<bool>,
    /// `phases.stateful.max-steps`.
    pub max_steps: Option<usize>,
    /// `phases.coverage.unexpected-methods`.
    pub unexpected_methods: Option<Vec<String>>,
    /// `checks`.
    pub checks: CheckRules,
    /// `phases.*.enabled`.
    pub phases: IndexMap<Phase, bool>,
    /// `parameters`.
    pub parameters: IndexMap<String, Value>,
    /// `auth.openapi` and `auth.dynamic.openapi`.
    pub secrets: IndexMap<String, Secret>,
    /// `auth.wfc`.
    pub people: Option<People>,
    /// `[[operations]]`.
    pub overrides: Vec<Override>,
    /// Keys of Schemathesis that were passed over.
    pub ignored: Vec<String>,
}

impl File {
    /// Reads a file. `environment` answers `${NAME}`.
    ///
    /// # Errors
    /// [`ConfigError`] with every problem.
    pub fn read(
        path: &Path,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let name = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError(vec![format!("{name}: {error}")]))?;
        Self::parse(path, &text, environment)
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// As [`File::read`].
    pub fn parse(
        path: &Path,
        text: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let table: Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| {
                text.get(..span.start)
                    .unwrap_or_default()
                    .lines()
                    .count()
                    .max(1)
            });
            ConfigError(vec![format!("{name}:{line}: {}", error.message())])
        })?;
        let mut reader = Reader {
            name,
            environment,
            problems: Vec::new(),
            ignored: Vec::new(),
        };
        let mut file = reader.top(&table);
        path.clone_into(&mut file.path);
        file.ignored = reader.ignored;
        if reader.problems.is_empty() {
            Ok(file)
        } else {
            Err(ConfigError(reader.problems))
        }
    }
}

/// The keys at the top; tables of their own are read in the modules that are named after them.
impl Reader<'_> {
    fn top(&mut self, table: &Table) -> File {
        let mut file = File::default();
        for (key, value) in table {
            match key.as_str() {
                "base-url" => file.base_url = self.text(key, value),
                "headers" => file.headers = self.headers(key, value),
                "seed" => file.seed = self.number(key, value),
                "workers" if value.as_str() == Some("auto") => {}
                "workers" => file.workers = self.number(key, value),
                "rate-limit" => {
                    let text = self.text(key, value);
                    file.rate = text.and_then(|text| self.rate(key, &text));
                }
                "request-timeout" => file.timeout = self.seconds(key, value),
                "tls-verify" => file.is_tls_verified = self.flag(key, value),
                "max-failures" => file.max_failures = self.number(key, value),
                "generation" => self.generation(key, value, &mut file),
                "checks" => file.checks = self.checks(key, value),
                "phases" => self.phases(value, &mut file),
                "parameters" => file.parameters = self.parameters(key, value),
                "auth" => self.auth(value, &mut file),
                "operations" => file.overrides = self.operations(value),
                key if FOREIGN.contains(&key) => self.ignored.push(key.to_owned()),
                key => self.unknown(key),
            }
        }
        file
    }

    fn generation(&mut self, key: &str, value: &Toml, file: &mut File) {
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "max-examples" => file.max_examples = self.number(&whole, value),
                "no-shrink" => file.shrinks = self.flag(&whole, value).map(|flag| !flag),
                _ => self.ignored.push(whole),
            }
        }
    }
}

#[cfg(test)]
mod tests;
