//! What recorded requests must find because of those before them: what was deleted is gone, what was created is there.

use std::collections::HashMap;

use super::{Recorded, probes};
use crate::{
    api::{Api, Location},
    case::{Case, Expectation, Phase},
    exchange::Exchange,
};

/// A recorded request with its position.
struct Step<'r> {
    entry: &'r Recorded,
    exchange: &'r Exchange,
}

impl Step<'_> {
    fn case(&self) -> &Case {
        &self.exchange.case
    }

    fn succeeded(&self) -> bool {
        self.exchange
            .received()
            .is_some_and(crate::exchange::Received::is_success)
    }

    fn text(&self) -> String {
        let path = filled(self.case());
        let status = self.exchange.status().unwrap_or_default();
        format!("{} {path} → {status}", self.case().method)
    }
}

/// The expectations of the requests in sequences, by position.
pub(super) fn expectations(
    api: &Api,
    entries: &[Recorded],
    exchanges: &[Option<Exchange>],
) -> HashMap<usize, Expectation> {
    let mut found = HashMap::new();
    let step = |at: usize| {
        let (entry, exchange) = (entries.get(at)?, exchanges.get(at)?.as_ref()?);
        Some(Step { entry, exchange })
    };
    let mut sequence: Vec<usize> = Vec::new();
    for at in 0..entries.len() {
        let Some(now) = step(at) else { continue };
        if now.entry.phase != Some(Phase::Stateful) && now.entry.checks.is_some() {
            sequence.clear();
            continue;
        }
        let first = sequence.first().and_then(|first| entries.get(*first));
        if first.is_some_and(|first| first.sequence != now.entry.sequence) {
            sequence.clear();
        }
        let earlier: Vec<(usize, Step<'_>)> = sequence
            .iter()
            .filter_map(|at| Some((*at, step(*at)?)))
            .collect();
        if let Some(expectation) =
            gone(entries, &earlier, at, &now).or_else(|| there(api, &earlier, &now))
        {
            found.insert(at, expectation);
        }
        sequence.push(at);
    }
    found
}

/// A successful DELETE of the thing, or of one around it, after which nobody made it again.
fn gone(
    entries: &[Recorded],
    earlier: &[(usize, Step<'_>)],
    at: usize,
    now: &Step<'_>,
) -> Option<Expectation> {
    earlier
        .iter()
        .enumerate()
        .find_map(|(index, (position, deleted))| {
            let is_deletion = deleted.case().operation.method == "DELETE"
                && deleted.succeeded()
                && !deleted.case().path.is_empty()
                && is_around(deleted.case(), now.case())
                && is_related(entries, earlier, *position, at);
            let is_made_again = || {
                let after = earlier.iter().skip(index + 1);
                after
                    .filter(|(_, step)| creates(step.case()) && step.succeeded())
                    .any(|(_, step)| is_around(step.case(), deleted.case()))
            };
            (is_deletion && !is_made_again()).then(|| Expectation::Gone {
                deleted_by: deleted.text(),
            })
        })
}

/// Whether a deletion belongs to the same tree of requests and follows from something that was there. Recordings that
/// do not tell what follows from what are taken as one sequence.
fn is_related(
    entries: &[Recorded],
    earlier: &[(usize, Step<'_>)],
    deletion: usize,
    now: usize,
) -> bool {
    let Some(entry) = entries.get(deletion) else {
        return false;
    };
    if entry.sequence.is_none() {
        return true;
    }
    let Some(parent) = entry.parent else {
        return false;
    };
    let parent_succeeded = earlier
        .iter()
        .any(|(position, step)| *position == parent && step.succeeded());
    parent_succeeded && root(entries, deletion) == root(entries, now)
}

fn root(entries: &[Recorded], mut at: usize) -> usize {
    // Parents come before their children.
    while let Some(parent) = entries
        .get(at)
        .and_then(|entry| entry.parent)
        .filter(|parent| *parent < at)
    {
        at = parent;
    }
    at
}

fn creates(case: &Case) -> bool {
    !matches!(
        case.operation.method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "QUERY" | "DELETE" | "PATCH"
    )
}

/// The POST that the request follows from, when it made the very thing and nobody removed it.
fn there(api: &Api, earlier: &[(usize, Step<'_>)], now: &Step<'_>) -> Option<Expectation> {
    let made_by = earlier
        .iter()
        .rev()
        .find(|(position, step)| match now.entry.sequence {
            Some(_) => now.entry.parent == Some(*position),
            None => is_creation(&step.exchange.case) && is_around(step.case(), now.case()),
        });
    let (position, made) = made_by?;
    let status = made.exchange.status()?;
    let is_made = is_creation(made.case())
        && (200..400).contains(&status)
        && is_around(made.case(), now.case())
        && (segments(&made.case().operation.path).len()
            < segments(&now.case().operation.path).len()
            || status == 201
            || made
                .exchange
                .received()
                .is_some_and(|received| received.header("location").is_some()));
    if !is_made || !comes_from(api, made, now) {
        return None;
    }
    let is_removed = earlier.iter().any(|(other, step)| {
        let method = step.case().operation.method.as_str();
        other != position
            && step.succeeded()
            && match method {
                "GET" | "HEAD" | "OPTIONS" | "TRACE" => false,
                "DELETE" => is_around(step.case(), now.case()),
                _ => {
                    step.case().operation.path == now.case().operation.path
                        && is_around(step.case(), now.case())
                }
            }
    });
    (!is_removed).then(|| Expectation::There {
        created_by: made.text(),
    })
}

fn is_creation(case: &Case) -> bool {
    case.operation.method == "POST"
}

/// Whether every parameter was taken from the answer that made the thing.
fn comes_from(api: &Api, made: &Step<'_>, now: &Step<'_>) -> bool {
    let operation = &now.case().operation;
    if now.entry.sequence.is_some() {
        let linked = now.entry.linked.as_ref();
        let mut parameters = operation.parameters.iter();
        let is_linked = linked
            .is_some_and(|linked| parameters.all(|parameter| linked.contains(&parameter.name)));
        // Schemathesis counts the places of credentials among the parameters: where a token or a key opens the door, a
        // request with the token alone leaves a parameter to chance, and nothing is said of its answer.
        let schemes = probes::schemes(api, operation);
        let mut schemes = schemes.iter();
        return is_linked && schemes.all(|scheme| probes::carries(now.entry, scheme));
    }
    let received = made.exchange.received();
    let body = received.map(|received| String::from_utf8_lossy(&received.body).into_owned());
    let location = received.and_then(|received| received.header("location"));
    operation.parameters.iter().all(|parameter| {
        let value = now.case().path.get(&parameter.name);
        parameter.location == Location::Path
            && value.is_some_and(|value| {
                made.case().path.values().any(|known| known == value)
                    || body
                        .as_ref()
                        .is_some_and(|body| body.contains(value.as_str()))
                    || location.is_some_and(|location| location.contains(value.as_str()))
            })
    })
}

/// Whether the thing of one request is the other one's, or is around it.
fn is_around(outer: &Case, inner: &Case) -> bool {
    let (left, right) = (
        segments(&outer.operation.path),
        segments(&inner.operation.path),
    );
    left.len() <= right.len()
        && left.iter().zip(&right).all(|(left, right)| {
            if left.contains('{') && right.contains('{') {
                let (thing, target) = (fill(left, outer), fill(right, inner));
                // `{id}:cancel` acts on the thing before the colon.
                target == thing || target.starts_with(&format!("{thing}:"))
            } else {
                left == right || left.trim_end_matches('s') == right.trim_end_matches('s')
            }
        })
}

fn segments(path: &str) -> Vec<&str> {
    path.trim_end_matches('/').split('/').collect()
}

fn filled(case: &Case) -> String {
    let segments = segments(&case.operation.path).into_iter();
    segments
        .map(|segment| fill(segment, case))
        .collect::<Vec<_>>()
        .join("/")
}

fn fill(segment: &str, case: &Case) -> String {
    let mut text = segment.to_owned();
    for (name, value) in &case.path {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}
