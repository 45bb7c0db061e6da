//! Requests that a check sent itself: they have no verdicts of their own, and tell what the check found.

use std::collections::HashSet;

use serde_json::Value;

use super::{Recorded, RecordedCheck};
use crate::{
    api::{Api, Operation, Scheme},
    checks::Check,
    exchange::{Exchange, Received},
};

/// The requests that checks sent after an entry, by position.
#[derive(Debug, Default)]
pub(super) struct Probes {
    /// Without credentials, or with forged ones.
    pub(super) strangers: Vec<usize>,
    /// On behalf of other callers.
    pub(super) peers: Vec<usize>,
    /// Others: controls, listings.
    pub(super) others: Vec<usize>,
}

/// For each entry the requests that its checks sent. Where the recording does not say so, they are those that follow.
pub(super) fn of_entries(entries: &[Recorded]) -> Vec<Vec<usize>> {
    let mut probes: Vec<Vec<usize>> = entries.iter().map(|_| Vec::new()).collect();
    let most = entries
        .iter()
        .filter_map(|entry| entry.checks.as_ref())
        .map(Vec::len)
        .max();
    // Where no check looked at anything, nothing is a probe.
    let Some(most) = most else { return probes };
    let mut last = None;
    for (at, entry) in entries.iter().enumerate() {
        if entry
            .checks
            .as_ref()
            .is_some_and(|checks| !is_of_a_probe(checks, most))
        {
            last = Some(at);
            continue;
        }
        let owner = if entry.sequence.is_some() {
            entry.parent.filter(|_| entry.linked.is_none())
        } else {
            last
        };
        if let Some(list) = owner.and_then(|owner| probes.get_mut(owner)) {
            list.push(at);
        }
    }
    probes
}

/// What a check shows by a request of its own is told there, and no other check looks at it.
fn is_of_a_probe(checks: &[RecordedCheck], most: usize) -> bool {
    let names = [Check::IgnoredAuth, Check::ObjectLevelAuthorization];
    checks.len() < most
        && checks
            .iter()
            .all(|said| said.is_failure && names.iter().any(|check| check.as_str() == said.name))
}

impl Probes {
    /// Tells the requests after an entry apart.
    pub(super) fn sort(
        api: &Api,
        entries: &[Recorded],
        exchange: &Exchange,
        owner: &Recorded,
        following: &[usize],
    ) -> Self {
        let mut probes = Self::default();
        let schemes = schemes(api, &exchange.case.operation);
        let mut left_for_strangers = 0;
        for at in following {
            let Some(entry) = entries.get(*at) else {
                continue;
            };
            let is_same = entry.sent.method == owner.sent.method && path(entry) == path(owner);
            if !is_same || entry.received.is_none() {
                probes.others.push(*at);
                continue;
            }
            let carries = schemes.iter().any(|scheme| carries(entry, scheme));
            if !carries && probes.peers.is_empty() && left_for_strangers == 0 {
                // One request for each scheme with forged credentials follows.
                left_for_strangers = schemes.len();
                probes.strangers.push(*at);
            } else if carries && entry.identity.is_none() && left_for_strangers > 0 {
                left_for_strangers -= 1;
                probes.strangers.push(*at);
            } else if carries {
                probes.peers.push(*at);
            } else {
                probes.others.push(*at);
            }
        }
        probes
    }
}

/// The operations that were seen to let no stranger in, by label.
pub(super) fn guarded(entries: &[Recorded], sorted: &[(String, Probes)]) -> HashSet<String> {
    let refuses = |at: &usize| {
        let status = entries.get(*at).and_then(|entry| entry.received.as_ref());
        status.is_some_and(|received| matches!(received.status, 300..=399 | 401 | 403))
    };
    let guarded = sorted
        .iter()
        .filter(|(_, probes)| !probes.strangers.is_empty() && probes.strangers.iter().all(refuses));
    guarded.map(|(label, _)| label.clone()).collect()
}

fn path(entry: &Recorded) -> &str {
    entry.sent.url.split(['?', '#']).next().unwrap_or_default()
}

/// Schemes whose secret travels in the request.
pub(super) fn schemes<'a>(api: &'a Api, operation: &Operation) -> Vec<&'a Scheme> {
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in operation.security.iter().flat_map(|way| &way.schemes) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let schemes = names.into_iter().filter_map(|name| api.schemes.get(name));
    schemes
        .filter(|scheme| matches!(scheme, Scheme::Http(_) | Scheme::ApiKey { .. }))
        .collect()
}

/// Whether a recorded request carries something where a scheme's secret travels.
pub(super) fn carries(entry: &Recorded, scheme: &Scheme) -> bool {
    crate::checks::carries(&entry.sent, scheme)
}

/// Whether somebody else was answered the same thing: the value that the path names is in both, and what both tell of
/// it beside that is the same.
pub(super) fn is_same_thing(own: &Received, other: &Received, named: &[String]) -> bool {
    if !other.is_success() {
        return false;
    }
    let parse = |received: &Received| serde_json::from_slice::<Value>(&received.body).ok();
    let (Some(own), Some(other)) = (parse(own), parse(other)) else {
        return false;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    scalars(&own, String::new(), &mut left);
    scalars(&other, String::new(), &mut right);
    let mut is_named = false;
    let mut says_more = false;
    for (path, value) in &left {
        let Some((_, theirs)) = right.iter().find(|(known, _)| known == path) else {
            continue;
        };
        if value != theirs {
            return false;
        }
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if named.contains(&text) {
            is_named = true;
        } else {
            says_more = true;
        }
    }
    is_named && says_more
}

fn scalars<'v>(value: &'v Value, path: String, found: &mut Vec<(String, &'v Value)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                scalars(member, format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                scalars(item, format!("{path}/{index}"), found);
            }
        }
        Value::Null => {}
        scalar => found.push((path, scalar)),
    }
}
