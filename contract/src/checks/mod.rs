//! What every answer is held against. Names and codes are those of Schemathesis; laws have names of their own and the
//! code ST901. What each check looks at stands in `docs/checks.md`.

mod answered;
mod body;
mod codes;
mod data;
mod discriminator;
mod events;
mod headers;
mod judge;
pub(crate) mod media_type;
mod methods;
mod sequence;
mod status;
mod subject;
mod text;
mod wire;

#[cfg(test)]
mod tests;

use std::fmt;

pub use codes::TITLES;
pub use judge::{control, judge, settle};
pub(crate) use sequence::{asks_for_credentials, carries};
pub(crate) use wire::has_valid_query;

/// What looks at answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Check {
    /// No 5xx.
    NotAServerError,
    /// The status is declared.
    StatusCodeConformance,
    /// The media type is declared.
    ContentTypeConformance,
    /// Required headers are there and fit their schemas.
    ResponseHeadersConformance,
    /// The body fits its schema.
    ResponseSchemaConformance,
    /// What breaks the document is refused.
    NegativeDataRejection,
    /// What keeps to the document is not refused as malformed.
    PositiveDataAcceptance,
    /// A missing required header is refused.
    MissingRequiredHeader,
    /// Undeclared methods get 405 and `Allow`.
    UnsupportedMethod,
    /// `Allow` lists the declared methods.
    AllowHeaderConformance,
    /// What was deleted is gone.
    UseAfterFree,
    /// What was created is there.
    EnsureResourceAvailability,
    /// Nobody is let in without valid credentials.
    IgnoredAuth,
    /// Nobody gets somebody else's object.
    ObjectLevelAuthorization,
    /// Answers come within the configured time.
    MaxResponseTime,
    /// An answer comes, and ends.
    Answered,
    /// A fixture's own expectations.
    Fixture,
    /// Repeating a request with the same key has one effect (`x-idempotency`).
    Idempotency,
    /// Pages are complete, also while rows are added.
    Pagination,
    /// Changes of state are those of `x-state-machine`.
    StateMachine,
    /// Limits are kept as the headers say (`x-rate-limit`).
    RateLimit,
    /// `ETag`, `If-None-Match` and `If-Match` mean what RFC 9110 says.
    ConditionalRequests,
    /// `error.code` is one of `x-error-codes`.
    ErrorCodes,
    /// Every error has the document's error body.
    Envelope,
}

impl Check {
    /// Every check and law.
    pub const ALL: [Self; 24] = [
        Self::NotAServerError,
        Self::StatusCodeConformance,
        Self::ContentTypeConformance,
        Self::ResponseHeadersConformance,
        Self::ResponseSchemaConformance,
        Self::NegativeDataRejection,
        Self::PositiveDataAcceptance,
        Self::MissingRequiredHeader,
        Self::UnsupportedMethod,
        Self::AllowHeaderConformance,
        Self::UseAfterFree,
        Self::EnsureResourceAvailability,
        Self::IgnoredAuth,
        Self::ObjectLevelAuthorization,
        Self::MaxResponseTime,
        Self::Answered,
        Self::Fixture,
        Self::Idempotency,
        Self::Pagination,
        Self::StateMachine,
        Self::RateLimit,
        Self::ConditionalRequests,
        Self::ErrorCodes,
        Self::Envelope,
    ];

    /// The name in reports and configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAServerError => "not_a_server_error",
            Self::StatusCodeConformance => "status_code_conformance",
            Self::ContentTypeConformance => "content_type_conformance",
            Self::ResponseHeadersConformance => "response_headers_conformance",
            Self::ResponseSchemaConformance => "response_schema_conformance",
            Self::NegativeDataRejection => "negative_data_rejection",
            Self::PositiveDataAcceptance => "positive_data_acceptance",
            Self::MissingRequiredHeader => "missing_required_header",
            Self::UnsupportedMethod => "unsupported_method",
            Self::AllowHeaderConformance => "allow_header_conformance",
            Self::UseAfterFree => "use_after_free",
            Self::EnsureResourceAvailability => "ensure_resource_availability",
            Self::IgnoredAuth => "ignored_auth",
            Self::ObjectLevelAuthorization => "object_level_authorization",
            Self::MaxResponseTime => "max_response_time",
            Self::Answered => "answered",
            Self::Fixture => "fixture",
            Self::Idempotency => "idempotency",
            Self::Pagination => "pagination",
            Self::StateMachine => "state_machine",
            Self::RateLimit => "rate_limit",
            Self::ConditionalRequests => "conditional_requests",
            Self::ErrorCodes => "error_codes",
            Self::Envelope => "envelope",
        }
    }

    /// The check with a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.as_str() == name)
    }

    /// Whether it belongs to the laws, which other tools do not have.
    #[must_use]
    pub fn is_law(self) -> bool {
        self >= Self::Idempotency
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
