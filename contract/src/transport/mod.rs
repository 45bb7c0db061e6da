//! From a case to bytes on the wire and back: bounded in time, size, number and rate.

use std::{error::Error as _, num::NonZeroU32, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{
    Client, Method, Version,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use tokio::{sync::Semaphore, time::Instant};
use url::Url;

use crate::{
    api::Location,
    case::{Case, Payload},
    exchange::{NoAnswer, Received, Sent},
};

/// What stands in a path or a query as it is (RFC 3986, 2.3), and the comma, which lists are written with. Segments of
/// full stops alone mean others: nobody makes them.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',');
/// The same for parameters of the style `matrix`, which are written with more.
const MATRIX: &AsciiSet = &ESCAPED.remove(b';').remove(b'=');

/// Names a case to whoever reads the server's log.
pub const CASE_ID: &str = "X-Contract-Case-Id";

/// How requests are sent.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many at once.
    pub workers: usize,
    /// How many in a length of time.
    pub rate: Option<Rate>,
    /// How long an answer may take, until its last byte.
    pub timeout: Duration,
    /// How much of a body is read, in bytes.
    pub body: usize,
    /// Whether certificates must be valid.
    pub is_tls_verified: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            workers: 8,
            rate: None,
            timeout: Duration::from_secs(10),
            body: 16 * 1024 * 1024,
            is_tls_verified: true,
        }
    }
}

/// A number of requests in a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub requests: NonZeroU32,
    /// In how long.
    pub period: Duration,
}

/// Why a case cannot be written as a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsendable {
    /// The address is none.
    #[error("`{0}` is no address: {1}")]
    Address(String, String),
    /// HTTP has no such header.
    #[error("HTTP cannot carry the header `{0}` with this value")]
    Header(String),
    /// HTTP has no such method.
    #[error("HTTP has no method `{0}`")]
    Method(String),
}

/// Sends requests.
#[derive(Debug)]
pub struct Transport {
    client: Client,
    base: String,
    common: Vec<(String, String)>,
    limits: Limits,
    permits: Semaphore,
    rate: Option<DefaultDirectRateLimiter>,
}

impl Transport {
    /// A transport to a server. `common` goes with every request that does not set the same header.
    ///
    /// # Errors
    /// Why there can be none, for people.
    pub fn new(base: &Url, common: Vec<(String, String)>, limits: Limits) -> Result<Self, String> {
        // Somebody else in the process may have chosen a provider: theirs is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .user_agent(concat!("waybill-contract/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(limits.timeout)
            .pool_max_idle_per_host(limits.workers)
            .tls_danger_accept_invalid_certs(!limits.is_tls_verified)
            .build()
            .map_err(|error| whole(&error))?;
        let rate = limits.rate.and_then(|rate| {
            let pause = rate.period / rate.requests.get();
            Quota::with_period(pause).map(RateLimiter::direct)
        });
        Ok(Self {
            client,
            base: base.as_str().trim_end_matches('/').to_owned(),
            common,
            permits: Semaphore::new(limits.workers.max(1)),
            limits,
            rate,
        })
    }

    /// Writes a case as a request. `credentials` are what its principal sends: location, name and value.
    ///
    /// # Errors
    /// [`Unsendable`]; generators make values that HTTP cannot carry, which says nothing about the server.
    pub fn write(
        &self,
        case: &Case,
        credentials: &[(Location, String, String)],
    ) -> Result<Sent, Unsendable> {
        let at = |location| {
            let found = credentials
                .iter()
                .filter(move |(place, ..)| *place == location);
            found.map(|(_, name, value)| (name.clone(), value.clone()))
        };
        let mut query = case.query.clone();
        query.extend(at(Location::Query));
        let url = format!("{}{}{}", self.base, path(case), query_text(&query));
        if let Err(error) = Url::parse(&url) {
            return Err(Unsendable::Address(url, error.to_string()));
        }
        let mut headers: Vec<(String, String)> = case.headers.clone();
        headers.extend(at(Location::Header));
        let mut cookies = case.cookies.clone();
        cookies.extend(at(Location::Cookie));
        if !cookies.is_empty() {
            let pairs: Vec<_> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            headers.push(("Cookie".to_owned(), pairs.join("; ")));
        }
        if let Some(payload) = &case.body
            && !payload.media_type.is_empty()
            && case.header("content-type").is_none()
        {
            headers.push(("Content-Type".to_owned(), payload.media_type.clone()));
        }
        for (name, value) in &self.common {
            if !headers
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                headers.push((name.clone(), value.clone()));
            }
        }
        headers.push((CASE_ID.to_owned(), case.id.clone()));
        for (name, value) in &headers {
            header(name, value)?;
        }
        Ok(Sent {
            method: case.method.clone(),
            url,
            headers,
            body: case.body.as_ref().map(Payload::bytes),
        })
    }

    /// Sends a request, when its turn comes.
    ///
    /// # Errors
    /// [`NoAnswer`], and [`Unsendable`] as `Err(Err(…))` never happens for what [`Transport::write`] wrote.
    pub async fn send(&self, sent: &Sent) -> Result<Received, NoAnswer> {
        let Ok(_permit) = self.permits.acquire().await else {
            return Err(NoAnswer::Broken("the run is over".to_owned()));
        };
        if let Some(rate) = &self.rate {
            rate.until_ready().await;
        }
        self.send_now(sent).await
    }

    /// Sends a request without waiting for its turn: for laws about many at once.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn send_now(&self, sent: &Sent) -> Result<Received, NoAnswer> {
        let mut headers = HeaderMap::with_capacity(sent.headers.len());
        for (name, value) in &sent.headers {
            if let Ok((name, value)) = header(name, value) {
                headers.append(name, value);
            }
        }
        let method = Method::from_bytes(sent.method.as_bytes())
            .map_err(|_| NoAnswer::Broken(Unsendable::Method(sent.method.clone()).to_string()))?;
        let mut request = self.client.request(method, &sent.url).headers(headers);
        if let Some(body) = &sent.body {
            request = request.body(body.clone());
        }
        let begin = Instant::now();
        let deadline = begin + self.limits.timeout;
        let late = || NoAnswer::TimedOut(self.limits.timeout);
        let mut response = match tokio::time::timeout_at(deadline, request.send()).await {
            Err(_) => return Err(late()),
            Ok(Err(error)) => return Err(no_answer(&error, self.limits.timeout)),
            Ok(Ok(response)) => response,
        };
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            })
            .collect();
        let mut body = Vec::new();
        let mut is_cut = false;
        loop {
            match tokio::time::timeout_at(deadline, response.chunk()).await {
                // The head came: a body that does not end is cut, and its check says so.
                Err(_) => is_cut = true,
                Ok(Ok(None)) => break,
                Ok(Ok(Some(chunk))) => {
                    let room = self.limits.body.saturating_sub(body.len());
                    is_cut = chunk.len() > room;
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                }
                Ok(Err(error)) => return Err(no_answer(&error, self.limits.timeout)),
            }
            if is_cut {
                break;
            }
        }
        Ok(Received {
            status: response.status().as_u16(),
            headers,
            body: body.into(),
            is_cut,
            elapsed: begin.elapsed(),
            http_version: match response.version() {
                Version::HTTP_2 => "2",
                Version::HTTP_3 => "3",
                Version::HTTP_10 => "1.0",
                _ => "1.1",
            },
        })
    }

    /// The address of the server, without a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Unsendable> {
    let refused = || Unsendable::Header(name.to_owned());
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
    let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
    Ok((parsed, value))
}

/// The path with its parameters, escaped. A parameter without a value stays empty.
fn path(case: &Case) -> String {
    let mut path = String::new();
    let mut rest = case.operation.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        path.push_str(before);
        let value = case.path.get(name).map_or("", String::as_str);
        let parameter = case.operation.parameter(Location::Path, name);
        let is_matrix = parameter.is_some_and(|parameter| parameter.style == "matrix");
        let escaped = if is_matrix { MATRIX } else { ESCAPED };
        path.extend(utf8_percent_encode(value, escaped));
        rest = after;
    }
    path.push_str(rest);
    path
}

fn query_text(query: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in query {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.extend(utf8_percent_encode(name, ESCAPED));
        text.push('=');
        text.extend(utf8_percent_encode(value, ESCAPED));
    }
    text
}

fn no_answer(error: &reqwest::Error, timeout: Duration) -> NoAnswer {
    if error.is_timeout() {
        NoAnswer::TimedOut(timeout)
    } else if error.is_connect() {
        NoAnswer::Unreachable(whole(error))
    } else {
        NoAnswer::Broken(whole(error))
    }
}

/// An error with its causes; the last one is the one that helps.
fn whole(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = error.to_string();
        cause = error.source();
    }
    if text.is_empty() {
        error.to_string()
    } else {
        text
    }
}
