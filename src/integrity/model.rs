//! What a check says.

use crate::domain::{Timestamp, text_enum};

text_enum! {
    /// Something that can be checked.
    pub enum CheckName {
        /// Every transfer sums to zero, every balance equals its postings, every paid order was paid once.
        Ledger = "ledger",
        /// What products hold back is what open orders reserved.
        Stock = "stock",
    }
}

/// The outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub name: CheckName,
    /// What was counted and summed.
    pub figures: Vec<(&'static str, i64)>,
    /// What does not match, a sentence each, at most 100.
    pub problems: Vec<String>,
}

impl Check {
    /// Whether everything matches.
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        self.problems.is_empty()
    }
}

/// The outcome of the checks that ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When.
    pub checked_at: Timestamp,
    /// One by one.
    pub checks: Vec<Check>,
}

impl Report {
    /// Whether every check that ran passed.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.checks.iter().all(Check::is_ok)
    }
}
