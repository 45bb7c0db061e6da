//! One change, and the place where it was found.

use serde::Serialize;

use super::rules::{Area, Rule, SchemaRule, Severity};
use crate::document::Place;

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// `GET /orders/{orderId}`, with the newer names; the whole document when empty.
    pub operation: String,
    /// The operation's id, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_id: Option<String>,
    /// Which part of it.
    pub part: Part,
}

/// A part of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Part {
    /// The document as a whole.
    Document,
    /// The operation as a whole.
    Operation,
    /// A parameter.
    Parameter {
        /// `path`, `query`, `header` or `cookie`.
        place: String,
        /// Its name.
        name: String,
        /// The part of its value; empty for the whole.
        path: Vec<String>,
    },
    /// What clients send.
    RequestBody {
        /// The part of the body, `[]` for items; empty for the whole.
        path: Vec<String>,
    },
    /// What the server sends.
    Response {
        /// The status as it is declared.
        status: String,
        /// The part of the body, `[]` for items; empty for the whole.
        path: Vec<String>,
    },
    /// A header that the server sends.
    Header {
        /// The status as it is declared.
        status: String,
        /// Its name.
        name: String,
    },
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let dotted = |path: &[String]| {
            let mut text = String::new();
            for step in path {
                if step != "[]" && !text.is_empty() {
                    text.push('.');
                }
                text.push_str(step);
            }
            text
        };
        match self {
            Self::Document | Self::Operation => Ok(()),
            Self::Parameter { place, name, path } if path.is_empty() => {
                write!(f, "{place} parameter `{name}`")
            }
            Self::Parameter { place, name, path } => {
                write!(f, "{place} parameter `{name}`, `{}`", dotted(path))
            }
            Self::RequestBody { path } if path.is_empty() => f.write_str("request body"),
            Self::RequestBody { path } => write!(f, "request body, `{}`", dotted(path)),
            Self::Response { status, path } if path.is_empty() => write!(f, "answer {status}"),
            Self::Response { status, path } => write!(f, "answer {status}, `{}`", dotted(path)),
            Self::Header { status, name } => write!(f, "answer {status}, header `{name}`"),
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The id of the rule.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
    /// What happened, with the values.
    pub message: String,
    /// Where it stood, when it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_place: Option<Place>,
    /// Where it stands, when it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_place: Option<Place>,
    /// The consumers that use what changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub consumers: Vec<String>,
    /// Why it is accepted all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excepted: Option<String>,
}

/// Where the comparison is, and the changes that it found.
#[derive(Debug)]
pub(super) struct Findings {
    changes: Vec<Change>,
}

/// The place of something in both documents.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    pub(super) old: Option<Place>,
    pub(super) new: Option<Place>,
}

impl Findings {
    pub(super) fn new() -> Self {
        Self {
            changes: Vec::new(),
        }
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    pub(super) fn add(&mut self, rule: &Rule, subject: &Subject, places: Places, detail: &str) {
        self.push(
            rule.id.to_owned(),
            rule.severity,
            rule.summary,
            subject,
            places,
            detail,
        );
    }

    pub(super) fn add_schema(
        &mut self,
        rule: &SchemaRule,
        area: Area,
        subject: &Subject,
        places: Places,
        detail: &str,
    ) {
        self.push(
            rule.id(area),
            rule.severity(area),
            rule.summary,
            subject,
            places,
            detail,
        );
    }

    fn push(
        &mut self,
        rule: String,
        severity: Severity,
        summary: &str,
        subject: &Subject,
        places: Places,
        detail: &str,
    ) {
        let message = if detail.is_empty() {
            summary.to_owned()
        } else {
            format!("{summary}: {detail}")
        };
        self.changes.push(Change {
            rule,
            severity,
            subject: subject.clone(),
            message,
            old_place: places.old,
            new_place: places.new,
            consumers: Vec::new(),
            excepted: None,
        });
    }
}
