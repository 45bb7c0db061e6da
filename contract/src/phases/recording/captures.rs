//! What this server gave in place of what the recorded one gave: ids, tags of versions, secrets.
//!
//! A value of a recorded answer and the value at the same place of today's answer are the same thing. The first pair
//! counts: it comes from what was created, and lists, which may be in another order, come later.

use std::collections::HashMap;

use rand::RngExt;
use serde_json::Value;

use super::meaning::{examples, is_id, is_telling, json, plain};
use crate::{
    case::{Case, Content},
    exchange::Exchange,
    recording::{FILTERED, Recorded},
    run::Run,
};

/// Values of then and of now.
pub(super) struct Captures {
    values: HashMap<String, String>,
    /// Secrets that this server gave out, by the name of the member.
    secrets: HashMap<String, String>,
    /// Keys of today by their number in the recording.
    keys: HashMap<u64, String>,
    random: rand_chacha::ChaCha8Rng,
}

impl Captures {
    pub(super) fn new(run: &Run) -> Self {
        // Fresh in every run: a server remembers the keys of the run before.
        let now = crate::run::now().as_nanosecond();
        Self {
            values: HashMap::new(),
            secrets: HashMap::new(),
            keys: HashMap::new(),
            random: run.random(&format!("recording {now}")),
        }
    }

    /// Puts the values of today into a case. Gives what could not be put in.
    pub(super) fn apply(&mut self, entry: &Recorded, case: &mut Case) -> Vec<String> {
        let mut missing = Vec::new();
        for value in case.path.values_mut() {
            self.put(value, true);
        }
        for (name, value) in &mut case.query {
            self.put(value, is_id(name));
        }
        let mut headers = Vec::new();
        for (name, mut value) in std::mem::take(&mut case.headers) {
            if !value.contains(FILTERED) {
                self.put(&mut value, true);
                headers.push((name, value));
            } else if name.eq_ignore_ascii_case("idempotency-key") {
                headers.push((name, self.key(entry.key)));
            } else {
                missing.push(format!(
                    "the header `{name}` was taken out of the recording and is not sent"
                ));
            }
        }
        case.headers = headers;
        match case.body.as_mut().map(|payload| &mut payload.content) {
            Some(Content::Json(value)) => {
                let examples = examples(case.operation.as_ref());
                self.put_json(value, "", &examples, &mut missing);
            }
            Some(Content::Bytes(bytes)) => {
                if let Ok(text) = std::str::from_utf8(bytes) {
                    let text = self.put_text(text);
                    *bytes = text.into();
                }
            }
            None => {}
        }
        missing
    }

    /// Takes in what today's answer has in place of the recorded one.
    pub(super) fn learn(&mut self, entry: &Recorded, exchange: &Exchange) {
        let (Some(then), Some(now)) = (&entry.received, exchange.received()) else {
            return;
        };
        if let Some(now) = now.json() {
            self.remember_secrets(&now);
            if let Some(then) = json(then) {
                self.pair(&then, &now, "");
            }
        }
        for name in ["etag", "location"] {
            let (Some(then), Some(now)) = (then.header(name), now.header(name)) else {
                continue;
            };
            if name == "etag" {
                self.remember(then, now);
            } else {
                self.pair_addresses(then, now);
            }
        }
    }

    fn pair(&mut self, then: &Value, now: &Value, name: &str) {
        match (then, now) {
            (Value::Object(then), Value::Object(now)) => {
                for (name, then) in then {
                    if let Some(now) = now.get(name) {
                        self.pair(then, now, name);
                    }
                }
            }
            (Value::Array(then), Value::Array(now)) => {
                for (then, now) in then.iter().zip(now) {
                    self.pair(then, now, name);
                }
            }
            (Value::String(then), Value::String(now)) if is_id(name) || is_telling(then) => {
                self.remember(then, now);
            }
            (Value::Number(then), Value::Number(now)) if is_id(name) => {
                self.remember(&then.to_string(), &now.to_string());
            }
            _ => {}
        }
    }

    /// The segments in which two addresses differ.
    fn pair_addresses(&mut self, then: &str, now: &str) {
        let path = |url: &str| {
            let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
            let path = rest.split(['?', '#']).next().unwrap_or_default();
            path.split('/').map(str::to_owned).collect::<Vec<_>>()
        };
        let (then, now) = (path(then), path(now));
        // From the end: what comes before the paths may differ.
        for (then, now) in then.iter().rev().zip(now.iter().rev()) {
            if then != now {
                self.remember(then, now);
            }
        }
    }

    fn remember(&mut self, then: &str, now: &str) {
        if !then.is_empty() && then != FILTERED {
            self.values
                .entry(then.to_owned())
                .or_insert_with(|| now.to_owned());
        }
    }

    fn remember_secrets(&mut self, now: &Value) {
        match now {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(text) => {
                            self.secrets.insert(plain(name), text.clone());
                        }
                        _ => self.remember_secrets(member),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.remember_secrets(item)),
            _ => {}
        }
    }

    /// Puts today's value in place of a whole text.
    fn put(&self, text: &mut String, means_id: bool) {
        if let Some(now) = self.values.get(text.as_str())
            && (means_id || is_telling(text))
        {
            text.clone_from(now);
        }
    }

    /// Puts today's values in wherever they stand in a text.
    fn put_text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (then, now) in &self.values {
            if then != now && is_telling(then) && text.contains(then.as_str()) {
                text = text.replace(then.as_str(), now);
            }
        }
        text
    }

    fn put_json(
        &self,
        value: &mut Value,
        name: &str,
        examples: &HashMap<String, String>,
        missing: &mut Vec<String>,
    ) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    self.put_json(member, name, examples, missing);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.put_json(item, name, examples, missing);
                }
            }
            Value::String(text) if text == FILTERED => {
                let plain = plain(name);
                match self.secrets.get(&plain).or_else(|| examples.get(&plain)) {
                    Some(now) => text.clone_from(now),
                    None => missing.push(format!(
                        "the member `{name}` was taken out of the recording, and no answer gave another one"
                    )),
                }
            }
            Value::String(text) => self.put(text, is_id(name)),
            Value::Number(number) if is_id(name) => {
                let now = self.values.get(&number.to_string());
                if let Some(now) = now.and_then(|now| now.parse().ok()) {
                    *number = now;
                }
            }
            _ => {}
        }
    }

    /// A key that the server does not know: the same one for the same number, another one without a number.
    fn key(&mut self, number: Option<u64>) -> String {
        let random = &mut self.random;
        let mut fresh = || {
            let [high, low]: [u64; 2] = [random.random(), random.random()];
            // In the form of a UUID (version 4, variant 1): documents often ask for one.
            format!(
                "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
                high >> 32,
                (high >> 16) & 0xffff,
                high & 0xfff,
                low >> 52,
                low & 0xffff_ffff_ffff
            )
        };
        match number {
            None => fresh(),
            Some(number) => self.keys.entry(number).or_insert_with(fresh).clone(),
        }
    }
}
