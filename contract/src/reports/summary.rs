//! Counts and kinds of failures as one JSON document, in the form of Schemathesis' summary.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value, json};

use super::{kinds::kind, tally::Tally};
use crate::{checks::Check, run::Note};

/// The summary of a run that is over, or goes on.
pub(super) fn summary(tally: &Tally) -> Value {
    let beginning = tally.beginning.as_ref();
    let (all, tested) = beginning.map_or((0, 0), |beginning| beginning.operations);
    let stop_reason = match &tally.summary {
        None => "error",
        Some(summary) => match summary.stopped.as_deref() {
            None => "completed",
            Some("interrupted") => "interrupted",
            Some(_) if summary.exit_code == 1 => "failure_limit",
            Some(_) => "error",
        },
    };
    let ended = tally.summary.as_ref();
    json!({
        "contract_version": env!("CARGO_PKG_VERSION"),
        "command": beginning.map(crate::run::Beginning::command),
        "seed": beginning.map(|beginning| beginning.seed),
        "started_at": beginning.map(|beginning| beginning.at.to_string()),
        "running_time": tally.took().as_secs_f64(),
        "stop_reason": stop_reason,
        "stop_message": ended.and_then(|summary| summary.stopped.clone()),
        "complete": ended.is_some_and(|summary| summary.stopped.is_none()),
        "exit_code": ended.map(|summary| summary.exit_code),
        "operations": {
            "total": all,
            "selected": tested,
            "tested": tally.operations.len(),
            "errored": 0,
            "skipped": tested.saturating_sub(tally.operations.len()),
            "skip_reasons": [],
        },
        "phases": phases(tally),
        "test_cases": {
            "generated": tally.cases,
            "with_failures": tally.failing,
            "unique_failures": tally.findings.len(),
            "without_checks": tally.unchecked,
            "errored": tally.unanswered,
        },
        "failures": failures(tally),
        "errors": [],
        "baseline": null,
        "filtered": 0,
        "warnings": {},
        "notes": tally.notes.iter().map(note).collect::<Vec<_>>(),
        "valid_rates": rates(tally),
        "coverage": ended.map(|summary| coverage(&summary.coverage)),
        "missed": ended.map(|summary| &summary.missed),
    })
}

pub(super) fn note(note: &Note) -> Value {
    json!({
        "check": note.check.map(Check::as_str),
        "subject": note.subject,
        "text": note.text,
        "place": note.place.as_ref().map(ToString::to_string),
    })
}

fn phases(tally: &Tally) -> Value {
    let phases = tally.phases.iter().map(|phase| {
        let value = json!({
            "status": phase.status(),
            "skip_reason": phase.stopped,
            "cases": phase.cases,
            "with_failures": phase.failing,
            "errored": phase.unanswered,
            "time": phase.took.as_secs_f64(),
        });
        (phase.phase.schemathesis().to_owned(), value)
    });
    Value::Object(phases.collect())
}

/// The failures by type and code.
fn failures(tally: &Tally) -> Value {
    struct Group {
        title: String,
        severity: &'static str,
        count: usize,
        operations: IndexSet<String>,
    }
    let mut groups: IndexMap<(String, &str), Group> = IndexMap::new();
    for finding in &tally.findings {
        let failure = &finding.failure;
        let (name, severity) = kind(failure);
        let group = groups.entry((name, failure.code)).or_insert_with(|| Group {
            title: failure.title.clone(),
            severity,
            count: 0,
            operations: IndexSet::new(),
        });
        group.count += 1;
        group.operations.insert(finding.label.clone());
    }
    let listed = groups.into_iter().map(|((name, code), group)| {
        json!({
            "type": name,
            "code": code,
            "title": group.title,
            "severity": group.severity,
            "count": group.count,
            "operations": group.operations,
        })
    });
    listed.collect()
}

fn rates(tally: &Tally) -> Value {
    let mut rates = Map::new();
    for (label, operation) in &tally.operations {
        let phases: Map<String, Value> = operation
            .rates
            .iter()
            .map(|(phase, rates)| (phase.schemathesis().to_owned(), json!(rates)))
            .collect();
        if !phases.is_empty() {
            rates.insert(label.clone(), Value::Object(phases));
        }
    }
    Value::Object(rates)
}

fn coverage(coverage: &crate::measure::Coverage) -> Value {
    let kinds = coverage.kinds.iter().map(|(kind, all, seen)| {
        let value = json!({"total": all, "seen": seen});
        ((*kind).to_owned(), value)
    });
    let never: Vec<Value> = coverage
        .never
        .iter()
        .map(|(name, place)| json!({"name": name, "place": place.to_string()}))
        .collect();
    json!({
        "percent": coverage.percent(),
        "kinds": kinds.collect::<Map<_, _>>(),
        "never_seen": never,
    })
}
