//! The breaking-change gate: what changed between two documents, how bad it is, and whom it breaks.
//!
//! Two documents are compared by what they mean, not by how they are written: a 3.0 `nullable` and a 3.1 union with
//! null are the same, a renamed path parameter is no new path, `allOf` is merged. The direction decides: what narrows
//! a request breaks clients, and so does what widens an answer.

mod change;
mod consumers;
mod exceptions;
mod extensions;
mod keywords;
mod lifecycle;
mod messages;
mod operations;
mod parameters;
mod report;
pub mod rules;
mod schema;
mod security;
mod shape;
mod types;

use std::collections::BTreeSet;

use openapi_codegen::tree::Node;

pub use change::{Change, Part, Subject};
pub use consumers::{Consumer, Consumers};
pub use exceptions::{ExceptionError, Exceptions};
pub use lifecycle::Today;
pub use report::{Format, Report};
pub use rules::{Area, Severity};

use self::{change::Findings, schema::Comparison};
use crate::document::Document;

/// Compares two documents. The changes come in the order of the older document, the worst of each operation first.
#[must_use]
pub fn compare(old: &Document, new: &Document, today: &Today) -> Vec<Change> {
    let mut findings = Findings::new();
    let mut comparison = Comparison {
        old,
        new,
        today,
        findings: &mut findings,
    };
    comparison.operations();
    comparison.webhooks();
    security::schemes(&mut comparison);
    extensions::state_machines(&mut comparison);
    servers(&mut comparison);
    let mut changes = unique(findings.into_changes());
    versions(old, new, &mut changes);
    changes.sort_by(|a, b| {
        let key = |change: &Change| {
            (
                change.subject.operation.is_empty(),
                std::cmp::Reverse(change.severity),
            )
        };
        key(a).cmp(&key(b))
    });
    changes
}

/// A schema that several operations share is told once for each of them, and within one only once a place.
fn unique(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = BTreeSet::new();
    changes
        .into_iter()
        .filter(|change| {
            seen.insert((
                change.rule.clone(),
                change.subject.operation.clone(),
                change.subject.part.to_string(),
                change.message.clone(),
            ))
        })
        .collect()
}

fn document_subject() -> Subject {
    Subject {
        operation: String::new(),
        operation_id: None,
        part: Part::Document,
    }
}

fn servers(comparison: &mut Comparison<'_, '_>) {
    let listed = |document: &Document| -> Vec<String> {
        let servers = document.root().and_then(|root| root.get("servers"));
        let servers = servers.and_then(Node::as_array).unwrap_or_default();
        servers
            .iter()
            .filter_map(|server| server.get("url").and_then(Node::as_str))
            .map(str::to_owned)
            .collect()
    };
    let (old, new) = (listed(comparison.old), listed(comparison.new));
    for gone in old.iter().filter(|url| !new.contains(url)) {
        let places = comparison.places(comparison.old.root(), comparison.new.root());
        comparison
            .findings
            .add(&rules::SERVER_REMOVED, &document_subject(), places, gone);
    }
}

fn versions(old: &Document, new: &Document, changes: &mut Vec<Change>) {
    let version = |document: &Document| -> Option<String> {
        let info = document.root()?.get("info")?;
        info.get("version")?.as_str().map(str::to_owned)
    };
    let (Some(was), Some(is)) = (version(old), version(new)) else {
        return;
    };
    let major = |text: &str| text.split('.').next().map(str::to_owned);
    let is_broken = changes
        .iter()
        .any(|change| change.severity == Severity::Error);
    let mut findings = Findings::new();
    let places = || change::Places {
        old: old.root().map(|root| old.place(root)),
        new: new.root().map(|root| new.place(root)),
    };
    let subject = document_subject();
    if was == is && !changes.is_empty() {
        findings.add(&rules::VERSION_NOT_BUMPED, &subject, places(), &is);
    }
    if is_broken && major(&was) == major(&is) {
        let detail = format!("{was} → {is}");
        findings.add(&rules::MAJOR_NOT_BUMPED, &subject, places(), &detail);
    }
    changes.extend(findings.into_changes());
}
