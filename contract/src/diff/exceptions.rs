//! Reviewed exceptions: a break that is wanted, why, and until when the file may say so.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::change::Change;

/// Why a file of exceptions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ExceptionError {
    /// It cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no TOML of this form.
    #[error("{path}: {source}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Why, and where.
        source: Box<toml::de::Error>,
    },
    /// What it says is no reason, out of date, or about nothing. All of it.
    #[error("{0}")]
    Refused(String),
}

/// The exceptions of one file.
#[derive(Debug, Default)]
pub struct Exceptions {
    path: PathBuf,
    entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exception: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    operation: String,
    #[serde(default)]
    part: Option<String>,
    reason: String,
    #[serde(deserialize_with = "date")]
    expires: Date,
}

/// TOML has dates of its own: `expires = 2027-01-31`.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?.to_string();
    written
        .parse()
        .map_err(|_| D::Error::custom(format!("{written} is no day; write `2027-01-31`")))
}

impl Exceptions {
    /// Reads a file of `[[exception]]` tables: `rule`, `operation` (an operationId, or `GET /path`), an optional `part`
    /// as reports write it, `reason` and `expires`.
    ///
    /// # Errors
    /// [`ExceptionError`] when it cannot be read or is not of that form.
    pub fn read(path: &Path) -> Result<Self, ExceptionError> {
        let text = std::fs::read_to_string(path).map_err(|source| ExceptionError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let file: File = toml::from_str(&text).map_err(|source| ExceptionError::Malformed {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        Ok(Self {
            path: path.to_owned(),
            entries: file.exception,
        })
    }

    /// Marks the changes that are excepted.
    ///
    /// # Errors
    /// [`ExceptionError::Refused`] with every entry that is expired, gives no reason or excepts nothing: a list of
    /// exceptions may only shrink.
    pub fn apply(&self, changes: &mut [Change], today: Date) -> Result<(), ExceptionError> {
        let mut problems = Vec::new();
        for entry in &self.entries {
            let name = format!(
                "{}: {} on {}",
                self.path.display(),
                entry.rule,
                entry.operation
            );
            if entry.reason.trim().len() < 10 {
                problems.push(format!("{name}: gives no reason"));
            }
            if entry.expires < today {
                problems.push(format!("{name}: expired on {}", entry.expires));
                continue;
            }
            let mut is_used = false;
            for change in changes.iter_mut().filter(|change| entry.covers(change)) {
                change.excepted = Some(entry.reason.clone());
                is_used = true;
            }
            if !is_used {
                problems.push(format!("{name}: excepts nothing any more, remove it"));
            }
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(ExceptionError::Refused(problems.join("\n")))
        }
    }
}

impl Entry {
    fn covers(&self, change: &Change) -> bool {
        let subject = &change.subject;
        change.rule == self.rule
            && (subject.operation == self.operation
                || subject.operation_id.as_deref() == Some(self.operation.as_str()))
            && self
                .part
                .as_ref()
                .is_none_or(|part| *part == subject.part.to_string())
    }
}
