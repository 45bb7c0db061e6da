//! What the application gives to the runtime: who a credential belongs to, what budgets are left,
//! where cached answers are kept.

use std::future::Future;
use std::time::Duration;

use crate::{CacheKey, CachedReply, Failure, RequestContext, Spec};

/// The time an operation may take where neither the document nor the host says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// The application, as far as the runtime needs it. Generated traits build on it: a type that
/// serves a tag is a `Host` first.
pub trait Host: Send + Sync + 'static {
    /// Who calls.
    type Caller: Principal;

    /// Resolves a presented credential.
    ///
    /// # Errors
    /// A [`Failure`] whose code has status 401 (`INVALID_TOKEN`, `INVALID_API_KEY`) when the
    /// credential is not valid, which spends the address's budget for failures; any other code
    /// (`SERVICE_UNAVAILABLE`) is answered as it is.
    fn authenticate(
        &self,
        credential: Credential<'_>,
        cx: &RequestContext,
    ) -> impl Future<Output = Result<Self::Caller, Failure>> + Send;

    /// Spends one call of `tier`; anonymous callers (`None`) are counted by `cx.client_ip`.
    ///
    /// # Errors
    /// [`Throttled`] when the budget is spent.
    fn admit(
        &self,
        tier: &'static str,
        caller: Option<&Self::Caller>,
        cx: &RequestContext,
    ) -> impl Future<Output = Result<Quota, Throttled>> + Send;

    /// Spends the address's budget for failed credentials.
    ///
    /// # Errors
    /// [`Throttled`] when the budget is spent; the answer is then 429 in place of 401.
    fn admit_failed_credentials(
        &self,
        cx: &RequestContext,
    ) -> impl Future<Output = Result<Quota, Throttled>> + Send;

    /// Answers from the cache, or runs `make` once for everybody who asks for `key` at the same
    /// time and keeps the result for `max_age`. Failures are not kept.
    ///
    /// # Errors
    /// Those of `make`.
    fn cached(
        &self,
        key: CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> impl Future<Output = Result<CachedReply, Failure>> + Send;

    /// Lets a call through whose request is complete and right. Its place is free again when the value is dropped,
    /// after the handler.
    ///
    /// # Errors
    /// `SERVICE_UNAVAILABLE` when there is no room for calls of this kind.
    fn enter(
        &self,
        _spec: &'static Spec,
    ) -> impl Future<Output = Result<impl Send, Failure>> + Send {
        async { Ok(()) }
    }

    /// Whether `error.debug` names causes. Only in development.
    fn debug_errors(&self) -> bool;

    /// How long the operation may take. Configuration may decide otherwise than the document.
    fn timeout(&self, spec: &Spec) -> Duration {
        spec.timeout.unwrap_or(DEFAULT_TIMEOUT)
    }
}

/// An authenticated caller.
pub trait Principal: Clone + Send + Sync + 'static {
    /// Whether the caller has the role (roles stand under bearer schemes). A key has the roles of
    /// its owner, because it never reaches further than they do.
    fn has_role(&self, role: &str) -> bool;
    /// Whether the caller's key has the scope (scopes stand under API keys).
    fn has_scope(&self, scope: &str) -> bool;
    /// How the caller proved who they are.
    fn credential_kind(&self) -> CredentialKind;
    /// What logs call the caller: an id, never an e-mail.
    fn log_id(&self) -> String;
    /// What the caller's budget is counted under.
    fn rate_key(&self) -> String;
}

/// How a caller proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CredentialKind {
    /// A bearer token.
    Bearer,
    /// An API key.
    ApiKey,
    /// A user name and a password.
    Basic,
}

/// A credential as it came, unchecked.
#[derive(Clone, Copy)]
pub enum Credential<'a> {
    /// `Authorization: Bearer …`
    Bearer(&'a str),
    /// A key in a header, query parameter or cookie.
    ApiKey {
        /// The scheme's name in the document: `apiKeyAuth`.
        scheme: &'static str,
        /// The key.
        value: &'a str,
    },
    /// `Authorization: Basic …`, decoded.
    Basic {
        /// The part before the first colon.
        user: &'a str,
        /// The part after it.
        password: &'a str,
    },
}

/// Shows the kind alone: a credential must not reach a log.
impl std::fmt::Debug for Credential<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(…)",
            Self::ApiKey { .. } => "ApiKey(…)",
            Self::Basic { .. } => "Basic(…)",
        })
    }
}

/// What is left of a budget, for the rate headers. A `limit` of 0 means that the budget is switched
/// off, and no headers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The name of the budget: `general`.
    pub policy: &'static str,
    /// Calls per window.
    pub limit: u64,
    /// Calls left in this window.
    pub remaining: u64,
    /// When the window is as good as new.
    pub reset_after: Duration,
    /// How long the window is.
    pub window: Duration,
}

impl Quota {
    /// A budget that is switched off.
    #[must_use]
    pub const fn off(policy: &'static str) -> Self {
        Self {
            policy,
            limit: 0,
            remaining: 0,
            reset_after: Duration::ZERO,
            window: Duration::ZERO,
        }
    }
}

/// A budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttled {
    /// The budget.
    pub quota: Quota,
    /// After this time the next call passes.
    pub retry_after: Duration,
}
