//! From a case to bytes on the wire and back: bounded in time, size, number and rate.

mod request;
mod send;

use std::{num::NonZeroU32, time::Duration};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use reqwest::{Client, redirect};
use tokio::sync::Semaphore;
use url::Url;

pub use request::Unsendable;

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

/// A number of requests in a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many.
    pub requests: NonZeroU32,
    /// In how long.
    pub period: Duration,
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
            .map_err(|error| send::root_cause(&error))?;
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

    /// The address of the server, without a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }
}
