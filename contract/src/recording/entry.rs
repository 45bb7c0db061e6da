//! A request of a recording: what is known of it, whichever format told it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::FILTERED;
use crate::{
    api::Location,
    case::{Credentials, Expectation, Mode, Phase},
    document::Place,
    exchange::{NoAnswer, Received, Sent},
};

/// The header by which Schemathesis names a case.
const CASE_ID: &str = "X-Schemathesis-TestCaseId";

/// A request of a recording, with its answer when there is one.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Where it stands in its file.
    pub place: Place,
    /// Its name in the recording; the number of the entry when it has none.
    pub id: String,
    /// The request.
    pub sent: Sent,
    /// The answer.
    pub received: Option<Received>,
    /// Whether the recording holds only a part of the answer's body.
    pub is_truncated: bool,
    /// When it was sent.
    pub recorded_at: Option<Timestamp>,
    /// The phase that made it.
    pub phase: Option<Phase>,
    /// Whether it kept to the document.
    pub mode: Option<Mode>,
    /// Which of its parts kept to the document.
    pub components: BTreeMap<Location, Mode>,
    /// What was done.
    pub description: String,
    /// The kind of what was done, as [`crate::case::Origin::scenario`] has it.
    pub scenario: String,
    /// The part that it was about.
    pub location: Option<Location>,
    /// The parameter that it was about.
    pub parameter: Option<String>,
    /// The operation that made it, where the recording says so (`GET /orders/{id}`).
    pub operation: Option<String>,
    /// What checks said then. `None`: no check looked (a request that a check sent itself).
    pub checks: Option<Vec<RecordedCheck>>,
    /// The entry that it follows from, by its position.
    pub parent: Option<usize>,
    /// The sequence that it belongs to, where the recording says so: all with the same number.
    pub sequence: Option<usize>,
    /// The parameters that came out of the answer before it, by name. `None`: it does not follow from another one, or
    /// the recording does not say so.
    pub linked: Option<BTreeSet<String>>,
    /// On whose behalf, by name.
    pub identity: Option<String>,
    /// On whose behalf, where the recording says more than headers do.
    pub credentials: Option<Credentials>,
    /// Which of the run's `Idempotency-Key`s it carried: equal numbers stand for equal keys.
    pub key: Option<u64>,
    /// What the answer had to be, where the recording says so.
    pub expectation: Option<Expectation>,
    /// Whether our own tool recorded it: it says of sequences what there is to say.
    pub is_own: bool,
    /// Why there is no answer, where the recording says so.
    pub no_answer: Option<NoAnswer>,
}

/// What a check said when the run was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedCheck {
    /// Its name.
    pub name: String,
    /// Whether it found something.
    pub is_failure: bool,
    /// The code of what it found, where the recording says so.
    pub code: Option<String>,
    /// What it found.
    pub message: Option<String>,
}

impl Recorded {
    /// A request of which nothing else is known yet.
    pub(super) fn new(place: Place, id: String, sent: Sent) -> Self {
        Self {
            place,
            id,
            sent,
            received: None,
            is_truncated: false,
            recorded_at: None,
            phase: None,
            mode: None,
            components: BTreeMap::new(),
            description: String::new(),
            scenario: String::new(),
            location: None,
            parameter: None,
            operation: None,
            checks: None,
            parent: None,
            sequence: None,
            linked: None,
            identity: None,
            credentials: None,
            expectation: None,
            is_own: false,
            no_answer: None,
            key: None,
        }
    }

    /// Whether a check found something then; `None` when it did not look.
    #[must_use]
    pub fn found(&self, check: &str) -> Option<bool> {
        let mut said = self.checks.iter().flatten();
        let mut found = None;
        for said in said.by_ref().filter(|said| said.name == check) {
            found = Some(found == Some(true) || said.is_failure);
        }
        found
    }

    /// The headers whose values were taken out.
    pub fn filtered_headers(&self) -> impl Iterator<Item = &str> {
        let headers = self.sent.headers.iter();
        headers
            .filter(|(_, value)| value.contains(FILTERED))
            .map(|(name, _)| name.as_str())
    }
}

/// The id that a request carries.
pub(super) fn carried_id(sent: &Sent) -> Option<String> {
    let id = sent
        .header(CASE_ID)
        .or_else(|| sent.header(crate::transport::CASE_ID))?;
    Some(id.to_owned())
}
