//! The HTTP messages of a cassette: a request and its answer, as Schemathesis or a VCR library writes them.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use indexmap::IndexMap;
use serde::Deserialize;

use crate::{
    exchange::{Received, Sent},
    recording::names::lower,
};

/// A request.
#[derive(Debug, Deserialize)]
pub(super) struct RequestOf {
    uri: String,
    method: String,
    #[serde(default)]
    headers: Option<Headers>,
    body: Option<BodyOf>,
}

/// An answer.
#[derive(Debug, Deserialize)]
pub(super) struct ResponseOf {
    status: StatusOf,
    elapsed: Option<Text>,
    #[serde(default)]
    headers: Option<Headers>,
    body: Option<BodyOf>,
    truncated_from: Option<u64>,
    http_version: Option<Text>,
    pub(super) recorded_at: Option<String>,
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

impl RequestOf {
    pub(super) fn sent(self) -> Result<Sent, String> {
        Ok(Sent {
            method: self.method.to_ascii_uppercase(),
            url: self.uri,
            headers: Headers::list(self.headers),
            body: self.body.map(BodyOf::bytes).transpose()?,
        })
    }
}

impl ResponseOf {
    /// The last line of an answer names the version; VCR libraries end it otherwise.
    pub(super) fn is_whole(&self) -> bool {
        self.http_version.is_some() || (self.elapsed.is_none() && self.body.is_some())
    }

    pub(super) fn received(self) -> Result<Received, String> {
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

impl Text {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}
