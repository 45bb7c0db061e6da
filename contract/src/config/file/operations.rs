//! `[[operations]]`: what holds for some operations only, and which ones are meant.

use regex::Regex;
use toml::{Table, Value as Toml};

use super::{File, values::Reader};
use crate::config::{
    Override,
    filter::{Condition, Part, Wanted},
};

/// Keys of `[[operations]]` that Schemathesis knows and that mean nothing here.
const FOREIGN: [&str; 14] = [
    "include-by",
    "exclude-by",
    "exclude-deprecated",
    "continue-on-failure",
    "tls-verify",
    "rate-limit",
    "max-redirects",
    "request-timeout",
    "request-retries",
    "request-cert",
    "request-cert-key",
    "auth",
    "generation",
    "proxy",
];

impl Reader<'_> {
    pub(super) fn operations(&mut self, value: &Toml) -> Vec<Override> {
        let entries = value.as_array().map_or(&[][..], Vec::as_slice);
        if value.as_array().is_none() {
            self.problem("operations", "is a list of tables: write [[operations]]");
        }
        let entries: Vec<_> = entries.iter().enumerate().collect();
        entries
            .into_iter()
            .filter_map(|(index, value)| {
                let key = format!("operations[{index}]");
                let table = self.table(&key, value)?.clone();
                Some(self.operation(&key, &table))
            })
            .collect()
    }

    fn operation(&mut self, key: &str, table: &Table) -> Override {
        let mut entry = Override::default();
        let mut include = Vec::new();
        for (name, value) in table {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "enabled" => entry.is_enabled = self.flag(&whole, value),
                "headers" => entry.headers = self.headers(&whole, value),
                "parameters" => entry.parameters = self.parameters(&whole, value),
                "checks" => entry.checks = self.checks(&whole, value),
                "phases" => {
                    let mut file = File::default();
                    self.phases(value, &mut file);
                    entry.phases = file.phases;
                    // They are the run's: an operation has none of its own.
                    if file.max_steps.is_some() {
                        self.ignored.push(format!("{whole}.stateful.max-steps"));
                    }
                    if file.unexpected_methods.is_some() {
                        let name = "coverage.unexpected-methods";
                        self.ignored.push(format!("{whole}.{name}"));
                    }
                }
                name => match self.condition(&whole, name, value) {
                    Some((true, condition)) => include.push(condition),
                    Some((false, condition)) => entry.filter.exclude.push(vec![condition]),
                    None if FOREIGN.contains(&name) => self.ignored.push(whole),
                    None => self.unknown(&whole),
                },
            }
        }
        if !include.is_empty() {
            entry.filter.include.push(include);
        }
        entry
    }

    /// `include-path`, `exclude-tag-regex` and their like; `true` for including.
    fn condition(&mut self, key: &str, name: &str, value: &Toml) -> Option<(bool, Condition)> {
        let (is_included, rest) = match name.strip_prefix("include-") {
            Some(rest) => (true, rest),
            None => (false, name.strip_prefix("exclude-")?),
        };
        let (part, is_pattern) = match rest.strip_suffix("-regex") {
            Some(part) => (part, true),
            None => (rest, false),
        };
        let (part, _) = Part::ALL.into_iter().find(|(_, known)| *known == part)?;
        let texts = self.texts(key, value);
        let wanted = if is_pattern {
            match Regex::new(texts.first().map_or("", String::as_str)) {
                Ok(pattern) => Wanted::Matching(pattern),
                Err(error) => {
                    self.problem(key, &format!("is no regular expression: {error}"));
                    Wanted::OneOf(texts)
                }
            }
        } else {
            Wanted::OneOf(texts)
        };
        Some((is_included, Condition { part, wanted }))
    }
}
