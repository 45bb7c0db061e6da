//! The events of a run, one JSON object a line: the only format that tells which request follows from which.

use std::collections::{BTreeMap, HashMap};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Format, Recorded, RecordedCheck, Recording, RecordingError, foreign,
    interaction::{ContractOf, lower, no_answer},
    location, mode, phase,
};
use crate::{
    document::Place,
    exchange::{Received, Sent},
};

pub(super) fn parse(name: &str, text: &str) -> Result<Recording, RecordingError> {
    let mut recording = Recording {
        name: name.to_owned(),
        format: Format::Events,
        command: None,
        seed: None,
        entries: Vec::new(),
        problems: Vec::new(),
    };
    let mut is_own = false;
    let mut positions = HashMap::new();
    for (index, line) in text.lines().enumerate() {
        let place = Place {
            file: name.to_owned(),
            line: index + 1,
        };
        match serde_json::from_str::<Event>(line) {
            Ok(Event::Initialize(begin)) => {
                recording.command = begin.command;
                is_own = begin.contract_version.is_some();
                recording.seed = begin.seed;
            }
            Ok(Event::ScenarioFinished(scenario) | Event::FuzzScenarioFinished(scenario)) => {
                if !is_own {
                    // Requests follow from those of their own scenario.
                    positions.clear();
                }
                let mut recorder = scenario.recorder;
                recorder.record(&mut recording, &place, is_own, &mut positions);
            }
            Ok(Event::Other) => {}
            Err(_) if line.trim().is_empty() => {}
            Err(error) if index == 0 => {
                return Err(foreign(name, 1, format!("the line is no event: {error}")));
            }
            Err(error) if error.is_eof() => recording
                .problems
                .push(format!("{place}: the recording breaks off in this event")),
            Err(error) => recording
                .problems
                .push(format!("{place}: this event cannot be read: {error}")),
        }
    }
    Ok(recording)
}

enum Event {
    Initialize(Initialize),
    ScenarioFinished(Box<Scenario>),
    FuzzScenarioFinished(Box<Scenario>),
    Other,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Line {
            #[serde(rename = "Initialize")]
            initialize: Option<Initialize>,
            #[serde(rename = "ScenarioFinished")]
            scenario: Option<Box<Scenario>>,
            #[serde(rename = "FuzzScenarioFinished")]
            fuzz: Option<Box<Scenario>>,
        }
        let line = Line::deserialize(deserializer)?;
        Ok(match line {
            Line {
                initialize: Some(begin),
                ..
            } => Self::Initialize(begin),
            Line {
                scenario: Some(scenario),
                ..
            } => Self::ScenarioFinished(scenario),
            Line {
                fuzz: Some(scenario),
                ..
            } => Self::FuzzScenarioFinished(scenario),
            _ => Self::Other,
        })
    }
}

#[derive(Debug, Deserialize)]
struct Initialize {
    command: Option<String>,
    /// Ours; Schemathesis names itself otherwise.
    contract_version: Option<String>,
    seed: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct Scenario {
    recorder: Recorder,
}

#[derive(Debug, Deserialize)]
struct Recorder {
    #[serde(default)]
    label: String,
    #[serde(default)]
    cases: IndexMap<String, CaseNode>,
    #[serde(default)]
    checks: IndexMap<String, Vec<CheckNode>>,
    #[serde(default)]
    interactions: IndexMap<String, Interaction>,
}

#[derive(Debug, Deserialize)]
struct CaseNode {
    value: CaseOf,
    parent_id: Option<String>,
    transition: Option<Transition>,
    /// Whether the values of the link were taken: others may have been tried in their place.
    #[serde(default)]
    is_transition_applied: bool,
}

#[derive(Debug, Deserialize)]
struct CaseOf {
    meta: Option<Meta>,
    auth_identity: Option<String>,
    /// What only our own recordings say.
    contract: Option<ContractOf>,
}

#[derive(Debug, Deserialize)]
struct Transition {
    #[serde(default)]
    parameters: IndexMap<String, IndexMap<String, Value>>,
}

/// How a case was made. Crash files hold the same.
#[derive(Debug, Deserialize)]
pub(super) struct Meta {
    generation: Option<Generation>,
    #[serde(default)]
    components: IndexMap<String, Component>,
    phase: Option<PhaseOf>,
}

#[derive(Debug, Deserialize)]
struct Generation {
    mode: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Component {
    Mode(String),
    Info { mode: String },
}

#[derive(Debug, Deserialize)]
struct PhaseOf {
    name: String,
    #[serde(default)]
    data: PhaseData,
}

#[derive(Debug, Default, Deserialize)]
struct PhaseData {
    description: Option<String>,
    parameter: Option<String>,
    parameter_location: Option<String>,
    scenario: Option<String>,
}

#[derive(Debug, Deserialize)]
struct CheckNode {
    name: String,
    status: String,
    failure_info: Option<FailureInfo>,
}

#[derive(Debug, Deserialize)]
struct FailureInfo {
    failure: FailureOf,
}

#[derive(Debug, Deserialize)]
struct FailureOf {
    code: Option<String>,
    message: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Interaction {
    request: RequestOf,
    response: Option<ResponseOf>,
    /// Why there is no answer, in our own recordings.
    error: Option<String>,
    timestamp: Option<f64>,
}

#[derive(Debug, Deserialize)]
struct RequestOf {
    method: String,
    uri: String,
    #[serde(default)]
    headers: IndexMap<String, Vec<String>>,
    body: Option<Content>,
}

#[derive(Debug, Deserialize)]
struct ResponseOf {
    status_code: u16,
    #[serde(default)]
    headers: IndexMap<String, Vec<String>>,
    content: Option<Content>,
    #[serde(default)]
    elapsed: f64,
    content_size: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Content {
    Bytes {
        #[serde(rename = "$base64")]
        base64: String,
    },
    Text(String),
}

impl Content {
    fn bytes(self) -> Bytes {
        match self {
            Self::Bytes { base64 } => STANDARD.decode(base64).unwrap_or_default().into(),
            Self::Text(text) => text.into(),
        }
    }
}

fn flat(headers: IndexMap<String, Vec<String>>) -> Vec<(String, String)> {
    let headers = headers.into_iter();
    headers
        .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)))
        .collect()
}

impl Recorder {
    fn record(
        &mut self,
        recording: &mut Recording,
        place: &Place,
        is_own: bool,
        positions: &mut HashMap<String, usize>,
    ) {
        let first = recording.entries.len();
        for (id, interaction) in std::mem::take(&mut self.interactions) {
            let request = interaction.request;
            let sent = Sent {
                method: request.method.to_ascii_uppercase(),
                url: request.uri,
                headers: flat(request.headers),
                body: request.body.map(Content::bytes),
            };
            let mut entry = Recorded::new(place.clone(), id.clone(), sent);
            // Ours tells each request by itself.
            entry.sequence = Some(first).filter(|_| !is_own);
            entry.is_own = is_own;
            entry.recorded_at = interaction.timestamp.and_then(at);
            entry.received = interaction.response.map(ResponseOf::received);
            entry.no_answer = interaction.error.map(no_answer);
            entry.is_truncated = entry
                .received
                .as_ref()
                .is_some_and(|received| received.is_cut);
            if self.label.contains(" /") {
                entry.operation = Some(self.label.clone());
            }
            if let Some(node) = self.cases.swap_remove(&id) {
                entry.parent = node.parent_id.and_then(|id| positions.get(&id).copied());
                entry.identity = node.value.auth_identity;
                entry.linked = node.transition.map(|transition| {
                    let parameters = transition.parameters.into_values();
                    let names = parameters.flat_map(IndexMap::into_keys);
                    names.filter(|_| node.is_transition_applied).collect()
                });
                if let Some(contract) = node.value.contract {
                    contract.tell(&mut entry);
                }
                if let Some(meta) = node.value.meta {
                    meta.tell(&mut entry);
                }
            }
            let checks = self.checks.swap_remove(&id);
            entry.checks = checks.map(|checks| checks.into_iter().map(CheckNode::said).collect());
            positions.insert(id, recording.entries.len());
            recording.entries.push(entry);
        }
    }
}

fn at(seconds: f64) -> Option<jiff::Timestamp> {
    let since = std::time::Duration::try_from_secs_f64(seconds).ok()?;
    jiff::Timestamp::from_duration(jiff::SignedDuration::try_from(since).ok()?).ok()
}

impl CheckNode {
    fn said(self) -> RecordedCheck {
        let failure = self.failure_info.map(|info| info.failure);
        let (code, message) = failure.map_or((None, None), |found| (found.code, found.message));
        RecordedCheck {
            name: self.name,
            is_failure: self.status == "failure",
            code,
            message,
        }
    }
}

impl ResponseOf {
    fn received(self) -> Received {
        let elapsed = std::time::Duration::try_from_secs_f64(self.elapsed);
        Received {
            status: self.status_code,
            headers: lower(flat(self.headers)),
            body: self.content.map(Content::bytes).unwrap_or_default(),
            is_cut: self.content_size.is_some(),
            elapsed: elapsed.unwrap_or_default(),
            http_version: "1.1",
        }
    }
}

impl Meta {
    /// Puts what is known of a case into an entry.
    pub(super) fn tell(self, entry: &mut Recorded) {
        entry.mode = self.generation.and_then(|made| mode(&made.mode));
        let components = self.components.into_iter();
        entry.components = components
            .filter_map(|(name, component)| {
                let (Component::Mode(told) | Component::Info { mode: told }) = component;
                Some((location(&name)?, mode(&told)?))
            })
            .collect::<BTreeMap<_, _>>();
        if let Some(made_by) = self.phase {
            entry.phase = phase(&made_by.name);
            entry.description = made_by.data.description.unwrap_or_default();
            entry.scenario = made_by.data.scenario.unwrap_or_default();
            entry.location = made_by
                .data
                .parameter_location
                .as_deref()
                .and_then(location);
            entry.parameter = made_by.data.parameter;
        }
    }
}

/// Whether a text is one of events.
pub(super) fn is_one(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line.starts_with("{\"Initialize\":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Phase;

    const RUN: &str = concat!(
        r#"{"Initialize":{"command":"st run","schemathesis_version":"4","seed":7}}"#,
        "\n",
        r#"{"PhaseStarted":{"id":"x"}}"#,
        "\n",
        r#"{"ScenarioFinished":{"id":"y","recorder":{"label":"GET /boxes/{id}","cases":{"aa":{"value":{"method":"GET","path":"/boxes/{id}","id":"aa","meta":{"generation":{"time":1.0,"mode":"negative"},"components":{"path":{"mode":"negative"}},"phase":{"name":"fuzzing","data":{"description":"d"}}}}},"bb":{"value":{"id":"bb"},"parent_id":"aa","transition":{"id":"t","parameters":{"path_parameters":{"id":{"definition":"x"}}}},"is_transition_applied":true}},"checks":{"aa":[{"name":"not_a_server_error","status":"failure","failure_info":{"failure":{"code":"ST101","message":"m"}}}]},"interactions":{"aa":{"timestamp":1.5,"request":{"method":"GET","uri":"http://h/boxes/1","headers":{"A":["1"]},"body":{"$base64":"/w=="}},"response":{"status_code":500,"headers":{"X-A":["1","2"]},"content":{"$base64":"e30="},"elapsed":0.5}},"bb":{"request":{"method":"GET","uri":"http://h/boxes/2"}}}}}}"#,
        "\n",
        r#"{"ScenarioFinished":{"id":"#,
    );

    #[test]
    fn our_own_events_say_what_an_answer_had_to_be() {
        let own = RUN
            .replace("schemathesis_version", "contract_version")
            .replace(
                r#"{"id":"bb"}"#,
                r#"{"id":"bb","contract":{"expectation":"status 200 or 404"}}"#,
            );
        let recording = Recording::parse("run.ndjson", &own).unwrap();
        let second = &recording.entries[1];
        assert!(second.is_own && second.sequence.is_none());
        assert_eq!(second.parent, Some(0));
        let wanted = crate::case::Expectation::Status(vec![200, 404]);
        assert_eq!(second.expectation, Some(wanted));
    }

    #[test]
    fn events_tell_what_follows_from_what() {
        let recording = Recording::parse("run.ndjson", RUN).unwrap();
        assert_eq!(recording.format, Format::Events);
        assert_eq!(recording.seed, Some(7));
        assert_eq!(
            recording.problems,
            ["run.ndjson:4: the recording breaks off in this event"]
        );
        let [first, second] = recording.entries.as_slice() else {
            panic!("{recording:?}");
        };
        assert_eq!(first.place.line, 3);
        assert_eq!(first.phase, Some(Phase::Random));
        assert_eq!(first.operation.as_deref(), Some("GET /boxes/{id}"));
        assert_eq!(first.sent.body.as_deref(), Some(&[255][..]));
        let check = &first.checks.as_ref().unwrap()[0];
        assert_eq!(
            (check.is_failure, check.code.as_deref()),
            (true, Some("ST101"))
        );
        assert_eq!(first.received.as_ref().unwrap().headers.len(), 2);
        assert_eq!((first.parent, second.parent), (None, Some(0)));
        assert_eq!(
            second.linked.as_ref().unwrap().iter().collect::<Vec<_>>(),
            ["id"]
        );
        assert!(second.checks.is_none() && second.received.is_none());
    }
}
