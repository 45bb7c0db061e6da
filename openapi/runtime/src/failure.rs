//! Failures on their way to the client: a stable code, words for people, details, and a cause
//! that only the log sees.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::Detail;

/// Something went wrong, in the terms of the contract. The status comes from the operation's
/// declaration of the code.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The code, such as `ORDER_NOT_FOUND`; it stands in the document.
    pub code: &'static str,
    /// One sentence for people, without internals.
    pub message: Cow<'static, str>,
    /// What exactly is wrong, where there is something to say.
    pub details: Vec<Detail>,
    /// How long the client should wait, written as `Retry-After` in whole seconds, rounded up.
    pub retry_after: Option<Duration>,
    /// The cause, for the log and for `error.debug` in development.
    pub source: Option<Arc<dyn Error + Send + Sync>>,
    /// The challenge of a 401 or 403 where it differs from what the operation's security implies.
    pub www_authenticate: Option<Cow<'static, str>>,
}

impl Failure {
    /// A failure with a code and a message, and nothing else.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            message: message.into(),
            details: Vec::new(),
            retry_after: None,
            source: None,
            www_authenticate: None,
        }
    }

    /// An unexpected failure: the client learns nothing but the request id, the log gets `source`.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            source: Some(Arc::from(source.into())),
            ..Self::new(code::INTERNAL_ERROR, INTERNAL_MESSAGE)
        }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with_detail(mut self, detail: Detail) -> Self {
        self.details.push(detail);
        self
    }

    /// Adds details.
    #[must_use]
    pub fn with_details(mut self, details: impl IntoIterator<Item = Detail>) -> Self {
        self.details.extend(details);
        self
    }

    /// Tells the client to wait.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// Keeps the cause for the log.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// Sets the `WWW-Authenticate` challenge.
    #[must_use]
    pub fn with_challenge(mut self, challenge: impl Into<Cow<'static, str>>) -> Self {
        self.www_authenticate = Some(challenge.into());
        self
    }

    /// The chain of causes, outermost first, joined by `: `. Empty without a cause.
    #[must_use]
    pub fn source_chain(&self) -> String {
        let mut chain = String::new();
        let mut next: Option<&dyn Error> =
            self.source.as_ref().map(|source| &**source as &dyn Error);
        while let Some(error) = next {
            if !chain.is_empty() {
                chain.push_str(": ");
            }
            chain.push_str(&error.to_string());
            next = error.source();
        }
        chain
    }
}

/// What a client reads when something unexpected happened.
pub(crate) const INTERNAL_MESSAGE: &str = "Something went wrong on our side";

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| &**source as &(dyn Error + 'static))
    }
}

/// What a feature's error enum implements so that `?` turns it into a declared answer.
pub trait IntoFailure {
    /// The failure in the contract's terms.
    fn into_failure(self) -> Failure;
}

impl IntoFailure for Failure {
    fn into_failure(self) -> Failure {
        self
    }
}

/// A failure inside a generated error variant.
#[derive(Debug, Clone)]
pub struct Problem(Failure);

impl Problem {
    /// Takes a feature's error.
    #[must_use]
    pub fn from_error(error: impl IntoFailure) -> Self {
        Self(error.into_failure())
    }

    /// The failure's code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// The failure.
    #[must_use]
    pub fn failure(&self) -> &Failure {
        &self.0
    }

    /// Makes a code that `operation` does not declare an internal error. The log names both, once,
    /// where the failure becomes an answer.
    #[must_use]
    pub fn undeclared(self, operation: &'static str) -> Self {
        Self(Failure::internal(Undeclared {
            operation,
            failure: self.0,
        }))
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self(failure)
    }
}

/// A handler failed with a code that its operation does not declare: a defect of the handler or a
/// gap in the document.
#[derive(Debug)]
pub(crate) struct Undeclared {
    operation: &'static str,
    failure: Failure,
}

impl fmt::Display for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "undeclared error code {} of {} ({})",
            self.failure.code, self.operation, self.failure.message
        )
    }
}

impl Error for Undeclared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.failure.source()
    }
}

/// The codes that the runtime itself answers with.
pub mod code {
    /// 400: the request breaks its schema.
    pub const VALIDATION_ERROR: &str = "VALIDATION_ERROR";
    /// 400: the body is not JSON.
    pub const MALFORMED_JSON: &str = "MALFORMED_JSON";
    /// 400: `Idempotency-Key` is missing, and nothing else is wrong.
    pub const IDEMPOTENCY_KEY_MISSING: &str = "IDEMPOTENCY_KEY_MISSING";
    /// 400: `Api-Version` disagrees with the path.
    pub const API_VERSION_MISMATCH: &str = "API_VERSION_MISMATCH";
    /// 401: no credential.
    pub const NO_TOKEN: &str = "NO_TOKEN";
    /// 401: the bearer token is not valid.
    pub const INVALID_TOKEN: &str = "INVALID_TOKEN";
    /// 403: the caller's role is not enough.
    pub const FORBIDDEN: &str = "FORBIDDEN";
    /// 403: the key's scopes are not enough.
    pub const INSUFFICIENT_SCOPE: &str = "INSUFFICIENT_SCOPE";
    /// 404: no such path.
    pub const ROUTE_NOT_FOUND: &str = "ROUTE_NOT_FOUND";
    /// 405: the path has no such method.
    pub const METHOD_NOT_ALLOWED: &str = "METHOD_NOT_ALLOWED";
    /// 406: nothing the client accepts can be made.
    pub const NOT_ACCEPTABLE: &str = "NOT_ACCEPTABLE";
    /// 413: the body is too large.
    pub const PAYLOAD_TOO_LARGE: &str = "PAYLOAD_TOO_LARGE";
    /// 415: the body is not of a media type or coding that is read.
    pub const UNSUPPORTED_MEDIA_TYPE: &str = "UNSUPPORTED_MEDIA_TYPE";
    /// 429: the budget is spent.
    pub const RATE_LIMIT_EXCEEDED: &str = "RATE_LIMIT_EXCEEDED";
    /// 500: something unexpected.
    pub const INTERNAL_ERROR: &str = "INTERNAL_ERROR";
    /// 504: the operation took too long.
    pub const TIMEOUT: &str = "TIMEOUT";

    /// The status of codes that no operation's declaration covers.
    pub(crate) fn status(code: &str) -> Option<u16> {
        Some(match code {
            VALIDATION_ERROR | MALFORMED_JSON | IDEMPOTENCY_KEY_MISSING | API_VERSION_MISMATCH => {
                400
            }
            NO_TOKEN | INVALID_TOKEN | "INVALID_API_KEY" => 401,
            FORBIDDEN | INSUFFICIENT_SCOPE => 403,
            ROUTE_NOT_FOUND => 404,
            METHOD_NOT_ALLOWED => 405,
            NOT_ACCEPTABLE => 406,
            "API_VERSION_GONE" => 410,
            PAYLOAD_TOO_LARGE => 413,
            "URI_TOO_LONG" => 414,
            UNSUPPORTED_MEDIA_TYPE => 415,
            RATE_LIMIT_EXCEEDED => 429,
            "HEADERS_TOO_LARGE" => 431,
            INTERNAL_ERROR => 500,
            "SERVICE_UNAVAILABLE" => 503,
            TIMEOUT => 504,
            _ => return None,
        })
    }
}
