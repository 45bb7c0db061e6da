//! Recorded runs: Schemathesis's cassettes, crash files and events, HAR 1.2, and our own in the same formats.
//!
//! What is whole is read. Where a recording breaks off, or a part of it makes no sense, is kept as a problem with its
//! line: whoever reads it decides whether that is enough.
//!
//! Each format has a file that knows how it is written (`cassette`, `crash`, `har`, `ndjson`) and makes `entry`s of it;
//! what is said of a request in several of them is read by `meta`, `own` and `names`. `verdicts` holds the entries
//! against a document, `comparison` against what was found when they were recorded.

#[cfg(test)]
mod agreement_tests;
mod cassette;
mod comparison;
mod crash;
mod entry;
mod error;
mod expectation;
mod har;
mod json;
#[cfg(test)]
mod judging_tests;
mod matching;
mod meta;
mod names;
mod ndjson;
mod noticed;
mod own;
mod probes;
mod sequence;
mod teller;
#[cfg(test)]
mod tests;
mod verdicts;

use std::path::Path;

pub use comparison::{Compared, Disagreement, compare};
pub use entry::{Recorded, RecordedCheck};
pub use error::RecordingError;
pub(crate) use expectation::write as expectation_text;
pub(crate) use matching::shortened;
pub use matching::{Bases, Unmatched};
pub use verdicts::{Judged, judge};

use error::foreign;

/// What stands in the place of secrets.
pub const FILTERED: &str = "[Filtered]";

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
