//! Every event as a line of JSON, in the form of Schemathesis' events: a phase is a suite, and every exchange a
//! scenario of its own.

use std::{
    fs::File,
    io::{self, Write},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{kinds::kind, tally::Tally};
use crate::{
    case::Phase,
    exchange::{Exchange, Failure},
    run::{Beginning, Event, Finding},
};

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
                let body = self.scenario(exchange);
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

    fn scenario(&self, exchange: &Exchange) -> Value {
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
                "cases": keyed(&case.id, case_value(exchange)),
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

fn case_value(exchange: &Exchange) -> Value {
    let case = &exchange.case;
    let origin = &case.origin;
    let components: Map<String, Value> = origin
        .components
        .iter()
        .map(|(location, mode)| (location.to_string(), json!({"mode": mode.as_str()})))
        .collect();
    let mut data = Map::new();
    let mut add = |name: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            data.insert(name.to_owned(), json!(value));
        }
    };
    add("scenario", Some(&origin.scenario));
    add("description", Some(&origin.description));
    add("parameter", origin.parameter.as_deref());
    add(
        "parameter_location",
        origin.location.map(crate::api::Location::as_str),
    );
    json!({
        "value": {
            "method": case.method,
            "path": case.operation.path,
            "id": case.id,
            "path_parameters": case.path,
            "meta": {
                "generation": {"time": 0.0, "mode": origin.mode.as_str()},
                "components": components,
                "phase": {"name": origin.phase.schemathesis(), "data": data},
            },
        },
        "parent_id": origin.parent,
        "is_transition_applied": origin.parent.is_some(),
    })
}

fn checks(exchange: &Exchange) -> Value {
    let label = &exchange.case.operation.label;
    let verdicts = exchange.verdicts.iter();
    verdicts
        .map(|verdict| match &verdict.failure {
            None => json!({"name": verdict.check.as_str(), "status": "success"}),
            Some(failure) => json!({
                "name": verdict.check.as_str(),
                "status": "failure",
                "failure_info": {"failure": failure_value(failure, label)},
            }),
        })
        .collect()
}

fn failure_value(failure: &Failure, label: &str) -> Value {
    let (name, severity) = kind(failure);
    json!({
        "type": name,
        "code": failure.code,
        "operation": label,
        "title": failure.title,
        "message": failure.message,
        "case_id": null,
        "severity": severity,
        "place": failure.place.to_string(),
    })
}

fn found(finding: &Finding) -> Value {
    json!({
        "check": finding.failure.check.as_str(),
        "failure": failure_value(&finding.failure, &finding.label),
        "case_id": finding.exchange.case.id,
        "code_sample": super::curl::curl(&finding.exchange.sent),
        "seed": finding.exchange.case.origin.seed,
        "interaction": interaction(&finding.exchange),
    })
}

fn interaction(exchange: &Exchange) -> Value {
    let sent = &exchange.sent;
    let mut request = json!({
        "method": sent.method,
        "uri": sent.url,
        "headers": headers(&sent.headers),
    });
    if let (Some(body), Some(request)) = (&sent.body, request.as_object_mut()) {
        request.insert("body".to_owned(), base64(body));
    }
    let at = seconds(exchange.recorded_at);
    match &exchange.outcome {
        Err(error) => json!({"request": request, "error": error.to_string(), "timestamp": at}),
        Ok(received) => {
            let response = json!({
                "status_code": received.status,
                "headers": headers(&received.headers),
                "content": base64(&received.body),
                "elapsed": received.elapsed.as_secs_f64(),
            });
            json!({"request": request, "response": response, "timestamp": at})
        }
    }
}

fn headers(headers: &[(String, String)]) -> Value {
    let mut listed: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let values = listed.entry(name.clone()).or_insert_with(|| json!([]));
        if let Some(values) = values.as_array_mut() {
            values.push(json!(value));
        }
    }
    Value::Object(listed)
}

fn base64(bytes: &[u8]) -> Value {
    json!({"$base64": BASE64_STANDARD.encode(bytes)})
}

fn keyed(key: &str, value: Value) -> Value {
    let mut members = Map::new();
    members.insert(key.to_owned(), value);
    Value::Object(members)
}

/// Seconds since 1970, as the format has it.
fn seconds(at: Timestamp) -> f64 {
    at.as_duration().as_secs_f64()
}
