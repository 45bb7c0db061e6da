//! Our checks over recorded answers, without a server.

use std::collections::{HashMap, HashSet};

use super::{
    Bases, Recorded, Recording, Unmatched, noticed::Noticed, probes, probes::Probes, sequence,
};
use crate::{
    api::{Api, Location},
    case::{Expectation, Mode, Phase},
    checks::{self, Check},
    config::Settings,
    exchange::{Exchange, Failure, Verdict},
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
    let mut unmatched = Vec::new();
    let exchanges: Vec<Option<Exchange>> = entries
        .iter()
        .map(|entry| match entry.exchange(api, bases) {
            Ok(exchange) => Some(exchange),
            Err(problem) => {
                unmatched.push(problem);
                None
            }
        })
        .collect();
    let expectations = sequence::expectations(api, entries, &exchanges);
    let noticed = Noticed::of(api, bases, entries, &exchanges);
    let following = probes::of_entries(entries);
    let is_probe: HashSet<usize> = following.iter().flatten().copied().collect();
    let has_checks = entries.iter().any(|entry| entry.checks.is_some());
    let mut sorted = Vec::new();
    let mut kept = Vec::new();
    for (at, (entry, exchange)) in entries.iter().zip(exchanges).enumerate() {
        let Some(mut exchange) = exchange else {
            continue;
        };
        // Nobody looked at it when it was recorded: its run was cut off, or a check sent it.
        let is_passed_over = is_probe.contains(&at)
            || (has_checks && entry.checks.is_none() && recording.format != super::Format::Crash);
        if is_passed_over {
            continue;
        }
        if !entry.is_own {
            exchange.case.origin.expectation = expectations.get(&at).cloned();
        }
        let list = following.get(at).map(Vec::as_slice).unwrap_or_default();
        let probes = Probes::sort(api, entries, &exchange, entry, list);
        sorted.push((exchange.case.operation.label.clone(), probes));
        kept.push((at, exchange));
    }
    let guarded = probes::guarded(entries, &sorted);
    let mut exchanges = Vec::with_capacity(kept.len());
    for ((at, mut exchange), (label, probes)) in kept.into_iter().zip(&sorted) {
        exchange.verdicts = checks::judge(api, settings, &exchange);
        let Some(entry) = entries.get(at) else {
            continue;
        };
        if entry.mode.is_none() {
            // Nobody says whether the request was meant to keep to the document.
            exchange
                .verdicts
                .retain(|verdict| !is_about_data(verdict.check));
        }
        if noticed.is_declared_since(entry, &exchange) {
            pass(&mut exchange, Check::StatusCodeConformance);
        }
        let teller = Teller {
            api,
            settings,
            bases,
            entries,
            entry,
        };
        if entry.is_truncated && !entry.is_own {
            // The recording holds a part of the body: the server's was whole.
            exchange
                .verdicts
                .retain(|verdict| verdict.check != Check::Answered);
        }
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

fn is_about_data(check: Check) -> bool {
    matches!(
        check,
        Check::NegativeDataRejection | Check::PositiveDataAcceptance
    )
}

/// Adds what the requests of checks tell.
struct Teller<'r> {
    api: &'r Api,
    settings: &'r Settings,
    bases: &'r Bases,
    entries: &'r [Recorded],
    entry: &'r Recorded,
}

impl Teller<'_> {
    /// A 5xx to an undeclared `Content-Type` counts where a declared one is answered.
    fn compare(&self, exchange: &mut Exchange, probes: &Probes) {
        if checks::control(exchange).is_none() {
            return;
        }
        let sent = [&probes.strangers, &probes.peers, &probes.others];
        let control = sent
            .into_iter()
            .flatten()
            .find_map(|at| self.entries.get(*at)?.exchange(self.api, self.bases).ok());
        if let Some(control) = control {
            checks::settle(exchange, &control);
        }
    }

    /// Strangers who ask the same are refused. Credentials that nobody configured were made up, and must be, too.
    fn let_in(&self, exchange: &mut Exchange, probes: &Probes, is_guarded: bool) {
        let is_open = !checks::asks_for_credentials(&exchange.case.operation)
            || !exchange
                .received()
                .is_some_and(crate::exchange::Received::is_success)
            || exchange.case.origin.components.get(&Location::Path) == Some(&Mode::Negative);
        if is_open {
            return;
        }
        let schemes = probes::schemes(self.api, &exchange.case.operation);
        let is_taken_out = schemes
            .iter()
            .any(|scheme| probes::carries(self.entry, scheme));
        let mut suspects: Vec<(Exchange, &str)> = Vec::new();
        for at in &probes.strangers {
            let Some(stranger) = self
                .entries
                .get(*at)
                .and_then(|entry| entry.exchange(self.api, self.bases).ok())
            else {
                continue;
            };
            suspects.push((stranger, "no credentials, or forged ones"));
        }
        // Sequences are run again to make them smaller, and only the last time is recorded.
        let was_asked = self.entry.found(Check::IgnoredAuth.as_str()).is_some()
            && self.entry.phase != Some(Phase::Stateful)
            && !self.entry.is_own;
        if suspects.is_empty() && is_taken_out && was_asked && !is_guarded && !schemes.is_empty() {
            suspects.push((exchange.clone(), "credentials that were made up"));
        }
        let failure = suspects.into_iter().find_map(|(mut stranger, defect)| {
            stranger.case.origin.expectation = Some(Expectation::Unauthenticated {
                defect: defect.to_owned(),
            });
            stranger.case.origin.parent = Some(exchange.case.id.clone());
            self.found(&stranger, Check::IgnoredAuth)
        });
        replace(exchange, Check::IgnoredAuth, failure);
    }

    /// Nobody else is answered what the caller's own thing is.
    fn shared(&self, exchange: &mut Exchange, probes: &Probes) {
        let Some(own) = &self.entry.received else {
            return;
        };
        let named: Vec<String> = exchange.case.path.values().cloned().collect();
        let is_same = |at: &usize| {
            let other = self
                .entries
                .get(*at)
                .and_then(|entry| entry.received.as_ref());
            other.is_some_and(|other| probes::is_same_thing(own, other, &named))
        };
        let is_public = probes.strangers.iter().any(is_same)
            || probes.others.iter().any(|at| {
                let other = self.entries.get(*at);
                other.is_some_and(|other| other.sent.url == self.entry.sent.url) && is_same(at)
            });
        if is_public {
            return;
        }
        let failure = probes.peers.iter().filter(|at| is_same(at)).find_map(|at| {
            let peer = self.entries.get(*at)?;
            let mut asked = peer.exchange(self.api, self.bases).ok()?;
            asked.case.origin.expectation = Some(Expectation::SomebodyElses {
                owner: self
                    .entry
                    .identity
                    .clone()
                    .unwrap_or_else(|| "the first caller".to_owned()),
                caller: peer
                    .identity
                    .clone()
                    .unwrap_or_else(|| "another caller".to_owned()),
            });
            self.found(&asked, Check::ObjectLevelAuthorization)
        });
        if failure.is_some() {
            replace(exchange, Check::ObjectLevelAuthorization, failure);
        }
    }

    fn found(&self, exchange: &Exchange, check: Check) -> Option<Failure> {
        let verdicts = checks::judge(self.api, self.settings, exchange);
        let failures = verdicts.into_iter().filter_map(|verdict| verdict.failure);
        failures.into_iter().find(|failure| failure.check == check)
    }
}

/// Takes back what a check found.
fn pass(exchange: &mut Exchange, check: Check) {
    let verdicts = exchange.verdicts.iter_mut();
    for verdict in verdicts.filter(|verdict| verdict.check == check) {
        verdict.failure = None;
    }
}

/// Puts a finding in the place of a verdict; without one what was said before stays.
fn replace(exchange: &mut Exchange, check: Check, failure: Option<Failure>) {
    if failure.is_none() {
        return;
    }
    let is_on = exchange
        .verdicts
        .iter()
        .any(|verdict| verdict.check == check);
    exchange.verdicts.retain(|verdict| verdict.check != check);
    if is_on {
        exchange.verdicts.push(Verdict { check, failure });
    }
}
