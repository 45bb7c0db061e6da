//! `[checks]`: which checks look, and which statuses they take.

use toml::Value as Toml;

use super::values::Reader;
use crate::{api::StatusPattern, checks::Check, config::CheckRules};

impl Reader<'_> {
    pub(super) fn checks(&mut self, key: &str, value: &Toml) -> CheckRules {
        let mut rules = CheckRules::default();
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match (name.as_str(), Check::parse(name)) {
                ("enabled", _) => rules.default = self.flag(&whole, value),
                ("max_response_time", _) => rules.max_response_time = self.seconds(&whole, value),
                (_, Some(check)) => self.check(&whole, check, value, &mut rules),
                // A check of somebody's hooks.
                (_, None) => self.ignored.push(whole),
            }
        }
        rules
    }

    fn check(&mut self, key: &str, check: Check, value: &Toml, rules: &mut CheckRules) {
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match name.as_str() {
                "enabled" => {
                    if let Some(flag) = self.flag(&whole, value) {
                        rules.enabled.insert(check, flag);
                    }
                }
                "validate-formats" => rules.validates_formats = self.flag(&whole, value),
                "expected-statuses" => {
                    let statuses = self.statuses(&whole, value);
                    rules.expected.insert(check, statuses);
                }
                _ => self.unknown(&whole),
            }
        }
    }

    fn statuses(&mut self, key: &str, value: &Toml) -> Vec<StatusPattern> {
        let mut patterns = Vec::new();
        for value in value.as_array().into_iter().flatten() {
            let text = match value {
                Toml::Integer(number) => number.to_string(),
                Toml::String(text) => text.to_ascii_uppercase(),
                _ => String::new(),
            };
            match StatusPattern::parse(&text) {
                Some(pattern) if pattern != StatusPattern::Default => patterns.push(pattern),
                _ => self.problem(key, "lists statuses like 404 or \"4xx\""),
            }
        }
        patterns
    }
}
