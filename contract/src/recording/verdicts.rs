//! Our checks over recorded answers, without a server.

use std::collections::{HashMap, HashSet};

use super::{
    Bases, Recorded, Recording, Unmatched, noticed::Noticed, probes, probes::Probes, sequence,
    teller::Teller,
};
use crate::{
    api::{Api, Location},
    case::{Mode, Phase},
    checks::{self, Check},
    config::Settings,
    exchange::Exchange,
};

/// A recording with our verdicts.
#[derive(Debug)]
pub struct Judged {
    /// The judged requests: position in the recording, and the exchange with its verdicts.
    pub exchanges: Vec<(usize, Exchange)>,
    /// The requests that the checks of a request sent themselves, by its position.
    pub probes: HashMap<usize, Vec<usize>>,
    /// Requests that fit no path of the document.
    pub unmatched: Vec<Unmatched>,
}

/// What our checks say of a recording. Requests that a check sent itself are no exchanges of their own: they tell what
/// the check found.
#[must_use]
pub fn judge(recording: &Recording, api: &Api, settings: &Settings, bases: &Bases) -> Judged {
    let entries = recording.entries.as_slice();
    let (matched, unmatched) = matched(entries, api, bases);
    let noticed = Noticed::of(api, bases, entries, &matched);
    let following = probes::of_entries(entries);
    let kept = kept(recording, api, matched, &following);
    let sorted: Vec<_> = kept
        .iter()
        .map(|(at, exchange)| {
            let list = following.get(*at).map(Vec::as_slice).unwrap_or_default();
            let probes = entries
                .get(*at)
                .map(|entry| Probes::sort(api, entries, exchange, entry, list));
            let label = exchange.case.operation.label.clone();
            (label, probes.unwrap_or_default())
        })
        .collect();
    let guarded = probes::guarded(entries, &sorted);
    let mut exchanges = Vec::with_capacity(kept.len());
    for ((at, mut exchange), (label, probes)) in kept.into_iter().zip(&sorted) {
        let Some(entry) = entries.get(at) else {
            continue;
        };
        exchange.verdicts = checks::judge(api, settings, &exchange);
        take_back(api, &mut exchange, entry, &noticed);
        let teller = Teller {
            api,
            settings,
            bases,
            entries,
            entry,
        };
        teller.compare(&mut exchange, probes);
        teller.let_in(&mut exchange, probes, guarded.contains(label));
        teller.shared(&mut exchange, probes);
        exchanges.push((at, exchange));
    }
    Judged {
        exchanges,
        probes: following.into_iter().enumerate().collect(),
        unmatched,
    }
}

/// The recorded requests as the document has them, and those that fit no path of it.
fn matched(
    entries: &[Recorded],
    api: &Api,
    bases: &Bases,
) -> (Vec<Option<Exchange>>, Vec<Unmatched>) {
    let mut unmatched = Vec::new();
    let exchanges = entries.iter().map(|entry| {
        let exchange = entry.exchange(api, bases);
        // Laws ask for paths that no document has, to see how they are refused.
        let is_meant = entry.phase == Some(Phase::Laws);
        let told = |problem| (!is_meant).then(|| unmatched.push(problem));
        exchange.map_err(told).ok()
    });
    (exchanges.collect(), unmatched)
}

/// The requests that are to be judged, with what went before them in mind.
fn kept(
    recording: &Recording,
    api: &Api,
    matched: Vec<Option<Exchange>>,
    following: &[Vec<usize>],
) -> Vec<(usize, Exchange)> {
    let entries = recording.entries.as_slice();
    let expectations = sequence::expectations(api, entries, &matched);
    let is_probe: HashSet<usize> = following.iter().flatten().copied().collect();
    let has_checks = entries.iter().any(|entry| entry.checks.is_some());
    let mut kept = Vec::new();
    for (at, (entry, exchange)) in entries.iter().zip(matched).enumerate() {
        // Nobody looked at it when it was recorded: its run was cut off, or a check sent it.
        let is_passed_over = is_probe.contains(&at)
            || (has_checks && entry.checks.is_none() && recording.format != super::Format::Crash);
        let Some(mut exchange) = exchange.filter(|_| !is_passed_over) else {
            continue;
        };
        if !entry.is_own {
            exchange.case.origin.expectation = expectations.get(&at).cloned();
        }
        kept.push((at, exchange));
    }
    kept
}

/// Takes back what cannot be said of a recorded answer.
fn take_back(api: &Api, exchange: &mut Exchange, entry: &Recorded, noticed: &Noticed) {
    if entry.mode.is_none() {
        // Nobody says whether the request was meant to keep to the document.
        exchange
            .verdicts
            .retain(|verdict| !is_about_data(verdict.check));
    }
    if noticed.is_declared_since(entry, exchange) {
        pass(exchange, Check::StatusCodeConformance);
    }
    if is_outweighed(api, exchange, entry) {
        pass(exchange, Check::NegativeDataRejection);
    }
    if entry.is_truncated && !entry.is_own {
        // The recording holds a part of the body: the server's was whole.
        exchange
            .verdicts
            .retain(|verdict| verdict.check != Check::Answered);
    }
}

fn is_about_data(check: Check) -> bool {
    matches!(
        check,
        Check::NegativeDataRejection | Check::PositiveDataAcceptance
    )
}

/// Whether Schemathesis lets a bad query pass because another parameter of it is good: in its coverage phase it does not
/// look which of them the case is about.
fn is_outweighed(api: &Api, exchange: &Exchange, entry: &Recorded) -> bool {
    let mut parts = entry.components.iter();
    !entry.is_own
        && entry.phase == Some(Phase::Coverage)
        && entry.components.get(&Location::Query) == Some(&Mode::Negative)
        && parts.all(|(part, mode)| *part == Location::Query || *mode == Mode::Positive)
        && checks::has_valid_query(api, &exchange.case)
}

/// Takes back what a check found.
fn pass(exchange: &mut Exchange, check: Check) {
    let verdicts = exchange.verdicts.iter_mut();
    for verdict in verdicts.filter(|verdict| verdict.check == check) {
        verdict.failure = None;
    }
}
