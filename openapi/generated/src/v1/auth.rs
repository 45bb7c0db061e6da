//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Auth`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Auth`. (openapi/v1.yaml:38)
///
/// Accounts open, sessions begin, go on and end.
pub trait AuthApi: rt::Host {
    /// Open an account (openapi/v1.yaml:151)
    ///
    /// Creates an account with the role `member` and an empty wallet. Nobody is logged in by it: log in next. The
    /// role cannot be chosen here; a field `role` is refused like any unknown field.
    ///
    /// `POST /api/v1/auth/register`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`RegisterError`].
    fn register(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: RegisterRequest,
    ) -> impl Future<Output = Result<RegisterOk, RegisterError>> + Send;

    /// Log in (openapi/v1.yaml:244)
    ///
    /// Opens a session. An unknown address, a wrong password and a locked account are answered alike, in the same
    /// time. Attempts count against the address of the caller and against the account, so a flood of wrong passwords
    /// ends in 429.
    ///
    /// `POST /api/v1/auth/login`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`LoginError`].
    fn login(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: LoginRequest,
    ) -> impl Future<Output = Result<LoginOk, LoginError>> + Send;

    /// Renew a session (openapi/v1.yaml:333)
    ///
    /// Trades a refresh token for a new pair. The token comes in the body or in the cookie `waybill_refresh`; the new
    /// one goes back the same way. Each token works once: when one comes a second time, somebody else may hold it,
    /// and the whole session ends with `REFRESH_TOKEN_REUSED`. A repetition within 10 seconds is forgiven as long as
    /// the successor has not been used, so that a lost answer costs nothing. With no token at all the answer is
    /// `REFRESH_TOKEN_INVALID`.
    ///
    /// `POST /api/v1/auth/refresh`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`RefreshTokenError`].
    fn refresh_token(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: RefreshTokenRequest,
    ) -> impl Future<Output = Result<RefreshTokenOk, RefreshTokenError>> + Send;

    /// Log out (openapi/v1.yaml:415)
    ///
    /// Ends the session of the access token, or with `all` every session of the account, and clears the cookie.
    /// Access tokens of an ended session stop working within 5 seconds.
    ///
    /// `POST /api/v1/auth/logout`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`LogoutError`].
    fn logout(
        &self,
        call: rt::Call<Self::Caller>,
        request: LogoutRequest,
    ) -> impl Future<Output = Result<LogoutOk, LogoutError>> + Send;

    /// Change the password (openapi/v1.yaml:470)
    ///
    /// Sets a new password. Every other session of the account ends; the one that calls goes on.
    ///
    /// `POST /api/v1/auth/password`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ChangePasswordError`].
    fn change_password(
        &self,
        call: rt::Call<Self::Caller>,
        request: ChangePasswordRequest,
    ) -> impl Future<Output = Result<ChangePasswordOk, ChangePasswordError>> + Send;
}

/// How `register` is judged before its handler runs. (openapi/v1.yaml:151)
pub static REGISTER: rt::Spec = rt::Spec {
    id: "register",
    tag: "Auth",
    method: "POST",
    path: "/api/v1/auth/register",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    tier: Some("auth"),
    cache: rt::CachePolicy::NoStore,
    parameters: &[],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 16_384,
        shape: rt::Shape::Named(&types::registration::REGISTRATION_SCHEMA),
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
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["EMAIL_ALREADY_EXISTS"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(422, &["PASSWORD_TOO_COMMON"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/auth/register`: Open an account (openapi/v1.yaml:151)
#[derive(Debug, Clone)]
pub struct RegisterRequest {
    /// The body. (openapi/v1.yaml:162)
    ///
    /// Who opens the account.
    pub body: types::Registration,
}

impl<S: AuthApi> rt::Operation<S> for RegisterRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = RegisterOk;
    type Error = RegisterError;
    fn spec() -> &'static rt::Spec {
        &REGISTER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::Registration>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.register(call, self)
    }
}

/// The answers of `register` below 400. (openapi/v1.yaml:151)
#[derive(Debug, Clone)]
pub enum RegisterOk {
    /// 201: The account exists. (openapi/v1.yaml:176)
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
}

impl rt::Reply for RegisterOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Created { body, location, etag } => {
                rt::Rendered::json(201, body)
                    .header("Location", location)
                    .header("ETag", etag)
            }
        }
    }
}

impl RegisterOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `register` from 400 on, by code. (openapi/v1.yaml:151)
#[derive(Debug, Clone)]
pub enum RegisterError {
    /// 400 `VALIDATION_ERROR`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    MalformedJson(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The body is no JSON, or something in the request breaks the contract. All
    /// violations come together. (openapi/v1.yaml:4443)
    ApiVersionMismatch(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 409 `EMAIL_ALREADY_EXISTS`: The address is taken. (openapi/v1.yaml:200)
    EmailAlreadyExists(rt::Problem),
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
    /// 422 `PASSWORD_TOO_COMMON`: The password is too common. (openapi/v1.yaml:221)
    PasswordTooCommon(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for RegisterError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl RegisterError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "EMAIL_ALREADY_EXISTS" => Self::EmailAlreadyExists(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "PASSWORD_TOO_COMMON" => Self::PasswordTooCommon(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("register")),
        }
    }
}

impl rt::Refuse for RegisterError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::EmailAlreadyExists(problem) => rt::Refusal::problem(409, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::PasswordTooCommon(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl RegisterError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `login` is judged before its handler runs. (openapi/v1.yaml:244)
pub static LOGIN: rt::Spec = rt::Spec {
    id: "login",
    tag: "Auth",
    method: "POST",
    path: "/api/v1/auth/login",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    tier: Some("auth"),
    cache: rt::CachePolicy::NoStore,
    parameters: &[],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 16_384,
        shape: rt::Shape::Named(&types::login_credentials::LOGIN_CREDENTIALS_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::tokens_response::TOKENS_RESPONSE_SCHEMA),
            headers: &["Set-Cookie"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["INVALID_CREDENTIALS"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/auth/login`: Log in (openapi/v1.yaml:244)
#[derive(Debug, Clone)]
pub struct LoginRequest {
    /// The body. (openapi/v1.yaml:256)
    ///
    /// Who logs in, and how.
    pub body: types::LoginCredentials,
}

impl<S: AuthApi> rt::Operation<S> for LoginRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = LoginOk;
    type Error = LoginError;
    fn spec() -> &'static rt::Spec {
        &LOGIN
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::LoginCredentials>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.login(call, self)
    }
}

/// The answers of `login` below 400. (openapi/v1.yaml:244)
#[derive(Debug, Clone)]
pub enum LoginOk {
    /// 200: A session is open. (openapi/v1.yaml:283)
    Ok {
        /// The body.
        body: types::TokensResponse,
        /// The `Set-Cookie` header. (openapi/v1.yaml:6873)
        ///
        /// The refresh token in the cookie `waybill_refresh`, where that was asked for; an expired one ends it.
        set_cookie: Option<String>,
    },
}

impl rt::Reply for LoginOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, set_cookie } => {
                rt::Rendered::json(200, body)
                    .header_option("Set-Cookie", set_cookie.as_deref())
            }
        }
    }
}

impl LoginOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `login` from 400 on, by code. (openapi/v1.yaml:244)
#[derive(Debug, Clone)]
pub enum LoginError {
    /// 400 `VALIDATION_ERROR`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    MalformedJson(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The body is no JSON, or something in the request breaks the contract. All
    /// violations come together. (openapi/v1.yaml:4443)
    ApiVersionMismatch(rt::Problem),
    /// 401 `INVALID_CREDENTIALS`: The address or the password is wrong, or the account is locked.
    /// (openapi/v1.yaml:303)
    InvalidCredentials(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for LoginError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl LoginError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "INVALID_CREDENTIALS" => Self::InvalidCredentials(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("login")),
        }
    }
}

impl rt::Refuse for LoginError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::InvalidCredentials(problem) => rt::Refusal::problem(401, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl LoginError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static REFRESH_TOKEN_WAYBILL_REFRESH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 2048);
/// How `refreshToken` is judged before its handler runs. (openapi/v1.yaml:333)
pub static REFRESH_TOKEN: rt::Spec = rt::Spec {
    id: "refreshToken",
    tag: "Auth",
    method: "POST",
    path: "/api/v1/auth/refresh",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    tier: Some("auth"),
    cache: rt::CachePolicy::NoStore,
    parameters: &[
        rt::Parameter::optional(rt::In::Cookie, "waybill_refresh", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: false,
        media: "application/json",
        limit_bytes: 16_384,
        shape: rt::Shape::Named(&types::token_refresh::TOKEN_REFRESH_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::tokens_response::TOKENS_RESPONSE_SCHEMA),
            headers: &["Set-Cookie"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["REFRESH_TOKEN_INVALID", "REFRESH_TOKEN_REUSED"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/auth/refresh`: Renew a session (openapi/v1.yaml:333)
#[derive(Debug, Clone)]
pub struct RefreshTokenRequest {
    /// The cookie parameter `waybill_refresh`. (openapi/v1.yaml:5074)
    ///
    /// The refresh token, as a log-in with `tokenDelivery: cookie` set it. The body wins when both are there.
    pub waybill_refresh: Option<String>,
    /// The body. (openapi/v1.yaml:349)
    ///
    /// The refresh token, unless it is in the cookie.
    pub body: Option<types::TokenRefresh>,
}

impl<S: AuthApi> rt::Operation<S> for RefreshTokenRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = RefreshTokenOk;
    type Error = RefreshTokenError;
    fn spec() -> &'static rt::Spec {
        &REFRESH_TOKEN
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let waybill_refresh = input
            .optional(rt::In::Cookie, "waybill_refresh", &REFRESH_TOKEN_WAYBILL_REFRESH);
        let body = input.optional_body::<types::TokenRefresh>();
        Some(Self {
            waybill_refresh: waybill_refresh?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.refresh_token(call, self)
    }
}

/// The answers of `refreshToken` below 400. (openapi/v1.yaml:333)
#[derive(Debug, Clone)]
pub enum RefreshTokenOk {
    /// 200: The session goes on with new tokens. (openapi/v1.yaml:364)
    Ok {
        /// The body.
        body: types::TokensResponse,
        /// The `Set-Cookie` header. (openapi/v1.yaml:6873)
        ///
        /// The refresh token in the cookie `waybill_refresh`, where that was asked for; an expired one ends it.
        set_cookie: Option<String>,
    },
}

impl rt::Reply for RefreshTokenOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, set_cookie } => {
                rt::Rendered::json(200, body)
                    .header_option("Set-Cookie", set_cookie.as_deref())
            }
        }
    }
}

impl RefreshTokenOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `refreshToken` from 400 on, by code. (openapi/v1.yaml:333)
#[derive(Debug, Clone)]
pub enum RefreshTokenError {
    /// 400 `VALIDATION_ERROR`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    MalformedJson(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The body is no JSON, or something in the request breaks the contract. All
    /// violations come together. (openapi/v1.yaml:4443)
    ApiVersionMismatch(rt::Problem),
    /// 401 `REFRESH_TOKEN_INVALID`: The token is missing, unknown, expired or was used before. (openapi/v1.yaml:384)
    RefreshTokenInvalid(rt::Problem),
    /// 401 `REFRESH_TOKEN_REUSED`: The token is missing, unknown, expired or was used before. (openapi/v1.yaml:384)
    RefreshTokenReused(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for RefreshTokenError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl RefreshTokenError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "REFRESH_TOKEN_INVALID" => Self::RefreshTokenInvalid(problem),
            "REFRESH_TOKEN_REUSED" => Self::RefreshTokenReused(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("refreshToken")),
        }
    }
}

impl rt::Refuse for RefreshTokenError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::RefreshTokenInvalid(problem) | Self::RefreshTokenReused(problem) => {
                rt::Refusal::problem(401, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl RefreshTokenError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `logout` is judged before its handler runs. (openapi/v1.yaml:415)
pub static LOGOUT: rt::Spec = rt::Spec {
    id: "logout",
    tag: "Auth",
    method: "POST",
    path: "/api/v1/auth/logout",
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
        required: false,
        media: "application/json",
        limit_bytes: 16_384,
        shape: rt::Shape::Named(&types::logout_options::LOGOUT_OPTIONS_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 204,
            headers: &["Set-Cookie"],
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
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/auth/logout`: Log out (openapi/v1.yaml:415)
#[derive(Debug, Clone)]
pub struct LogoutRequest {
    /// The body. (openapi/v1.yaml:427)
    ///
    /// How far to log out.
    pub body: Option<types::LogoutOptions>,
}

impl<S: AuthApi> rt::Operation<S> for LogoutRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = LogoutOk;
    type Error = LogoutError;
    fn spec() -> &'static rt::Spec {
        &LOGOUT
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.optional_body::<types::LogoutOptions>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.logout(call, self)
    }
}

/// The answers of `logout` below 400. (openapi/v1.yaml:415)
#[derive(Debug, Clone)]
pub enum LogoutOk {
    /// 204: Logged out. (openapi/v1.yaml:442)
    NoContent {
        /// The `Set-Cookie` header. (openapi/v1.yaml:6873)
        ///
        /// The refresh token in the cookie `waybill_refresh`, where that was asked for; an expired one ends it.
        set_cookie: Option<String>,
    },
}

impl rt::Reply for LogoutOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::NoContent { set_cookie } => {
                rt::Rendered::empty(204)
                    .header_option("Set-Cookie", set_cookie.as_deref())
            }
        }
    }
}

impl LogoutOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `logout` from 400 on, by code. (openapi/v1.yaml:415)
#[derive(Debug, Clone)]
pub enum LogoutError {
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

impl<E: rt::IntoFailure> From<E> for LogoutError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl LogoutError {
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
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("logout")),
        }
    }
}

impl rt::Refuse for LogoutError {
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
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl LogoutError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `changePassword` is judged before its handler runs. (openapi/v1.yaml:470)
pub static CHANGE_PASSWORD: rt::Spec = rt::Spec {
    id: "changePassword",
    tag: "Auth",
    method: "POST",
    path: "/api/v1/auth/password",
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
        limit_bytes: 16_384,
        shape: rt::Shape::Named(&types::password_change::PASSWORD_CHANGE_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 204,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(
            401,
            &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY", "INVALID_CREDENTIALS"],
        ),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(422, &["PASSWORD_TOO_COMMON"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/auth/password`: Change the password (openapi/v1.yaml:470)
#[derive(Debug, Clone)]
pub struct ChangePasswordRequest {
    /// The body. (openapi/v1.yaml:480)
    ///
    /// The password as it is and as it shall be.
    pub body: types::PasswordChange,
}

impl<S: AuthApi> rt::Operation<S> for ChangePasswordRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ChangePasswordOk;
    type Error = ChangePasswordError;
    fn spec() -> &'static rt::Spec {
        &CHANGE_PASSWORD
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::PasswordChange>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.change_password(call, self)
    }
}

/// The answers of `changePassword` below 400. (openapi/v1.yaml:470)
#[derive(Debug, Clone)]
pub enum ChangePasswordOk {
    /// 204: The password is changed. (openapi/v1.yaml:493)
    NoContent,
}

impl rt::Reply for ChangePasswordOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::NoContent => rt::Rendered::empty(204),
        }
    }
}

impl ChangePasswordOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `changePassword` from 400 on, by code. (openapi/v1.yaml:470)
#[derive(Debug, Clone)]
pub enum ChangePasswordError {
    /// 400 `VALIDATION_ERROR`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The body is no JSON, or something in the request breaks the contract. All violations
    /// come together. (openapi/v1.yaml:4443)
    MalformedJson(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The body is no JSON, or something in the request breaks the contract. All
    /// violations come together. (openapi/v1.yaml:4443)
    ApiVersionMismatch(rt::Problem),
    /// 401 `NO_TOKEN`: The current password is wrong, or the credentials of the call are missing or not valid.
    /// (openapi/v1.yaml:506)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: The current password is wrong, or the credentials of the call are missing or not valid.
    /// (openapi/v1.yaml:506)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: The current password is wrong, or the credentials of the call are missing or not valid.
    /// (openapi/v1.yaml:506)
    InvalidApiKey(rt::Problem),
    /// 401 `INVALID_CREDENTIALS`: The current password is wrong, or the credentials of the call are missing or not
    /// valid. (openapi/v1.yaml:506)
    InvalidCredentials(rt::Problem),
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
    /// 422 `PASSWORD_TOO_COMMON`: The new password is too common. (openapi/v1.yaml:534)
    PasswordTooCommon(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for ChangePasswordError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ChangePasswordError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INVALID_CREDENTIALS" => Self::InvalidCredentials(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "PASSWORD_TOO_COMMON" => Self::PasswordTooCommon(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("changePassword")),
        }
    }
}

impl rt::Refuse for ChangePasswordError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem)
            | Self::InvalidCredentials(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) => rt::Refusal::problem(403, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::PasswordTooCommon(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl ChangePasswordError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Auth`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &REGISTER,
    &LOGIN,
    &REFRESH_TOKEN,
    &LOGOUT,
    &CHANGE_PASSWORD,
];

/// The routes of the tag `Auth`.
#[derive(Debug)]
pub struct AuthRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: AuthApi> rt::poem_openapi::OpenApi for AuthRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, RegisterRequest>(&self.0, table);
        rt::mount::<S, LoginRequest>(&self.0, table);
        rt::mount::<S, RefreshTokenRequest>(&self.0, table);
        rt::mount::<S, LogoutRequest>(&self.0, table);
        rt::mount::<S, ChangePasswordRequest>(&self.0, table);
    }
}
