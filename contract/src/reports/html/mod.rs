//! A page for people: one file that asks nobody for anything and needs no script.

use minijinja::Environment;
use serde_json::{Value, json};

use super::{
    curl::curl,
    kinds::kind,
    tally::Tally,
    text::{length, per_second, reason},
};
use crate::{exchange::Exchange, run::Finding};

/// The name ends in `.html`: what is put in is escaped.
const NAME: &str = "report.html";

/// The page of a run that is over, or goes on.
///
/// # Errors
/// What the template engine says.
pub(super) fn html(tally: &Tally) -> Result<String, String> {
    let mut environment = Environment::new();
    let rendered = environment
        .add_template(NAME, include_str!("report.html"))
        .and_then(|()| environment.get_template(NAME))
        .and_then(|template| template.render(minijinja::value::Serde(page(tally))));
    rendered.map_err(|error| format!("{error:#}"))
}

fn page(tally: &Tally) -> Value {
    let beginning = tally.beginning.as_ref();
    let groups: Vec<Value> = tally
        .by_operation()
        .into_iter()
        .map(|(label, findings)| group(label, &findings, tally))
        .collect();
    let summary = tally.summary.as_ref();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "run": beginning.map(|beginning| json!({
            "document": beginning.document,
            "title": beginning.title,
            "specification": beginning.specification,
            "server": beginning.base_url,
            "seed": beginning.seed,
            "command": beginning.command(),
            "at": beginning.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            "operations": beginning.operations.0,
            "tested": beginning.operations.1,
        })),
        "cases": tally.cases,
        "failing": tally.failing,
        "unanswered": tally.unanswered,
        "took": length(tally.took()),
        "rate": per_second(tally.cases, tally.took()),
        "is_over": summary.is_some(),
        "stopped": summary.and_then(|summary| summary.stopped.clone()),
        "exit_code": summary.map(|summary| summary.exit_code),
        "count": tally.findings.len(),
        "groups": groups,
        "notes": tally.notes.iter().map(super::summary::note).collect::<Vec<_>>(),
        "missed": summary.map(|summary| &summary.missed),
        "phases": phases(tally),
        "operations": operations(tally),
        "coverage": coverage(tally),
    })
}

fn group(label: &str, findings: &[&Finding], tally: &Tally) -> Value {
    let operation = findings.first().map(|first| &first.exchange.case.operation);
    let findings: Vec<Value> = findings.iter().map(|found| finding(found, tally)).collect();
    json!({
        "label": label,
        "id": operation.and_then(|operation| operation.id.clone()),
        "place": operation.map(|operation| operation.place.to_string()),
        "findings": findings,
    })
}

fn finding(finding: &Finding, tally: &Tally) -> Value {
    let failure = &finding.failure;
    let exchange = &finding.exchange;
    let origin = &exchange.case.origin;
    let parameter = origin.parameter.as_ref().map(|name| match origin.location {
        Some(location) => format!("{location} {name}"),
        None => name.clone(),
    });
    json!({
        "code": failure.code,
        "title": failure.title,
        "check": failure.check.as_str(),
        "severity": kind(failure).1,
        "count": finding.count,
        "message": failure.message,
        "place": failure.place.to_string(),
        "case": exchange.case.id,
        "phase": origin.phase.as_str(),
        "mode": origin.mode.as_str(),
        "description": origin.description,
        "parameter": parameter,
        "seed": origin.seed,
        "request": request(exchange),
        "response": response(exchange),
        "before": tally.before(finding),
        "curl": curl(&exchange.sent),
        "again": tally.beginning.as_ref().map(|beginning| beginning.again(&exchange.case)),
    })
}

fn request(exchange: &Exchange) -> Value {
    let sent = &exchange.sent;
    json!({
        "head": format!("{} {}", sent.method, sent.url),
        "headers": sent.headers,
        "body": sent.body.as_deref().map(shown),
    })
}

fn response(exchange: &Exchange) -> Value {
    match &exchange.outcome {
        Err(error) => json!({"head": error.to_string(), "headers": []}),
        Ok(received) => json!({
            "head": format!("{} {}", received.status, reason(received.status)),
            "headers": received.headers,
            "body": (!received.body.is_empty()).then(|| shown(&received.body)),
            "took": length(received.elapsed),
        }),
    }
}

/// A body for people: JSON in lines, and every byte of what is no text.
fn shown(body: &[u8]) -> String {
    if let Ok(value) = serde_json::from_slice::<Value>(body)
        && let Ok(text) = serde_json::to_string_pretty(&value)
    {
        return text;
    }
    match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => body.escape_ascii().to_string(),
    }
}

fn phases(tally: &Tally) -> Vec<Value> {
    let phases = tally.phases.iter();
    phases
        .map(|phase| {
            json!({
                "name": phase.phase.as_str(),
                "cases": phase.cases,
                "failing": phase.failing,
                "unanswered": phase.unanswered,
                "rate": per_second(phase.cases, phase.took),
                "took": length(phase.took),
                "end": match (&phase.stopped, phase.is_over) {
                    (Some(reason), _) => reason.clone(),
                    (None, true) => "done".to_owned(),
                    (None, false) => "cut off".to_owned(),
                },
            })
        })
        .collect()
}

fn operations(tally: &Tally) -> Vec<Value> {
    let operations = tally.operations.iter();
    operations
        .map(|(label, operation)| {
            let sum = |part: fn(&super::tally::Rates) -> u64| -> u64 {
                operation.rates.values().map(part).sum()
            };
            let findings = tally.findings.iter();
            json!({
                "label": label,
                "cases": operation.cases,
                "accepted": sum(|rates| rates.accepted),
                "refused": sum(|rates| rates.unreachable + rates.conflicts + rates.rejected),
                "took": length(operation.took),
                "found": findings.filter(|finding| finding.label == *label).count(),
            })
        })
        .collect()
}

fn coverage(tally: &Tally) -> Option<Value> {
    let coverage = &tally.summary.as_ref()?.coverage;
    let kinds: Vec<Value> = coverage
        .kinds
        .iter()
        .map(|(kind, all, seen)| {
            let percent = (seen * 100).checked_div(*all).unwrap_or(100);
            json!({"kind": kind, "all": all, "seen": seen, "percent": percent})
        })
        .collect();
    let never: Vec<Value> = coverage
        .never
        .iter()
        .map(|(name, place)| json!({"name": name, "place": place.to_string()}))
        .collect();
    Some(json!({"percent": coverage.percent(), "kinds": kinds, "never": never}))
}
