//! Requests of a recording, sent again in their order: with credentials of today, with the ids that this server gives, and
//! held against the document and against the answers of then.

mod captures;
mod compare;
mod meaning;
mod who;

use std::collections::HashSet;

use jiff::Timestamp;

pub use compare::Compare;

use crate::{
    case::Case,
    exchange::Exchange,
    recording::{Bases, Recorded, Recording, shortened},
    run::{Note, Run, Stop},
};
use captures::Captures;
use who::{credentials, expectation};

/// How many requests that fit no path are told one by one.
const UNMATCHED: usize = 5;

/// A recording that is to be sent again.
#[derive(Debug)]
pub struct Replay {
    /// What was recorded.
    pub recording: Recording,
    /// What of the answers is compared with those of then.
    pub compare: Compare,
}

/// What became of a recording.
#[derive(Debug, Default)]
struct Outcome {
    sent: usize,
    unmatched: usize,
    different: usize,
    /// Failures of then, and how many of them are still there.
    failed: usize,
    failing: usize,
}

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let Some(replay) = &run.replay else {
        return Ok(());
    };
    for problem in &replay.recording.problems {
        tell(run, None, "recording", problem.clone()).await;
    }
    let entries = in_order(&replay.recording.entries);
    let mut captures = Captures::new(run);
    let mut outcome = Outcome::default();
    let mut sent: Vec<Option<Exchange>> = Vec::new();
    sent.resize_with(replay.recording.entries.len(), || None);
    for (position, entry) in entries {
        let Some(case) = case(run, entry, &mut captures, &sent, &mut outcome).await else {
            continue;
        };
        let Some(exchange) = run.send(case).await? else {
            let text = "HTTP cannot carry this request".to_owned();
            tell(run, Some(entry), &entry.id, text).await;
            continue;
        };
        outcome.sent += 1;
        captures.learn(entry, &exchange);
        conclude(run, replay.compare, entry, &exchange, &mut outcome).await;
        if let Some(place) = sent.get_mut(position) {
            *place = Some(exchange);
        }
    }
    run.count_differences(outcome.different);
    tell(run, None, "recording", outcome.text(replay.compare)).await;
    Ok(())
}

/// The entries by the time when they were sent, where all of them say it, each once: laws add verdicts to a request by
/// writing it again.
fn in_order(entries: &[Recorded]) -> Vec<(usize, &Recorded)> {
    let mut known: HashSet<(&str, Option<Timestamp>)> = HashSet::new();
    let mut listed: Vec<_> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| {
            entry.recorded_at.is_none() || known.insert((&entry.id, entry.recorded_at))
        })
        .collect();
    if entries.iter().all(|entry| entry.recorded_at.is_some()) {
        listed.sort_by_key(|(_, entry)| entry.recorded_at);
    }
    listed
}

/// The request of today.
async fn case(
    run: &Run,
    entry: &Recorded,
    captures: &mut Captures,
    sent: &[Option<Exchange>],
    outcome: &mut Outcome,
) -> Option<Case> {
    let own = Bases::new(&run.api, None);
    let matched = entry.case(&run.api, &own).or_else(|unmatched| {
        let server = Bases::new(&run.api, Some(&run.settings.base_url));
        entry.case(&run.api, &server).map_err(|_| unmatched)
    });
    let mut case = match matched {
        Ok(case) => case,
        Err(unmatched) => {
            outcome.unmatched += 1;
            if outcome.unmatched <= UNMATCHED {
                let text = format!(
                    "`{} {}` fits no path of the document and is not sent",
                    unmatched.method,
                    shortened(&unmatched.url)
                );
                tell(run, Some(entry), &entry.id, text).await;
            }
            return None;
        }
    };
    case.id = run.case_id();
    case.origin.seed = run.settings.seed;
    let description = format!("{} ({} at {})", entry.description, entry.id, entry.place);
    description
        .trim_start()
        .clone_into(&mut case.origin.description);
    let parent = entry.parent.and_then(|parent| sent.get(parent)?.as_ref());
    case.origin.parent = parent.map(|parent| parent.case.id.clone());
    case.credentials = credentials(run, entry, &case);
    case.origin.expectation = expectation(entry, &case, sent);
    for missing in captures.apply(entry, &mut case) {
        tell(run, Some(entry), &case.operation.label, missing).await;
    }
    Some(case)
}

/// Compares the answer with that of then.
async fn conclude(
    run: &Run,
    compare: Compare,
    entry: &Recorded,
    exchange: &Exchange,
    outcome: &mut Outcome,
) {
    let failed = entry
        .checks
        .iter()
        .flatten()
        .filter(|check| check.is_failure);
    for check in failed {
        outcome.failed += 1;
        let is_failing = exchange
            .failures()
            .any(|failure| failure.check.as_str() == check.name);
        outcome.failing += usize::from(is_failing);
    }
    let differences = compare.differences(entry, exchange);
    outcome.different += usize::from(!differences.is_empty());
    if !differences.is_empty() {
        let subject = format!("{} {}", exchange.case.method, exchange.case.operation.path);
        tell(run, Some(entry), &subject, differences.join("; ")).await;
    }
}

async fn tell(run: &Run, entry: Option<&Recorded>, subject: &str, text: String) {
    let note = Note {
        check: None,
        subject: subject.to_owned(),
        text,
        place: entry.map(|entry| entry.place.clone()),
    };
    run.tell(crate::run::Event::Note(note)).await;
}

impl Outcome {
    fn text(&self, compare: Compare) -> String {
        let mut text = format!("{} requests were sent again", self.sent);
        if self.unmatched > 0 {
            text = format!("{text}, {} fit no path of the document", self.unmatched);
        }
        if compare != Compare::None {
            text = format!("{text}, {} answers differ in {compare}", self.different);
        }
        if self.failed > 0 {
            text = format!(
                "{text}; of {} failures of the recording {} are still there",
                self.failed, self.failing
            );
        }
        text
    }
}
