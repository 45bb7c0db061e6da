//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Users`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Users`. (openapi/v1.yaml:42)
///
/// Accounts and what they may do.
pub trait UsersApi: rt::Host {
    /// List accounts (openapi/v1.yaml:718)
    ///
    /// Every account, for staff.
    ///
    /// `GET /api/v1/users`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListUsersError`].
    fn list_users(
        &self,
        call: rt::Call<Self::Caller>,
        request: ListUsersRequest,
    ) -> impl Future<Output = Result<ListUsersOk, ListUsersError>> + Send;

    /// Create an account for somebody (openapi/v1.yaml:782)
    ///
    /// Creates an account with any role. The person gets a first password by mail, which is to be changed after the
    /// first log-in, and cannot log in before.
    ///
    /// `POST /api/v1/users`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CreateUserError`].
    fn create_user(
        &self,
        call: rt::Call<Self::Caller>,
        request: CreateUserRequest,
    ) -> impl Future<Output = Result<CreateUserOk, CreateUserError>> + Send;

    /// Show an account (openapi/v1.yaml:868)
    ///
    /// Everybody may read their own account, under its id or as `me`; staff may read any. To others an account that
    /// is not theirs does not exist.
    ///
    /// `GET /api/v1/users/{userId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetUserError`].
    fn get_user(
        &self,
        call: rt::Call<Self::Caller>,
        request: GetUserRequest,
    ) -> impl Future<Output = Result<GetUserOk, GetUserError>> + Send;

    /// Change an account (openapi/v1.yaml:914)
    ///
    /// Everybody may change their own name; administrators may also change names, roles and locks of anybody. Sending
    /// a field that is not yours to change is `FIELD_FORBIDDEN`, and nothing is changed then. A new role or lock
    /// takes effect within 5 seconds everywhere. The last administrator who can log in cannot be demoted or locked
    /// out.
    ///
    /// `PATCH /api/v1/users/{userId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`UpdateUserError`].
    fn update_user(
        &self,
        call: rt::Call<Self::Caller>,
        request: UpdateUserRequest,
    ) -> impl Future<Output = Result<UpdateUserOk, UpdateUserError>> + Send;
}

static LIST_USERS_ROLE: rt::rules::Parsed<types::Role> = rt::rules::Parsed::new();
static LIST_USERS_Q_PATTERN: rt::Pattern = rt::Pattern::new("^[^\\x00-\\x1F\\x7F]*$");
static LIST_USERS_Q: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&LIST_USERS_Q_PATTERN);
static LIST_USERS_SORT: rt::rules::Parsed<types::UserSort> = rt::rules::Parsed::new();
static LIST_USERS_PAGE: rt::rules::Int<i32> = rt::rules::Int::new(1, 1_000_000);
static LIST_USERS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// How `listUsers` is judged before its handler runs. (openapi/v1.yaml:718)
pub static LIST_USERS: rt::Spec = rt::Spec {
    id: "listUsers",
    tag: "Users",
    method: "GET",
    path: "/api/v1/users",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["viewer", "admin"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[
        rt::Parameter::optional(
            rt::In::Query,
            "role",
            rt::Shape::Named(&types::role::ROLE_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Query, "q", rt::Shape::Text("")),
        rt::Parameter::optional(
            rt::In::Query,
            "sort",
            rt::Shape::Named(&types::user_sort::USER_SORT_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Query, "page", rt::Shape::Integer("int32")),
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::user_page::USER_PAGE_SCHEMA),
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

/// `GET /api/v1/users`: List accounts (openapi/v1.yaml:718)
#[derive(Debug, Clone)]
pub struct ListUsersRequest {
    /// The query parameter `role`. (openapi/v1.yaml:726)
    ///
    /// Only accounts with this role.
    pub role: Option<types::Role>,
    /// The query parameter `q`. (openapi/v1.yaml:732)
    ///
    /// Only accounts whose name or address contains this text, without regard to case.
    pub q: Option<String>,
    /// The query parameter `sort`. (openapi/v1.yaml:742)
    ///
    /// What to sort by; a minus sign means descending.
    pub sort: types::UserSort,
    /// The query parameter `page`. (openapi/v1.yaml:4962)
    ///
    /// Which page, from 1.
    pub page: i32,
    /// The query parameter `limit`. (openapi/v1.yaml:4975)
    ///
    /// How many entries at most.
    pub limit: i32,
}

impl<S: UsersApi> rt::Operation<S> for ListUsersRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ListUsersOk;
    type Error = ListUsersError;
    fn spec() -> &'static rt::Spec {
        &LIST_USERS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let role = input.optional(rt::In::Query, "role", &LIST_USERS_ROLE);
        let q = input.optional(rt::In::Query, "q", &LIST_USERS_Q);
        let sort = input
            .with_default(
                rt::In::Query,
                "sort",
                &LIST_USERS_SORT,
                || types::UserSort::MinusCreatedAt,
            );
        let page = input.with_default(rt::In::Query, "page", &LIST_USERS_PAGE, || 1);
        let limit = input.with_default(rt::In::Query, "limit", &LIST_USERS_LIMIT, || 20);
        Some(Self {
            role: role?,
            q: q?,
            sort: sort?,
            page: page?,
            limit: limit?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.list_users(call, self)
    }
}

/// The answers of `listUsers` below 400. (openapi/v1.yaml:718)
#[derive(Debug, Clone)]
pub enum ListUsersOk {
    /// 200: A page of accounts. (openapi/v1.yaml:752)
    Ok {
        /// The body.
        body: types::UserPage,
        /// The `Link` header. (openapi/v1.yaml:6822)
        ///
        /// The neighbouring pages (RFC 8288): `first`, `prev`, `next`, `last`, as far as they exist.
        link: String,
    },
}

impl rt::Reply for ListUsersOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, link } => rt::Rendered::json(200, body).header("Link", link),
        }
    }
}

impl ListUsersOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listUsers` from 400 on, by code. (openapi/v1.yaml:718)
#[derive(Debug, Clone)]
pub enum ListUsersError {
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

impl<E: rt::IntoFailure> From<E> for ListUsersError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListUsersError {
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
            _ => Self::InternalError(problem.undeclared("listUsers")),
        }
    }
}

impl rt::Refuse for ListUsersError {
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

impl ListUsersError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CREATE_USER_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static CREATE_USER_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&CREATE_USER_IDEMPOTENCY_KEY_PATTERN);
/// How `createUser` is judged before its handler runs. (openapi/v1.yaml:782)
pub static CREATE_USER: rt::Spec = rt::Spec {
    id: "createUser",
    tag: "Users",
    method: "POST",
    path: "/api/v1/users",
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
    idempotency: Some(rt::Presence::Optional),
    parameters: &[
        rt::Parameter::optional(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::new_user::NEW_USER_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::user_response::USER_RESPONSE_SCHEMA),
            headers: &["Location", "ETag"],
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
        rt::Answer::errors(409, &["EMAIL_ALREADY_EXISTS", "IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(422, &["IDEMPOTENCY_KEY_REUSED"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/users`: Create an account for somebody (openapi/v1.yaml:782)
#[derive(Debug, Clone)]
pub struct CreateUserRequest {
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (openapi/v1.yaml:795)
    ///
    /// The account to be created.
    pub body: types::NewUser,
}

impl<S: UsersApi> rt::Operation<S> for CreateUserRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CreateUserOk;
    type Error = CreateUserError;
    fn spec() -> &'static rt::Spec {
        &CREATE_USER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let idempotency = input.optional_idempotency_key();
        let body = input.body::<types::NewUser>();
        input.judge_header("Idempotency-Key", false, &CREATE_USER_IDEMPOTENCY_KEY);
        Some(Self {
            idempotency: idempotency?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.create_user(call, self)
    }
}

/// The answers of `createUser` below 400. (openapi/v1.yaml:782)
#[derive(Debug, Clone)]
pub enum CreateUserOk {
    /// 201: The account exists. (openapi/v1.yaml:809)
    Created {
        /// The body.
        body: types::UserResponse,
        /// The `Location` header. (openapi/v1.yaml:6813)
        ///
        /// The path of what was created.
        location: String,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for CreateUserOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Created { body, location, etag } => {
                rt::Rendered::json(201, body)
                    .header("Location", location)
                    .header("ETag", etag)
            }
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl CreateUserOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `createUser` from 400 on, by code. (openapi/v1.yaml:782)
#[derive(Debug, Clone)]
pub enum CreateUserError {
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
    /// 409 `EMAIL_ALREADY_EXISTS`: The address is taken, or an earlier request with the same `Idempotency-Key` still
    /// runs. (openapi/v1.yaml:838)
    EmailAlreadyExists(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: The address is taken, or an earlier request with the same `Idempotency-Key`
    /// still runs. (openapi/v1.yaml:838)
    IdempotencyKeyInUse(rt::Problem),
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
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The `Idempotency-Key` was used for another request. (openapi/v1.yaml:4892)
    IdempotencyKeyReused(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for CreateUserError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CreateUserError {
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
            "EMAIL_ALREADY_EXISTS" => Self::EmailAlreadyExists(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("createUser")),
        }
    }
}

impl rt::Refuse for CreateUserError {
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
            Self::EmailAlreadyExists(problem) | Self::IdempotencyKeyInUse(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::IdempotencyKeyReused(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl CreateUserError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static GET_USER_USER_ID_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(me|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$",
);
static GET_USER_USER_ID: rt::rules::Text = rt::rules::Text::new()
    .length(2, 36)
    .pattern(&GET_USER_USER_ID_PATTERN);
static GET_USER_IF_NONE_MATCH: rt::rules::Text = rt::rules::Text::new().length(1, 1024);

/// How `getUser` is judged before its handler runs. (openapi/v1.yaml:868)
pub static GET_USER: rt::Spec = rt::Spec {
    id: "getUser",
    tag: "Users",
    method: "GET",
    path: "/api/v1/users/{userId}",
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
        rt::Parameter::required(rt::In::Path, "userId", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Header, "If-None-Match", rt::Shape::Text("")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::user_response::USER_RESPONSE_SCHEMA),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 304,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(404, &["USER_NOT_FOUND", "ROUTE_NOT_FOUND"]),
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

/// `GET /api/v1/users/{userId}`: Show an account (openapi/v1.yaml:868)
#[derive(Debug, Clone)]
pub struct GetUserRequest {
    /// The path parameter `userId`. (openapi/v1.yaml:4910)
    ///
    /// The id of an account, or `me` for the one that calls.
    pub user_id: String,
}

impl<S: UsersApi> rt::Operation<S> for GetUserRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = GetUserOk;
    type Error = GetUserError;
    fn spec() -> &'static rt::Spec {
        &GET_USER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let user_id = input.path_or("userId", &GET_USER_USER_ID, "USER_NOT_FOUND");
        input.judge_header("If-None-Match", false, &GET_USER_IF_NONE_MATCH);
        Some(Self { user_id: user_id? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_user(call, self)
    }
}

/// The answers of `getUser` below 400. (openapi/v1.yaml:868)
#[derive(Debug, Clone)]
pub enum GetUserOk {
    /// 200: The account. (openapi/v1.yaml:882)
    Ok {
        /// The body.
        body: types::UserResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
}

impl rt::Reply for GetUserOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
        }
    }
}

impl GetUserOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getUser` from 400 on, by code. (openapi/v1.yaml:868)
#[derive(Debug, Clone)]
pub enum GetUserError {
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
    /// 404 `USER_NOT_FOUND`: There is no such account, or not for this caller. (openapi/v1.yaml:4570)
    UserNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such account, or not for this caller. (openapi/v1.yaml:4570)
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

impl<E: rt::IntoFailure> From<E> for GetUserError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetUserError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "USER_NOT_FOUND" => Self::UserNotFound(problem),
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
            _ => Self::InternalError(problem.undeclared("getUser")),
        }
    }
}

impl rt::Refuse for GetUserError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) => rt::Refusal::problem(403, problem),
            Self::UserNotFound(problem) | Self::RouteNotFound(problem) => {
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

impl GetUserError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static UPDATE_USER_USER_ID_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(me|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$",
);
static UPDATE_USER_USER_ID: rt::rules::Text = rt::rules::Text::new()
    .length(2, 36)
    .pattern(&UPDATE_USER_USER_ID_PATTERN);
static UPDATE_USER_IF_MATCH_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*((W/)?\"[!#-~]*\")?)*)$",
);
static UPDATE_USER_IF_MATCH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 1024)
    .pattern(&UPDATE_USER_IF_MATCH_PATTERN);
/// How `updateUser` is judged before its handler runs. (openapi/v1.yaml:914)
pub static UPDATE_USER: rt::Spec = rt::Spec {
    id: "updateUser",
    tag: "Users",
    method: "PATCH",
    path: "/api/v1/users/{userId}",
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
        rt::Parameter::required(rt::In::Path, "userId", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Header, "If-Match", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::user_changes::USER_CHANGES_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::user_response::USER_RESPONSE_SCHEMA),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "FIELD_FORBIDDEN"]),
        rt::Answer::errors(404, &["USER_NOT_FOUND", "ROUTE_NOT_FOUND"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(412, &["PRECONDITION_FAILED"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(422, &["LAST_ADMIN"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `PATCH /api/v1/users/{userId}`: Change an account (openapi/v1.yaml:914)
#[derive(Debug, Clone)]
pub struct UpdateUserRequest {
    /// The path parameter `userId`. (openapi/v1.yaml:4910)
    ///
    /// The id of an account, or `me` for the one that calls.
    pub user_id: String,
    /// The body. (openapi/v1.yaml:928)
    ///
    /// What to change.
    pub body: types::UserChanges,
}

impl<S: UsersApi> rt::Operation<S> for UpdateUserRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = UpdateUserOk;
    type Error = UpdateUserError;
    fn spec() -> &'static rt::Spec {
        &UPDATE_USER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let user_id = input.path_or("userId", &UPDATE_USER_USER_ID, "USER_NOT_FOUND");
        let body = input.body::<types::UserChanges>();
        input.judge_header("If-Match", false, &UPDATE_USER_IF_MATCH);
        Some(Self {
            user_id: user_id?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.update_user(call, self)
    }
}

/// The answers of `updateUser` below 400. (openapi/v1.yaml:914)
#[derive(Debug, Clone)]
pub enum UpdateUserOk {
    /// 200: The account as it is now. (openapi/v1.yaml:944)
    Ok {
        /// The body.
        body: types::UserResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
}

impl rt::Reply for UpdateUserOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
        }
    }
}

impl UpdateUserOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `updateUser` from 400 on, by code. (openapi/v1.yaml:914)
#[derive(Debug, Clone)]
pub enum UpdateUserError {
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
    /// 403 `FORBIDDEN`: The account is not yours to change, a field is not, or an API key was used.
    /// (openapi/v1.yaml:966)
    Forbidden(rt::Problem),
    /// 403 `FIELD_FORBIDDEN`: The account is not yours to change, a field is not, or an API key was used.
    /// (openapi/v1.yaml:966)
    FieldForbidden(rt::Problem),
    /// 404 `USER_NOT_FOUND`: There is no such account, or not for this caller. (openapi/v1.yaml:4570)
    UserNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such account, or not for this caller. (openapi/v1.yaml:4570)
    RouteNotFound(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 410 `API_VERSION_GONE`: This version of the API has been switched off. (openapi/v1.yaml:4697)
    ApiVersionGone(rt::Problem),
    /// 412 `PRECONDITION_FAILED`: `If-Match` names a version that is not current any more. Read the resource again.
    /// (openapi/v1.yaml:4710)
    PreconditionFailed(rt::Problem),
    /// 413 `PAYLOAD_TOO_LARGE`: The body is larger than the operation takes, after decompression if it was
    /// compressed. (openapi/v1.yaml:4728)
    PayloadTooLarge(rt::Problem),
    /// 414 `URI_TOO_LONG`: The request target is longer than 8 `KiB`. (openapi/v1.yaml:4746)
    UriTooLong(rt::Problem),
    /// 415 `UNSUPPORTED_MEDIA_TYPE`: The body is not `application/json`, or its encoding is not known.
    /// (openapi/v1.yaml:4759)
    UnsupportedMediaType(rt::Problem),
    /// 422 `LAST_ADMIN`: The last administrator must stay one. (openapi/v1.yaml:987)
    LastAdmin(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for UpdateUserError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl UpdateUserError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "FIELD_FORBIDDEN" => Self::FieldForbidden(problem),
            "USER_NOT_FOUND" => Self::UserNotFound(problem),
            "ROUTE_NOT_FOUND" => Self::RouteNotFound(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PRECONDITION_FAILED" => Self::PreconditionFailed(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "LAST_ADMIN" => Self::LastAdmin(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("updateUser")),
        }
    }
}

impl rt::Refuse for UpdateUserError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::FieldForbidden(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::UserNotFound(problem) | Self::RouteNotFound(problem) => {
                rt::Refusal::problem(404, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PreconditionFailed(problem) => rt::Refusal::problem(412, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::LastAdmin(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl UpdateUserError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Users`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &LIST_USERS,
    &CREATE_USER,
    &GET_USER,
    &UPDATE_USER,
];

/// The routes of the tag `Users`.
#[derive(Debug)]
pub struct UsersRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: UsersApi> rt::poem_openapi::OpenApi for UsersRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, ListUsersRequest>(&self.0, table);
        rt::mount::<S, CreateUserRequest>(&self.0, table);
        rt::mount::<S, GetUserRequest>(&self.0, table);
        rt::mount::<S, UpdateUserRequest>(&self.0, table);
    }
}
