//! How the value of a key is read. What is wrong with one is noted and not thrown, so that all problems of a file are
//! told together.

use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value;
use toml::{Table, Value as Toml};

use crate::{config::parse_rate, transport::Rate};

/// Reads values, and notes what is wrong with them and what is passed over.
pub(super) struct Reader<'e> {
    pub(super) name: String,
    pub(super) environment: &'e dyn Fn(&str) -> Option<String>,
    pub(super) problems: Vec<String>,
    pub(super) ignored: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, key: &str, message: &str) {
        self.problems
            .push(format!("{}: `{key}` {message}", self.name));
    }

    pub(super) fn unknown(&mut self, key: &str) {
        self.problem(key, "is no key of schemathesis.toml");
    }

    pub(super) fn text(&mut self, key: &str, value: &Toml) -> Option<String> {
        let Some(text) = value.as_str() else {
            self.problem(key, "must be a string");
            return None;
        };
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            filled.push_str(before);
            if let Some(value) = (self.environment)(name) {
                filled.push_str(&value);
            } else {
                self.problem(
                    key,
                    &format!("asks for ${{{name}}}, and the environment has no {name}"),
                );
            }
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }

    pub(super) fn number<N: TryFrom<i64>>(&mut self, key: &str, value: &Toml) -> Option<N> {
        let number = value
            .as_integer()
            .and_then(|number| N::try_from(number).ok());
        if number.is_none() {
            self.problem(key, "must be an integer in range");
        }
        number
    }

    pub(super) fn seconds(&mut self, key: &str, value: &Toml) -> Option<Duration> {
        let seconds = match value {
            #[expect(clippy::cast_precision_loss, reason = "no timeout is that long")]
            Toml::Integer(seconds) => Some(*seconds as f64),
            Toml::Float(seconds) => Some(*seconds),
            _ => None,
        };
        let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        if duration.is_none() {
            self.problem(key, "must be a number of seconds");
        }
        duration
    }

    pub(super) fn flag(&mut self, key: &str, value: &Toml) -> Option<bool> {
        if value.as_bool().is_none() {
            self.problem(key, "must be true or false");
        }
        value.as_bool()
    }

    pub(super) fn table<'t>(&mut self, key: &str, value: &'t Toml) -> Option<&'t Table> {
        if value.as_table().is_none() {
            self.problem(key, "must be a table");
        }
        value.as_table()
    }

    pub(super) fn texts(&mut self, key: &str, value: &Toml) -> Vec<String> {
        let one = std::slice::from_ref(value);
        let values = value.as_array().map_or(one, Vec::as_slice);
        values
            .iter()
            .filter_map(|value| self.text(key, value))
            .collect()
    }

    pub(super) fn headers(&mut self, key: &str, value: &Toml) -> Vec<(String, String)> {
        let Some(table) = self.table(key, value) else {
            return Vec::new();
        };
        let mut headers = Vec::new();
        for (name, value) in table {
            if let Some(text) = self.text(&format!("{key}.{name}"), value) {
                headers.push((name.clone(), text));
            }
        }
        headers
    }

    /// `100/s`, `10/m`, `1000/h`, `5/d`.
    pub(super) fn rate(&mut self, key: &str, text: &str) -> Option<Rate> {
        let rate = parse_rate(text);
        if rate.is_none() {
            self.problem(
                key,
                "is a number and a unit, like 100/s, 10/m, 1000/h or 5/d",
            );
        }
        rate
    }

    /// Values of parameters by name.
    pub(super) fn parameters(&mut self, key: &str, value: &Toml) -> IndexMap<String, Value> {
        let mut parameters = IndexMap::new();
        for (name, value) in self.table(key, value).into_iter().flatten() {
            let whole = format!("{key}.{name}");
            match value {
                Toml::Table(_) => self.ignored.push(whole),
                Toml::String(_) => {
                    if let Some(text) = self.text(&whole, value) {
                        parameters.insert(name.clone(), Value::String(text));
                    }
                }
                other => {
                    // A TOML value without tables and times is JSON.
                    let json = serde_json::to_value(other).unwrap_or_default();
                    parameters.insert(name.clone(), json);
                }
            }
        }
        parameters
    }
}
