//! Why a recording cannot be used.

use crate::document::Place;

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

/// What is in no format that is known, from a line on.
pub(super) fn foreign(name: &str, line: usize, reason: String) -> RecordingError {
    let place = Place {
        file: name.to_owned(),
        line,
    };
    RecordingError::Foreign { place, reason }
}
