//! A client that holds every answer it receives against the document.

use std::collections::BTreeMap;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};

use super::verdict;

/// Calls one server with one credential.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    credential: Option<(&'static str, String)>,
}

/// One request, not sent yet; awaiting it sends it.
pub struct Call {
    request: reqwest::RequestBuilder,
    method: Method,
    path: String,
    checked: bool,
    faulty: bool,
}

/// One answer, already found to fit the document.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The request, for messages: method and path.
    pub request: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Client {
    /// A caller without credentials.
    pub fn anonymous(base: &str) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client without options can be built");
        Self {
            http,
            base: base.to_owned(),
            credential: None,
        }
    }

    /// The same server with an access token.
    pub fn bearer(&self, token: &str) -> Self {
        let credential = Some(("authorization", format!("Bearer {token}")));
        Self {
            credential,
            ..self.clone()
        }
    }

    /// The same server with an API key.
    pub fn api_key(&self, key: &str) -> Self {
        Self {
            credential: Some(("x-api-key", key.to_owned())),
            ..self.clone()
        }
    }

    /// The credential as its header: name and value.
    pub fn credential(&self) -> Option<(&'static str, &str)> {
        self.credential
            .as_ref()
            .map(|(name, value)| (*name, value.as_str()))
    }

    pub fn get(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::POST, path)
    }

    pub fn patch(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::PATCH, path)
    }

    pub fn delete(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::DELETE, path)
    }

    /// A request by any method.
    pub fn call(&self, method: Method, path: impl AsRef<str>) -> Call {
        let path = path.as_ref();
        let mut request = self
            .http
            .request(method.clone(), format!("{}{path}", self.base));
        if let Some((name, value)) = &self.credential {
            request = request.header(*name, value);
        }
        let path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
        Call {
            request,
            method,
            path,
            checked: true,
            faulty: false,
        }
    }
}

impl Call {
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.request = self.request.header(name, value.as_ref());
        self
    }

    /// Sends a JSON body.
    pub fn json(self, body: impl serde::Serialize) -> Self {
        let bytes = serde_json::to_vec(&body).expect("a body can be written");
        self.body("application/json", bytes)
    }

    /// Sends these bytes as a media type.
    pub fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.request = self
            .request
            .header("content-type", content_type)
            .body(body.into());
        self
    }

    /// Sends an `Idempotency-Key`.
    pub fn key(self, key: impl AsRef<str>) -> Self {
        self.header("idempotency-key", key.as_ref())
    }

    /// Sends an `If-Match`.
    pub fn if_match(self, etag: impl AsRef<str>) -> Self {
        self.header("if-match", etag.as_ref())
    }

    /// Takes the answer as it is; for what stands outside the document, like `/metrics`.
    pub fn unchecked(mut self) -> Self {
        self.checked = false;
        self
    }

    /// Expects that the server itself fails; otherwise a 500 is a fault like any other.
    pub fn faulty(mut self) -> Self {
        self.faulty = true;
        self
    }

    async fn send(self) -> Answer {
        let request = format!("{} {}", self.method, self.path);
        let sent = self.request.send().await;
        let response = sent.unwrap_or_else(|error| panic!("{request}: no answer: {error:?}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await;
        let bytes = bytes.unwrap_or_else(|error| panic!("{request}: broken answer: {error:?}"));
        let answer = Answer {
            request: request.clone(),
            status,
            headers,
            bytes: bytes.to_vec(),
        };
        if self.checked {
            assert!(
                answer.status != 500 || self.faulty,
                "{request} failed: {}",
                answer.text()
            );
            verdict::judge(&self.method, &self.path, &answer);
        }
        answer
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

impl Answer {
    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{}: not JSON ({error}): {}", self.request, self.text()))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// What the envelope holds under `data`.
    #[track_caller]
    pub fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    /// The error's code; empty for a success.
    #[track_caller]
    pub fn code(&self) -> String {
        if self.bytes.is_empty() {
            return String::new();
        }
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Demands a status.
    #[track_caller]
    pub fn must(self, status: u16) -> Self {
        assert_eq!(
            self.status,
            status,
            "{} answered {}",
            self.request,
            self.text()
        );
        self
    }

    /// Demands a status and a code.
    #[track_caller]
    pub fn must_fail(self, status: u16, code: &str) -> Self {
        let answer = self.must(status);
        assert_eq!(
            answer.code(),
            code,
            "{} answered {}",
            answer.request,
            answer.text()
        );
        answer
    }

    /// The violations as `in:field reason`, sorted.
    #[track_caller]
    pub fn violations(&self) -> Vec<String> {
        let details = self.json()["error"]["details"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let text = |detail: &Value, key: &str| detail[key].as_str().unwrap_or_default().to_owned();
        let line = |detail: &Value| {
            format!(
                "{}:{} {}",
                text(detail, "in"),
                text(detail, "field"),
                text(detail, "reason")
            )
        };
        let mut lines: Vec<_> = details.iter().map(line).collect();
        lines.sort();
        lines
    }

    /// The answer for a snapshot: status, chosen headers and the body.
    #[track_caller]
    pub fn snapshot(&self, headers: &[&str]) -> Value {
        let chosen = headers
            .iter()
            .map(|name| ((*name).to_owned(), json!(self.header(name))));
        let headers = Value::Object(chosen.collect());
        let body = if self.bytes.is_empty() {
            Value::Null
        } else {
            self.json()
        };
        sorted(json!({ "status": self.status, "headers": headers, "body": body }))
    }
}

/// The same value with its members in alphabetical order, whatever order a map of `serde_json` keeps in this build.
pub fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.into_iter().collect();
            Value::Object(
                members
                    .into_iter()
                    .map(|(name, member)| (name, sorted(member)))
                    .collect(),
            )
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        value => value,
    }
}
