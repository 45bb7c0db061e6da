//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Health`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Health`. (openapi/v1.yaml:36)
///
/// Is the server alive, and how is it?
pub trait HealthApi: rt::Host {
    /// Tell whether the server works (openapi/v1.yaml:60)
    ///
    /// Answers 200 while the server can do its work and 503 when its database cannot be reached or a migration is
    /// missing. Losing Redis alone is `degraded`, still 200, so that a balancer does not take every instance out at
    /// once. Meant for balancers and probes: it needs no credentials and spends no budget.
    ///
    /// `GET /health`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetHealthError`].
    fn get_health(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: GetHealthRequest,
    ) -> impl Future<Output = Result<GetHealthOk, GetHealthError>> + Send;

    /// Show the inner figures of the server (openapi/v1.yaml:111)
    ///
    /// What `/health` says, with the connection pool, the job queue, memory and the cache. For administrators.
    ///
    /// `GET /health/detailed`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetDetailedHealthError`].
    fn get_detailed_health(
        &self,
        call: rt::Call<Self::Caller>,
        request: GetDetailedHealthRequest,
    ) -> impl Future<
        Output = Result<GetDetailedHealthOk, GetDetailedHealthError>,
    > + Send;
}

static GET_HEALTH_STRICT: rt::rules::Bool = rt::rules::Bool;

/// How `getHealth` is judged before its handler runs. (openapi/v1.yaml:60)
pub static GET_HEALTH: rt::Spec = rt::Spec {
    id: "getHealth",
    tag: "Health",
    method: "GET",
    path: "/health",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    parameters: &[rt::Parameter::optional(rt::In::Query, "strict", rt::Shape::Boolean)],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::health::HEALTH_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer {
            status: 503,
            media: "application/json",
            shape: rt::Shape::Named(&types::health::HEALTH_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /health`: Tell whether the server works (openapi/v1.yaml:60)
#[derive(Debug, Clone)]
pub struct GetHealthRequest {
    /// The query parameter `strict`. (openapi/v1.yaml:69)
    ///
    /// True makes every unhealthy dependency a 503.
    pub strict: bool,
}

impl<S: HealthApi> rt::Operation<S> for GetHealthRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = GetHealthOk;
    type Error = GetHealthError;
    fn spec() -> &'static rt::Spec {
        &GET_HEALTH
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let strict = input
            .with_default(rt::In::Query, "strict", &GET_HEALTH_STRICT, || false);
        Some(Self { strict: strict? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_health(call, self)
    }
}

/// The answers of `getHealth` below 400. (openapi/v1.yaml:60)
#[derive(Debug, Clone)]
pub enum GetHealthOk {
    /// 200: The server works, perhaps without something it would like to have. (openapi/v1.yaml:79)
    Ok {
        /// The body.
        body: types::Health,
    },
}

impl rt::Reply for GetHealthOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl GetHealthOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getHealth` from 400 on, by code. (openapi/v1.yaml:60)
#[derive(Debug, Clone)]
pub enum GetHealthError {
    /// 400 `VALIDATION_ERROR`: The query, a header or a cookie breaks the contract, or two kinds of credentials came
    /// at once. (openapi/v1.yaml:4404)
    ValidationError(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The query, a header or a cookie breaks the contract, or two kinds of credentials
    /// came at once. (openapi/v1.yaml:4404)
    ApiVersionMismatch(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 414 `URI_TOO_LONG`: The request target is longer than 8 `KiB`. (openapi/v1.yaml:4746)
    UriTooLong(rt::Problem),
    /// 431 `HEADERS_TOO_LARGE`: The header fields are larger than 16 `KiB` in all. (openapi/v1.yaml:4796)
    HeadersTooLarge(rt::Problem),
    /// 500 `INTERNAL_ERROR`: A fault on our side. Quote the request id when asking for help. (openapi/v1.yaml:4809)
    InternalError(rt::Problem),
    /// 504 `TIMEOUT`: The request took too long. Nothing was carried out, unless the answer to a repetition with the
    /// same `Idempotency-Key` says otherwise. (openapi/v1.yaml:4848)
    Timeout(rt::Problem),
    /// 503: The server cannot do its work. (openapi/v1.yaml:97)
    ServiceUnavailable {
        /// The body.
        body: types::Health,
    },
}

impl<E: rt::IntoFailure> From<E> for GetHealthError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetHealthError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("getHealth")),
        }
    }
}

impl rt::Refuse for GetHealthError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
            Self::ServiceUnavailable { body } => {
                rt::Refusal::reply(rt::Rendered::json(503, body))
            }
        }
    }
}

impl GetHealthError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `getDetailedHealth` is judged before its handler runs. (openapi/v1.yaml:111)
pub static GET_DETAILED_HEALTH: rt::Spec = rt::Spec {
    id: "getDetailedHealth",
    tag: "Health",
    method: "GET",
    path: "/health/detailed",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["admin"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::detailed_health::DETAILED_HEALTH_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /health/detailed`: Show the inner figures of the server (openapi/v1.yaml:111)
#[derive(Debug, Clone)]
pub struct GetDetailedHealthRequest {}

impl<S: HealthApi> rt::Operation<S> for GetDetailedHealthRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = GetDetailedHealthOk;
    type Error = GetDetailedHealthError;
    fn spec() -> &'static rt::Spec {
        &GET_DETAILED_HEALTH
    }

    fn parse(_input: &mut rt::Input<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_detailed_health(call, self)
    }
}

/// The answers of `getDetailedHealth` below 400. (openapi/v1.yaml:111)
#[derive(Debug, Clone)]
pub enum GetDetailedHealthOk {
    /// 200: The server works, perhaps without something it would like to have. (openapi/v1.yaml:121)
    Ok {
        /// The body.
        body: types::DetailedHealth,
    },
}

impl rt::Reply for GetDetailedHealthOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl GetDetailedHealthOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getDetailedHealth` from 400 on, by code. (openapi/v1.yaml:111)
#[derive(Debug, Clone)]
pub enum GetDetailedHealthError {
    /// 400 `VALIDATION_ERROR`: The query, a header or a cookie breaks the contract, or two kinds of credentials came
    /// at once. (openapi/v1.yaml:4404)
    ValidationError(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The query, a header or a cookie breaks the contract, or two kinds of credentials
    /// came at once. (openapi/v1.yaml:4404)
    ApiVersionMismatch(rt::Problem),
    /// 401 `NO_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidApiKey(rt::Problem),
    /// 403 `FORBIDDEN`: The caller is known but may not do this: the role does not suffice, or the operation does not
    /// take API keys. (openapi/v1.yaml:4528)
    Forbidden(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 414 `URI_TOO_LONG`: The request target is longer than 8 `KiB`. (openapi/v1.yaml:4746)
    UriTooLong(rt::Problem),
    /// 429 `RATE_LIMIT_EXCEEDED`: The budget of calls is spent. A client that waits for `Retry-After` succeeds.
    /// (openapi/v1.yaml:4777)
    RateLimitExceeded(rt::Problem),
    /// 431 `HEADERS_TOO_LARGE`: The header fields are larger than 16 `KiB` in all. (openapi/v1.yaml:4796)
    HeadersTooLarge(rt::Problem),
    /// 500 `INTERNAL_ERROR`: A fault on our side. Quote the request id when asking for help. (openapi/v1.yaml:4809)
    InternalError(rt::Problem),
    /// 503 `SERVICE_UNAVAILABLE`: The server is overloaded, draining or without its database. Nothing was carried
    /// out. (openapi/v1.yaml:4827)
    ServiceUnavailable(rt::Problem),
    /// 504 `TIMEOUT`: The request took too long. Nothing was carried out, unless the answer to a repetition with the
    /// same `Idempotency-Key` says otherwise. (openapi/v1.yaml:4848)
    Timeout(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for GetDetailedHealthError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetDetailedHealthError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("getDetailedHealth")),
        }
    }
}

impl rt::Refuse for GetDetailedHealthError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) => rt::Refusal::problem(403, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl GetDetailedHealthError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Health`.
pub static OPERATIONS: &[&rt::Spec] = &[&GET_HEALTH, &GET_DETAILED_HEALTH];

/// The routes of the tag `Health`.
#[derive(Debug)]
pub struct HealthRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: HealthApi> rt::poem_openapi::OpenApi for HealthRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, GetHealthRequest>(&self.0, table);
        rt::mount::<S, GetDetailedHealthRequest>(&self.0, table);
    }
}
