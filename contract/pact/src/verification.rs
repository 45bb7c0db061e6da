//! Asks a server for everything that its consumers need.
//!
//! Each pact goes through `pact_verifier::verify_pact_internal`, which is what its `verify_provider_async` does with a
//! pact. That one would also print as it goes and report to an analytics service.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use pact_models::provider_states::ProviderState;
use pact_verifier::{
    FilterInfo, NullRequestFilterExecutor, ProviderInfo, ProviderTransport, VerificationOptions,
    callback_executors::ProviderStateExecutor, verify_pact_internal,
};
use serde_json::Value;
use url::Url;

use crate::{
    pacts::PactFile,
    report::{Report, Verified},
};

/// The server, and how to talk to it.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Where it listens.
    pub url: Url,
    /// Where its messages can be asked for: `POST {description, providerStates}`, on the same host. The answer is the
    /// message, with its metadata as base64 of JSON in `Pact-Message-Metadata`.
    pub messages: Option<Url>,
    /// Headers to send in place of what a pact says, such as a credential.
    pub headers: HashMap<String, String>,
    /// The longest wait for one answer.
    pub timeout: Duration,
}

impl Provider {
    /// A server without messages.
    #[must_use]
    pub fn at(url: Url) -> Self {
        Self {
            url,
            messages: None,
            headers: HashMap::new(),
            timeout: Duration::from_secs(10),
        }
    }

    fn info(&self, name: &str) -> ProviderInfo {
        let http = transport("http", &self.url);
        let messages = self.messages.as_ref().map(|url| transport("message", url));
        ProviderInfo {
            name: name.to_owned(),
            host: self.url.host_str().unwrap_or("localhost").to_owned(),
            transports: std::iter::once(http).chain(messages).collect(),
            ..ProviderInfo::default()
        }
    }
}

fn transport(name: &str, url: &Url) -> ProviderTransport {
    let path = url.path().trim_end_matches('/');
    ProviderTransport {
        transport: name.to_owned(),
        port: url.port_or_known_default(),
        path: (!path.is_empty()).then(|| path.to_owned()),
        scheme: Some(url.scheme().to_owned()),
    }
}

/// Brings the server into every state that the pacts ask for, and compares its answers and messages with theirs.
pub async fn verify<S: ProviderStateExecutor + Send + Sync>(
    provider: &Provider,
    pacts: Vec<PactFile>,
    states: Arc<S>,
) -> Report {
    let options = VerificationOptions::<NullRequestFilterExecutor> {
        custom_headers: provider.headers.clone(),
        request_timeout: provider.timeout.as_millis().try_into().unwrap_or(u64::MAX),
        coloured_output: false,
        // A redirect is an answer like any other.
        follow_redirects: false,
        ..VerificationOptions::default()
    };
    let states = Arc::new(Watched {
        inner: states,
        problems: Mutex::default(),
    });
    let mut verified = Vec::new();
    for PactFile { path, pact } in pacts {
        let consumer = pact.consumer().name;
        let info = provider.info(&pact.provider().name);
        let result = verify_pact_internal(
            &info,
            &FilterInfo::None,
            pact,
            &options,
            &states,
            false,
            Duration::ZERO,
        );
        // It fails only where plug-ins do, which are not built in.
        let results = result.await.map(|done| done.results).unwrap_or_default();
        verified.push(Verified::new(consumer, path, &results, &states.problems()));
    }
    Report { pacts: verified }
}

/// Keeps why a state could not be reached, which the verifier only logs.
struct Watched<S> {
    inner: Arc<S>,
    problems: Mutex<HashMap<String, String>>,
}

impl<S> Watched<S> {
    fn problems(&self) -> HashMap<String, String> {
        self.problems
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl<S> fmt::Debug for Watched<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").finish_non_exhaustive()
    }
}

#[async_trait]
impl<S: ProviderStateExecutor + Send + Sync> ProviderStateExecutor for Watched<S> {
    async fn call(
        self: Arc<Self>,
        interaction_id: Option<String>,
        state: &ProviderState,
        setup: bool,
        client: Option<&reqwest::Client>,
    ) -> anyhow::Result<HashMap<String, Value>> {
        let outcome = Arc::clone(&self.inner)
            .call(interaction_id, state, setup, client)
            .await;
        if let Err(error) = &outcome {
            let mut problems = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
            problems.insert(state.name.clone(), format!("{error:#}"));
        }
        outcome
    }

    fn teardown(&self) -> bool {
        self.inner.teardown()
    }
}
