//! What was sent, what came back, and what is to be said about it.

use std::time::Duration;

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use crate::{api::Media, case::Case, checks::Check, document::Place};

/// A request as it went out.
#[derive(Debug, Clone)]
pub struct Sent {
    /// In capitals.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Headers in order, credentials included: reports take them out.
    pub headers: Vec<(String, String)>,
    /// The body; empty and absent are told apart.
    pub body: Option<Bytes>,
}

/// An answer as it came in.
#[derive(Debug, Clone)]
pub struct Received {
    /// The status.
    pub status: u16,
    /// Headers in order, names in small letters. Bytes that are no text are replaced.
    pub headers: Vec<(String, String)>,
    /// The body, decompressed.
    pub body: Bytes,
    /// Whether the body was longer than what is read of it, or never ended.
    pub is_cut: bool,
    /// From the first byte of the request to the last byte read.
    pub elapsed: Duration,
    /// `1.1` or `2`.
    pub http_version: &'static str,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Nothing listens, the name is unknown, or TLS failed.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// The answer did not come in time.
    #[error("no answer within {} s", .0.as_secs())]
    TimedOut(Duration),
    /// The connection ended, or what came is no HTTP.
    #[error("the answer broke off: {0}")]
    Broken(String),
}

/// A request with its answer and the verdicts on it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Why it was sent.
    pub case: Case,
    /// What was sent.
    pub sent: Sent,
    /// What came back.
    pub outcome: Result<Received, NoAnswer>,
    /// When it was sent.
    pub recorded_at: Timestamp,
    /// The checks that looked at it, and what they say.
    pub verdicts: Vec<Verdict>,
}

/// What a check says about an exchange.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The check.
    pub check: Check,
    /// What it found; `None` when all is well.
    pub failure: Option<Failure>,
}

/// A rule that the server broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The check or law that found it.
    pub check: Check,
    /// Its code (`ST103`).
    pub code: &'static str,
    /// A few words, the same for every failure of the kind.
    pub title: String,
    /// What was found and what was expected.
    pub message: String,
    /// The place in the document that was broken.
    pub place: Place,
    /// What tells two failures of the same kind at the same operation apart (a status, a pointer): reports list each once.
    pub key: String,
}

impl Exchange {
    /// The answer, when there is one.
    #[must_use]
    pub fn received(&self) -> Option<&Received> {
        self.outcome.as_ref().ok()
    }

    /// The status, when there is an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.received().map(|received| received.status)
    }

    /// What went wrong.
    pub fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.verdicts
            .iter()
            .filter_map(|verdict| verdict.failure.as_ref())
    }
}

impl Received {
    /// The first value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// `Content-Type` without its parameters, in small letters.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        let essence = self.header("content-type")?.split(';').next()?;
        Some(essence.trim().to_ascii_lowercase())
    }

    /// The body, when it is JSON and says so.
    #[must_use]
    pub fn json(&self) -> Option<Value> {
        let media_type = self.header("content-type")?;
        Media::is_json(media_type)
            .then(|| serde_json::from_slice(&self.body).ok())
            .flatten()
    }

    /// Whether the status is 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl Sent {
    /// The first value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}
