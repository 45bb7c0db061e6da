//! What the generator emits for one tag: requests, replies, errors, the trait and the routes.

use std::future::Future;
use std::sync::Arc;

use openapi_runtime as rt;
use openapi_runtime::rules::{Int, List, Parsed, Text};

use super::types;

// ---------------------------------------------------------------- security schemes (once per document)

pub(crate) static BEARER_AUTH: rt::Scheme = rt::Scheme {
    name: "bearerAuth",
    carrier: rt::Carrier::Bearer,
    grants: rt::Grants::Roles,
};
pub(crate) static API_KEY_AUTH: rt::Scheme = rt::Scheme {
    name: "apiKeyAuth",
    carrier: rt::Carrier::Header("X-API-Key"),
    grants: rt::Grants::Scopes,
};

/// Every scheme of the document.
static SCHEMES: &[&rt::Scheme] = &[&BEARER_AUTH, &API_KEY_AUTH];

// ---------------------------------------------------------------- payOrder

static PAY_ORDER_ORDER_ID: Parsed<rt::Uuid> = Parsed::new();

/// How `payOrder` is judged before its handler runs.
pub static PAY_ORDER: rt::Spec = rt::Spec {
    id: "payOrder",
    tag: "Orders",
    method: "POST",
    path: "/api/v1/orders/{orderId}/pay",
    schemes: SCHEMES,
    security: &[
        &[rt::Requirement {
            scheme: &BEARER_AUTH,
            names: &["member", "admin"],
        }],
        &[rt::Requirement {
            scheme: &API_KEY_AUTH,
            names: &["orders:write"],
        }],
    ],
    tier: Some("general"),
    idempotency: Some(rt::Presence::Required),
    parameters: &[
        rt::Parameter {
            name: "orderId",
            location: rt::In::Path,
            required: true,
            shape: rt::Shape::Text("uuid"),
        },
        rt::Parameter {
            name: "Idempotency-Key",
            location: rt::In::Header,
            required: true,
            shape: rt::Shape::Text(""),
        },
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::PRODUCT_RESPONSE),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &[
                "VALIDATION_ERROR",
                "IDEMPOTENCY_KEY_MISSING",
                "API_VERSION_MISMATCH",
            ],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(402, &["INSUFFICIENT_FUNDS"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(404, &["ORDER_NOT_FOUND"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["ORDER_ALREADY_PAID", "IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(503, &["SERVICE_UNAVAILABLE"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/orders/{orderId}/pay`: Pay an order. (shop.yaml:200)
#[derive(Debug, Clone)]
pub struct PayOrderRequest {
    /// Path parameter `orderId`.
    pub order_id: rt::Uuid,
    /// The `Idempotency-Key` header and what it was used for.
    pub idempotency: rt::IdempotencyKey,
}

/// The answers below 400 of `payOrder`.
#[derive(Debug, Clone)]
pub enum PayOrderOk {
    /// 200
    Ok {
        /// The body.
        body: types::ProductResponse,
        /// The `ETag` header.
        etag: Option<String>,
    },
    /// An answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for PayOrderOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => {
                rt::Rendered::json(200, body).header_option("ETag", etag.as_deref())
            }
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

/// The answers from 400 on of `payOrder`, by code.
#[derive(Debug, Clone)]
pub enum PayOrderError {
    /// 402 `INSUFFICIENT_FUNDS`
    InsufficientFunds(rt::Problem),
    /// 404 `ORDER_NOT_FOUND`
    OrderNotFound(rt::Problem),
    /// 409 `ORDER_ALREADY_PAID`
    OrderAlreadyPaid(rt::Problem),
    /// 503 `SERVICE_UNAVAILABLE`
    ServiceUnavailable(rt::Problem),
    /// 500 `INTERNAL_ERROR`
    InternalError(rt::Problem),
    // … one per declared code
}

impl<E: rt::IntoFailure> From<E> for PayOrderError {
    fn from(error: E) -> Self {
        let problem = rt::Problem::from_error(error);
        match problem.code() {
            "INSUFFICIENT_FUNDS" => Self::InsufficientFunds(problem),
            "ORDER_NOT_FOUND" => Self::OrderNotFound(problem),
            "ORDER_ALREADY_PAID" => Self::OrderAlreadyPaid(problem),
            "SERVICE_UNAVAILABLE" => Self::ServiceUnavailable(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("payOrder")),
        }
    }
}

impl rt::Refuse for PayOrderError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::InsufficientFunds(problem) => rt::Refusal::problem(402, problem),
            Self::OrderNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::OrderAlreadyPaid(problem) => rt::Refusal::problem(409, problem),
            Self::ServiceUnavailable(problem) => rt::Refusal::problem(503, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            // a typed answer ≥ 400 (no x-error-codes): Self::ServiceUnavailable { body } => rt::Refusal::reply(rt::Rendered::json(503, body)),
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

// ---------------------------------------------------------------- createProduct

static CREATE_PRODUCT_NOTIFY: List<Text> = List::new(Text::new().length(1, 50)).items(0, 5);
static CREATE_PRODUCT_CURRENCIES: List<Parsed<types::Currency>> =
    List::new(Parsed::new()).items(1, 2).unique();
static CREATE_PRODUCT_COPIES: Int<i32> = Int::new(1, 10);
static CREATE_PRODUCT_REGION: Text = Text::new().length(2, 2);

/// How `createProduct` is judged before its handler runs.
pub static CREATE_PRODUCT: rt::Spec = rt::Spec {
    id: "createProduct",
    tag: "Orders",
    method: "POST",
    path: "/api/v1/products",
    schemes: SCHEMES,
    security: &[&[rt::Requirement {
        scheme: &BEARER_AUTH,
        names: &["admin"],
    }]],
    tier: Some("general"),
    parameters: &[
        rt::Parameter {
            name: "notify",
            location: rt::In::Query,
            required: false,
            shape: rt::Shape::List(&rt::Shape::Text("")),
        },
        rt::Parameter {
            name: "currencies",
            location: rt::In::Query,
            required: false,
            shape: rt::Shape::List(&rt::Shape::Named(&types::CURRENCY)),
        },
        rt::Parameter {
            name: "copies",
            location: rt::In::Query,
            required: false,
            shape: rt::Shape::Integer("int32"),
        },
        rt::Parameter {
            name: "X-Region",
            location: rt::In::Header,
            required: false,
            shape: rt::Shape::Text(""),
        },
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::CREATE_PRODUCT),
    }),
    answers: &[
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::PRODUCT_RESPONSE),
            headers: &["Location", "ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "API_VERSION_MISMATCH"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(409, &["SKU_ALREADY_EXISTS"]),
        rt::Answer::errors(413, &["PAYLOAD_TOO_LARGE"]),
        rt::Answer::errors(415, &["UNSUPPORTED_MEDIA_TYPE"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /api/v1/products`: Add a product. (shop.yaml:300)
#[derive(Debug, Clone)]
pub struct CreateProductRequest {
    /// Query parameter `notify` (`?notify=a&notify=b`).
    pub notify: Vec<String>,
    /// Query parameter `currencies` (`?currencies=USD,EUR`).
    pub currencies: Vec<types::Currency>,
    /// Query parameter `copies`, 1 when absent.
    pub copies: i32,
    /// Header parameter `X-Region`.
    pub x_region: Option<String>,
    /// The body.
    pub body: types::CreateProduct,
}

/// The answers below 400 of `createProduct`.
#[derive(Debug, Clone)]
pub enum CreateProductOk {
    /// 201
    Created {
        /// The body.
        body: types::ProductResponse,
        /// The `Location` header.
        location: String,
        /// The `ETag` header.
        etag: Option<String>,
    },
}

impl rt::Reply for CreateProductOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Created {
                body,
                location,
                etag,
            } => rt::Rendered::json(201, body)
                .header("Location", location)
                .header_option("ETag", etag.as_deref()),
            // a status without a body: Self::NoContent => rt::Rendered::empty(204),
        }
    }
}

/// The answers from 400 on of `createProduct`, by code.
#[derive(Debug, Clone)]
pub enum CreateProductError {
    /// 409 `SKU_ALREADY_EXISTS`
    SkuAlreadyExists(rt::Problem),
    /// 500 `INTERNAL_ERROR`
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for CreateProductError {
    fn from(error: E) -> Self {
        let problem = rt::Problem::from_error(error);
        match problem.code() {
            "SKU_ALREADY_EXISTS" => Self::SkuAlreadyExists(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("createProduct")),
        }
    }
}

impl rt::Refuse for CreateProductError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::SkuAlreadyExists(problem) => rt::Refusal::problem(409, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl<S: OrdersApi> rt::Operation<S> for CreateProductRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CreateProductOk;
    type Error = CreateProductError;

    fn spec() -> &'static rt::Spec {
        &CREATE_PRODUCT
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let notify = input.list(
            rt::In::Query,
            "notify",
            rt::Style::Exploded,
            &CREATE_PRODUCT_NOTIFY,
        );
        let currencies = input.list(
            rt::In::Query,
            "currencies",
            rt::Style::Comma,
            &CREATE_PRODUCT_CURRENCIES,
        );
        let copies = input.with_default(rt::In::Query, "copies", &CREATE_PRODUCT_COPIES, || 1);
        let x_region = input.optional(rt::In::Header, "X-Region", &CREATE_PRODUCT_REGION);
        let body = input.body::<types::CreateProduct>();
        Some(Self {
            notify: notify?,
            currencies: currencies?,
            copies: copies?,
            x_region: x_region?,
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

// ---------------------------------------------------------------- listProducts: public, cached, conditional

static LIST_PRODUCTS_Q: Text = Text::new().length(1, 50);
static LIST_PRODUCTS_PAGE: Int<i32> = Int::new(1, 1000);

/// How `listProducts` is judged before its handler runs.
pub static LIST_PRODUCTS: rt::Spec = rt::Spec {
    id: "listProducts",
    tag: "Orders",
    method: "GET",
    path: "/api/v1/products",
    schemes: SCHEMES,
    tier: Some("general"),
    cache: rt::CachePolicy::Public {
        max_age_seconds: 60,
    },
    parameters: &[
        rt::Parameter {
            name: "page",
            location: rt::In::Query,
            required: false,
            shape: rt::Shape::Integer("int32"),
        },
        rt::Parameter {
            name: "q",
            location: rt::In::Query,
            required: false,
            shape: rt::Shape::Text(""),
        },
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::PRODUCT_RESPONSE),
            headers: &["Link"],
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 304,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "API_VERSION_MISMATCH"]),
        rt::Answer::errors(406, &["NOT_ACCEPTABLE"]),
        rt::Answer::errors(429, &["RATE_LIMIT_EXCEEDED"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
        rt::Answer::errors(504, &["TIMEOUT"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /api/v1/products`: List products. (shop.yaml:400)
#[derive(Debug, Clone)]
pub struct ListProductsRequest {
    /// Query parameter `page`, 1 when absent.
    pub page: i32,
    /// Query parameter `q`.
    pub q: Option<String>,
}

/// The answers below 400 of `listProducts`.
#[derive(Debug, Clone)]
pub enum ListProductsOk {
    /// 200
    Ok {
        /// The body.
        body: types::ProductResponse,
        /// The `Link` header.
        link: Option<String>,
    },
}

impl rt::Reply for ListProductsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, link } => {
                rt::Rendered::json(200, body).header_option("Link", link.as_deref())
            }
        }
    }
}

/// The answers from 400 on of `listProducts`, by code.
#[derive(Debug, Clone)]
pub enum ListProductsError {
    /// 500 `INTERNAL_ERROR`
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for ListProductsError {
    fn from(error: E) -> Self {
        let problem = rt::Problem::from_error(error);
        match problem.code() {
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("listProducts")),
        }
    }
}

impl rt::Refuse for ListProductsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl<S: OrdersApi> rt::Operation<S> for ListProductsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = ListProductsOk;
    type Error = ListProductsError;

    fn spec() -> &'static rt::Spec {
        &LIST_PRODUCTS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let page = input.with_default(rt::In::Query, "page", &LIST_PRODUCTS_PAGE, || 1);
        let q = input.optional(rt::In::Query, "q", &LIST_PRODUCTS_Q);
        Some(Self { page: page?, q: q? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.list_products(call, self)
    }
}

// ---------------------------------------------------------------- the tag

/// The operations of the tag `Orders`.
pub trait OrdersApi: rt::Host {
    /// Pays an order. (shop.yaml:200)
    fn pay_order(
        &self,
        call: rt::Call<Self::Caller>,
        request: PayOrderRequest,
    ) -> impl Future<Output = Result<PayOrderOk, PayOrderError>> + Send;

    /// Adds a product. (shop.yaml:300)
    fn create_product(
        &self,
        call: rt::Call<Self::Caller>,
        request: CreateProductRequest,
    ) -> impl Future<Output = Result<CreateProductOk, CreateProductError>> + Send;

    /// Lists products. (shop.yaml:400)
    fn list_products(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: ListProductsRequest,
    ) -> impl Future<Output = Result<ListProductsOk, ListProductsError>> + Send;
}

/// The routes of the tag `Orders`.
pub struct OrdersRoutes<S>(pub Arc<S>);

/// What `Orders` answers, for the self-check and for tools.
pub static ORDERS: &[&rt::Spec] = &[&PAY_ORDER, &CREATE_PRODUCT, &LIST_PRODUCTS];

impl<S: OrdersApi> rt::poem_openapi::OpenApi for OrdersRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(ORDERS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(ORDERS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, PayOrderRequest>(&self.0, table);
        rt::mount::<S, CreateProductRequest>(&self.0, table);
        rt::mount::<S, ListProductsRequest>(&self.0, table);
    }
}

/// Every route of the document, with method routing and the answers for what does not exist.
pub fn routes<S: OrdersApi>(host: Arc<S>) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
    rt::Router::new().with(OrdersRoutes(host)).finish()
}
