//! HTTP Archive 1.2, as Schemathesis, browsers and proxies write it.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

use super::{
    Format, Recorded, Recording, RecordingError, entry::carried_id, foreign, json, names::lower,
};
use crate::{
    document::Place,
    exchange::{Received, Sent},
};

pub(super) fn parse(name: &str, text: &str) -> Result<Recording, RecordingError> {
    let log = json::members(text)
        .into_iter()
        .find(|member| member.name == "log");
    let inside = log.and_then(|log| text.get(log.at..)).unwrap_or_default();
    let offset = text.len() - inside.len();
    let members = json::members(inside);
    let member = |wanted: &str| members.iter().find(|member| member.name == wanted);
    let version = member("version").and_then(|member| {
        let rest = inside.get(member.at..)?.strip_prefix('"')?;
        rest.split('"').next()
    });
    match version {
        Some("1.1" | "1.2") => {}
        Some(other) => {
            let reason = format!("HAR {other} is not known, 1.2 is");
            return Err(foreign(name, json::line_of(text, offset), reason));
        }
        None => {
            let reason = "`log.version` is missing".to_owned();
            return Err(foreign(name, json::line_of(text, offset), reason));
        }
    }
    let Some(entries) = member("entries") else {
        let reason = "`log.entries` is missing".to_owned();
        return Err(foreign(name, json::line_of(text, offset), reason));
    };
    let found = json::elements(text, offset + entries.at);
    let mut recording = Recording {
        name: name.to_owned(),
        format: Format::Har,
        command: None,
        seed: None,
        entries: Vec::with_capacity(found.whole.len()),
        problems: Vec::new(),
    };
    for (number, element) in found.whole.iter().enumerate() {
        let place = Place {
            file: name.to_owned(),
            line: element.line,
        };
        match entry(element.text, place.clone(), number) {
            Ok(entry) => recording.entries.push(entry),
            Err(reason) => recording
                .problems
                .push(format!("{place}: this entry cannot be read: {reason}")),
        }
    }
    if let Some(line) = found.broken_off {
        let problem = format!("{name}:{line}: the recording breaks off in this entry");
        recording.problems.push(problem);
    }
    Ok(recording)
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    started_date_time: Option<String>,
    time: Option<f64>,
    request: Request,
    response: Option<Response>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Pair>,
    post_data: Option<PostData>,
    body_size: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    name: String,
    value: String,
}

#[derive(Debug, Deserialize)]
struct PostData {
    text: Option<String>,
    /// Not in the specification; some write it.
    encoding: Option<String>,
    #[serde(default)]
    params: Vec<Parameter>,
}

#[derive(Debug, Deserialize)]
struct Parameter {
    name: String,
    value: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    status: i64,
    #[serde(default)]
    http_version: String,
    #[serde(default)]
    headers: Vec<Pair>,
    #[serde(default)]
    content: Content,
}

#[derive(Debug, Default, Deserialize)]
struct Content {
    text: Option<String>,
    encoding: Option<String>,
    comment: Option<String>,
}

fn entry(text: &str, place: Place, number: usize) -> Result<Recorded, String> {
    let entry: Entry = serde_json::from_str(text).map_err(|error| {
        let line = place.line + error.line().saturating_sub(1);
        let said = format!(" at line {} column {}", error.line(), error.column());
        format!("{} (line {line})", error.to_string().replace(&said, ""))
    })?;
    let request = entry.request;
    let sent = Sent {
        method: request.method.to_ascii_uppercase(),
        url: request.url,
        headers: pairs(request.headers),
        body: match request.post_data {
            Some(data) => Some(data.bytes(request.body_size)?.into()),
            None => None,
        },
    };
    let id = carried_id(&sent).unwrap_or_else(|| (number + 1).to_string());
    let mut recorded = Recorded::new(place, id, sent);
    recorded.recorded_at = entry.started_date_time.and_then(|text| text.parse().ok());
    // Status 0 stands for no answer.
    let response = entry.response.filter(|response| response.status > 0);
    if let Some(response) = response {
        let is_truncated = response
            .content
            .comment
            .as_ref()
            .is_some_and(|comment| comment.to_ascii_lowercase().contains("truncated"));
        recorded.is_truncated = is_truncated;
        // Read as seconds, and then divided: milliseconds.
        let elapsed = entry
            .time
            .and_then(|time| Duration::try_from_secs_f64(time).ok());
        let elapsed = elapsed.and_then(|time| time.checked_div(1000));
        recorded.received = Some(Received {
            status: u16::try_from(response.status)
                .map_err(|_| format!("{} is no status", response.status))?,
            headers: lower(pairs(response.headers)),
            body: match (response.content.text, response.content.encoding.as_deref()) {
                (Some(text), Some("base64")) => decoded(&text)?.into(),
                (text, _) => text.unwrap_or_default().into(),
            },
            is_cut: is_truncated,
            elapsed: elapsed.unwrap_or_default(),
            http_version: match response.http_version.as_str() {
                "HTTP/1.0" => "1.0",
                "HTTP/2" | "HTTP/2.0" | "h2" => "2",
                _ => "1.1",
            },
        });
    }
    Ok(recorded)
}

impl PostData {
    /// Schemathesis can be told to keep bytes: it writes base64 then and does not say so; the size tells.
    fn bytes(self, size: Option<i64>) -> Result<Vec<u8>, String> {
        let Some(text) = self.text else {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            for parameter in self.params {
                form.append_pair(&parameter.name, &parameter.value.unwrap_or_default());
            }
            return Ok(form.finish().into_bytes());
        };
        if self.encoding.as_deref() == Some("base64") {
            return decoded(&text);
        }
        let size = size.and_then(|size| usize::try_from(size).ok());
        if let Some(size) = size.filter(|size| *size != text.len())
            && let Ok(bytes) = decoded(&text)
            && bytes.len() == size
        {
            return Ok(bytes);
        }
        Ok(text.into_bytes())
    }
}

fn decoded(text: &str) -> Result<Vec<u8>, String> {
    STANDARD
        .decode(text.trim())
        .map_err(|error| format!("a body is no base64: {error}"))
}

fn pairs(list: Vec<Pair>) -> Vec<(String, String)> {
    let list = list.into_iter();
    list.map(|pair| (pair.name, pair.value)).collect()
}
