//! Recorded runs: Schemathesis's cassettes, crash files and events, HAR 1.2, and our own in the same formats.
//!
//! What is whole is read. Where a recording breaks off, or a part of it makes no sense, is kept as a problem with its
//! line: whoever reads it decides whether that is enough.

#[cfg(test)]
mod agreement_tests;
mod cassette;
mod comparison;
mod crash;
mod expectation;
mod har;
mod interaction;
mod json;
#[cfg(test)]
mod judging_tests;
mod matching;
mod ndjson;
mod noticed;
mod probes;
mod sequence;
#[cfg(test)]
mod tests;
mod verdicts;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use jiff::Timestamp;

pub use comparison::{Compared, Disagreement, compare};
pub(crate) use expectation::write as expectation_text;
pub use matching::{Bases, Unmatched};
pub use verdicts::{Judged, judge};

use crate::{
    api::Location,
    case::{Credentials, Expectation, Mode, Phase},
    document::Place,
    exchange::{NoAnswer, Received, Sent},
};

/// What stands in the place of secrets.
pub const FILTERED: &str = "[Filtered]";
/// The header by which Schemathesis names a case.
const CASE_ID: &str = "X-Schemathesis-TestCaseId";

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML as the VCR libraries write it.
    Cassette,
    /// One failing sequence of Schemathesis.
    Crash,
    /// HTTP Archive 1.2.
    Har,
    /// The events of a run, one a line.
    Events,
}

/// A recorded run.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The file.
    pub name: String,
    /// How it is written.
    pub format: Format,
    /// The command that recorded it, when it says so.
    pub command: Option<String>,
    /// Where its randomness began, when it says so.
    pub seed: Option<u64>,
    /// What was sent and what came back, in order.
    pub entries: Vec<Recorded>,
    /// What cannot be read, one line each, with file and line.
    pub problems: Vec<String>,
}

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

/// Why a recording cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// The file cannot be read.
    #[error("{name}: {reason}")]
    Unreadable {
        /// The file.
        name: String,
        /// Why.
        reason: String,
    },
    /// It is in no format that is known.
    #[error(
        "{place}: {reason}; a cassette (YAML), a crash file, events (NDJSON) or HAR 1.2 is wanted"
    )]
    Foreign {
        /// Where it stops making sense.
        place: Place,
        /// Why.
        reason: String,
    },
}

impl Recording {
    /// Reads a recording, whichever of the formats it is in. All of it is held in memory.
    ///
    /// # Errors
    /// [`RecordingError`] when nothing of it can be used.
    pub fn read(path: &Path) -> Result<Self, RecordingError> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| RecordingError::Unreadable {
            name: name.clone(),
            reason: error.to_string(),
        })?;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            // A file that was cut inside of a character is whole up to there.
            Err(error) if error.error_len().is_none() => bytes
                .get(..error.valid_up_to())
                .and_then(|whole| std::str::from_utf8(whole).ok())
                .unwrap_or_default(),
            Err(error) => {
                let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = String::from_utf8_lossy(whole).lines().count().max(1);
                let reason = "the bytes are no UTF-8".to_owned();
                return Err(foreign(&name, line, reason));
            }
        };
        Self::parse(&name, text)
    }

    /// Reads the text of a recording.
    ///
    /// # Errors
    /// As [`Recording::read`].
    pub fn parse(name: &str, text: &str) -> Result<Self, RecordingError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(foreign(name, 1, "the file is empty".to_owned()));
        }
        if !text.trim_start().starts_with('{') {
            return cassette::parse(name, text);
        }
        if ndjson::is_one(text) {
            return ndjson::parse(name, text);
        }
        match json::members(text) {
            members if members.iter().any(|member| member.name == "log") => har::parse(name, text),
            members if members.iter().any(|member| member.name == "sequence") => {
                crash::parse(name, text)
            }
            _ => {
                let reason = "the JSON has neither `log` (HAR) nor `sequence` (crash file)";
                Err(foreign(name, 1, reason.to_owned()))
            }
        }
    }
}

impl Recorded {
    fn new(place: Place, id: String, sent: Sent) -> Self {
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

fn foreign(name: &str, line: usize, reason: String) -> RecordingError {
    let place = Place {
        file: name.to_owned(),
        line,
    };
    RecordingError::Foreign { place, reason }
}

/// The phase with a name of Schemathesis or of our own.
fn phase(name: &str) -> Option<Phase> {
    [
        Phase::Examples,
        Phase::Coverage,
        Phase::Random,
        Phase::Stateful,
        Phase::Auth,
        Phase::Laws,
        Phase::Recording,
    ]
    .into_iter()
    .find(|phase| phase.as_str() == name || phase.schemathesis() == name)
}

fn mode(name: &str) -> Option<Mode> {
    [Mode::Positive, Mode::Negative]
        .into_iter()
        .find(|mode| mode.as_str() == name)
}

fn location(name: &str) -> Option<Location> {
    let name = name.to_ascii_lowercase();
    if name == Location::Body.as_str() {
        return Some(Location::Body);
    }
    Location::parse(&name)
}

/// The kind of a case by what Schemathesis says was done, where checks need to know: cassettes do not name it.
fn scenario(description: &str) -> &'static str {
    if description.starts_with("Unspecified HTTP method") {
        "unspecified_http_method"
    } else if description.starts_with("Unsupported Content-Type") {
        "unsupported_content_type"
    } else if description.starts_with("Malformed Content-Type")
        || description.contains("without boundary")
    {
        "malformed_content_type"
    } else if description.starts_with("Missing `") && description.contains("` at ") {
        "missing_parameter"
    } else {
        ""
    }
}

/// The id that a request carries.
fn carried_id(sent: &Sent) -> Option<String> {
    let id = sent
        .header(CASE_ID)
        .or_else(|| sent.header(crate::transport::CASE_ID))?;
    Some(id.to_owned())
}
