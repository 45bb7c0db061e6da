//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `ApiKeys`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `ApiKeys`. (openapi/v1.yaml:40)
///
/// Keys for programs that act for an account.
pub trait ApiKeysApi: rt::Host {
    /// List your API keys (openapi/v1.yaml:634)
    ///
    /// The keys of the account that calls, newest first, without their secrets. Revoked keys are gone from it.
    ///
    /// `GET /api/v1/api-keys`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListApiKeysError`].
    fn list_api_keys(
        &self,
        call: rt::Call<Self::Caller>,
        request: ListApiKeysRequest,
    ) -> impl Future<Output = Result<ListApiKeysOk, ListApiKeysError>> + Send;

    /// Issue an API key (openapi/v1.yaml:558)
    ///
    /// Issues a key that acts for its owner, within its scopes and never beyond what the owner may do. The key is in
    /// this answer and nowhere else; only a hash of it is kept. An `expiresAt` in the past is a `VALIDATION_ERROR`.
    /// API keys cannot issue API keys.
    ///
    /// `POST /api/v1/api-keys`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CreateApiKeyError`].
    fn create_api_key(
        &self,
        call: rt::Call<Self::Caller>,
        request: CreateApiKeyRequest,
    ) -> impl Future<Output = Result<CreateApiKeyOk, CreateApiKeyError>> + Send;

    /// Revoke an API key (openapi/v1.yaml:678)
    ///
    /// Ends a key for good, within 5 seconds everywhere. Owners revoke their own keys, administrators any. A key that
    /// was revoked before is not found.
    ///
    /// `DELETE /api/v1/api-keys/{keyId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`RevokeApiKeyError`].
    fn revoke_api_key(
        &self,
        call: rt::Call<Self::Caller>,
        request: RevokeApiKeyRequest,
    ) -> impl Future<Output = Result<RevokeApiKeyOk, RevokeApiKeyError>> + Send;
}

static LIST_API_KEYS_PAGE: rt::rules::Int<i32> = rt::rules::Int::new(1, 1_000_000);
static LIST_API_KEYS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// How `listApiKeys` is judged before its handler runs. (openapi/v1.yaml:634)
pub static LIST_API_KEYS: rt::Spec = rt::Spec {
    id: "listApiKeys",
    tag: "ApiKeys",
    method: "GET",
    path: "/api/v1/api-keys",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &[],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "page", rt::Shape::Integer("int32")),
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::api_key_page::API_KEY_PAGE_SCHEMA),
            headers: &["Link"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /api/v1/api-keys`: List your API keys (openapi/v1.yaml:634)
#[derive(Debug, Clone)]
pub struct ListApiKeysRequest {
    /// The query parameter `page`. (openapi/v1.yaml:4962)
    ///
    /// Which page, from 1.
    pub page: i32,
    /// The query parameter `limit`. (openapi/v1.yaml:4975)
    ///
    /// How many entries at most.
    pub limit: i32,
}

impl<S: ApiKeysApi> rt::Operation<S> for ListApiKeysRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ListApiKeysOk;
    type Error = ListApiKeysError;
    fn spec() -> &'static rt::Spec {
        &LIST_API_KEYS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let page = input.with_default(rt::In::Query, "page", &LIST_API_KEYS_PAGE, || 1);
        let limit = input
            .with_default(rt::In::Query, "limit", &LIST_API_KEYS_LIMIT, || 20);
        Some(Self { page: page?, limit: limit? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.list_api_keys(call, self)
    }
}

/// The answers of `listApiKeys` below 400. (openapi/v1.yaml:634)
#[derive(Debug, Clone)]
pub enum ListApiKeysOk {
    /// 200: A page of keys. (openapi/v1.yaml:647)
    Ok {
        /// The body.
        body: types::ApiKeyPage,
        /// The `Link` header. (openapi/v1.yaml:6822)
        ///
        /// The neighbouring pages (RFC 8288): `first`, `prev`, `next`, `last`, as far as they exist.
        link: String,
    },
}

impl rt::Reply for ListApiKeysOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, link } => rt::Rendered::json(200, body).header("Link", link),
        }
    }
}

impl ListApiKeysOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listApiKeys` from 400 on, by code. (openapi/v1.yaml:634)
#[derive(Debug, Clone)]
pub enum ListApiKeysError {
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
    /// 410 `API_VERSION_GONE`: This version of the API has been switched off. (openapi/v1.yaml:4697)
    ApiVersionGone(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for ListApiKeysError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListApiKeysError {
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
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("listApiKeys")),
        }
    }
}

impl rt::Refuse for ListApiKeysError {
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
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl ListApiKeysError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `createApiKey` is judged before its handler runs. (openapi/v1.yaml:558)
pub static CREATE_API_KEY: rt::Spec = rt::Spec {
    id: "createApiKey",
    tag: "ApiKeys",
    method: "POST",
    path: "/api/v1/api-keys",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &[],
            },
        ],
    ],
    tier: Some("auth"),
    cache: rt::CachePolicy::NoStore,
    parameters: &[],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::new_api_key::NEW_API_KEY_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(
                &types::issued_api_key_response::ISSUED_API_KEY_RESPONSE_SCHEMA,
            ),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(422, &["SCOPE_NOT_ALLOWED"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/api-keys`: Issue an API key (openapi/v1.yaml:558)
#[derive(Debug, Clone)]
pub struct CreateApiKeyRequest {
    /// The body. (openapi/v1.yaml:570)
    ///
    /// The key to be issued.
    pub body: types::NewApiKey,
}

impl<S: ApiKeysApi> rt::Operation<S> for CreateApiKeyRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CreateApiKeyOk;
    type Error = CreateApiKeyError;
    fn spec() -> &'static rt::Spec {
        &CREATE_API_KEY
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::NewApiKey>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.create_api_key(call, self)
    }
}

/// The answers of `createApiKey` below 400. (openapi/v1.yaml:558)
#[derive(Debug, Clone)]
pub enum CreateApiKeyOk {
    /// 201: The key, shown this once. (openapi/v1.yaml:584)
    Created {
        /// The body.
        body: types::IssuedApiKeyResponse,
    },
}

impl rt::Reply for CreateApiKeyOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Created { body } => rt::Rendered::json(201, body),
        }
    }
}

impl CreateApiKeyOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `createApiKey` from 400 on, by code. (openapi/v1.yaml:558)
#[derive(Debug, Clone)]
pub enum CreateApiKeyError {
    /// 400 `VALIDATION_ERROR`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    MalformedJson(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The body is no JSON, or something in the request breaks the contract. All
    /// violations come together. (openapi/v1.yaml:4443)
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
    /// 410 `API_VERSION_GONE`: This version of the API has been switched off. (openapi/v1.yaml:4697)
    ApiVersionGone(rt::Problem),
    /// 413 `PAYLOAD_TOO_LARGE`: The body is larger than the operation takes, after decompression if it was
    /// compressed. (openapi/v1.yaml:4728)
    PayloadTooLarge(rt::Problem),
    /// 414 `URI_TOO_LONG`: The request target is longer than 8 `KiB`. (openapi/v1.yaml:4746)
    UriTooLong(rt::Problem),
    /// 415 `UNSUPPORTED_MEDIA_TYPE`: The body is not `application/json`, or its encoding is not known.
    /// (openapi/v1.yaml:4759)
    UnsupportedMediaType(rt::Problem),
    /// 422 `SCOPE_NOT_ALLOWED`: A scope reaches further than its owner may. (openapi/v1.yaml:612)
    ScopeNotAllowed(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for CreateApiKeyError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CreateApiKeyError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "SCOPE_NOT_ALLOWED" => Self::ScopeNotAllowed(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("createApiKey")),
        }
    }
}

impl rt::Refuse for CreateApiKeyError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) => rt::Refusal::problem(403, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::ScopeNotAllowed(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl CreateApiKeyError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static REVOKE_API_KEY_KEY_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();

/// How `revokeApiKey` is judged before its handler runs. (openapi/v1.yaml:678)
pub static REVOKE_API_KEY: rt::Spec = rt::Spec {
    id: "revokeApiKey",
    tag: "ApiKeys",
    method: "DELETE",
    path: "/api/v1/api-keys/{keyId}",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["member", "viewer", "admin"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[
        rt::Parameter::required(rt::In::Path, "keyId", rt::Shape::Text("uuid")),
    ],
    answers: &[
        rt::Answer {
            status: 204,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(404, &["API_KEY_NOT_FOUND", "ROUTE_NOT_FOUND"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `DELETE /api/v1/api-keys/{keyId}`: Revoke an API key (openapi/v1.yaml:678)
#[derive(Debug, Clone)]
pub struct RevokeApiKeyRequest {
    /// The path parameter `keyId`. (openapi/v1.yaml:4949)
    ///
    /// The id of an API key.
    pub key_id: rt::Uuid,
}

impl<S: ApiKeysApi> rt::Operation<S> for RevokeApiKeyRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = RevokeApiKeyOk;
    type Error = RevokeApiKeyError;
    fn spec() -> &'static rt::Spec {
        &REVOKE_API_KEY
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let key_id = input.path_or("keyId", &REVOKE_API_KEY_KEY_ID, "API_KEY_NOT_FOUND");
        Some(Self { key_id: key_id? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.revoke_api_key(call, self)
    }
}

/// The answers of `revokeApiKey` below 400. (openapi/v1.yaml:678)
#[derive(Debug, Clone)]
pub enum RevokeApiKeyOk {
    /// 204: The key is revoked. (openapi/v1.yaml:691)
    NoContent,
}

impl rt::Reply for RevokeApiKeyOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::NoContent => rt::Rendered::empty(204),
        }
    }
}

impl RevokeApiKeyOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `revokeApiKey` from 400 on, by code. (openapi/v1.yaml:678)
#[derive(Debug, Clone)]
pub enum RevokeApiKeyError {
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
    /// 404 `API_KEY_NOT_FOUND`: There is no such key, or not for this caller. (openapi/v1.yaml:4627)
    ApiKeyNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such key, or not for this caller. (openapi/v1.yaml:4627)
    RouteNotFound(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 410 `API_VERSION_GONE`: This version of the API has been switched off. (openapi/v1.yaml:4697)
    ApiVersionGone(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for RevokeApiKeyError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl RevokeApiKeyError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "API_KEY_NOT_FOUND" => Self::ApiKeyNotFound(problem),
            "ROUTE_NOT_FOUND" => Self::RouteNotFound(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("revokeApiKey")),
        }
    }
}

impl rt::Refuse for RevokeApiKeyError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) => rt::Refusal::problem(403, problem),
            Self::ApiKeyNotFound(problem) | Self::RouteNotFound(problem) => {
                rt::Refusal::problem(404, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl RevokeApiKeyError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `ApiKeys`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &LIST_API_KEYS,
    &CREATE_API_KEY,
    &REVOKE_API_KEY,
];

/// The routes of the tag `ApiKeys`.
#[derive(Debug)]
pub struct ApiKeysRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: ApiKeysApi> rt::poem_openapi::OpenApi for ApiKeysRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, ListApiKeysRequest>(&self.0, table);
        rt::mount::<S, CreateApiKeyRequest>(&self.0, table);
        rt::mount::<S, RevokeApiKeyRequest>(&self.0, table);
    }
}
