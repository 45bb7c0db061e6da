//! Where our verdicts and the recorded ones differ.

use std::collections::BTreeSet;

use super::{Judged, Recorded, RecordedCheck, Recording, judge as judge_recording};
use crate::{
    api::Api, case::Phase, checks::Check, config::Settings, document::Place, exchange::Exchange,
};

/// A check that says something else than it did when the run was recorded.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Disagreement {
    /// The interaction, by its id in the recording.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// The operation.
    pub operation: String,
    /// The check.
    pub check: String,
    /// What we say: codes, or `passes`.
    pub ours: String,
    /// What the recording says: codes or words, or `passes`.
    pub theirs: String,
}

/// A recording with our verdicts and where they differ from its own.
#[derive(Debug)]
pub struct Compared {
    /// Our verdicts.
    pub judged: Judged,
    /// The differences.
    pub disagreements: Vec<Disagreement>,
    /// How many verdicts both sides gave.
    pub compared: usize,
}

/// Judges a recording and holds its own verdicts beside ours. A check that never looked in the whole recording was
/// switched off there, and is not compared.
#[must_use]
pub fn compare(
    recording: &Recording,
    api: &Api,
    settings: &Settings,
    bases: &super::Bases,
) -> Compared {
    let judged = judge_recording(recording, api, settings, bases);
    let said = recording
        .entries
        .iter()
        .flat_map(|entry| entry.checks.iter().flatten());
    let known: BTreeSet<Check> = said.filter_map(|said| Check::parse(&said.name)).collect();
    let mut disagreements = Vec::new();
    let mut compared = 0;
    for (at, exchange) in &judged.exchanges {
        let Some(entry) = recording.entries.get(*at) else {
            continue;
        };
        if entry.checks.is_none() {
            continue;
        }
        for check in &known {
            let is_passed_over = (recording.format == super::Format::Crash
                && entry.found(check.as_str()).is_none())
                || (entry.is_truncated && *check == Check::ResponseSchemaConformance)
                || !settings.checks_of(&exchange.case.operation).is_on(*check);
            if !is_passed_over {
                compared += 1;
                let said = Said::of(recording, &judged, *at, *check);
                disagreements.extend(said.differs(entry, exchange, *check));
            }
        }
    }
    Compared {
        judged,
        disagreements,
        compared,
    }
}

/// What a recording says of a check.
struct Said<'r> {
    found: Vec<&'r RecordedCheck>,
    /// It found something that was told before: Schemathesis leaves it out of sequences then.
    is_repeated: bool,
}

impl<'r> Said<'r> {
    fn of(recording: &'r Recording, judged: &Judged, at: usize, check: Check) -> Self {
        let entries = recording.entries.as_slice();
        // What the check's own requests showed is told there.
        let probes = judged.probes.get(&at).into_iter().flatten();
        let told = probes.chain([&at]).filter_map(|at| entries.get(*at));
        let told = told.flat_map(|entry| entry.checks.iter().flatten());
        let found: Vec<_> = told
            .filter(|said| said.name == check.as_str() && said.is_failure)
            .collect();
        let own = entries.get(at);
        let is_repeated = found.is_empty()
            && own.is_some_and(|own| {
                own.phase == Some(Phase::Stateful)
                    && !own.is_own
                    && own.found(check.as_str()).is_none()
            });
        Self { found, is_repeated }
    }

    fn differs(&self, entry: &Recorded, exchange: &Exchange, check: Check) -> Option<Disagreement> {
        let failures = exchange.failures();
        let ours: BTreeSet<&str> = failures
            .filter(|failure| failure.check == check)
            .map(|failure| failure.code)
            .collect();
        let codes = self.found.iter().filter_map(|said| said.code.as_deref());
        let theirs: BTreeSet<&str> = codes.collect();
        let has_found = !self.found.is_empty();
        let is_same = if self.is_repeated {
            // An operation that lets everybody in is passed over in the same way.
            !ours.is_empty() || check == Check::IgnoredAuth
        } else {
            // Of several failures some may have been told before.
            ours.is_empty() != has_found && theirs.is_subset(&ours)
        };
        if is_same {
            return None;
        }
        let list = |codes: &BTreeSet<&str>| codes.iter().copied().collect::<Vec<_>>().join(", ");
        let messages = self.found.iter().filter_map(|said| said.message.as_deref());
        let lines = messages.map(|message| message.lines().next().unwrap_or_default());
        Some(Disagreement {
            id: entry.id.clone(),
            place: entry.place.clone(),
            operation: exchange.case.operation.label.clone(),
            check: check.to_string(),
            ours: if ours.is_empty() {
                "passes".to_owned()
            } else {
                list(&ours)
            },
            theirs: match (self.is_repeated, has_found) {
                (true, _) => "fails as before".to_owned(),
                (false, false) => "passes".to_owned(),
                (false, true) if theirs.is_empty() => lines.collect::<Vec<_>>().join("; "),
                (false, true) => list(&theirs),
            },
        })
    }
}
