//! What the requests that checks sent themselves tell of the one that they were sent for.

use super::{Bases, Recorded, probes, probes::Probes};
use crate::{
    api::{Api, Location},
    case::{Expectation, Mode, Phase},
    checks::{self, Check},
    config::Settings,
    exchange::{Exchange, Failure, Verdict},
};

/// Adds what the requests of checks tell.
pub(super) struct Teller<'r> {
    pub(super) api: &'r Api,
    pub(super) settings: &'r Settings,
    pub(super) bases: &'r Bases,
    pub(super) entries: &'r [Recorded],
    pub(super) entry: &'r Recorded,
}

impl Teller<'_> {
    /// A 5xx to an undeclared `Content-Type` counts where a declared one is answered.
    pub(super) fn compare(&self, exchange: &mut Exchange, probes: &Probes) {
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
    pub(super) fn let_in(&self, exchange: &mut Exchange, probes: &Probes, is_guarded: bool) {
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
    pub(super) fn shared(&self, exchange: &mut Exchange, probes: &Probes) {
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
