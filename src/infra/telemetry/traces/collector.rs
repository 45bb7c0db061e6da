//! The way to the collector.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use reqwest::redirect;
use tokio::runtime::Handle;

use crate::infra::telemetry::catalogue;

/// Sends batches of spans. Its own log lines say when the collector goes away and when it is back, not every failure.
#[derive(Debug)]
pub(super) struct Collector {
    client: reqwest::Client,
    /// Batches leave on a thread without a runtime; the network needs one.
    runtime: Handle,
    is_away: AtomicBool,
}

impl Collector {
    /// To be made inside the runtime.
    pub(super) fn new(timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            // The address comes from the configuration alone.
            .no_proxy()
            .build()?;
        Ok(Self {
            client,
            runtime: Handle::current(),
            is_away: AtomicBool::new(false),
        })
    }

    fn note(&self, problem: Option<&str>) {
        let outcome = if problem.is_some() { "failed" } else { "sent" };
        metrics::counter!(catalogue::TRACE_EXPORTS, "outcome" => outcome).increment(1);
        let was_away = self.is_away.swap(problem.is_some(), Ordering::Relaxed);
        match problem {
            Some(error) if !was_away => {
                tracing::warn!(
                    error,
                    "the collector of traces is away: spans are dropped until it is back"
                );
            }
            None if was_away => tracing::info!("the collector of traces is back"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let sending = self
            .runtime
            .spawn(async move { client.send_bytes(request).await });
        let outcome = match sending.await {
            Ok(outcome) => outcome,
            // The runtime ends, and with it the process.
            Err(ended) => Err(ended.into()),
        };
        match &outcome {
            Ok(response) if response.status().is_success() => self.note(None),
            Ok(response) => self.note(Some(response.status().as_str())),
            Err(error) => self.note(Some(&error.to_string())),
        }
        outcome
    }
}
