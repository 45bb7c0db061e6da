//! What was found: each kind of failure at each operation once, with the smallest case that shows it.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::exchange::{Exchange, Failure};

/// A failure with the smallest exchange that shows it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// What is wrong.
    pub failure: Failure,
    /// The operation, as reports name it. For undeclared methods the method that was tried.
    pub label: String,
    /// The exchange that shows it, after shrinking.
    pub exchange: Exchange,
    /// How many exchanges showed it.
    pub count: usize,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Findings {
    known: IndexMap<Key, Finding>,
    /// Found, and being made smaller.
    pending: HashSet<Key>,
}

type Key = (&'static str, String, String, String);

impl Findings {
    /// Whether nobody found this before; the first one who asks is told so, the others are counted.
    pub(super) fn is_new(&mut self, exchange: &Exchange, failure: &Failure) -> bool {
        let key = key(exchange, failure);
        if let Some(known) = self.known.get_mut(&key) {
            known.count += 1;
            return false;
        }
        self.pending.insert(key)
    }

    pub(super) fn add(
        &mut self,
        shown_by: &Exchange,
        failure: Failure,
        smallest: Option<(Exchange, Failure)>,
    ) -> Finding {
        let key = key(shown_by, &failure);
        self.pending.remove(&key);
        let (exchange, failure) = smallest.unwrap_or_else(|| (shown_by.clone(), failure));
        let finding = Finding {
            failure,
            label: label(&exchange),
            exchange,
            count: 1,
        };
        self.known.insert(key, finding.clone());
        finding
    }

    pub(super) fn count(&self) -> usize {
        self.known.len()
    }

    pub(super) fn all(&self) -> Vec<Finding> {
        self.known.values().cloned().collect()
    }
}

fn key(exchange: &Exchange, failure: &Failure) -> Key {
    (
        failure.code,
        failure.check.to_string(),
        label(exchange),
        failure.key.clone(),
    )
}

fn label(exchange: &Exchange) -> String {
    let case = &exchange.case;
    if case.method == case.operation.method {
        case.operation.label.clone()
    } else {
        format!("{} {}", case.method, case.operation.path)
    }
}
