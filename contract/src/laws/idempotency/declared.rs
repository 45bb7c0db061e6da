//! What an operation says about keys: `required` and `optional`, or more.

use serde_json::Value;

use super::{EXTENSION, is_key};
use crate::{
    api::{Location, Operation},
    exchange::Received,
    laws::shape,
};

/// What an operation says about keys.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) is_required: bool,
    /// The header that carries the key.
    pub(super) header: String,
    /// The header that marks a stored answer.
    pub(super) replayed: Option<String>,
    /// The statuses for a key that was used for another request.
    pub(super) conflict: Vec<u16>,
    /// The statuses for a request whose first one still runs.
    pub(super) in_flight: Vec<u16>,
    /// Parts of a body that differ in a stored answer.
    pub(super) ignored: Vec<String>,
}

impl Declared {
    pub(super) fn read(operation: &Operation) -> Option<Self> {
        let extension = operation.extensions.get(EXTENSION)?;
        let mode = extension.get("key").unwrap_or(extension).as_str()?;
        if !matches!(mode, "required" | "optional") {
            return None;
        }
        let text = |key: &str| {
            extension
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let statuses = |key: &str, usual: &[u16]| {
            let listed = extension.get(key).and_then(Value::as_array);
            listed.map_or_else(
                || usual.to_vec(),
                |listed| {
                    let numbers = listed.iter().filter_map(Value::as_u64);
                    numbers
                        .filter_map(|number| u16::try_from(number).ok())
                        .collect()
                },
            )
        };
        let mut headers = operation.parameters_in(Location::Header);
        let declared = headers.find(|parameter| is_key(&parameter.name));
        let answers = operation.answers.values();
        let mut answered = answers.flat_map(|answer| answer.headers.keys());
        let replayed = answered.find(|name| shape::plain(name).contains("replayed"));
        Some(Self {
            is_required: mode == "required",
            header: text("header")
                .or_else(|| declared.map(|parameter| parameter.name.clone()))
                .unwrap_or_else(|| "Idempotency-Key".to_owned()),
            replayed: text("replayed").or_else(|| replayed.cloned()),
            conflict: statuses("conflict", &[422, 409]),
            in_flight: statuses("inFlight", &[409, 425]),
            ignored: extension
                .get("ignore")
                .and_then(Value::as_array)
                .map(|listed| {
                    listed
                        .iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned)
                        .collect()
                })
                .unwrap_or_default(),
        })
    }

    /// What differs between an answer and its repetition.
    pub(super) fn difference(&self, first: &Received, second: &Received) -> Option<String> {
        if first.status != second.status {
            return Some(format!("{} in place of {}", second.status, first.status));
        }
        if first.body == second.body {
            return None;
        }
        let (Some(mut one), Some(mut other)) = (first.json(), second.json()) else {
            return Some(format!(
                "another body: {} in place of {}",
                shape::brief(&second.body),
                shape::brief(&first.body)
            ));
        };
        for pointer in &self.ignored {
            for value in [&mut one, &mut other] {
                if let Some(part) = value.pointer_mut(pointer) {
                    *part = Value::Null;
                }
            }
        }
        match shape::difference(&one, &other) {
            Some(pointer) => Some(format!(
                "another body: {pointer} is {} in place of {}",
                part(&other, &pointer),
                part(&one, &pointer)
            )),
            None if self.ignored.is_empty() => {
                Some("the same values, written differently".to_owned())
            }
            None => None,
        }
    }

    pub(super) fn is_replayed(&self, received: &Received) -> bool {
        let name = self.replayed.as_ref();
        let value = name.and_then(|name| received.header(name));
        value.is_some_and(|value| !value.eq_ignore_ascii_case("false"))
    }
}

fn part(value: &Value, pointer: &str) -> String {
    value
        .pointer(pointer)
        .map_or_else(|| "missing".to_owned(), Value::to_string)
}
