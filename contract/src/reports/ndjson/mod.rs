//! Every event as a line of JSON, in the form of Schemathesis' events: a phase is a suite, and every exchange a
//! scenario of its own.

mod values;

use std::{
    fs::File,
    io::{self, Write},
};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::tally::Tally;
use crate::{
    case::Phase,
    exchange::Exchange,
    run::{Beginning, Event},
};
use values::{case_value, checks, found, interaction, keyed, seconds};

/// Writes events.
pub(super) struct Ndjson {
    file: File,
    seed: u64,
    count: u64,
    suite: String,
    clock: fn() -> Timestamp,
}

impl Ndjson {
    pub(super) fn new(file: File, clock: fn() -> Timestamp) -> Self {
        Self {
            file,
            seed: 0,
            count: 0,
            suite: String::new(),
            clock,
        }
    }

    pub(super) fn event(&mut self, event: &Event, tally: &Tally) -> io::Result<()> {
        match event {
            Event::Started(beginning) => self.begin(beginning),
            Event::PhaseStarted(phase) => self.begin_phase(*phase),
            Event::Exchange(exchange) => {
                let recorded_at = seconds(exchange.recorded_at);
                let body = self.scenario(exchange, tally.key);
                self.line("ScenarioFinished", recorded_at, body)
            }
            Event::Note(note) => self.now("Note", super::summary::note(note)),
            Event::Finding(finding) => self.now("FailureFound", found(finding)),
            Event::PhaseFinished { phase, .. } => {
                let tally = tally.phases.iter().rev();
                let status = tally
                    .into_iter()
                    .find(|tally| tally.phase == *phase)
                    .map_or("skip", super::tally::PhaseTally::status);
                let name = phase.schemathesis();
                self.now("SuiteFinished", json!({"phase": name, "status": status}))?;
                let phase = json!({"name": name, "is_enabled": true});
                self.now("PhaseFinished", json!({"phase": phase, "status": status}))
            }
            Event::Finished(summary) => {
                let value = super::summary::summary(tally);
                let reason = value.get("stop_reason").cloned();
                let body = json!({
                    "running_time": summary.took.as_secs_f64(),
                    "stop_reason": reason,
                    "payload": value,
                });
                self.now("EngineFinished", body)
            }
        }
    }

    fn begin(&mut self, beginning: &Beginning) -> io::Result<()> {
        self.seed = beginning.seed;
        let head = json!({"Initialize": {
            "command": beginning.command(),
            "contract_version": env!("CARGO_PKG_VERSION"),
            "seed": beginning.seed,
        }});
        writeln!(self.file, "{head}")?;
        let at = seconds(beginning.at);
        let (total, selected) = beginning.operations;
        let body = json!({
            "duration": 0.0,
            "specification": {"kind": "openapi", "version": beginning.specification},
            "statistic": {"operations": {"total": total, "selected": selected}},
        });
        self.line("LoadingFinished", at, body)?;
        self.line("EngineStarted", at, json!({}))
    }

    fn begin_phase(&mut self, phase: Phase) -> io::Result<()> {
        let name = phase.schemathesis();
        let phase = json!({"name": name, "is_enabled": true});
        self.now("PhaseStarted", json!({"phase": phase}))?;
        self.now("SuiteStarted", json!({"phase": name}))?;
        self.suite = self.id();
        Ok(())
    }

    fn scenario(&self, exchange: &Exchange, key: Option<u64>) -> Value {
        let case = &exchange.case;
        let status = match &exchange.outcome {
            Err(_) => "error",
            Ok(_) if exchange.failures().next().is_some() => "failure",
            Ok(_) => "success",
        };
        let elapsed = exchange
            .received()
            .map_or(0.0, |received| received.elapsed.as_secs_f64());
        json!({
            "suite_id": self.suite,
            "phase": case.origin.phase.schemathesis(),
            "status": status,
            "elapsed_time": elapsed,
            "is_final": false,
            "recorder": {
                "label": case.operation.label,
                "cases": keyed(&case.id, case_value(exchange, key)),
                "checks": keyed(&case.id, checks(exchange)),
                "interactions": keyed(&case.id, interaction(exchange)),
            },
        })
    }

    fn now(&mut self, name: &str, body: Value) -> io::Result<()> {
        let now = seconds((self.clock)());
        self.line(name, now, body)
    }

    /// Writes a line whole: a file that is cut off ends with a whole line.
    fn line(&mut self, name: &str, at: f64, body: Value) -> io::Result<()> {
        self.count += 1;
        let mut members = Map::new();
        members.insert("id".to_owned(), json!(self.id()));
        members.insert("timestamp".to_owned(), json!(at));
        if let Value::Object(body) = body {
            members.extend(body);
        }
        let line = format!("{}\n", keyed(name, Value::Object(members)));
        self.file.write_all(line.as_bytes())
    }

    /// The id of the last line.
    fn id(&self) -> String {
        format!("{:016x}{:016x}", self.seed, self.count)
    }
}
