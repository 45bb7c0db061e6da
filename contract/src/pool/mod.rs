//! What exists at the server: ids that earlier answers named, for the requests that need one.
//!
//! An id belongs to the parameter that stands behind its collection (`id` of what `/orders` answers is the value of
//! `/orders/{orderId}`), and to every parameter and property with its name (`orderId`). Requests that change something
//! are given what this run made itself, never what merely happened to be listed.
//!
//! This file keeps the values and gives them out; `learn` takes them from answers, `context` tells what an `id` in there
//! is the id of, `key` what a value is known by.

mod context;
mod key;
mod learn;
mod names;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use key::{Key, keys, wanted};
use names::{is_id, plain};
use serde_json::Value;

use crate::api::{Api, Location, Operation, Parameter};

/// So many values are kept for a parameter, the newest ones.
const KEPT: usize = 32;

/// Values by what they are good for.
#[derive(Debug)]
pub struct Pool {
    api: Arc<Api>,
    /// Everything that the document has a use for; nothing else is kept.
    wanted: HashSet<Key>,
    known: Mutex<HashMap<Key, VecDeque<Known>>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    value: String,
    is_made_here: bool,
}

impl Pool {
    /// An empty pool for a document.
    #[must_use]
    pub fn new(api: &Arc<Api>) -> Self {
        Self {
            api: Arc::clone(api),
            wanted: wanted(api),
            known: Mutex::default(),
        }
    }

    /// A value for a parameter, the newest that fits its schema.
    #[must_use]
    pub fn value_for(&self, operation: &Operation, parameter: &Parameter) -> Option<String> {
        self.values_for(operation, parameter).into_iter().next()
    }

    /// Every value for a parameter that fits its schema, the newest first.
    #[must_use]
    pub fn values_for(&self, operation: &Operation, parameter: &Parameter) -> Vec<String> {
        let is_path = parameter.location == Location::Path;
        if !is_path && !is_id(&plain(&parameter.name)) {
            return Vec::new();
        }
        let changes = !matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        let fits = |known: &&Known| {
            (known.is_made_here || !changes || !is_path)
                && (parameter.schema.takes(&Value::String(known.value.clone()))
                    || serde_json::from_str(&known.value)
                        .is_ok_and(|value: Value| parameter.schema.takes(&value)))
        };
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(operation, parameter) {
            let Some(values) = known.get(&key) else {
                continue;
            };
            let fitting: Vec<_> = values
                .iter()
                .filter(fits)
                .map(|known| known.value.clone())
                .collect();
            if !fitting.is_empty() {
                return fitting;
            }
        }
        Vec::new()
    }

    /// The newest value that was seen for a property like `productId`.
    #[must_use]
    pub fn value_named(&self, name: &str) -> Option<String> {
        let name = plain(name);
        if !is_id(&name) {
            return None;
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let values = known.get(&Key::Name(name))?;
        values.front().map(|known| known.value.clone())
    }

    /// Takes a value that is known from elsewhere, as one that this run made.
    pub fn add(&self, operation: &Operation, parameter: &Parameter, value: &str) {
        for key in keys(operation, parameter) {
            self.remember(key, value, true);
        }
    }

    fn remember(&self, key: Key, value: &str, is_made_here: bool) {
        if value.is_empty() || !self.wanted.contains(&key) {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let values = known.entry(key).or_default();
        let before = values.iter().position(|known| known.value == value);
        let was_made_here = before
            .and_then(|at| values.remove(at))
            .is_some_and(|known| known.is_made_here);
        values.push_front(Known {
            value: value.to_owned(),
            is_made_here: is_made_here || was_made_here,
        });
        if values.len() > KEPT {
            // What this run made is worth more than what it saw.
            let seen = values.iter().rposition(|known| !known.is_made_here);
            values.remove(seen.unwrap_or(KEPT));
        }
    }

    fn forget(&self, key: &Key, value: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = known.get_mut(key) {
            values.retain(|known| known.value != value);
        }
        for (other, values) in known.iter_mut() {
            if matches!(other, Key::Name(_)) {
                values.retain(|known| known.value != value);
            }
        }
    }
}
