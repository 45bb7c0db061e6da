//! One interaction of a cassette.

use std::{collections::BTreeMap, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use indexmap::IndexMap;
use serde::Deserialize;

use super::{
    FILTERED, Recorded, RecordedCheck, carried_id, expectation, location, mode, phase, scenario,
};
use crate::{
    case::Credentials,
    document::Place,
    exchange::{NoAnswer, Received, Sent},
};

#[derive(Debug, Deserialize)]
pub(super) struct Interaction {
    id: Option<String>,
    generation: Option<Generation>,
    #[serde(default)]
    components: Option<IndexMap<String, Component>>,
    phase: Option<PhaseOf>,
    contract: Option<ContractOf>,
    recorded_at: Option<String>,
    checks: Option<Vec<CheckOf>>,
    request: RequestOf,
    pub(super) response: Option<ResponseOf>,
    /// Why there is no answer, in our own recordings.
    error: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Generation {
    mode: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Component {
    mode: String,
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

/// What our own recordings say beside Schemathesis' form.
#[derive(Debug, Deserialize)]
pub(super) struct ContractOf {
    operation: Option<String>,
    credentials: Option<String>,
    scheme: Option<String>,
    principal: Option<String>,
    parent: Option<String>,
    expectation: Option<String>,
    idempotency_key: Option<u64>,
}

impl ContractOf {
    /// Puts what it says into an entry.
    pub(super) fn tell(self, entry: &mut Recorded) {
        entry.is_own = true;
        entry.expectation = self.expectation.as_deref().and_then(expectation::read);
        entry.credentials = self.credentials();
        entry.key = self.idempotency_key;
        entry.operation = self.operation;
        entry.identity = self.principal;
    }

    fn credentials(&self) -> Option<Credentials> {
        match self.credentials.as_deref()? {
            "usual" => Some(Credentials::Usual),
            "none" => Some(Credentials::None),
            "own" => Some(Credentials::Own),
            "principal" => Some(Credentials::Of(self.principal.clone()?)),
            "forged" => Some(Credentials::Forged {
                scheme: self.scheme.clone()?,
                secret: FILTERED.to_owned(),
            }),
            _ => None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct CheckOf {
    name: String,
    status: String,
    code: Option<String>,
    message: Option<String>,
}

#[derive(Debug, Deserialize)]
struct RequestOf {
    uri: String,
    method: String,
    #[serde(default)]
    headers: Option<Headers>,
    body: Option<BodyOf>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ResponseOf {
    status: StatusOf,
    elapsed: Option<Text>,
    #[serde(default)]
    headers: Option<Headers>,
    body: Option<BodyOf>,
    truncated_from: Option<u64>,
    http_version: Option<Text>,
    recorded_at: Option<String>,
}

#[derive(Debug, Deserialize)]
struct StatusOf {
    code: Text,
}

#[derive(Debug, Deserialize)]
struct BodyOf {
    string: Option<String>,
    base64_string: Option<String>,
}

/// Numbers come with and without quotes.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Text {
    Text(String),
    Number(f64),
}

#[derive(Debug, Deserialize)]
struct Headers(IndexMap<String, Values>);

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Values {
    Many(Vec<String>),
    One(String),
}

impl Headers {
    fn list(headers: Option<Self>) -> Vec<(String, String)> {
        let mut list = Vec::new();
        for (name, values) in headers.into_iter().flat_map(|headers| headers.0) {
            match values {
                Values::Many(values) => {
                    list.extend(values.into_iter().map(|value| (name.clone(), value)));
                }
                Values::One(value) => list.push((name, value)),
            }
        }
        list
    }
}

impl BodyOf {
    fn bytes(self) -> Result<Bytes, String> {
        match (self.base64_string, self.string) {
            (Some(text), _) => STANDARD
                .decode(text.trim())
                .map(Bytes::from)
                .map_err(|error| format!("a body is no base64: {error}")),
            (None, Some(text)) => Ok(text.into()),
            (None, None) => Err("a body has neither `string` nor `base64_string`".to_owned()),
        }
    }
}

impl ResponseOf {
    /// The last line of an answer names the version; VCR libraries end it otherwise.
    pub(super) fn is_whole(&self) -> bool {
        self.http_version.is_some() || (self.elapsed.is_none() && self.body.is_some())
    }

    fn received(self) -> Result<Received, String> {
        let status = self.status.code.text();
        let seconds = self.elapsed.and_then(|elapsed| elapsed.text().parse().ok());
        let elapsed = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Ok(Received {
            status: status
                .parse()
                .map_err(|_| format!("`{status}` is no status"))?,
            headers: lower(Headers::list(self.headers)),
            body: self
                .body
                .map(BodyOf::bytes)
                .transpose()?
                .unwrap_or_default(),
            is_cut: self.truncated_from.is_some(),
            elapsed: elapsed.unwrap_or_default(),
            http_version: match self.http_version.map(|version| version.text()).as_deref() {
                Some("1.0") => "1.0",
                Some("2" | "2.0") => "2",
                _ => "1.1",
            },
        })
    }
}

impl Text {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Interaction {
    /// The id of the interaction that this one follows from.
    pub(super) fn parent(&self) -> Option<String> {
        self.contract.as_ref()?.parent.clone()
    }

    pub(super) fn recorded(self, place: Place, number: usize) -> Result<Recorded, String> {
        let sent = Sent {
            method: self.request.method.to_ascii_uppercase(),
            url: self.request.uri,
            headers: Headers::list(self.request.headers),
            body: self.request.body.map(BodyOf::bytes).transpose()?,
        };
        let id = self.id.or_else(|| carried_id(&sent));
        let id = id.unwrap_or_else(|| (number + 1).to_string());
        let mut entry = Recorded::new(place, id, sent);
        let recorded_at = self.recorded_at.or_else(|| {
            let response = self.response.as_ref()?;
            response.recorded_at.clone()
        });
        entry.recorded_at = recorded_at.and_then(|text| text.parse().ok());
        entry.mode = self
            .generation
            .and_then(|generation| mode(&generation.mode?));
        let components = self.components.into_iter().flatten();
        entry.components = components
            .filter_map(|(name, component)| Some((location(&name)?, mode(&component.mode)?)))
            .collect::<BTreeMap<_, _>>();
        if let Some(made_by) = self.phase {
            entry.phase = phase(&made_by.name);
            entry.description = made_by.data.description.unwrap_or_default();
            entry.scenario = made_by
                .data
                .scenario
                .unwrap_or_else(|| scenario(&entry.description).to_owned());
            entry.location = made_by
                .data
                .parameter_location
                .as_deref()
                .and_then(location);
            entry.parameter = made_by.data.parameter;
        }
        if let Some(contract) = self.contract {
            contract.tell(&mut entry);
        }
        entry.no_answer = self.error.map(no_answer);
        entry.received = self.response.map(ResponseOf::received).transpose()?;
        entry.is_truncated = entry
            .received
            .as_ref()
            .is_some_and(|received| received.is_cut);
        let checks = self.checks.filter(|checks| !checks.is_empty());
        entry.checks = checks.map(|checks| {
            let checks = checks.into_iter();
            let checks = checks.map(|check| RecordedCheck {
                is_failure: check.status == "FAILURE",
                code: check.code,
                name: check.name,
                message: check.message,
            });
            checks.collect()
        });
        Ok(entry)
    }
}

/// Why no answer came, from the words for it.
pub(super) fn no_answer(text: String) -> NoAnswer {
    if let Some(reason) = text.strip_prefix("no connection: ") {
        return NoAnswer::Unreachable(reason.to_owned());
    }
    let seconds = text
        .strip_prefix("no answer within ")
        .and_then(|rest| rest.strip_suffix(" s")?.parse().ok());
    match seconds {
        Some(seconds) => NoAnswer::TimedOut(Duration::from_secs(seconds)),
        None => NoAnswer::Broken(text),
    }
}

/// Names of received headers, as a transport gives them.
pub(super) fn lower(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let headers = headers.into_iter();
    headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect()
}
