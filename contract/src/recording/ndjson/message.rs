//! The HTTP messages of an event: a request and its answer, as they are written and as they were.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use indexmap::IndexMap;
use serde::Deserialize;

use crate::{
    document::Place,
    exchange::{Received, Sent},
    recording::{Recorded, names::lower, own::no_answer},
};

/// A request with its answer when there is one.
#[derive(Debug, Deserialize)]
pub(super) struct Interaction {
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

impl Interaction {
    /// The entry of the request.
    pub(super) fn recorded(self, place: Place, id: String) -> Recorded {
        let request = self.request;
        let sent = Sent {
            method: request.method.to_ascii_uppercase(),
            url: request.uri,
            headers: flat(request.headers),
            body: request.body.map(Content::bytes),
        };
        let mut entry = Recorded::new(place, id, sent);
        entry.recorded_at = self.timestamp.and_then(at);
        entry.received = self.response.map(ResponseOf::received);
        entry.no_answer = self.error.map(no_answer);
        entry.is_truncated = entry
            .received
            .as_ref()
            .is_some_and(|received| received.is_cut);
        entry
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

fn at(seconds: f64) -> Option<jiff::Timestamp> {
    let since = std::time::Duration::try_from_secs_f64(seconds).ok()?;
    jiff::Timestamp::from_duration(jiff::SignedDuration::try_from(since).ok()?).ok()
}
