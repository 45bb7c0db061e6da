//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Orders`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Orders`. (openapi/v1.yaml:48)
///
/// From placing an order to paying or cancelling it.
pub trait OrdersApi: rt::Host {
    /// List your orders (openapi/v1.yaml:1732)
    ///
    /// The orders of the account that calls.
    ///
    /// `GET /api/v1/orders`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListOrdersError`].
    fn list_orders(
        &self,
        call: rt::Call<Self::Caller>,
        request: ListOrdersRequest,
    ) -> impl Future<Output = Result<ListOrdersOk, ListOrdersError>> + Send;

    /// Place an order (openapi/v1.yaml:1557)
    ///
    /// Reserves the stock for 15 minutes and places the order; pay it next. The wallet must cover the total already,
    /// but nothing is taken from it yet. An order above the approval threshold begins as `PENDING_APPROVAL`. With
    /// `dryRun=true` nothing is stored or reserved and the answer says what the order would cost; an
    /// `Idempotency-Key` has no effect then.
    ///
    /// `POST /api/v1/orders`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CreateOrderError`].
    fn create_order(
        &self,
        call: rt::Call<Self::Caller>,
        request: CreateOrderRequest,
    ) -> impl Future<Output = Result<CreateOrderOk, CreateOrderError>> + Send;

    /// Show an order (openapi/v1.yaml:1780)
    ///
    /// One order: your own, or any for staff. To others it does not exist. `expand` adds its payments, its history or
    /// the product as it is today.
    ///
    /// `GET /api/v1/orders/{orderId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetOrderError`].
    fn get_order(
        &self,
        call: rt::Call<Self::Caller>,
        request: GetOrderRequest,
    ) -> impl Future<Output = Result<GetOrderOk, GetOrderError>> + Send;

    /// Pay an order (openapi/v1.yaml:1830)
    ///
    /// Takes the total from the wallet, turns the reservation into a sale and marks the order PAID, all of it or
    /// nothing. However often it is called, an order is charged once. Only its owner can pay it, while it is PENDING
    /// or CONFIRMED and its reservation has not run out.
    ///
    /// `POST /api/v1/orders/{orderId}/pay`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`PayOrderError`].
    fn pay_order(
        &self,
        call: rt::Call<Self::Caller>,
        request: PayOrderRequest,
    ) -> impl Future<Output = Result<PayOrderOk, PayOrderError>> + Send;

    /// Cancel an order (openapi/v1.yaml:1939)
    ///
    /// Gives an order up while it is `PENDING_APPROVAL`, PENDING, CONFIRMED or PAID. The stock becomes free; what was
    /// paid comes back to the wallet. Administrators cancel orders of others through the status of the order.
    ///
    /// `POST /api/v1/orders/{orderId}/cancel`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CancelOrderError`].
    fn cancel_order(
        &self,
        call: rt::Call<Self::Caller>,
        request: CancelOrderRequest,
    ) -> impl Future<Output = Result<CancelOrderOk, CancelOrderError>> + Send;
}

static LIST_ORDERS_STATUS: rt::rules::List<rt::rules::Parsed<types::OrderStatus>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(1, 10)
    .unique();
static LIST_ORDERS_FROM: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_ORDERS_TO: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_ORDERS_SORT: rt::rules::Parsed<types::OrderSort> = rt::rules::Parsed::new();
static LIST_ORDERS_PAGE: rt::rules::Int<i32> = rt::rules::Int::new(1, 1_000_000);
static LIST_ORDERS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// How `listOrders` is judged before its handler runs. (openapi/v1.yaml:1732)
pub static LIST_ORDERS: rt::Spec = rt::Spec {
    id: "listOrders",
    tag: "Orders",
    method: "GET",
    path: "/api/v1/orders",
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
                names: &["orders:read"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[
        rt::Parameter::optional(
            rt::In::Query,
            "status",
            rt::Shape::List(&rt::Shape::Named(&types::order_status::ORDER_STATUS_SCHEMA)),
        ),
        rt::Parameter::optional(rt::In::Query, "from", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "to", rt::Shape::Text("date-time")),
        rt::Parameter::optional(
            rt::In::Query,
            "sort",
            rt::Shape::Named(&types::order_sort::ORDER_SORT_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Query, "page", rt::Shape::Integer("int32")),
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::order_page::ORDER_PAGE_SCHEMA),
            headers: &["Link"],
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

/// `GET /api/v1/orders`: List your orders (openapi/v1.yaml:1732)
#[derive(Debug, Clone)]
pub struct ListOrdersRequest {
    /// The query parameter `status`. (openapi/v1.yaml:5086)
    ///
    /// Only orders in one of these states, separated by commas.
    pub status: Vec<types::OrderStatus>,
    /// The query parameter `from`. (openapi/v1.yaml:5000)
    ///
    /// Only what happened at this time or later.
    pub from: Option<rt::Timestamp>,
    /// The query parameter `to`. (openapi/v1.yaml:5011)
    ///
    /// Only what happened before this time.
    pub to: Option<rt::Timestamp>,
    /// The query parameter `sort`. (openapi/v1.yaml:5116)
    ///
    /// What to sort by; a minus sign means descending.
    pub sort: types::OrderSort,
    /// The query parameter `page`. (openapi/v1.yaml:4962)
    ///
    /// Which page, from 1.
    pub page: i32,
    /// The query parameter `limit`. (openapi/v1.yaml:4975)
    ///
    /// How many entries at most.
    pub limit: i32,
}

impl<S: OrdersApi> rt::Operation<S> for ListOrdersRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ListOrdersOk;
    type Error = ListOrdersError;
    fn spec() -> &'static rt::Spec {
        &LIST_ORDERS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let status = input
            .list(rt::In::Query, "status", rt::Style::Comma, &LIST_ORDERS_STATUS);
        let from = input.optional(rt::In::Query, "from", &LIST_ORDERS_FROM);
        let to = input.optional(rt::In::Query, "to", &LIST_ORDERS_TO);
        let sort = input
            .with_default(
                rt::In::Query,
                "sort",
                &LIST_ORDERS_SORT,
                || types::OrderSort::MinusCreatedAt,
            );
        let page = input.with_default(rt::In::Query, "page", &LIST_ORDERS_PAGE, || 1);
        let limit = input
            .with_default(rt::In::Query, "limit", &LIST_ORDERS_LIMIT, || 20);
        Some(Self {
            status: status?,
            from: from?,
            to: to?,
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
        host.list_orders(call, self)
    }
}

/// The answers of `listOrders` below 400. (openapi/v1.yaml:1732)
#[derive(Debug, Clone)]
pub enum ListOrdersOk {
    /// 200: A page of orders. (openapi/v1.yaml:1749)
    Ok {
        /// The body.
        body: types::OrderPage,
        /// The `Link` header. (openapi/v1.yaml:6822)
        ///
        /// The neighbouring pages (RFC 8288): `first`, `prev`, `next`, `last`, as far as they exist.
        link: String,
    },
}

impl rt::Reply for ListOrdersOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, link } => rt::Rendered::json(200, body).header("Link", link),
        }
    }
}

impl ListOrdersOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listOrders` from 400 on, by code. (openapi/v1.yaml:1732)
#[derive(Debug, Clone)]
pub enum ListOrdersError {
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

impl<E: rt::IntoFailure> From<E> for ListOrdersError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListOrdersError {
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
            _ => Self::InternalError(problem.undeclared("listOrders")),
        }
    }
}

impl rt::Refuse for ListOrdersError {
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

impl ListOrdersError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CREATE_ORDER_DRY_RUN: rt::rules::Bool = rt::rules::Bool;
static CREATE_ORDER_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static CREATE_ORDER_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&CREATE_ORDER_IDEMPOTENCY_KEY_PATTERN);
/// How `createOrder` is judged before its handler runs. (openapi/v1.yaml:1557)
pub static CREATE_ORDER: rt::Spec = rt::Spec {
    id: "createOrder",
    tag: "Orders",
    method: "POST",
    path: "/api/v1/orders",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["member", "admin"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["orders:write"],
            },
        ],
    ],
    tier: Some("general"),
    idempotency: Some(rt::Presence::Optional),
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "dryRun", rt::Shape::Boolean),
        rt::Parameter::optional(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::new_order::NEW_ORDER_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(
                &types::order_quote_response::ORDER_QUOTE_RESPONSE_SCHEMA,
            ),
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::order_response::ORDER_RESPONSE_SCHEMA),
            headers: &["Location", "ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(402, &["INSUFFICIENT_FUNDS"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(404, &["PRODUCT_NOT_FOUND"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["OUT_OF_STOCK", "IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(
            422,
            &[
                "COUPON_INVALID",
                "COUPON_EXPIRED",
                "COUPON_EXHAUSTED",
                "CURRENCY_MISMATCH",
                "IDEMPOTENCY_KEY_REUSED",
            ],
        ),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/orders`: Place an order (openapi/v1.yaml:1557)
#[derive(Debug, Clone)]
pub struct CreateOrderRequest {
    /// The query parameter `dryRun`. (openapi/v1.yaml:1571)
    ///
    /// True only computes what the order would cost.
    pub dry_run: bool,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (openapi/v1.yaml:1581)
    ///
    /// What to order.
    pub body: types::NewOrder,
}

impl<S: OrdersApi> rt::Operation<S> for CreateOrderRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CreateOrderOk;
    type Error = CreateOrderError;
    fn spec() -> &'static rt::Spec {
        &CREATE_ORDER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let dry_run = input
            .with_default(rt::In::Query, "dryRun", &CREATE_ORDER_DRY_RUN, || false);
        let idempotency = input.optional_idempotency_key();
        let body = input.body::<types::NewOrder>();
        input.judge_header("Idempotency-Key", false, &CREATE_ORDER_IDEMPOTENCY_KEY);
        Some(Self {
            dry_run: dry_run?,
            idempotency: idempotency?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.create_order(call, self)
    }
}

/// The answers of `createOrder` below 400. (openapi/v1.yaml:1557)
#[derive(Debug, Clone)]
pub enum CreateOrderOk {
    /// 200: What the order would cost (`dryRun=true`). (openapi/v1.yaml:1600)
    Ok {
        /// The body.
        body: types::OrderQuoteResponse,
    },
    /// 201: The order is placed. (openapi/v1.yaml:1616)
    Created {
        /// The body.
        body: types::OrderResponse,
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

impl rt::Reply for CreateOrderOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
            Self::Created { body, location, etag } => {
                rt::Rendered::json(201, body)
                    .header("Location", location)
                    .header("ETag", etag)
            }
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl CreateOrderOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `createOrder` from 400 on, by code. (openapi/v1.yaml:1557)
#[derive(Debug, Clone)]
pub enum CreateOrderError {
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
    /// 402 `INSUFFICIENT_FUNDS`: The wallet does not cover the total. (openapi/v1.yaml:1644)
    InsufficientFunds(rt::Problem),
    /// 403 `FORBIDDEN`: The caller's role does not suffice, or the API key lacks a scope that the operation needs.
    /// (openapi/v1.yaml:4555)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: The caller's role does not suffice, or the API key lacks a scope that the operation
    /// needs. (openapi/v1.yaml:4555)
    InsufficientScope(rt::Problem),
    /// 404 `PRODUCT_NOT_FOUND`: There is no such product, or it is archived. (openapi/v1.yaml:1662)
    ProductNotFound(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 409 `OUT_OF_STOCK`: There is not enough stock, or an earlier request with the same `Idempotency-Key` still
    /// runs. (openapi/v1.yaml:1681)
    OutOfStock(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: There is not enough stock, or an earlier request with the same `Idempotency-Key`
    /// still runs. (openapi/v1.yaml:1681)
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
    /// 422 `COUPON_INVALID`: The coupon does not apply, the product is in another currency than the wallet, or the
    /// `Idempotency-Key` was used for another request. (openapi/v1.yaml:1706)
    CouponInvalid(rt::Problem),
    /// 422 `COUPON_EXPIRED`: The coupon does not apply, the product is in another currency than the wallet, or the
    /// `Idempotency-Key` was used for another request. (openapi/v1.yaml:1706)
    CouponExpired(rt::Problem),
    /// 422 `COUPON_EXHAUSTED`: The coupon does not apply, the product is in another currency than the wallet, or the
    /// `Idempotency-Key` was used for another request. (openapi/v1.yaml:1706)
    CouponExhausted(rt::Problem),
    /// 422 `CURRENCY_MISMATCH`: The coupon does not apply, the product is in another currency than the wallet, or the
    /// `Idempotency-Key` was used for another request. (openapi/v1.yaml:1706)
    CurrencyMismatch(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The coupon does not apply, the product is in another currency than the wallet,
    /// or the `Idempotency-Key` was used for another request. (openapi/v1.yaml:1706)
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

impl<E: rt::IntoFailure> From<E> for CreateOrderError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CreateOrderError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INSUFFICIENT_FUNDS" => Self::InsufficientFunds(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "PRODUCT_NOT_FOUND" => Self::ProductNotFound(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "OUT_OF_STOCK" => Self::OutOfStock(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "COUPON_INVALID" => Self::CouponInvalid(problem),
            "COUPON_EXPIRED" => Self::CouponExpired(problem),
            "COUPON_EXHAUSTED" => Self::CouponExhausted(problem),
            "CURRENCY_MISMATCH" => Self::CurrencyMismatch(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("createOrder")),
        }
    }
}

impl rt::Refuse for CreateOrderError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::InsufficientFunds(problem) => rt::Refusal::problem(402, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::ProductNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::OutOfStock(problem) | Self::IdempotencyKeyInUse(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::CouponInvalid(problem)
            | Self::CouponExpired(problem)
            | Self::CouponExhausted(problem)
            | Self::CurrencyMismatch(problem)
            | Self::IdempotencyKeyReused(problem) => rt::Refusal::problem(422, problem),
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl CreateOrderError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static GET_ORDER_ORDER_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static GET_ORDER_EXPAND: rt::rules::List<rt::rules::Parsed<types::OrderExpansion>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(1, 3)
    .unique();
static GET_ORDER_IF_NONE_MATCH: rt::rules::Text = rt::rules::Text::new().length(1, 1024);

/// How `getOrder` is judged before its handler runs. (openapi/v1.yaml:1780)
pub static GET_ORDER: rt::Spec = rt::Spec {
    id: "getOrder",
    tag: "Orders",
    method: "GET",
    path: "/api/v1/orders/{orderId}",
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
                names: &["orders:read"],
            },
        ],
    ],
    tier: Some("general"),
    parameters: &[
        rt::Parameter::required(rt::In::Path, "orderId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(
            rt::In::Query,
            "expand",
            rt::Shape::List(
                &rt::Shape::Named(&types::order_expansion::ORDER_EXPANSION_SCHEMA),
            ),
        ),
        rt::Parameter::optional(rt::In::Header, "If-None-Match", rt::Shape::Text("")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(
                &types::order_detail_response::ORDER_DETAIL_RESPONSE_SCHEMA,
            ),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 304,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(404, &["ORDER_NOT_FOUND", "ROUTE_NOT_FOUND"]),
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

/// `GET /api/v1/orders/{orderId}`: Show an order (openapi/v1.yaml:1780)
#[derive(Debug, Clone)]
pub struct GetOrderRequest {
    /// The path parameter `orderId`. (openapi/v1.yaml:4936)
    ///
    /// The id of an order.
    pub order_id: rt::Uuid,
    /// The query parameter `expand`. (openapi/v1.yaml:5101)
    ///
    /// What to add to the answer, separated by commas.
    pub expand: Vec<types::OrderExpansion>,
}

impl<S: OrdersApi> rt::Operation<S> for GetOrderRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = GetOrderOk;
    type Error = GetOrderError;
    fn spec() -> &'static rt::Spec {
        &GET_ORDER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let order_id = input.path_or("orderId", &GET_ORDER_ORDER_ID, "ORDER_NOT_FOUND");
        let expand = input
            .list(rt::In::Query, "expand", rt::Style::Comma, &GET_ORDER_EXPAND);
        input.judge_header("If-None-Match", false, &GET_ORDER_IF_NONE_MATCH);
        Some(Self {
            order_id: order_id?,
            expand: expand?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_order(call, self)
    }
}

/// The answers of `getOrder` below 400. (openapi/v1.yaml:1780)
#[derive(Debug, Clone)]
pub enum GetOrderOk {
    /// 200: The order. (openapi/v1.yaml:1796)
    Ok {
        /// The body.
        body: types::OrderDetailResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
}

impl rt::Reply for GetOrderOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
        }
    }
}

impl GetOrderOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getOrder` from 400 on, by code. (openapi/v1.yaml:1780)
#[derive(Debug, Clone)]
pub enum GetOrderError {
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
    /// 404 `ORDER_NOT_FOUND`: There is no such order, or not for this caller. (openapi/v1.yaml:4608)
    OrderNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such order, or not for this caller. (openapi/v1.yaml:4608)
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

impl<E: rt::IntoFailure> From<E> for GetOrderError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetOrderError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "ORDER_NOT_FOUND" => Self::OrderNotFound(problem),
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
            _ => Self::InternalError(problem.undeclared("getOrder")),
        }
    }
}

impl rt::Refuse for GetOrderError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::InsufficientScope(problem) => rt::Refusal::problem(403, problem),
            Self::OrderNotFound(problem) | Self::RouteNotFound(problem) => {
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

impl GetOrderError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static PAY_ORDER_ORDER_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static PAY_ORDER_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static PAY_ORDER_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&PAY_ORDER_IDEMPOTENCY_KEY_PATTERN);
/// How `payOrder` is judged before its handler runs. (openapi/v1.yaml:1830)
pub static PAY_ORDER: rt::Spec = rt::Spec {
    id: "payOrder",
    tag: "Orders",
    method: "POST",
    path: "/api/v1/orders/{orderId}/pay",
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
                names: &["orders:write"],
            },
        ],
    ],
    tier: Some("general"),
    idempotency: Some(rt::Presence::Required),
    parameters: &[
        rt::Parameter::required(rt::In::Path, "orderId", rt::Shape::Text("uuid")),
        rt::Parameter::required(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(
                &types::order_paid_response::ORDER_PAID_RESPONSE_SCHEMA,
            ),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "IDEMPOTENCY_KEY_MISSING", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(402, &["INSUFFICIENT_FUNDS"]),
        rt::Answer::errors(403, &["INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(404, &["ORDER_NOT_FOUND", "ROUTE_NOT_FOUND"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["ORDER_ALREADY_PAID", "IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(422, &["ORDER_STATUS_INVALID", "IDEMPOTENCY_KEY_REUSED"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/orders/{orderId}/pay`: Pay an order (openapi/v1.yaml:1830)
#[derive(Debug, Clone)]
pub struct PayOrderRequest {
    /// The path parameter `orderId`. (openapi/v1.yaml:4936)
    ///
    /// The id of an order.
    pub order_id: rt::Uuid,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: rt::IdempotencyKey,
}

impl<S: OrdersApi> rt::Operation<S> for PayOrderRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = PayOrderOk;
    type Error = PayOrderError;
    fn spec() -> &'static rt::Spec {
        &PAY_ORDER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let order_id = input.path_or("orderId", &PAY_ORDER_ORDER_ID, "ORDER_NOT_FOUND");
        let idempotency = input.idempotency_key();
        input.judge_header("Idempotency-Key", true, &PAY_ORDER_IDEMPOTENCY_KEY);
        Some(Self {
            order_id: order_id?,
            idempotency: idempotency?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.pay_order(call, self)
    }
}

/// The answers of `payOrder` below 400. (openapi/v1.yaml:1830)
#[derive(Debug, Clone)]
pub enum PayOrderOk {
    /// 200: The order is paid. (openapi/v1.yaml:1847)
    Ok {
        /// The body.
        body: types::OrderPaidResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for PayOrderOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl PayOrderOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `payOrder` from 400 on, by code. (openapi/v1.yaml:1830)
#[derive(Debug, Clone)]
pub enum PayOrderError {
    /// 400 `VALIDATION_ERROR`: The `Idempotency-Key` is missing, or something in the request breaks the contract.
    /// (openapi/v1.yaml:4463)
    ValidationError(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The `Idempotency-Key` is missing, or something in the request breaks the
    /// contract. (openapi/v1.yaml:4463)
    IdempotencyKeyMissing(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The `Idempotency-Key` is missing, or something in the request breaks the contract.
    /// (openapi/v1.yaml:4463)
    ApiVersionMismatch(rt::Problem),
    /// 401 `NO_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: No credentials came, or they are not valid (any more). (openapi/v1.yaml:4506)
    InvalidApiKey(rt::Problem),
    /// 402 `INSUFFICIENT_FUNDS`: The wallet does not cover the total. (openapi/v1.yaml:1873)
    InsufficientFunds(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: The API key lacks a scope that the operation needs. (openapi/v1.yaml:4541)
    InsufficientScope(rt::Problem),
    /// 404 `ORDER_NOT_FOUND`: There is no such order, or not for this caller. (openapi/v1.yaml:4608)
    OrderNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such order, or not for this caller. (openapi/v1.yaml:4608)
    RouteNotFound(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 409 `ORDER_ALREADY_PAID`: The order has been paid before, or an earlier request with the same
    /// `Idempotency-Key` still runs. (openapi/v1.yaml:1894)
    OrderAlreadyPaid(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: The order has been paid before, or an earlier request with the same
    /// `Idempotency-Key` still runs. (openapi/v1.yaml:1894)
    IdempotencyKeyInUse(rt::Problem),
    /// 410 `API_VERSION_GONE`: This version of the API has been switched off. (openapi/v1.yaml:4697)
    ApiVersionGone(rt::Problem),
    /// 414 `URI_TOO_LONG`: The request target is longer than 8 `KiB`. (openapi/v1.yaml:4746)
    UriTooLong(rt::Problem),
    /// 422 `ORDER_STATUS_INVALID`: The order is in no state to be paid, or the `Idempotency-Key` was used for another
    /// request. (openapi/v1.yaml:1915)
    OrderStatusInvalid(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The order is in no state to be paid, or the `Idempotency-Key` was used for
    /// another request. (openapi/v1.yaml:1915)
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

impl<E: rt::IntoFailure> From<E> for PayOrderError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl PayOrderError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "INSUFFICIENT_FUNDS" => Self::InsufficientFunds(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "ORDER_NOT_FOUND" => Self::OrderNotFound(problem),
            "ROUTE_NOT_FOUND" => Self::RouteNotFound(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "ORDER_ALREADY_PAID" => Self::OrderAlreadyPaid(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "ORDER_STATUS_INVALID" => Self::OrderStatusInvalid(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("payOrder")),
        }
    }
}

impl rt::Refuse for PayOrderError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::IdempotencyKeyMissing(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::InsufficientFunds(problem) => rt::Refusal::problem(402, problem),
            Self::InsufficientScope(problem) => rt::Refusal::problem(403, problem),
            Self::OrderNotFound(problem) | Self::RouteNotFound(problem) => {
                rt::Refusal::problem(404, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::OrderAlreadyPaid(problem) | Self::IdempotencyKeyInUse(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::OrderStatusInvalid(problem) | Self::IdempotencyKeyReused(problem) => {
                rt::Refusal::problem(422, problem)
            }
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl PayOrderError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CANCEL_ORDER_ORDER_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static CANCEL_ORDER_IF_MATCH_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*((W/)?\"[!#-~]*\")?)*)$",
);
static CANCEL_ORDER_IF_MATCH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 1024)
    .pattern(&CANCEL_ORDER_IF_MATCH_PATTERN);
static CANCEL_ORDER_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static CANCEL_ORDER_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&CANCEL_ORDER_IDEMPOTENCY_KEY_PATTERN);
/// How `cancelOrder` is judged before its handler runs. (openapi/v1.yaml:1939)
pub static CANCEL_ORDER: rt::Spec = rt::Spec {
    id: "cancelOrder",
    tag: "Orders",
    method: "POST",
    path: "/api/v1/orders/{orderId}/cancel",
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
    idempotency: Some(rt::Presence::Optional),
    parameters: &[
        rt::Parameter::required(rt::In::Path, "orderId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Header, "If-Match", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: false,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::order_cancellation::ORDER_CANCELLATION_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::order_response::ORDER_RESPONSE_SCHEMA),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(404, &["ORDER_NOT_FOUND", "ROUTE_NOT_FOUND"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(412, &["PRECONDITION_FAILED"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(422, &["ORDER_STATUS_INVALID", "IDEMPOTENCY_KEY_REUSED"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/orders/{orderId}/cancel`: Cancel an order (openapi/v1.yaml:1939)
#[derive(Debug, Clone)]
pub struct CancelOrderRequest {
    /// The path parameter `orderId`. (openapi/v1.yaml:4936)
    ///
    /// The id of an order.
    pub order_id: rt::Uuid,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (openapi/v1.yaml:1954)
    ///
    /// Why, if you like to say.
    pub body: Option<types::OrderCancellation>,
}

impl<S: OrdersApi> rt::Operation<S> for CancelOrderRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CancelOrderOk;
    type Error = CancelOrderError;
    fn spec() -> &'static rt::Spec {
        &CANCEL_ORDER
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let order_id = input
            .path_or("orderId", &CANCEL_ORDER_ORDER_ID, "ORDER_NOT_FOUND");
        let idempotency = input.optional_idempotency_key();
        let body = input.optional_body::<types::OrderCancellation>();
        input.judge_header("If-Match", false, &CANCEL_ORDER_IF_MATCH);
        input.judge_header("Idempotency-Key", false, &CANCEL_ORDER_IDEMPOTENCY_KEY);
        Some(Self {
            order_id: order_id?,
            idempotency: idempotency?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.cancel_order(call, self)
    }
}

/// The answers of `cancelOrder` below 400. (openapi/v1.yaml:1939)
#[derive(Debug, Clone)]
pub enum CancelOrderOk {
    /// 200: The order is cancelled. (openapi/v1.yaml:1969)
    Ok {
        /// The body.
        body: types::OrderResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for CancelOrderOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl CancelOrderOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `cancelOrder` from 400 on, by code. (openapi/v1.yaml:1939)
#[derive(Debug, Clone)]
pub enum CancelOrderError {
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
    /// 404 `ORDER_NOT_FOUND`: There is no such order, or not for this caller. (openapi/v1.yaml:4608)
    OrderNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such order, or not for this caller. (openapi/v1.yaml:4608)
    RouteNotFound(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: An earlier request with the same `Idempotency-Key` still runs.
    /// (openapi/v1.yaml:4678)
    IdempotencyKeyInUse(rt::Problem),
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
    /// 422 `ORDER_STATUS_INVALID`: The order is in no state to be cancelled, or the `Idempotency-Key` was used for
    /// another request. (openapi/v1.yaml:2003)
    OrderStatusInvalid(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The order is in no state to be cancelled, or the `Idempotency-Key` was used for
    /// another request. (openapi/v1.yaml:2003)
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

impl<E: rt::IntoFailure> From<E> for CancelOrderError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CancelOrderError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "ORDER_NOT_FOUND" => Self::OrderNotFound(problem),
            "ROUTE_NOT_FOUND" => Self::RouteNotFound(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PRECONDITION_FAILED" => Self::PreconditionFailed(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "ORDER_STATUS_INVALID" => Self::OrderStatusInvalid(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("cancelOrder")),
        }
    }
}

impl rt::Refuse for CancelOrderError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) => rt::Refusal::problem(403, problem),
            Self::OrderNotFound(problem) | Self::RouteNotFound(problem) => {
                rt::Refusal::problem(404, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::IdempotencyKeyInUse(problem) => rt::Refusal::problem(409, problem),
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PreconditionFailed(problem) => rt::Refusal::problem(412, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::OrderStatusInvalid(problem) | Self::IdempotencyKeyReused(problem) => {
                rt::Refusal::problem(422, problem)
            }
            Self::RateLimitExceeded(problem) => rt::Refusal::problem(429, problem),
            Self::HeadersTooLarge(problem) => rt::Refusal::problem(431, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::Timeout(problem) => rt::Refusal::problem(504, problem),
        }
    }
}

impl CancelOrderError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Orders`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &LIST_ORDERS,
    &CREATE_ORDER,
    &GET_ORDER,
    &PAY_ORDER,
    &CANCEL_ORDER,
];

/// The routes of the tag `Orders`.
#[derive(Debug)]
pub struct OrdersRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: OrdersApi> rt::poem_openapi::OpenApi for OrdersRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, ListOrdersRequest>(&self.0, table);
        rt::mount::<S, CreateOrderRequest>(&self.0, table);
        rt::mount::<S, GetOrderRequest>(&self.0, table);
        rt::mount::<S, PayOrderRequest>(&self.0, table);
        rt::mount::<S, CancelOrderRequest>(&self.0, table);
    }
}
