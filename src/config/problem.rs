//! What can be wrong with a configuration, told all at once.

use std::fmt;

/// One thing that the operator has to change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The key as the operator wrote it, or would write it.
    pub key: String,
    /// What is wrong and what would be right.
    pub message: String,
    /// Where the value came from (`environment`, `.env`, a file's name); empty when there is no value.
    pub origin: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.message)?;
        if self.origin.is_empty() {
            return Ok(());
        }
        write!(f, " (from {})", self.origin)
    }
}

/// A configuration that the server does not start with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text())]
pub struct ConfigError {
    /// Every problem, ordered by key.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    pub(super) fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        Self { problems }
    }

    fn text(&self) -> String {
        let noun = if self.problems.len() == 1 {
            "problem"
        } else {
            "problems"
        };
        let mut text = format!("the configuration has {} {noun}:", self.problems.len());
        for problem in &self.problems {
            text.push_str("\n  - ");
            text.push_str(&problem.to_string());
        }
        text
    }
}
