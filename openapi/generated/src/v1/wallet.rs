//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Wallet`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Wallet`. (openapi/v1.yaml:46)
///
/// The money that an account can pay with.
pub trait WalletApi: rt::Host {
    /// Show your wallet (openapi/v1.yaml:1353)
    ///
    /// What the account that calls can pay with.
    ///
    /// `GET /api/v1/wallet`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetWalletError`].
    fn get_wallet(
        &self,
        call: rt::Call<Self::Caller>,
        request: GetWalletRequest,
    ) -> impl Future<Output = Result<GetWalletOk, GetWalletError>> + Send;

    /// List what moved your money (openapi/v1.yaml:1393)
    ///
    /// The lines of the wallet, newest first. A feed: lines are only ever added, and reading on with `cursor` neither
    /// repeats nor skips any.
    ///
    /// `GET /api/v1/wallet/entries`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListWalletEntriesError`].
    fn list_wallet_entries(
        &self,
        call: rt::Call<Self::Caller>,
        request: ListWalletEntriesRequest,
    ) -> impl Future<
        Output = Result<ListWalletEntriesOk, ListWalletEntriesError>,
    > + Send;

    /// Pay money in (openapi/v1.yaml:1448)
    ///
    /// Moves money from a payment method into the wallet of the account that calls. The built-in sandbox provider
    /// takes every `source` but those that contain `decline`.
    ///
    /// `POST /api/v1/wallet/top-ups`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`TopUpWalletError`].
    fn top_up_wallet(
        &self,
        call: rt::Call<Self::Caller>,
        request: TopUpWalletRequest,
    ) -> impl Future<Output = Result<TopUpWalletOk, TopUpWalletError>> + Send;
}

/// How `getWallet` is judged before its handler runs. (openapi/v1.yaml:1353)
pub static GET_WALLET: rt::Spec = rt::Spec {
    id: "getWallet",
    tag: "Wallet",
    method: "GET",
    path: "/api/v1/wallet",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["member", "viewer", "admin"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["wallet:read"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::wallet_response::WALLET_RESPONSE_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["INSUFFICIENT_SCOPE"]),
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

/// `GET /api/v1/wallet`: Show your wallet (openapi/v1.yaml:1353)
#[derive(Debug, Clone)]
pub struct GetWalletRequest {}

impl<S: WalletApi> rt::Operation<S> for GetWalletRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = GetWalletOk;
    type Error = GetWalletError;
    fn spec() -> &'static rt::Spec {
        &GET_WALLET
    }

    fn parse(_input: &mut rt::Input<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_wallet(call, self)
    }
}

/// The answers of `getWallet` below 400. (openapi/v1.yaml:1353)
#[derive(Debug, Clone)]
pub enum GetWalletOk {
    /// 200: The wallet. (openapi/v1.yaml:1363)
    Ok {
        /// The body.
        body: types::WalletResponse,
    },
}

impl rt::Reply for GetWalletOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl GetWalletOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getWallet` from 400 on, by code. (openapi/v1.yaml:1353)
#[derive(Debug, Clone)]
pub enum GetWalletError {
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
    /// 403 `INSUFFICIENT_SCOPE`: The API key lacks a scope that the operation needs. (openapi/v1.yaml:4541)
    InsufficientScope(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for GetWalletError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetWalletError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("getWallet")),
        }
    }
}

impl rt::Refuse for GetWalletError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::InsufficientScope(problem) => rt::Refusal::problem(403, problem),
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

impl GetWalletError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static LIST_WALLET_ENTRIES_KIND: rt::rules::Parsed<types::WalletEntryKind> = rt::rules::Parsed::new();
static LIST_WALLET_ENTRIES_FROM: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_WALLET_ENTRIES_TO: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_WALLET_ENTRIES_CURSOR_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[A-Za-z0-9_-]+$",
);
static LIST_WALLET_ENTRIES_CURSOR: rt::rules::Text = rt::rules::Text::new()
    .length(1, 512)
    .pattern(&LIST_WALLET_ENTRIES_CURSOR_PATTERN);
static LIST_WALLET_ENTRIES_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// How `listWalletEntries` is judged before its handler runs. (openapi/v1.yaml:1393)
pub static LIST_WALLET_ENTRIES: rt::Spec = rt::Spec {
    id: "listWalletEntries",
    tag: "Wallet",
    method: "GET",
    path: "/api/v1/wallet/entries",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["member", "viewer", "admin"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["wallet:read"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[
        rt::Parameter::optional(
            rt::In::Query,
            "kind",
            rt::Shape::Named(&types::wallet_entry_kind::WALLET_ENTRY_KIND_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Query, "from", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "to", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "cursor", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::wallet_entry_feed::WALLET_ENTRY_FEED_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "INVALID_CURSOR", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["INSUFFICIENT_SCOPE"]),
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

/// `GET /api/v1/wallet/entries`: List what moved your money (openapi/v1.yaml:1393)
#[derive(Debug, Clone)]
pub struct ListWalletEntriesRequest {
    /// The query parameter `kind`. (openapi/v1.yaml:1405)
    ///
    /// Only lines of this kind.
    pub kind: Option<types::WalletEntryKind>,
    /// The query parameter `from`. (openapi/v1.yaml:5000)
    ///
    /// Only what happened at this time or later.
    pub from: Option<rt::Timestamp>,
    /// The query parameter `to`. (openapi/v1.yaml:5011)
    ///
    /// Only what happened before this time.
    pub to: Option<rt::Timestamp>,
    /// The query parameter `cursor`. (openapi/v1.yaml:4988)
    ///
    /// Where to go on: `nextCursor` of the answer before. Left out, the feed begins at its newest entry.
    pub cursor: Option<String>,
    /// The query parameter `limit`. (openapi/v1.yaml:4975)
    ///
    /// How many entries at most.
    pub limit: i32,
}

impl<S: WalletApi> rt::Operation<S> for ListWalletEntriesRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ListWalletEntriesOk;
    type Error = ListWalletEntriesError;
    fn spec() -> &'static rt::Spec {
        &LIST_WALLET_ENTRIES
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let kind = input.optional(rt::In::Query, "kind", &LIST_WALLET_ENTRIES_KIND);
        let from = input.optional(rt::In::Query, "from", &LIST_WALLET_ENTRIES_FROM);
        let to = input.optional(rt::In::Query, "to", &LIST_WALLET_ENTRIES_TO);
        let cursor = input
            .optional(rt::In::Query, "cursor", &LIST_WALLET_ENTRIES_CURSOR);
        let limit = input
            .with_default(rt::In::Query, "limit", &LIST_WALLET_ENTRIES_LIMIT, || 20);
        Some(Self {
            kind: kind?,
            from: from?,
            to: to?,
            cursor: cursor?,
            limit: limit?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.list_wallet_entries(call, self)
    }
}

/// The answers of `listWalletEntries` below 400. (openapi/v1.yaml:1393)
#[derive(Debug, Clone)]
pub enum ListWalletEntriesOk {
    /// 200: A stretch of the feed. (openapi/v1.yaml:1417)
    Ok {
        /// The body.
        body: types::WalletEntryFeed,
    },
}

impl rt::Reply for ListWalletEntriesOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl ListWalletEntriesOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listWalletEntries` from 400 on, by code. (openapi/v1.yaml:1393)
#[derive(Debug, Clone)]
pub enum ListWalletEntriesError {
    /// 400 `VALIDATION_ERROR`: The query or a header breaks the contract, or the cursor is not one of ours.
    /// (openapi/v1.yaml:4423)
    ValidationError(rt::Problem),
    /// 400 `INVALID_CURSOR`: The query or a header breaks the contract, or the cursor is not one of ours.
    /// (openapi/v1.yaml:4423)
    InvalidCursor(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The query or a header breaks the contract, or the cursor is not one of ours.
    /// (openapi/v1.yaml:4423)
    ApiVersionMismatch(rt::Problem),
    /// 401 `NO_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidApiKey(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: The API key lacks a scope that the operation needs. (openapi/v1.yaml:4541)
    InsufficientScope(rt::Problem),
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

impl<E: rt::IntoFailure> From<E> for ListWalletEntriesError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListWalletEntriesError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "INVALID_CURSOR" => Self::InvalidCursor(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("listWalletEntries")),
        }
    }
}

impl rt::Refuse for ListWalletEntriesError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::InvalidCursor(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::InsufficientScope(problem) => rt::Refusal::problem(403, problem),
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

impl ListWalletEntriesError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static TOP_UP_WALLET_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static TOP_UP_WALLET_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&TOP_UP_WALLET_IDEMPOTENCY_KEY_PATTERN);
/// How `topUpWallet` is judged before its handler runs. (openapi/v1.yaml:1448)
pub static TOP_UP_WALLET: rt::Spec = rt::Spec {
    id: "topUpWallet",
    tag: "Wallet",
    method: "POST",
    path: "/api/v1/wallet/top-ups",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["member", "viewer", "admin"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["wallet:write"],
            },
        ],
    ],
    tier: Some("heavy"),
    timeout: Some(std::time::Duration::from_secs(30)),
    idempotency: Some(rt::Presence::Required),
    parameters: &[
        rt::Parameter::required(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::new_top_up::NEW_TOP_UP_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::top_up_response::TOP_UP_RESPONSE_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &[
                "VALIDATION_ERROR",
                "MALFORMED_JSON",
                "IDEMPOTENCY_KEY_MISSING",
                "API_VERSION_MISMATCH",
            ],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(402, &["PAYMENT_DECLINED"]),
        rt::Answer::errors(403, &["INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(
            422,
            &["CURRENCY_MISMATCH", "LIMIT_EXCEEDED", "IDEMPOTENCY_KEY_REUSED"],
        ),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/wallet/top-ups`: Pay money in (openapi/v1.yaml:1448)
#[derive(Debug, Clone)]
pub struct TopUpWalletRequest {
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: rt::IdempotencyKey,
    /// The body. (openapi/v1.yaml:1463)
    ///
    /// How much, and from where.
    pub body: types::NewTopUp,
}

impl<S: WalletApi> rt::Operation<S> for TopUpWalletRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = TopUpWalletOk;
    type Error = TopUpWalletError;
    fn spec() -> &'static rt::Spec {
        &TOP_UP_WALLET
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let idempotency = input.idempotency_key();
        let body = input.body::<types::NewTopUp>();
        input.judge_header("Idempotency-Key", true, &TOP_UP_WALLET_IDEMPOTENCY_KEY);
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
        host.top_up_wallet(call, self)
    }
}

/// The answers of `topUpWallet` below 400. (openapi/v1.yaml:1448)
#[derive(Debug, Clone)]
pub enum TopUpWalletOk {
    /// 201: The money is there. (openapi/v1.yaml:1483)
    Created {
        /// The body.
        body: types::TopUpResponse,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for TopUpWalletOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Created { body } => rt::Rendered::json(201, body),
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl TopUpWalletOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `topUpWallet` from 400 on, by code. (openapi/v1.yaml:1448)
#[derive(Debug, Clone)]
pub enum TopUpWalletError {
    /// 400 `VALIDATION_ERROR`: The body is no JSON, the `Idempotency-Key` is missing, or something in the request
    /// breaks the contract. All violations come together. (openapi/v1.yaml:4485)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The body is no JSON, the `Idempotency-Key` is missing, or something in the request
    /// breaks the contract. All violations come together. (openapi/v1.yaml:4485)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The body is no JSON, the `Idempotency-Key` is missing, or something in the
    /// request breaks the contract. All violations come together. (openapi/v1.yaml:4485)
    IdempotencyKeyMissing(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The body is no JSON, the `Idempotency-Key` is missing, or something in the request
    /// breaks the contract. All violations come together. (openapi/v1.yaml:4485)
    ApiVersionMismatch(rt::Problem),
    /// 401 `NO_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidApiKey(rt::Problem),
    /// 402 `PAYMENT_DECLINED`: The provider declined the payment. (openapi/v1.yaml:1504)
    PaymentDeclined(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: The API key lacks a scope that the operation needs. (openapi/v1.yaml:4541)
    InsufficientScope(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: An earlier request with the same `Idempotency-Key` still runs.
    /// (openapi/v1.yaml:4678)
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
    /// 422 `CURRENCY_MISMATCH`: The currency is not that of the wallet, the balance would exceed what a wallet can
    /// hold, or the `Idempotency-Key` was used for another request. (openapi/v1.yaml:1531)
    CurrencyMismatch(rt::Problem),
    /// 422 `LIMIT_EXCEEDED`: The currency is not that of the wallet, the balance would exceed what a wallet can hold,
    /// or the `Idempotency-Key` was used for another request. (openapi/v1.yaml:1531)
    LimitExceeded(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The currency is not that of the wallet, the balance would exceed what a wallet
    /// can hold, or the `Idempotency-Key` was used for another request. (openapi/v1.yaml:1531)
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

impl<E: rt::IntoFailure> From<E> for TopUpWalletError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl TopUpWalletError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "PAYMENT_DECLINED" => Self::PaymentDeclined(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "CURRENCY_MISMATCH" => Self::CurrencyMismatch(problem),
            "LIMIT_EXCEEDED" => Self::LimitExceeded(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("topUpWallet")),
        }
    }
}

impl rt::Refuse for TopUpWalletError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::PaymentDeclined(problem) => rt::Refusal::problem(402, problem),
            Self::InsufficientScope(problem) => rt::Refusal::problem(403, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::IdempotencyKeyInUse(problem) => rt::Refusal::problem(409, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::CurrencyMismatch(problem)
            | Self::LimitExceeded(problem)
            | Self::IdempotencyKeyReused(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl TopUpWalletError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Wallet`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &GET_WALLET,
    &LIST_WALLET_ENTRIES,
    &TOP_UP_WALLET,
];

/// The routes of the tag `Wallet`.
#[derive(Debug)]
pub struct WalletRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: WalletApi> rt::poem_openapi::OpenApi for WalletRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, GetWalletRequest>(&self.0, table);
        rt::mount::<S, ListWalletEntriesRequest>(&self.0, table);
        rt::mount::<S, TopUpWalletRequest>(&self.0, table);
    }
}
