//! What several reports count alike.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use indexmap::IndexMap;
use jiff::Timestamp;

use super::sequences::Sequences;
use crate::{
    case::{Mode, Phase},
    exchange::Exchange,
    run::{Beginning, Event, Finding, Note, Summary},
};

/// How much of an answer's body is kept with a finding; recordings hold all of it.
const KEPT: usize = 16 * 1024;

/// How much of a request's body is kept: as much as fits on a command line, and more, so that it is seen not to fit.
const KEPT_SENT: usize = 128 * 1024;

/// How many notes are kept; the events hold all of them.
const NOTED: usize = 500;

/// Counts of a run so far.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) beginning: Option<Beginning>,
    pub(super) phases: Vec<PhaseTally>,
    /// By label.
    pub(super) operations: IndexMap<String, OperationTally>,
    /// Everything that was found so far, each once.
    pub(super) findings: Vec<Finding>,
    pub(super) cases: u64,
    /// Cases with a failure.
    pub(super) failing: u64,
    /// Cases that no check looked at.
    pub(super) unchecked: u64,
    /// Cases without an answer.
    pub(super) unanswered: u64,
    /// When the last answer came.
    pub(super) last: Option<Timestamp>,
    /// The number of the `Idempotency-Key` that the exchange at hand carried: equal keys have equal numbers.
    pub(super) key: Option<u64>,
    sequences: Sequences,
    /// What people should know.
    pub(super) notes: Vec<Note>,
    pub(super) summary: Option<Summary>,
}

/// Counts of a phase.
pub(super) struct PhaseTally {
    pub(super) phase: Phase,
    pub(super) cases: u64,
    pub(super) failing: u64,
    pub(super) unanswered: u64,
    pub(super) findings: u64,
    pub(super) took: Duration,
    pub(super) stopped: Option<String>,
    pub(super) is_over: bool,
    /// Which operations were called, by position.
    pub(super) touched: HashSet<usize>,
}

/// Counts of an operation.
#[derive(Default)]
pub(super) struct OperationTally {
    pub(super) cases: u64,
    pub(super) took: Duration,
    /// What became of data that keeps to the document.
    pub(super) rates: BTreeMap<Phase, Rates>,
}

/// What became of data that keeps to the document. Refusals of callers and failures of servers say nothing about it.
#[derive(Default, serde::Serialize)]
pub(super) struct Rates {
    pub(super) accepted: u64,
    /// 404
    pub(super) unreachable: u64,
    /// 409
    pub(super) conflicts: u64,
    /// The other 4xx
    pub(super) rejected: u64,
}

impl Tally {
    /// Takes an event into account. Secrets are out of it already.
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Started(beginning) => self.beginning = Some((**beginning).clone()),
            Event::PhaseStarted(phase) => self.phases.push(PhaseTally::new(*phase)),
            Event::Exchange(exchange) => self.exchange(exchange),
            Event::Finding(finding) => {
                if let Some(phase) = self.phases.last_mut() {
                    phase.findings += 1;
                }
                self.sequences.keep(finding);
                self.findings.push(kept(finding));
            }
            Event::Note(note) => {
                if self.notes.len() < NOTED && !self.notes.contains(note) {
                    self.notes.push(note.clone());
                }
            }
            Event::PhaseFinished {
                phase,
                took,
                stopped,
            } => {
                let known = self.phases.iter_mut().rev();
                if let Some(tally) = known.into_iter().find(|tally| tally.phase == *phase) {
                    tally.took = *took;
                    tally.stopped.clone_from(stopped);
                    tally.is_over = true;
                }
            }
            Event::Finished(summary) => {
                self.findings = summary.findings.iter().map(kept).collect();
                let mut summary = (**summary).clone();
                summary.findings = Vec::new();
                self.summary = Some(summary);
            }
        }
    }

    /// What was sent before a case of a finding, first things first.
    pub(super) fn before(&self, finding: &Finding) -> &[String] {
        self.sequences.before(finding)
    }

    fn exchange(&mut self, exchange: &Exchange) {
        self.sequences.remember(exchange);
        let case = &exchange.case;
        let is_failing = exchange.failures().next().is_some();
        self.cases += 1;
        self.failing += u64::from(is_failing);
        self.unchecked += u64::from(exchange.verdicts.is_empty());
        self.unanswered += u64::from(exchange.outcome.is_err());
        if let Some(phase) = self.phases.last_mut() {
            phase.cases += 1;
            phase.failing += u64::from(is_failing);
            phase.unanswered += u64::from(exchange.outcome.is_err());
            phase.touched.insert(case.operation.index);
        }
        let label = case.operation.label.as_str();
        if !self.operations.contains_key(label) {
            self.operations
                .insert(label.to_owned(), OperationTally::default());
        }
        let Some(operation) = self.operations.get_mut(label) else {
            return;
        };
        operation.cases += 1;
        self.last = Some(exchange.recorded_at);
        let Some(received) = exchange.received() else {
            return;
        };
        operation.took += received.elapsed;
        self.last = exchange.recorded_at.checked_add(received.elapsed).ok();
        if case.origin.mode == Mode::Positive {
            let rates = operation.rates.entry(case.origin.phase).or_default();
            match received.status {
                200..400 => rates.accepted += 1,
                401 | 403 | 429 => {}
                404 => rates.unreachable += 1,
                409 => rates.conflicts += 1,
                400..500 => rates.rejected += 1,
                _ => {}
            }
        }
    }

    /// How long the run took, or takes so far.
    pub(super) fn took(&self) -> Duration {
        if let Some(summary) = &self.summary {
            return summary.took;
        }
        let begin = self.beginning.as_ref().map(|beginning| beginning.at);
        begin
            .zip(self.last)
            .and_then(|(begin, last)| Duration::try_from(last.duration_since(begin)).ok())
            .unwrap_or_default()
    }

    /// The findings by operation, in the order in which operations were found wanting.
    pub(super) fn by_operation(&self) -> IndexMap<&str, Vec<&Finding>> {
        let mut groups: IndexMap<&str, Vec<&Finding>> = IndexMap::new();
        for finding in &self.findings {
            groups
                .entry(finding.label.as_str())
                .or_default()
                .push(finding);
        }
        for group in groups.values_mut() {
            group.sort_by_key(|finding| finding.failure.code);
        }
        groups
    }
}

impl PhaseTally {
    fn new(phase: Phase) -> Self {
        Self {
            phase,
            cases: 0,
            failing: 0,
            unanswered: 0,
            findings: 0,
            took: Duration::ZERO,
            stopped: None,
            is_over: false,
            touched: HashSet::new(),
        }
    }

    /// As Schemathesis calls it.
    pub(super) fn status(&self) -> &'static str {
        match (self.is_over, self.failing, self.unanswered) {
            (false, ..) => "interrupted",
            (true, 1.., _) => "failure",
            (true, 0, 1..) => "error",
            (true, 0, 0) if self.cases == 0 => "skip",
            (true, 0, 0) => "success",
        }
    }
}

/// A finding with bodies that fit into memory.
fn kept(finding: &Finding) -> Finding {
    let mut kept = finding.clone();
    if let Some(body) = &mut kept.exchange.sent.body {
        body.truncate(KEPT_SENT);
    }
    if let Ok(received) = &mut kept.exchange.outcome {
        received.body.truncate(KEPT);
    }
    kept
}
