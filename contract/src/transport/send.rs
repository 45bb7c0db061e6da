//! How a request is sent and its answer read, within the bounds of the transport.

use std::{error::Error as _, time::Duration};

use reqwest::{Method, RequestBuilder, Response, Version, header::HeaderMap};
use tokio::time::Instant;

use super::{Transport, Unsendable, request::header};
use crate::exchange::{NoAnswer, Received, Sent};

impl Transport {
    /// Sends a request, when its turn comes.
    ///
    /// # Errors
    /// [`NoAnswer`].
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
        let request = self.request(sent)?;
        let begin = Instant::now();
        let deadline = begin + self.limits.timeout;
        let mut response = match tokio::time::timeout_at(deadline, request.send()).await {
            Err(_) => return Err(NoAnswer::TimedOut(self.limits.timeout)),
            Ok(Err(error)) => return Err(no_answer(&error, self.limits.timeout)),
            Ok(Ok(response)) => response,
        };
        let headers = texts(response.headers());
        let (body, is_cut) = self.body(&mut response, deadline).await?;
        Ok(Received {
            status: response.status().as_u16(),
            headers,
            body: body.into(),
            is_cut,
            elapsed: begin.elapsed(),
            http_version: version(response.version()),
        })
    }

    fn request(&self, sent: &Sent) -> Result<RequestBuilder, NoAnswer> {
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
        Ok(request)
    }

    /// The body as far as it came in time and fits, and whether it was cut there.
    async fn body(
        &self,
        response: &mut Response,
        deadline: Instant,
    ) -> Result<(Vec<u8>, bool), NoAnswer> {
        let mut body = Vec::new();
        loop {
            match tokio::time::timeout_at(deadline, response.chunk()).await {
                // The head came: a body that does not end is cut, and its check says so.
                Err(_) => return Ok((body, true)),
                Ok(Ok(None)) => return Ok((body, false)),
                Ok(Ok(Some(chunk))) => {
                    let room = self.limits.body.saturating_sub(body.len());
                    body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                    if chunk.len() > room {
                        return Ok((body, true));
                    }
                }
                Ok(Err(error)) => return Err(no_answer(&error, self.limits.timeout)),
            }
        }
    }
}

fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes())))
        .collect()
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        Version::HTTP_10 => "1.0",
        _ => "1.1",
    }
}

fn no_answer(error: &reqwest::Error, timeout: Duration) -> NoAnswer {
    if error.is_timeout() {
        NoAnswer::TimedOut(timeout)
    } else if error.is_connect() {
        NoAnswer::Unreachable(root_cause(error))
    } else {
        NoAnswer::Broken(root_cause(error))
    }
}

/// What is behind an error: the last of its causes is the one that helps.
pub(super) fn root_cause(error: &reqwest::Error) -> String {
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
