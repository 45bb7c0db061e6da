//! Which checks look at answers, and what they take.

use std::{collections::BTreeMap, time::Duration};

use crate::{api::StatusPattern, checks::Check};

/// Rules for checks. What is not said is not changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckRules {
    /// Whether checks are on that are not named.
    pub default: Option<bool>,
    /// Checks that are switched on or off.
    pub enabled: BTreeMap<Check, bool>,
    /// Statuses that a check takes, in place of its own list.
    pub expected: BTreeMap<Check, Vec<StatusPattern>>,
    /// How long an answer may take.
    pub max_response_time: Option<Duration>,
    /// Whether formats count when bodies are held against schemas.
    pub validates_formats: Option<bool>,
}

impl CheckRules {
    /// Whether a check looks.
    #[must_use]
    pub fn is_on(&self, check: Check) -> bool {
        let named = self.enabled.get(&check).copied();
        named.or(self.default).unwrap_or(true)
    }

    /// Whether a check takes a status: by its configured list, else by the one given.
    #[must_use]
    pub fn takes(&self, check: Check, status: u16, usual: &[StatusPattern]) -> bool {
        let list = self.expected.get(&check).map_or(usual, Vec::as_slice);
        list.iter().any(|pattern| pattern.holds(status))
    }

    /// Puts other rules over these.
    pub fn lay_over(&mut self, other: &Self) {
        self.default = other.default.or(self.default);
        if other.default.is_some() {
            self.enabled.clear();
        }
        self.enabled.extend(&other.enabled);
        let expected = other.expected.iter();
        self.expected
            .extend(expected.map(|(check, list)| (*check, list.clone())));
        self.max_response_time = other.max_response_time.or(self.max_response_time);
        self.validates_formats = other.validates_formats.or(self.validates_formats);
    }
}
