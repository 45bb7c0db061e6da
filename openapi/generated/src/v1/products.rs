//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The tag `Products`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Products`. (openapi/v1.yaml:44)
///
/// The catalogue.
pub trait ProductsApi: rt::Host {
    /// Browse the catalogue (openapi/v1.yaml:1011)
    ///
    /// What can be ordered, for everybody. Archived products are left out. The answer may be up to a minute old.
    ///
    /// `GET /api/v1/products`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ListProductsError`].
    fn list_products(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: ListProductsRequest,
    ) -> impl Future<Output = Result<ListProductsOk, ListProductsError>> + Send;

    /// Add a product (openapi/v1.yaml:1098)
    ///
    /// Adds a product to the catalogue. It can be ordered at once.
    ///
    /// `POST /api/v1/products`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CreateProductError`].
    fn create_product(
        &self,
        call: rt::Call<Self::Caller>,
        request: CreateProductRequest,
    ) -> impl Future<Output = Result<CreateProductOk, CreateProductError>> + Send;

    /// Show a product (openapi/v1.yaml:1194)
    ///
    /// One product, also an archived one. The answer may be up to a minute old.
    ///
    /// `GET /api/v1/products/{productId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`GetProductError`].
    fn get_product(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: GetProductRequest,
    ) -> impl Future<Output = Result<GetProductOk, GetProductError>> + Send;

    /// Change a product (openapi/v1.yaml:1236)
    ///
    /// Changes the fields that are sent. Stock is set with `stock` or moved with `stockDelta`; sending both is a
    /// `VALIDATION_ERROR`. Units that open orders hold cannot be taken away. Orders that exist keep the price they
    /// were placed at.
    ///
    /// `PATCH /api/v1/products/{productId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`UpdateProductError`].
    fn update_product(
        &self,
        call: rt::Call<Self::Caller>,
        request: UpdateProductRequest,
    ) -> impl Future<Output = Result<UpdateProductOk, UpdateProductError>> + Send;
}

static LIST_PRODUCTS_Q_PATTERN: rt::Pattern = rt::Pattern::new("^[^\\x00-\\x1F\\x7F]*$");
static LIST_PRODUCTS_Q: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&LIST_PRODUCTS_Q_PATTERN);
static LIST_PRODUCTS_MIN_PRICE: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static LIST_PRODUCTS_MAX_PRICE: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static LIST_PRODUCTS_IN_STOCK: rt::rules::Bool = rt::rules::Bool;
static LIST_PRODUCTS_SORT: rt::rules::Parsed<types::ProductSort> = rt::rules::Parsed::new();
static LIST_PRODUCTS_PAGE: rt::rules::Int<i32> = rt::rules::Int::new(1, 1_000_000);
static LIST_PRODUCTS_LIMIT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);
static LIST_PRODUCTS_IF_NONE_MATCH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 1024);
/// How `listProducts` is judged before its handler runs. (openapi/v1.yaml:1011)
pub static LIST_PRODUCTS: rt::Spec = rt::Spec {
    id: "listProducts",
    tag: "Products",
    method: "GET",
    path: "/api/v1/products",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    tier: Some("general"),
    cache: rt::CachePolicy::Public {
        max_age_seconds: 60,
    },
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "q", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "minPrice", rt::Shape::Integer("int64")),
        rt::Parameter::optional(rt::In::Query, "maxPrice", rt::Shape::Integer("int64")),
        rt::Parameter::optional(rt::In::Query, "inStock", rt::Shape::Boolean),
        rt::Parameter::optional(
            rt::In::Query,
            "sort",
            rt::Shape::Named(&types::product_sort::PRODUCT_SORT_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Query, "page", rt::Shape::Integer("int32")),
        rt::Parameter::optional(rt::In::Query, "limit", rt::Shape::Integer("int32")),
        rt::Parameter::optional(rt::In::Header, "If-None-Match", rt::Shape::Text("")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::product_page::PRODUCT_PAGE_SCHEMA),
            headers: &["ETag", "Link"],
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 304,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
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

/// `GET /api/v1/products`: Browse the catalogue (openapi/v1.yaml:1011)
#[derive(Debug, Clone)]
pub struct ListProductsRequest {
    /// The query parameter `q`. (openapi/v1.yaml:1020)
    ///
    /// Only products whose name, SKU or description contains this text, without regard to case.
    pub q: Option<String>,
    /// The query parameter `minPrice`. (openapi/v1.yaml:1030)
    ///
    /// Only products that cost at least this, in minor units.
    pub min_price: Option<i64>,
    /// The query parameter `maxPrice`. (openapi/v1.yaml:1040)
    ///
    /// Only products that cost at most this, in minor units.
    pub max_price: Option<i64>,
    /// The query parameter `inStock`. (openapi/v1.yaml:1050)
    ///
    /// True: only products that can be ordered now. False: only those that cannot.
    pub in_stock: Option<bool>,
    /// The query parameter `sort`. (openapi/v1.yaml:1057)
    ///
    /// What to sort by; a minus sign means descending.
    pub sort: types::ProductSort,
    /// The query parameter `page`. (openapi/v1.yaml:4962)
    ///
    /// Which page, from 1.
    pub page: i32,
    /// The query parameter `limit`. (openapi/v1.yaml:4975)
    ///
    /// How many entries at most.
    pub limit: i32,
}

impl<S: ProductsApi> rt::Operation<S> for ListProductsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = ListProductsOk;
    type Error = ListProductsError;
    fn spec() -> &'static rt::Spec {
        &LIST_PRODUCTS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let q = input.optional(rt::In::Query, "q", &LIST_PRODUCTS_Q);
        let min_price = input
            .optional(rt::In::Query, "minPrice", &LIST_PRODUCTS_MIN_PRICE);
        let max_price = input
            .optional(rt::In::Query, "maxPrice", &LIST_PRODUCTS_MAX_PRICE);
        let in_stock = input.optional(rt::In::Query, "inStock", &LIST_PRODUCTS_IN_STOCK);
        let sort = input
            .with_default(
                rt::In::Query,
                "sort",
                &LIST_PRODUCTS_SORT,
                || types::ProductSort::MinusCreatedAt,
            );
        let page = input.with_default(rt::In::Query, "page", &LIST_PRODUCTS_PAGE, || 1);
        let limit = input
            .with_default(rt::In::Query, "limit", &LIST_PRODUCTS_LIMIT, || 20);
        input.judge_header("If-None-Match", false, &LIST_PRODUCTS_IF_NONE_MATCH);
        Some(Self {
            q: q?,
            min_price: min_price?,
            max_price: max_price?,
            in_stock: in_stock?,
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
        host.list_products(call, self)
    }
}

/// The answers of `listProducts` below 400. (openapi/v1.yaml:1011)
#[derive(Debug, Clone)]
pub enum ListProductsOk {
    /// 200: A page of products. (openapi/v1.yaml:1068)
    Ok {
        /// The body.
        body: types::ProductPage,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: Option<String>,
        /// The `Link` header. (openapi/v1.yaml:6822)
        ///
        /// The neighbouring pages (RFC 8288): `first`, `prev`, `next`, `last`, as far as they exist.
        link: String,
    },
}

impl rt::Reply for ListProductsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag, link } => {
                rt::Rendered::json(200, body)
                    .header_option("ETag", etag.as_deref())
                    .header("Link", link)
            }
        }
    }
}

impl ListProductsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `listProducts` from 400 on, by code. (openapi/v1.yaml:1011)
#[derive(Debug, Clone)]
pub enum ListProductsError {
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

impl<E: rt::IntoFailure> From<E> for ListProductsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ListProductsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("listProducts")),
        }
    }
}

impl rt::Refuse for ListProductsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
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

impl ListProductsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CREATE_PRODUCT_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static CREATE_PRODUCT_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&CREATE_PRODUCT_IDEMPOTENCY_KEY_PATTERN);
/// How `createProduct` is judged before its handler runs. (openapi/v1.yaml:1098)
pub static CREATE_PRODUCT: rt::Spec = rt::Spec {
    id: "createProduct",
    tag: "Products",
    method: "POST",
    path: "/api/v1/products",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["admin"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["products:write"],
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
        shape: rt::Shape::Named(&types::new_product::NEW_PRODUCT_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::product_response::PRODUCT_RESPONSE_SCHEMA),
            headers: &["Location", "ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["SKU_ALREADY_EXISTS", "IDEMPOTENCY_KEY_IN_USE"]),
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

/// `POST /api/v1/products`: Add a product (openapi/v1.yaml:1098)
#[derive(Debug, Clone)]
pub struct CreateProductRequest {
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (openapi/v1.yaml:1110)
    ///
    /// The product to be added.
    pub body: types::NewProduct,
}

impl<S: ProductsApi> rt::Operation<S> for CreateProductRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CreateProductOk;
    type Error = CreateProductError;
    fn spec() -> &'static rt::Spec {
        &CREATE_PRODUCT
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let idempotency = input.optional_idempotency_key();
        let body = input.body::<types::NewProduct>();
        input.judge_header("Idempotency-Key", false, &CREATE_PRODUCT_IDEMPOTENCY_KEY);
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
        host.create_product(call, self)
    }
}

/// The answers of `createProduct` below 400. (openapi/v1.yaml:1098)
#[derive(Debug, Clone)]
pub enum CreateProductOk {
    /// 201: The product exists. (openapi/v1.yaml:1135)
    Created {
        /// The body.
        body: types::ProductResponse,
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

impl rt::Reply for CreateProductOk {
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

impl CreateProductOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `createProduct` from 400 on, by code. (openapi/v1.yaml:1098)
#[derive(Debug, Clone)]
pub enum CreateProductError {
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
    /// 409 `SKU_ALREADY_EXISTS`: The SKU is taken, or an earlier request with the same `Idempotency-Key` still runs.
    /// (openapi/v1.yaml:1164)
    SkuAlreadyExists(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: The SKU is taken, or an earlier request with the same `Idempotency-Key` still
    /// runs. (openapi/v1.yaml:1164)
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

impl<E: rt::IntoFailure> From<E> for CreateProductError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CreateProductError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "SKU_ALREADY_EXISTS" => Self::SkuAlreadyExists(problem),
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
            _ => Self::InternalError(problem.undeclared("createProduct")),
        }
    }
}

impl rt::Refuse for CreateProductError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::SkuAlreadyExists(problem) | Self::IdempotencyKeyInUse(problem) => {
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

impl CreateProductError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static GET_PRODUCT_PRODUCT_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static GET_PRODUCT_IF_NONE_MATCH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 1024);
/// How `getProduct` is judged before its handler runs. (openapi/v1.yaml:1194)
pub static GET_PRODUCT: rt::Spec = rt::Spec {
    id: "getProduct",
    tag: "Products",
    method: "GET",
    path: "/api/v1/products/{productId}",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    tier: Some("general"),
    cache: rt::CachePolicy::Public {
        max_age_seconds: 60,
    },
    parameters: &[
        rt::Parameter::required(rt::In::Path, "productId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Header, "If-None-Match", rt::Shape::Text("")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::product_response::PRODUCT_RESPONSE_SCHEMA),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 304,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(404, &["PRODUCT_NOT_FOUND", "ROUTE_NOT_FOUND"]),
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

/// `GET /api/v1/products/{productId}`: Show a product (openapi/v1.yaml:1194)
#[derive(Debug, Clone)]
pub struct GetProductRequest {
    /// The path parameter `productId`. (openapi/v1.yaml:4923)
    ///
    /// The id of a product.
    pub product_id: rt::Uuid,
}

impl<S: ProductsApi> rt::Operation<S> for GetProductRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = GetProductOk;
    type Error = GetProductError;
    fn spec() -> &'static rt::Spec {
        &GET_PRODUCT
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let product_id = input
            .path_or("productId", &GET_PRODUCT_PRODUCT_ID, "PRODUCT_NOT_FOUND");
        input.judge_header("If-None-Match", false, &GET_PRODUCT_IF_NONE_MATCH);
        Some(Self { product_id: product_id? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.get_product(call, self)
    }
}

/// The answers of `getProduct` below 400. (openapi/v1.yaml:1194)
#[derive(Debug, Clone)]
pub enum GetProductOk {
    /// 200: The product. (openapi/v1.yaml:1206)
    Ok {
        /// The body.
        body: types::ProductResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: Option<String>,
    },
}

impl rt::Reply for GetProductOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => {
                rt::Rendered::json(200, body).header_option("ETag", etag.as_deref())
            }
        }
    }
}

impl GetProductOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `getProduct` from 400 on, by code. (openapi/v1.yaml:1194)
#[derive(Debug, Clone)]
pub enum GetProductError {
    /// 400 `VALIDATION_ERROR`: The query, a header or a cookie breaks the contract, or two kinds of credentials came
    /// at once. (openapi/v1.yaml:4404)
    ValidationError(rt::Problem),
    /// 400 `API_VERSION_MISMATCH`: The query, a header or a cookie breaks the contract, or two kinds of credentials
    /// came at once. (openapi/v1.yaml:4404)
    ApiVersionMismatch(rt::Problem),
    /// 404 `PRODUCT_NOT_FOUND`: There is no such product. (openapi/v1.yaml:4589)
    ProductNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such product. (openapi/v1.yaml:4589)
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

impl<E: rt::IntoFailure> From<E> for GetProductError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl GetProductError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "PRODUCT_NOT_FOUND" => Self::ProductNotFound(problem),
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
            _ => Self::InternalError(problem.undeclared("getProduct")),
        }
    }
}

impl rt::Refuse for GetProductError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::ApiVersionMismatch(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::ProductNotFound(problem) | Self::RouteNotFound(problem) => {
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

impl GetProductError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static UPDATE_PRODUCT_PRODUCT_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static UPDATE_PRODUCT_IF_MATCH_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\\*|(W/)?\"[!#-~]*\"([ \\t]*,[ \\t]*((W/)?\"[!#-~]*\")?)*)$",
);
static UPDATE_PRODUCT_IF_MATCH: rt::rules::Text = rt::rules::Text::new()
    .length(1, 1024)
    .pattern(&UPDATE_PRODUCT_IF_MATCH_PATTERN);
static UPDATE_PRODUCT_IDEMPOTENCY_KEY_PATTERN: rt::Pattern = rt::Pattern::new(
    "^(\"([!#-\\[\\]-~]|\\\\[\"\\\\]){1,255}\"|[!#-~][!-~]{0,254})$",
);
static UPDATE_PRODUCT_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 257)
    .pattern(&UPDATE_PRODUCT_IDEMPOTENCY_KEY_PATTERN);
/// How `updateProduct` is judged before its handler runs. (openapi/v1.yaml:1236)
pub static UPDATE_PRODUCT: rt::Spec = rt::Spec {
    id: "updateProduct",
    tag: "Products",
    method: "PATCH",
    path: "/api/v1/products/{productId}",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["admin"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["products:write"],
            },
        ],
    ],
    tier: Some("general"),
    idempotency: Some(rt::Presence::Optional),
    parameters: &[
        rt::Parameter::required(rt::In::Path, "productId", rt::Shape::Text("uuid")),
        rt::Parameter::optional(rt::In::Header, "If-Match", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::product_changes::PRODUCT_CHANGES_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::product_response::PRODUCT_RESPONSE_SCHEMA),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(404, &["PRODUCT_NOT_FOUND", "ROUTE_NOT_FOUND"]),
        rt::Answer::errors(405, &["METHOD_NOT_ALLOWED"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["SKU_ALREADY_EXISTS", "IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(410, &["API_VERSION_GONE"]),
        rt::Answer::errors(412, &["PRECONDITION_FAILED"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(414, &["URI_TOO_LONG"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(
            422,
            &["STOCK_BELOW_RESERVED", "LIMIT_EXCEEDED", "IDEMPOTENCY_KEY_REUSED"],
        ),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(431, &["HEADERS_TOO_LARGE"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `PATCH /api/v1/products/{productId}`: Change a product (openapi/v1.yaml:1236)
#[derive(Debug, Clone)]
pub struct UpdateProductRequest {
    /// The path parameter `productId`. (openapi/v1.yaml:4923)
    ///
    /// The id of a product.
    pub product_id: rt::Uuid,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (openapi/v1.yaml:1253)
    ///
    /// What to change.
    pub body: types::ProductChanges,
}

impl<S: ProductsApi> rt::Operation<S> for UpdateProductRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = UpdateProductOk;
    type Error = UpdateProductError;
    fn spec() -> &'static rt::Spec {
        &UPDATE_PRODUCT
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let product_id = input
            .path_or("productId", &UPDATE_PRODUCT_PRODUCT_ID, "PRODUCT_NOT_FOUND");
        let idempotency = input.optional_idempotency_key();
        let body = input.body::<types::ProductChanges>();
        input.judge_header("If-Match", false, &UPDATE_PRODUCT_IF_MATCH);
        input.judge_header("Idempotency-Key", false, &UPDATE_PRODUCT_IDEMPOTENCY_KEY);
        Some(Self {
            product_id: product_id?,
            idempotency: idempotency?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.update_product(call, self)
    }
}

/// The answers of `updateProduct` below 400. (openapi/v1.yaml:1236)
#[derive(Debug, Clone)]
pub enum UpdateProductOk {
    /// 200: The product as it is now. (openapi/v1.yaml:1273)
    Ok {
        /// The body.
        body: types::ProductResponse,
        /// The `ETag` header. (openapi/v1.yaml:6804)
        ///
        /// The version of the resource: a strong validator for `If-None-Match` and `If-Match`.
        etag: String,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for UpdateProductOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => rt::Rendered::json(200, body).header("ETag", etag),
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl UpdateProductOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `updateProduct` from 400 on, by code. (openapi/v1.yaml:1236)
#[derive(Debug, Clone)]
pub enum UpdateProductError {
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
    /// 403 `FORBIDDEN`: The caller's role does not suffice, or the API key lacks a scope that the operation needs.
    /// (openapi/v1.yaml:4555)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: The caller's role does not suffice, or the API key lacks a scope that the operation
    /// needs. (openapi/v1.yaml:4555)
    InsufficientScope(rt::Problem),
    /// 404 `PRODUCT_NOT_FOUND`: There is no such product. (openapi/v1.yaml:4589)
    ProductNotFound(rt::Problem),
    /// 404 `ROUTE_NOT_FOUND`: There is no such product. (openapi/v1.yaml:4589)
    RouteNotFound(rt::Problem),
    /// 405 `METHOD_NOT_ALLOWED`: The path knows other methods only; `Allow` lists them. (openapi/v1.yaml:4646)
    MethodNotAllowed(rt::Problem),
    /// 406 `NOT_ACCEPTABLE`: The `Accept` header leaves out `application/json`. (openapi/v1.yaml:4660)
    NotAcceptable(rt::Problem),
    /// 409 `SKU_ALREADY_EXISTS`: The SKU is taken, or an earlier request with the same `Idempotency-Key` still runs.
    /// (openapi/v1.yaml:1301)
    SkuAlreadyExists(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: The SKU is taken, or an earlier request with the same `Idempotency-Key` still
    /// runs. (openapi/v1.yaml:1301)
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
    /// 422 `STOCK_BELOW_RESERVED`: The stock would fall below what open orders hold, or rise above what can be kept,
    /// or the `Idempotency-Key` was used for another request. (openapi/v1.yaml:1327)
    StockBelowReserved(rt::Problem),
    /// 422 `LIMIT_EXCEEDED`: The stock would fall below what open orders hold, or rise above what can be kept, or the
    /// `Idempotency-Key` was used for another request. (openapi/v1.yaml:1327)
    LimitExceeded(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: The stock would fall below what open orders hold, or rise above what can be
    /// kept, or the `Idempotency-Key` was used for another request. (openapi/v1.yaml:1327)
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

impl<E: rt::IntoFailure> From<E> for UpdateProductError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl UpdateProductError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "API_VERSION_MISMATCH" => Self::ApiVersionMismatch(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "PRODUCT_NOT_FOUND" => Self::ProductNotFound(problem),
            "ROUTE_NOT_FOUND" => Self::RouteNotFound(problem),
            "METHOD_NOT_ALLOWED" => Self::MethodNotAllowed(problem),
            "NOT_ACCEPTABLE" => Self::NotAcceptable(problem),
            "SKU_ALREADY_EXISTS" => Self::SkuAlreadyExists(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "API_VERSION_GONE" => Self::ApiVersionGone(problem),
            "PRECONDITION_FAILED" => Self::PreconditionFailed(problem),
            "PAYLOAD_TOO_LARGE" => Self::PayloadTooLarge(problem),
            "URI_TOO_LONG" => Self::UriTooLong(problem),
            "UNSUPPORTED_MEDIA_TYPE" => Self::UnsupportedMediaType(problem),
            "STOCK_BELOW_RESERVED" => Self::StockBelowReserved(problem),
            "LIMIT_EXCEEDED" => Self::LimitExceeded(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "RATE_LIMIT_EXCEEDED" => Self::RateLimitExceeded(problem),
            "HEADERS_TOO_LARGE" => Self::HeadersTooLarge(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "TIMEOUT" => Self::Timeout(problem),
            _ => Self::InternalError(problem.undeclared("updateProduct")),
        }
    }
}

impl rt::Refuse for UpdateProductError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::ApiVersionMismatch(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::ProductNotFound(problem) | Self::RouteNotFound(problem) => {
                rt::Refusal::problem(404, problem)
            }
            Self::MethodNotAllowed(problem) => rt::Refusal::problem(405, problem),
            Self::NotAcceptable(problem) => rt::Refusal::problem(406, problem),
            Self::SkuAlreadyExists(problem) | Self::IdempotencyKeyInUse(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::ApiVersionGone(problem) => rt::Refusal::problem(410, problem),
            Self::PreconditionFailed(problem) => rt::Refusal::problem(412, problem),
            Self::PayloadTooLarge(problem) => rt::Refusal::problem(413, problem),
            Self::UriTooLong(problem) => rt::Refusal::problem(414, problem),
            Self::UnsupportedMediaType(problem) => rt::Refusal::problem(415, problem),
            Self::StockBelowReserved(problem)
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

impl UpdateProductError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Products`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &LIST_PRODUCTS,
    &CREATE_PRODUCT,
    &GET_PRODUCT,
    &UPDATE_PRODUCT,
];

/// The routes of the tag `Products`.
#[derive(Debug)]
pub struct ProductsRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: ProductsApi> rt::poem_openapi::OpenApi for ProductsRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, ListProductsRequest>(&self.0, table);
        rt::mount::<S, CreateProductRequest>(&self.0, table);
        rt::mount::<S, GetProductRequest>(&self.0, table);
        rt::mount::<S, UpdateProductRequest>(&self.0, table);
    }
}
