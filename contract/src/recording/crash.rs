//! Crash files: one sequence of requests of which the last one fails a check.

use bytes::Bytes;
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::{
    Format, Recorded, RecordedCheck, Recording, RecordingError, entry::carried_id, foreign, json,
    meta::Meta, names::lower,
};
use crate::{
    document::Place,
    exchange::{Received, Sent},
};

pub(super) fn parse(name: &str, text: &str) -> Result<Recording, RecordingError> {
    let members = json::members(text);
    let at = members.iter().find(|member| member.name == "sequence");
    let found = at.map(|member| json::elements(text, member.at));
    let found = found.unwrap_or_default();
    let mut recording = Recording {
        name: name.to_owned(),
        format: Format::Crash,
        command: None,
        seed: None,
        entries: Vec::new(),
        problems: Vec::new(),
    };
    for (number, element) in found.whole.iter().enumerate() {
        let place = Place {
            file: name.to_owned(),
            line: element.line,
        };
        let step: Step = serde_json::from_str(element.text).map_err(|error| {
            let line = element.line + error.line().saturating_sub(1);
            foreign(name, line, format!("this step cannot be read: {error}"))
        })?;
        recording.entries.push(step.recorded(place, number));
    }
    if let Some(line) = found.broken_off {
        let problem = format!("{name}:{line}: the crash file breaks off in this step");
        recording.problems.push(problem);
    }
    if recording.entries.is_empty() && recording.problems.is_empty() {
        return Err(foreign(name, 1, "`sequence` holds no step".to_owned()));
    }
    Ok(recording)
}

#[derive(Debug, Deserialize)]
struct Step {
    method: String,
    url: String,
    headers: IndexMap<String, String>,
    response: Response,
    #[serde(default)]
    checks: Vec<CheckOf>,
    meta: Option<Meta>,
    case_body: Option<CaseBody>,
    media_type: Option<String>,
    parent_index: Option<usize>,
    auth_identity: Option<String>,
    operation: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Response {
    status_code: u16,
    #[serde(default)]
    headers: IndexMap<String, String>,
    body: String,
}

#[derive(Debug, Deserialize)]
struct CheckOf {
    name: String,
    status: String,
    message: Option<String>,
}

#[derive(Debug, Deserialize)]
struct CaseBody {
    encoding: String,
    value: Option<Value>,
}

impl CaseBody {
    /// The bytes that were sent: JSON for a value, unless the media type is another one's.
    fn bytes(self) -> Option<Bytes> {
        match (self.encoding.as_str(), self.value?) {
            ("base64", Value::String(text)) => {
                use base64::{Engine as _, engine::general_purpose::STANDARD};
                STANDARD.decode(text).ok().map(Bytes::from)
            }
            (_, value) => serde_json::to_vec(&value).ok().map(Bytes::from),
        }
    }
}

impl Step {
    fn recorded(self, place: Place, number: usize) -> Recorded {
        let mut headers: Vec<_> = self.headers.into_iter().collect();
        let has_media_type = headers
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if let Some(media_type) = self.media_type.filter(|_| !has_media_type) {
            headers.push(("Content-Type".to_owned(), media_type));
        }
        let sent = Sent {
            method: self.method.to_ascii_uppercase(),
            url: self.url,
            headers,
            body: self.case_body.and_then(CaseBody::bytes),
        };
        let id = carried_id(&sent).unwrap_or_else(|| (number + 1).to_string());
        let mut entry = Recorded::new(place, id, sent);
        entry.received = Some(Received {
            status: self.response.status_code,
            headers: lower(self.response.headers.into_iter().collect()),
            body: self.response.body.into(),
            is_cut: false,
            elapsed: std::time::Duration::ZERO,
            http_version: "1.1",
        });
        if let Some(meta) = self.meta {
            meta.tell(&mut entry);
        }
        entry.checks = Some(self.checks)
            .filter(|checks| !checks.is_empty())
            .map(|checks| {
                let checks = checks.into_iter().map(|check| RecordedCheck {
                    is_failure: check.status == "failure",
                    code: None,
                    name: check.name,
                    message: check.message,
                });
                checks.collect()
            });
        entry.parent = self.parent_index;
        entry.identity = self.auth_identity;
        entry.operation = self.operation;
        entry
    }
}
