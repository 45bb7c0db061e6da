//! What came of a verification, for people and for programs.

use std::{collections::HashMap, fmt::Write as _, path::PathBuf};

use bytes::Bytes;
use pact_matching::Mismatch;
use pact_verifier::{MismatchResult, verification_result::VerificationInteractionResult};
use serde::Serialize;

/// Every pact that was verified.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// In the order in which they were read.
    pub pacts: Vec<Verified>,
}

/// One pact.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    /// Who needs it.
    pub consumer: String,
    /// Where the pact lies.
    pub file: PathBuf,
    /// What it asks for, in its order.
    pub interactions: Vec<Outcome>,
}

/// One interaction.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// What the pact calls it.
    pub description: String,
    /// The states that the server was to be in.
    pub states: Vec<String>,
    /// Whether the consumer does not insist on it yet.
    pub pending: bool,
    /// What the server does otherwise; none when all is well.
    pub failures: Vec<Failure>,
}

/// One thing that is not as the consumer needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Where: `status`, `header ETag`, `body $.data.price`, `metadata eventType`, `state …` or `request`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What the consumer needs there, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What the server has there, where that can be said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
}

impl Report {
    /// How many interactions there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.outcomes().count()
    }

    /// How many of them the server does not keep; those that are pending do not count.
    #[must_use]
    pub fn count_broken(&self) -> usize {
        self.outcomes()
            .filter(|outcome| outcome.is_broken())
            .count()
    }

    /// The report for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for pact in &self.pacts {
            pact.write(&mut text);
        }
        let broken = match self.count_broken() {
            0 => "all kept".to_owned(),
            number => format!("{number} broken"),
        };
        let pacts = counted(self.pacts.len(), "pact");
        let interactions = counted(self.count(), "interaction");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{pacts}, {interactions}: {broken}");
        text
    }

    fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.pacts.iter().flat_map(|pact| &pact.interactions)
    }
}

impl Outcome {
    /// Whether the server does not keep what the consumer insists on.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        !self.pending && !self.failures.is_empty()
    }
}

impl Verified {
    /// What came of one pact; `problems` says of states why they could not be reached.
    #[must_use]
    pub fn new(
        consumer: String,
        file: PathBuf,
        results: &[VerificationInteractionResult],
        problems: &HashMap<String, String>,
    ) -> Self {
        let outcome = |result: &VerificationInteractionResult| Outcome {
            description: result.interaction_description.clone(),
            states: result.provider_states.clone(),
            pending: result.pending,
            failures: match &result.result {
                Ok(()) => Vec::new(),
                Err(MismatchResult::Mismatches { mismatches, .. }) => {
                    mismatches.iter().map(failure).collect()
                }
                Err(MismatchResult::Error(message, _)) => {
                    unanswered(&result.provider_states, message, problems)
                }
            },
        };
        Self {
            consumer,
            file,
            interactions: results.iter().map(outcome).collect(),
        }
    }

    fn write(&self, text: &mut String) {
        let _ = writeln!(text, "{} ({})", self.consumer, self.file.display());
        for outcome in &self.interactions {
            let word = match (outcome.failures.is_empty(), outcome.pending) {
                (true, _) => "kept   ",
                (false, true) => "pending",
                (false, false) => "BROKEN ",
            };
            let _ = writeln!(text, "  {word}  {}", outcome.description);
            if outcome.failures.is_empty() {
                continue;
            }
            for state in &outcome.states {
                let _ = writeln!(text, "           given {state}");
            }
            for failure in &outcome.failures {
                let _ = writeln!(text, "           {}: {}", failure.place, failure.message);
            }
        }
        text.push('\n');
    }
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// Why an interaction could not be compared at all.
fn unanswered(
    states: &[String],
    message: &str,
    problems: &HashMap<String, String>,
) -> Vec<Failure> {
    let unreached: Vec<Failure> = states
        .iter()
        .filter_map(|state| {
            let why = problems.get(state)?;
            Some(Failure {
                place: format!("state \"{state}\""),
                message: why.clone(),
                expected: None,
                actual: None,
            })
        })
        .collect();
    if !unreached.is_empty() {
        return unreached;
    }
    vec![Failure {
        place: "request".to_owned(),
        message: message.to_owned(),
        expected: None,
        actual: None,
    }]
}

fn failure(mismatch: &Mismatch) -> Failure {
    let (place, expected, actual) = match mismatch {
        Mismatch::StatusMismatch {
            expected, actual, ..
        } => (
            "status".to_owned(),
            Some(expected.to_string()),
            Some(actual.to_string()),
        ),
        Mismatch::HeaderMismatch {
            key,
            expected,
            actual,
            ..
        } => (
            format!("header {key}"),
            Some(expected.clone()),
            Some(actual.clone()),
        ),
        Mismatch::BodyMismatch {
            path,
            expected,
            actual,
            ..
        } => (
            format!("body {path}"),
            text(expected.as_ref()),
            text(actual.as_ref()),
        ),
        Mismatch::BodyTypeMismatch {
            expected, actual, ..
        } => (
            "content type".to_owned(),
            Some(expected.clone()),
            Some(actual.clone()),
        ),
        Mismatch::MetadataMismatch {
            key,
            expected,
            actual,
            ..
        } => (
            format!("metadata {key}"),
            Some(expected.clone()),
            Some(actual.clone()),
        ),
        // What is compared is an answer; the others are of requests.
        other => (other.mismatch_type().to_owned(), None, None),
    };
    Failure {
        place,
        message: mismatch.description(),
        expected,
        actual,
    }
}

fn text(bytes: Option<&Bytes>) -> Option<String> {
    bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}
