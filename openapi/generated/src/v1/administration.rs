//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Administration`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Administration`. (openapi/v1.yaml:50)
///
/// What staff sees and does: all orders, the audit log, the books.
pub trait AdministrationApi: rt::Host {
    /// List the orders of everybody (openapi/v1.yaml:2028)
    ///
    /// Every order, for staff, also through an API key of staff.
    ///
    /// `GET /api/v1/admin/orders`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListAllOrdersError`].
    fn list_all_orders(
        &self,
        call: rt::Call<Self::Caller>,
        request: ListAllOrdersRequest,
    ) -> impl Future<Output = Result<ListAllOrdersOk, ListAllOrdersError>> + Send;

    /// Move an order along (openapi/v1.yaml:2128)
    ///
    /// Takes an order one step further, or cancels it, as the state machine of `OrderStatus` allows administrators
    /// (`admin.patch`). PAID is never set this way: an order becomes paid by being paid. A refused step answers
    /// `ORDER_STATUS_INVALID` with the steps that are `allowed`.
    ///
    /// `PATCH /api/v1/admin/orders/{orderId}/status`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`UpdateOrderStatusError`].
    fn update_order_status(
        &self,
        call: rt::Call<Self::Caller>,
        request: UpdateOrderStatusRequest,
    ) -> impl Future<
        Output = Result<UpdateOrderStatusOk, UpdateOrderStatusError>,
    > + Send;

    /// Read the audit log (openapi/v1.yaml:2221)
    ///
    /// Every change that was made, newest first, for staff. A feed: rows are only ever added, and reading on with
    /// `cursor` neither repeats nor skips any.
    ///
    /// `GET /api/v1/admin/audit-logs`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListAuditLogsError`].
    fn list_audit_logs(
        &self,
        call: rt::Call<Self::Caller>,
        request: ListAuditLogsRequest,
    ) -> impl Future<Output = Result<ListAuditLogsOk, ListAuditLogsError>> + Send;

    /// Check that the books balance (openapi/v1.yaml:2308)
    ///
    /// Recomputes what must hold at every moment and says whether it does. Reads a consistent snapshot, so it is
    /// right also in the middle of load. A drift is an answer (`ok: false`), not an error.
    ///
    /// `GET /api/v1/admin/integrity`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CheckIntegrityError`].
    fn check_integrity(
        &self,
        call: rt::Call<Self::Caller>,
        request: CheckIntegrityRequest,
    ) -> impl Future<Output = Result<CheckIntegrityOk, CheckIntegrityError>> + Send;
}

static LIST_ALL_ORDERS_STATUS: rt::rules::List<rt::rules::Parsed<types::OrderStatus>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(1, 10)
    .unique();
static LIST_ALL_ORDERS_USER_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static LIST_ALL_ORDERS_PRODUCT_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static LIST_ALL_ORDERS_Q_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*$",
);
static LIST_ALL_ORDERS_Q: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&LIST_ALL_ORDERS_Q_PATTERN);
static LIST_ALL_ORDERS_FROM: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_ALL_ORDERS_TO: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_ALL_ORDERS_MIN_TOTAL: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static LIST_ALL_ORDERS_MAX_TOTAL: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static LIST_ALL_ORDERS_SORT: rt::rules::Parsed<types::OrderSort> = rt::rules::Parsed::new();
static LIST_ALL_ORDERS_PAGE: rt::rules::Int<i32> = rt::rules::Int::new(1, 1_000_000);
static LIST_ALL_ORDERS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// How `listAllOrders` is judged before its handler runs. (openapi/v1.yaml:2028)
pub static LIST_ALL_ORDERS: rt::Spec = rt::Spec {
    id: "listAllOrders",
    tag: "Administration",
    method: "GET",
    path: "/api/v1/admin/orders",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["viewer", "admin"],
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
        rt::Parameter::optional(rt::In::Query, "userId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Query, "productId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Query, "q", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "from", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "to", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "minTotal", rt::Shape::Integer("int64")),
        rt::Parameter::optional(rt::In::Query, "maxTotal", rt::Shape::Integer("int64")),
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
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
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

/// `GET /api/v1/admin/orders`: List the orders of everybody (openapi/v1.yaml:2028)
#[derive(Debug, Clone)]
pub struct ListAllOrdersRequest {
    /// The query parameter `status`. (openapi/v1.yaml:5086)
    ///
    /// Only orders in one of these states, separated by commas.
    pub status: Vec<types::OrderStatus>,
    /// The query parameter `userId`. (openapi/v1.yaml:2038)
    ///
    /// Only orders of this account.
    pub user_id: Option<rt::Uuid>,
    /// The query parameter `productId`. (openapi/v1.yaml:2048)
    ///
    /// Only orders that contain this product.
    pub product_id: Option<rt::Uuid>,
    /// The query parameter `q`. (openapi/v1.yaml:2058)
    ///
    /// Only orders where the owner's name or address or the SKU or name of an item contains this text, without regard
    /// to case.
    pub q: Option<String>,
    /// The query parameter `from`. (openapi/v1.yaml:5000)
    ///
    /// Only what happened at this time or later.
    pub from: Option<rt::Timestamp>,
    /// The query parameter `to`. (openapi/v1.yaml:5011)
    ///
    /// Only what happened before this time.
    pub to: Option<rt::Timestamp>,
    /// The query parameter `minTotal`. (openapi/v1.yaml:2072)
    ///
    /// Only orders with at least this total, in minor units.
    pub min_total: Option<i64>,
    /// The query parameter `maxTotal`. (openapi/v1.yaml:2082)
    ///
    /// Only orders with at most this total, in minor units.
    pub max_total: Option<i64>,
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

impl<S: AdministrationApi> rt::Operation<S> for ListAllOrdersRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ListAllOrdersOk;
    type Error = ListAllOrdersError;
    fn spec() -> &'static rt::Spec {
        &LIST_ALL_ORDERS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let status = input
            .list(rt::In::Query, "status", rt::Style::Comma, &LIST_ALL_ORDERS_STATUS);
        let user_id = input.optional(rt::In::Query, "userId", &LIST_ALL_ORDERS_USER_ID);
        let product_id = input
            .optional(rt::In::Query, "productId", &LIST_ALL_ORDERS_PRODUCT_ID);
        let q = input.optional(rt::In::Query, "q", &LIST_ALL_ORDERS_Q);
        let from = input.optional(rt::In::Query, "from", &LIST_ALL_ORDERS_FROM);
        let to = input.optional(rt::In::Query, "to", &LIST_ALL_ORDERS_TO);
        let min_total = input
            .optional(rt::In::Query, "minTotal", &LIST_ALL_ORDERS_MIN_TOTAL);
        let max_total = input
            .optional(rt::In::Query, "maxTotal", &LIST_ALL_ORDERS_MAX_TOTAL);
        let sort = input
            .with_default(
                rt::In::Query,
                "sort",
                &LIST_ALL_ORDERS_SORT,
                || types::OrderSort::MinusCreatedAt,
            );
        let page = input
            .with_default(rt::In::Query, "page", &LIST_ALL_ORDERS_PAGE, || 1);
        let limit = input
            .with_default(rt::In::Query, "limit", &LIST_ALL_ORDERS_LIMIT, || 20);
        Some(Self {
            status: status?,
            user_id: user_id?,
            product_id: product_id?,
            q: q?,
            from: from?,
            to: to?,
            min_total: min_total?,
            max_total: max_total?,
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
        host.list_all_orders(call, self)
    }
}

/// The answers of `listAllOrders` below 400. (openapi/v1.yaml:2028)
#[derive(Debug, Clone)]
pub enum ListAllOrdersOk {
    /// 200: A page of orders. (openapi/v1.yaml:2097)
    Ok {
        /// The body.
        body: types::OrderPage,
        /// The `Link` header. (openapi/v1.yaml:6822)
        ///
        /// The neighbouring pages (RFC 8288): `first`, `prev`, `next`, `last`, as far as they exist.
        link: String,
    },
}

impl rt::Reply for ListAllOrdersOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, link } => rt::Rendered::json(200, body).header("Link", link),
        }
    }
}

impl ListAllOrdersOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listAllOrders` from 400 on, by code. (openapi/v1.yaml:2028)
#[derive(Debug, Clone)]
pub enum ListAllOrdersError {
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
    /// 403 `FORBIDDEN`: The caller's role does not suffice, or the API key lacks a scope that the operation needs.
    /// (openapi/v1.yaml:4555)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: The caller's role does not suffice, or the API key lacks a scope that the operation
    /// needs. (openapi/v1.yaml:4555)
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

impl<E: rt::IntoFailure> From<E> for ListAllOrdersError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListAllOrdersError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
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
            _ => Self::InternalError(problem.undeclared("listAllOrders")),
        }
    }
}

impl rt::Refuse for ListAllOrdersError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
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

impl ListAllOrdersError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static UPDATE_ORDER_STATUS_ORDER_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static UPDATE_ORDER_STATUS_IF_MATCH_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*((W/)?\"[!#-~]*\")?)*)$",
);
static UPDATE_ORDER_STATUS_IF_MATCH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 1024)
    .pattern(&UPDATE_ORDER_STATUS_IF_MATCH_PATTERN);
static UPDATE_ORDER_STATUS_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static UPDATE_ORDER_STATUS_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&UPDATE_ORDER_STATUS_IDEMPOTENCY_KEY_PATTERN);
/// How `updateOrderStatus` is judged before its handler runs. (openapi/v1.yaml:2128)
pub static UPDATE_ORDER_STATUS: rt::Spec = rt::Spec {
    id: "updateOrderStatus",
    tag: "Administration",
    method: "PATCH",
    path: "/api/v1/admin/orders/{orderId}/status",
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
        rt::Parameter::required(rt::In::Path, "orderId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Header, "If-Match", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::order_status_change::ORDER_STATUS_CHANGE_SCHEMA),
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

/// `PATCH /api/v1/admin/orders/{orderId}/status`: Move an order along (openapi/v1.yaml:2128)
#[derive(Debug, Clone)]
pub struct UpdateOrderStatusRequest {
    /// The path parameter `orderId`. (openapi/v1.yaml:4936)
    ///
    /// The id of an order.
    pub order_id: rt::Uuid,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (openapi/v1.yaml:2144)
    ///
    /// The next status.
    pub body: types::OrderStatusChange,
}

impl<S: AdministrationApi> rt::Operation<S> for UpdateOrderStatusRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = UpdateOrderStatusOk;
    type Error = UpdateOrderStatusError;
    fn spec() -> &'static rt::Spec {
        &UPDATE_ORDER_STATUS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let order_id = input
            .path_or("orderId", &UPDATE_ORDER_STATUS_ORDER_ID, "ORDER_NOT_FOUND");
        let idempotency = input.optional_idempotency_key();
        let body = input.body::<types::OrderStatusChange>();
        input.judge_header("If-Match", false, &UPDATE_ORDER_STATUS_IF_MATCH);
        input
            .judge_header(
                "Idempotency-Key",
                false,
                &UPDATE_ORDER_STATUS_IDEMPOTENCY_KEY,
            );
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
        host.update_order_status(call, self)
    }
}

/// The answers of `updateOrderStatus` below 400. (openapi/v1.yaml:2128)
#[derive(Debug, Clone)]
pub enum UpdateOrderStatusOk {
    /// 200: The order as it is now. (openapi/v1.yaml:2161)
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

impl rt::Reply for UpdateOrderStatusOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl UpdateOrderStatusOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `updateOrderStatus` from 400 on, by code. (openapi/v1.yaml:2128)
#[derive(Debug, Clone)]
pub enum UpdateOrderStatusError {
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
    /// 422 `ORDER_STATUS_INVALID`: The state machine has no such step from here, or the `Idempotency-Key` was used
    /// for another request. (openapi/v1.yaml:2197)
    OrderStatusInvalid(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The state machine has no such step from here, or the `Idempotency-Key` was used
    /// for another request. (openapi/v1.yaml:2197)
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

impl<E: rt::IntoFailure> From<E> for UpdateOrderStatusError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl UpdateOrderStatusError {
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
            _ => Self::InternalError(problem.undeclared("updateOrderStatus")),
        }
    }
}

impl rt::Refuse for UpdateOrderStatusError {
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

impl UpdateOrderStatusError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static LIST_AUDIT_LOGS_ACTION_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[a-z][a-z0-9_.]*$",
);
static LIST_AUDIT_LOGS_ACTION: rt::rules::Text = rt::rules::Text::new()
    .length(1, 64)
    .pattern(&LIST_AUDIT_LOGS_ACTION_PATTERN);
static LIST_AUDIT_LOGS_ENTITY_TYPE_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[a-z][a-z0-9_.]*$",
);
static LIST_AUDIT_LOGS_ENTITY_TYPE: rt::rules::Text = rt::rules::Text::new()
    .length(1, 64)
    .pattern(&LIST_AUDIT_LOGS_ENTITY_TYPE_PATTERN);
static LIST_AUDIT_LOGS_ENTITY_ID_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[A-Za-z0-9_-]+$",
);
static LIST_AUDIT_LOGS_ENTITY_ID: rt::rules::Text = rt::rules::Text::new()
    .length(1, 64)
    .pattern(&LIST_AUDIT_LOGS_ENTITY_ID_PATTERN);
static LIST_AUDIT_LOGS_ACTOR_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static LIST_AUDIT_LOGS_FROM: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_AUDIT_LOGS_TO: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
static LIST_AUDIT_LOGS_CURSOR_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[A-Za-z0-9_-]+$",
);
static LIST_AUDIT_LOGS_CURSOR: rt::rules::Text = rt::rules::Text::new()
    .length(1, 512)
    .pattern(&LIST_AUDIT_LOGS_CURSOR_PATTERN);
static LIST_AUDIT_LOGS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// How `listAuditLogs` is judged before its handler runs. (openapi/v1.yaml:2221)
pub static LIST_AUDIT_LOGS: rt::Spec = rt::Spec {
    id: "listAuditLogs",
    tag: "Administration",
    method: "GET",
    path: "/api/v1/admin/audit-logs",
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
        rt::Parameter::optional(rt::In::Query, "action", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "entityType", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "entityId", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "actorId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Query, "from", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "to", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "cursor", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::audit_log_feed::AUDIT_LOG_FEED_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "INVALID_CURSOR", "API_VERSION_MISMATCH"],
        ),
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

/// `GET /api/v1/admin/audit-logs`: Read the audit log (openapi/v1.yaml:2221)
#[derive(Debug, Clone)]
pub struct ListAuditLogsRequest {
    /// The query parameter `action`. (openapi/v1.yaml:2232)
    ///
    /// Only rows with this action.
    pub action: Option<String>,
    /// The query parameter `entityType`. (openapi/v1.yaml:2242)
    ///
    /// Only rows about this kind of thing.
    pub entity_type: Option<String>,
    /// The query parameter `entityId`. (openapi/v1.yaml:2252)
    ///
    /// Only rows about this thing.
    pub entity_id: Option<String>,
    /// The query parameter `actorId`. (openapi/v1.yaml:2262)
    ///
    /// Only rows that this account is behind.
    pub actor_id: Option<rt::Uuid>,
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

impl<S: AdministrationApi> rt::Operation<S> for ListAuditLogsRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ListAuditLogsOk;
    type Error = ListAuditLogsError;
    fn spec() -> &'static rt::Spec {
        &LIST_AUDIT_LOGS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let action = input.optional(rt::In::Query, "action", &LIST_AUDIT_LOGS_ACTION);
        let entity_type = input
            .optional(rt::In::Query, "entityType", &LIST_AUDIT_LOGS_ENTITY_TYPE);
        let entity_id = input
            .optional(rt::In::Query, "entityId", &LIST_AUDIT_LOGS_ENTITY_ID);
        let actor_id = input
            .optional(rt::In::Query, "actorId", &LIST_AUDIT_LOGS_ACTOR_ID);
        let from = input.optional(rt::In::Query, "from", &LIST_AUDIT_LOGS_FROM);
        let to = input.optional(rt::In::Query, "to", &LIST_AUDIT_LOGS_TO);
        let cursor = input.optional(rt::In::Query, "cursor", &LIST_AUDIT_LOGS_CURSOR);
        let limit = input
            .with_default(rt::In::Query, "limit", &LIST_AUDIT_LOGS_LIMIT, || 20);
        Some(Self {
            action: action?,
            entity_type: entity_type?,
            entity_id: entity_id?,
            actor_id: actor_id?,
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
        host.list_audit_logs(call, self)
    }
}

/// The answers of `listAuditLogs` below 400. (openapi/v1.yaml:2221)
#[derive(Debug, Clone)]
pub enum ListAuditLogsOk {
    /// 200: A stretch of the log. (openapi/v1.yaml:2278)
    Ok {
        /// The body.
        body: types::AuditLogFeed,
    },
}

impl rt::Reply for ListAuditLogsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl ListAuditLogsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listAuditLogs` from 400 on, by code. (openapi/v1.yaml:2221)
#[derive(Debug, Clone)]
pub enum ListAuditLogsError {
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

impl<E: rt::IntoFailure> From<E> for ListAuditLogsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListAuditLogsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "INVALID_CURSOR" => Self::InvalidCursor(problem),
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
            _ => Self::InternalError(problem.undeclared("listAuditLogs")),
        }
    }
}

impl rt::Refuse for ListAuditLogsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::InvalidCursor(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
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

impl ListAuditLogsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CHECK_INTEGRITY_CHECKS: rt::rules::List<
    rt::rules::Parsed<types::IntegrityCheckName>,
> = rt::rules::List::new(rt::rules::Parsed::new()).items(1, 10).unique();

/// How `checkIntegrity` is judged before its handler runs. (openapi/v1.yaml:2308)
pub static CHECK_INTEGRITY: rt::Spec = rt::Spec {
    id: "checkIntegrity",
    tag: "Administration",
    method: "GET",
    path: "/api/v1/admin/integrity",
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
    tier: Some("heavy"),
    timeout: Some(std::time::Duration::from_secs(30)),
    parameters: &[
        rt::Parameter::optional(
            rt::In::Query,
            "checks",
            rt::Shape::List(
                &rt::Shape::Named(
                    &types::integrity_check_name::INTEGRITY_CHECK_NAME_SCHEMA,
                ),
            ),
        ),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(
                &types::integrity_response::INTEGRITY_RESPONSE_SCHEMA,
            ),
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

/// `GET /api/v1/admin/integrity`: Check that the books balance (openapi/v1.yaml:2308)
#[derive(Debug, Clone)]
pub struct CheckIntegrityRequest {
    /// The query parameter `checks`. (openapi/v1.yaml:2319)
    ///
    /// Which checks to run, separated by commas; all of them when left out.
    pub checks: Vec<types::IntegrityCheckName>,
}

impl<S: AdministrationApi> rt::Operation<S> for CheckIntegrityRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CheckIntegrityOk;
    type Error = CheckIntegrityError;
    fn spec() -> &'static rt::Spec {
        &CHECK_INTEGRITY
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let checks = input
            .list(rt::In::Query, "checks", rt::Style::Comma, &CHECK_INTEGRITY_CHECKS);
        Some(Self { checks: checks? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.check_integrity(call, self)
    }
}

/// The answers of `checkIntegrity` below 400. (openapi/v1.yaml:2308)
#[derive(Debug, Clone)]
pub enum CheckIntegrityOk {
    /// 200: What the checks found. (openapi/v1.yaml:2334)
    Ok {
        /// The body.
        body: types::IntegrityResponse,
    },
}

impl rt::Reply for CheckIntegrityOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl CheckIntegrityOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `checkIntegrity` from 400 on, by code. (openapi/v1.yaml:2308)
#[derive(Debug, Clone)]
pub enum CheckIntegrityError {
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

impl<E: rt::IntoFailure> From<E> for CheckIntegrityError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CheckIntegrityError {
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
            _ => Self::InternalError(problem.undeclared("checkIntegrity")),
        }
    }
}

impl rt::Refuse for CheckIntegrityError {
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

impl CheckIntegrityError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Administration`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &LIST_ALL_ORDERS,
    &UPDATE_ORDER_STATUS,
    &LIST_AUDIT_LOGS,
    &CHECK_INTEGRITY,
];

/// The routes of the tag `Administration`.
#[derive(Debug)]
pub struct AdministrationRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: AdministrationApi> rt::poem_openapi::OpenApi for AdministrationRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, ListAllOrdersRequest>(&self.0, table);
        rt::mount::<S, UpdateOrderStatusRequest>(&self.0, table);
        rt::mount::<S, ListAuditLogsRequest>(&self.0, table);
        rt::mount::<S, CheckIntegrityRequest>(&self.0, table);
    }
}
