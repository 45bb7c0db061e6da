//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The tag `Items`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Items`. (tests/cases/positive/everything.yaml:7)
///
/// Things with every kind of member.
pub trait ItemsApi: rt::Host {
    /// Find items (tests/cases/positive/everything.yaml:59)
    ///
    /// Takes parameters of every kind and place.
    ///
    /// `GET /items`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`FindItemsError`].
    fn find_items(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: FindItemsRequest,
    ) -> impl Future<Output = Result<FindItemsOk, FindItemsError>> + Send;

    /// Create an item (tests/cases/positive/everything.yaml:16)
    ///
    /// Takes a body with every kind of member.
    ///
    /// `POST /items`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`CreateItemError`].
    fn create_item(
        &self,
        call: rt::Call<Self::Caller>,
        request: CreateItemRequest,
    ) -> impl Future<Output = Result<CreateItemOk, CreateItemError>> + Send;

    /// Change an item (tests/cases/positive/everything.yaml:135)
    ///
    /// Absent, null and a value are three things here.
    ///
    /// `PATCH /items/{itemId}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`ChangeItemError`].
    fn change_item(
        &self,
        call: rt::Call<Self::Caller>,
        request: ChangeItemRequest,
    ) -> impl Future<Output = Result<ChangeItemOk, ChangeItemError>> + Send;

    /// Remove an item (tests/cases/positive/everything.yaml:166)
    ///
    /// A body that may be missing.
    ///
    /// `POST /items/{itemId}/removal`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`RemoveItemError`].
    fn remove_item(
        &self,
        call: rt::Call<Self::Caller>,
        request: RemoveItemRequest,
    ) -> impl Future<Output = Result<RemoveItemOk, RemoveItemError>> + Send;
}

static FIND_ITEMS_Q_PATTERN: rt::Pattern = rt::Pattern::new("^[a-z ]*$");
static FIND_ITEMS_Q: rt::rules::Text = rt::rules::Text::new()
    .length(2, 50)
    .pattern(&FIND_ITEMS_Q_PATTERN);
static FIND_ITEMS_STATUS: rt::rules::List<rt::rules::Parsed<types::ItemStatus>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(0, 3);
static FIND_ITEMS_IDS: rt::rules::List<rt::rules::Parsed<rt::Uuid>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(1, 3)
    .unique();
static FIND_ITEMS_SINCE: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new();
static FIND_ITEMS_ON: rt::rules::Parsed<rt::Date> = rt::rules::Parsed::new();
static FIND_ITEMS_MAX_PRICE: rt::rules::Float<f64> = rt::rules::Float::<f64>::new()
    .minimum(0.0)
    .exclusive_maximum(1000.5);
static FIND_ITEMS_SORT: rt::rules::Parsed<types::FindItemsSort> = rt::rules::Parsed::new();
static FIND_ITEMS_X_REGION: rt::rules::Text = rt::rules::Text::new().length(2, 2);
static FIND_ITEMS_X_LEVELS: rt::rules::List<rt::rules::Int<i32>> = rt::rules::List::new(
        rt::rules::Int::new(0, 9),
    )
    .items(0, 3);
static FIND_ITEMS_THEME: rt::rules::Parsed<types::FindItemsTheme> = rt::rules::Parsed::new();
static FIND_ITEMS_IF_NONE_MATCH: rt::rules::Text = rt::rules::Text::new().length(0, 20);

/// How `findItems` is judged before its handler runs. (tests/cases/positive/everything.yaml:59)
pub static FIND_ITEMS: rt::Spec = rt::Spec {
    id: "findItems",
    tag: "Items",
    method: "GET",
    path: "/items",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    cache: rt::CachePolicy::Public {
        max_age_seconds: 60,
    },
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "q", rt::Shape::Text("")),
        rt::Parameter::optional(
            rt::In::Query,
            "status",
            rt::Shape::List(&rt::Shape::Named(&types::item_status::ITEM_STATUS_SCHEMA)),
        ),
        rt::Parameter::required(
            rt::In::Query,
            "ids",
            rt::Shape::List(&rt::Shape::Text("uuid")),
        ),
        rt::Parameter::optional(rt::In::Query, "since", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "on", rt::Shape::Text("date")),
        rt::Parameter::optional(rt::In::Query, "maxPrice", rt::Shape::Number("double")),
        rt::Parameter::optional(
            rt::In::Query,
            "sort",
            rt::Shape::Named(&types::find_items_sort::FIND_ITEMS_SORT_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Header, "X-Region", rt::Shape::Text("")),
        rt::Parameter::optional(
            rt::In::Header,
            "X-Levels",
            rt::Shape::List(&rt::Shape::Integer("int32")),
        ),
        rt::Parameter::optional(
            rt::In::Cookie,
            "theme",
            rt::Shape::Named(&types::find_items_theme::FIND_ITEMS_THEME_SCHEMA),
        ),
        rt::Parameter::optional(rt::In::Header, "If-None-Match", rt::Shape::Text("")),
    ],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::item_page::ITEM_PAGE_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 304,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `GET /items`: Find items (tests/cases/positive/everything.yaml:59)
#[derive(Debug, Clone)]
pub struct FindItemsRequest {
    /// The query parameter `q`. (tests/cases/positive/everything.yaml:66)
    ///
    /// What to look for.
    pub q: Option<String>,
    /// The query parameter `status`. (tests/cases/positive/everything.yaml:71)
    ///
    /// Only these states.
    pub status: Vec<types::ItemStatus>,
    /// The query parameter `ids`. (tests/cases/positive/everything.yaml:76)
    ///
    /// Only these.
    pub ids: Vec<rt::Uuid>,
    /// The query parameter `since`. (tests/cases/positive/everything.yaml:82)
    ///
    /// Only younger ones.
    pub since: Option<rt::Timestamp>,
    /// The query parameter `on`. (tests/cases/positive/everything.yaml:87)
    ///
    /// Only of this day.
    pub on: Option<rt::Date>,
    /// The query parameter `maxPrice`. (tests/cases/positive/everything.yaml:92)
    ///
    /// Only cheaper ones.
    pub max_price: Option<f64>,
    /// The query parameter `sort`. (tests/cases/positive/everything.yaml:97)
    ///
    /// The order.
    pub sort: types::FindItemsSort,
    /// The header parameter `X-Region`. (tests/cases/positive/everything.yaml:102)
    ///
    /// Where from.
    pub x_region: String,
    /// The header parameter `X-Levels`. (tests/cases/positive/everything.yaml:107)
    ///
    /// Several numbers.
    pub x_levels: Vec<i32>,
    /// The cookie parameter `theme`. (tests/cases/positive/everything.yaml:112)
    ///
    /// Dark or light.
    pub theme: Option<types::FindItemsTheme>,
}

impl<S: ItemsApi> rt::Operation<S> for FindItemsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = FindItemsOk;
    type Error = FindItemsError;
    fn spec() -> &'static rt::Spec {
        &FIND_ITEMS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let q = input.optional(rt::In::Query, "q", &FIND_ITEMS_Q);
        let status = input
            .list_with_default(
                rt::In::Query,
                "status",
                rt::Style::Exploded,
                &FIND_ITEMS_STATUS,
                || vec![types::ItemStatus::Open],
            );
        let ids = input
            .required_list(rt::In::Query, "ids", rt::Style::Comma, &FIND_ITEMS_IDS);
        let since = input.optional(rt::In::Query, "since", &FIND_ITEMS_SINCE);
        let on = input.optional(rt::In::Query, "on", &FIND_ITEMS_ON);
        let max_price = input.optional(rt::In::Query, "maxPrice", &FIND_ITEMS_MAX_PRICE);
        let sort = input
            .with_default(
                rt::In::Query,
                "sort",
                &FIND_ITEMS_SORT,
                || types::FindItemsSort::MinusCreatedAt,
            );
        let x_region = input
            .with_default(
                rt::In::Header,
                "X-Region",
                &FIND_ITEMS_X_REGION,
                || "de".to_owned(),
            );
        let x_levels = input
            .list(rt::In::Header, "X-Levels", rt::Style::Comma, &FIND_ITEMS_X_LEVELS);
        let theme = input.optional(rt::In::Cookie, "theme", &FIND_ITEMS_THEME);
        input.judge_header("If-None-Match", false, &FIND_ITEMS_IF_NONE_MATCH);
        Some(Self {
            q: q?,
            status: status?,
            ids: ids?,
            since: since?,
            on: on?,
            max_price: max_price?,
            sort: sort?,
            x_region: x_region?,
            x_levels: x_levels?,
            theme: theme?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.find_items(call, self)
    }
}

/// The answers of `findItems` below 400. (tests/cases/positive/everything.yaml:59)
#[derive(Debug, Clone)]
pub enum FindItemsOk {
    /// 200: What was found. (tests/cases/positive/everything.yaml:124)
    Ok {
        /// The body.
        body: types::ItemPage,
    },
}

impl rt::Reply for FindItemsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl FindItemsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `findItems` from 400 on, by code. (tests/cases/positive/everything.yaml:59)
#[derive(Debug, Clone)]
pub enum FindItemsError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 500 `INTERNAL_ERROR`: Something is wrong with us. (tests/cases/positive/everything.yaml:328)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for FindItemsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl FindItemsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("findItems")),
        }
    }
}

impl rt::Refuse for FindItemsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl FindItemsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CREATE_ITEM_DRY_RUN: rt::rules::Bool = rt::rules::Bool;
static CREATE_ITEM_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 255);
/// How `createItem` is judged before its handler runs. (tests/cases/positive/everything.yaml:16)
pub static CREATE_ITEM: rt::Spec = rt::Spec {
    id: "createItem",
    tag: "Items",
    method: "POST",
    path: "/items",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &["admin", "editor"],
            },
        ],
        &[
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &["items:write"],
            },
        ],
    ],
    tier: Some("heavy"),
    timeout: Some(std::time::Duration::from_millis(1500)),
    idempotency: Some(rt::Presence::Optional),
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "dryRun", rt::Shape::Boolean),
        rt::Parameter::optional(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 16_384,
        shape: rt::Shape::Named(&types::item::ITEM_INPUT_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::item_response::ITEM_RESPONSE_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 201,
            media: "application/json",
            shape: rt::Shape::Named(&types::item_response::ITEM_RESPONSE_SCHEMA),
            headers: &["Location", "ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(409, &["ITEM_EXISTS", "IDEMPOTENCY_KEY_IN_USE"]),
        rt::Answer::errors(422, &["ITEM_REFUSED", "IDEMPOTENCY_KEY_REUSED"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /items`: Create an item (tests/cases/positive/everything.yaml:16)
#[derive(Debug, Clone)]
pub struct CreateItemRequest {
    /// The query parameter `dryRun`. (tests/cases/positive/everything.yaml:29)
    ///
    /// Checks only.
    pub dry_run: bool,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: Option<rt::IdempotencyKey>,
    /// The body. (tests/cases/positive/everything.yaml:296)
    ///
    /// The item to be.
    pub body: types::ItemInput,
}

impl<S: ItemsApi> rt::Operation<S> for CreateItemRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = CreateItemOk;
    type Error = CreateItemError;
    fn spec() -> &'static rt::Spec {
        &CREATE_ITEM
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let dry_run = input
            .with_default(rt::In::Query, "dryRun", &CREATE_ITEM_DRY_RUN, || false);
        let idempotency = input.optional_idempotency_key();
        let body = input.body::<types::ItemInput>();
        input.judge_header("Idempotency-Key", false, &CREATE_ITEM_IDEMPOTENCY_KEY);
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
        host.create_item(call, self)
    }
}

/// The answers of `createItem` below 400. (tests/cases/positive/everything.yaml:16)
#[derive(Debug, Clone)]
pub enum CreateItemOk {
    /// 200: It would have worked. (tests/cases/positive/everything.yaml:37)
    Ok {
        /// The body.
        body: types::ItemResponse,
    },
    /// 201: Created. (tests/cases/positive/everything.yaml:303)
    Created {
        /// The body.
        body: types::ItemResponse,
        /// The `Location` header. (tests/cases/positive/everything.yaml:305)
        ///
        /// Where it is.
        location: String,
        /// The `ETag` header. (tests/cases/positive/everything.yaml:293)
        ///
        /// The version.
        etag: Option<String>,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for CreateItemOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
            Self::Created { body, location, etag } => {
                rt::Rendered::json(201, body)
                    .header("Location", location)
                    .header_option("ETag", etag.as_deref())
            }
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl CreateItemOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `createItem` from 400 on, by code. (tests/cases/positive/everything.yaml:16)
#[derive(Debug, Clone)]
pub enum CreateItemError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 401 `NO_TOKEN`: Who are you? (tests/cases/positive/everything.yaml:316)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: Who are you? (tests/cases/positive/everything.yaml:316)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: Who are you? (tests/cases/positive/everything.yaml:316)
    InvalidApiKey(rt::Problem),
    /// 403 `FORBIDDEN`: You may not. (tests/cases/positive/everything.yaml:320)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: You may not. (tests/cases/positive/everything.yaml:320)
    InsufficientScope(rt::Problem),
    /// 409 `ITEM_EXISTS`: It is there already, or being made. (tests/cases/positive/everything.yaml:47)
    ItemExists(rt::Problem),
    /// 409 `IDEMPOTENCY_KEY_IN_USE`: It is there already, or being made. (tests/cases/positive/everything.yaml:47)
    IdempotencyKeyInUse(rt::Problem),
    /// 422 `ITEM_REFUSED`: A rule refuses it. (tests/cases/positive/everything.yaml:53)
    ItemRefused(rt::Problem),
    /// 422 `IDEMPOTENCY_KEY_REUSED`: A rule refuses it. (tests/cases/positive/everything.yaml:53)
    IdempotencyKeyReused(rt::Problem),
    /// 500 `INTERNAL_ERROR`: Something is wrong with us. (tests/cases/positive/everything.yaml:328)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for CreateItemError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl CreateItemError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "ITEM_EXISTS" => Self::ItemExists(problem),
            "IDEMPOTENCY_KEY_IN_USE" => Self::IdempotencyKeyInUse(problem),
            "ITEM_REFUSED" => Self::ItemRefused(problem),
            "IDEMPOTENCY_KEY_REUSED" => Self::IdempotencyKeyReused(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("createItem")),
        }
    }
}

impl rt::Refuse for CreateItemError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::ItemExists(problem) | Self::IdempotencyKeyInUse(problem) => {
                rt::Refusal::problem(409, problem)
            }
            Self::ItemRefused(problem) | Self::IdempotencyKeyReused(problem) => {
                rt::Refusal::problem(422, problem)
            }
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl CreateItemError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static CHANGE_ITEM_ITEM_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static CHANGE_ITEM_IDEMPOTENCY_KEY: rt::rules::Text = rt::rules::Text::new()
    .length(1, 255);
/// How `changeItem` is judged before its handler runs. (tests/cases/positive/everything.yaml:135)
pub static CHANGE_ITEM: rt::Spec = rt::Spec {
    id: "changeItem",
    tag: "Items",
    method: "PATCH",
    path: "/items/{itemId}",
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
    idempotency: Some(rt::Presence::Required),
    parameters: &[
        rt::Parameter::required(rt::In::Path, "itemId", rt::Shape::Text("uuid")),
        rt::Parameter::required(rt::In::Header, "Idempotency-Key", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::item_change::ITEM_CHANGE_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::item_response::ITEM_RESPONSE_SCHEMA),
            headers: &["ETag"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(404, &["ITEM_NOT_FOUND"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `PATCH /items/{itemId}`: Change an item (tests/cases/positive/everything.yaml:135)
#[derive(Debug, Clone)]
pub struct ChangeItemRequest {
    /// The path parameter `itemId`. (tests/cases/positive/everything.yaml:280)
    ///
    /// The item.
    pub item_id: rt::Uuid,
    /// The `Idempotency-Key` header and what it is used for.
    pub idempotency: rt::IdempotencyKey,
    /// The body. (tests/cases/positive/everything.yaml:147)
    pub body: types::ItemChange,
}

impl<S: ItemsApi> rt::Operation<S> for ChangeItemRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = ChangeItemOk;
    type Error = ChangeItemError;
    fn spec() -> &'static rt::Spec {
        &CHANGE_ITEM
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let item_id = input.path_or("itemId", &CHANGE_ITEM_ITEM_ID, "ITEM_NOT_FOUND");
        let idempotency = input.idempotency_key();
        let body = input.body::<types::ItemChange>();
        input.judge_header("Idempotency-Key", true, &CHANGE_ITEM_IDEMPOTENCY_KEY);
        Some(Self {
            item_id: item_id?,
            idempotency: idempotency?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.change_item(call, self)
    }
}

/// The answers of `changeItem` below 400. (tests/cases/positive/everything.yaml:135)
#[derive(Debug, Clone)]
pub enum ChangeItemOk {
    /// 200: Changed. (tests/cases/positive/everything.yaml:153)
    Ok {
        /// The body.
        body: types::ItemResponse,
        /// The `ETag` header. (tests/cases/positive/everything.yaml:293)
        ///
        /// The version.
        etag: Option<String>,
    },
    /// The answer stored under the same idempotency key.
    Replayed(rt::StoredReply),
}

impl rt::Reply for ChangeItemOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, etag } => {
                rt::Rendered::json(200, body).header_option("ETag", etag.as_deref())
            }
            Self::Replayed(stored) => rt::Rendered::replayed(stored),
        }
    }
}

impl ChangeItemOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `changeItem` from 400 on, by code. (tests/cases/positive/everything.yaml:135)
#[derive(Debug, Clone)]
pub enum ChangeItemError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 401 `NO_TOKEN`: Who are you? (tests/cases/positive/everything.yaml:316)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: Who are you? (tests/cases/positive/everything.yaml:316)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: Who are you? (tests/cases/positive/everything.yaml:316)
    InvalidApiKey(rt::Problem),
    /// 404 `ITEM_NOT_FOUND`: There is no such item. (tests/cases/positive/everything.yaml:324)
    ItemNotFound(rt::Problem),
    /// 500 `INTERNAL_ERROR`: Something is wrong with us. (tests/cases/positive/everything.yaml:328)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for ChangeItemError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl ChangeItemError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "ITEM_NOT_FOUND" => Self::ItemNotFound(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("changeItem")),
        }
    }
}

impl rt::Refuse for ChangeItemError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::ItemNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl ChangeItemError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static REMOVE_ITEM_ITEM_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();

/// How `removeItem` is judged before its handler runs. (tests/cases/positive/everything.yaml:166)
pub static REMOVE_ITEM: rt::Spec = rt::Spec {
    id: "removeItem",
    tag: "Items",
    method: "POST",
    path: "/items/{itemId}/removal",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[
        &[
            rt::Requirement {
                scheme: &security::BEARER_AUTH,
                names: &[],
            },
            rt::Requirement {
                scheme: &security::API_KEY_AUTH,
                names: &[],
            },
        ],
    ],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "itemId", rt::Shape::Text("uuid")),
    ],
    body: Some(rt::BodySpec {
        required: false,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::remove_item_body::REMOVE_ITEM_BODY_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 202,
            headers: &["Location", "X-Position"],
            ..rt::Answer::NEW
        },
        rt::Answer {
            status: 204,
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
        rt::Answer::errors(401, &["NO_TOKEN", "INVALID_TOKEN", "INVALID_API_KEY"]),
        rt::Answer::errors(403, &["FORBIDDEN", "INSUFFICIENT_SCOPE"]),
        rt::Answer::errors(404, &["ITEM_NOT_FOUND"]),
        rt::Answer::errors(500, &["INTERNAL_ERROR"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /items/{itemId}/removal`: Remove an item (tests/cases/positive/everything.yaml:166)
#[derive(Debug, Clone)]
pub struct RemoveItemRequest {
    /// The path parameter `itemId`. (tests/cases/positive/everything.yaml:280)
    ///
    /// The item.
    pub item_id: rt::Uuid,
    /// The body. (tests/cases/positive/everything.yaml:174)
    pub body: Option<types::RemoveItemBody>,
}

impl<S: ItemsApi> rt::Operation<S> for RemoveItemRequest {
    type Call = rt::Call<S::Caller>;
    type Ok = RemoveItemOk;
    type Error = RemoveItemError;
    fn spec() -> &'static rt::Spec {
        &REMOVE_ITEM
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let item_id = input.path_or("itemId", &REMOVE_ITEM_ITEM_ID, "ITEM_NOT_FOUND");
        let body = input.optional_body::<types::RemoveItemBody>();
        Some(Self {
            item_id: item_id?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.remove_item(call, self)
    }
}

/// The answers of `removeItem` below 400. (tests/cases/positive/everything.yaml:166)
#[derive(Debug, Clone)]
pub enum RemoveItemOk {
    /// 202: Later. (tests/cases/positive/everything.yaml:186)
    Accepted {
        /// The `Location` header. (tests/cases/positive/everything.yaml:188)
        ///
        /// Where to look.
        location: String,
        /// The `X-Position` header. (tests/cases/positive/everything.yaml:189)
        ///
        /// Place in the queue.
        x_position: Option<i32>,
    },
    /// 204: Gone. (tests/cases/positive/everything.yaml:190)
    NoContent,
}

impl rt::Reply for RemoveItemOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Accepted { location, x_position } => {
                rt::Rendered::empty(202)
                    .header("Location", location)
                    .header_option(
                        "X-Position",
                        x_position.as_ref().map(ToString::to_string).as_deref(),
                    )
            }
            Self::NoContent => rt::Rendered::empty(204),
        }
    }
}

impl RemoveItemOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `removeItem` from 400 on, by code. (tests/cases/positive/everything.yaml:166)
#[derive(Debug, Clone)]
pub enum RemoveItemError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 401 `NO_TOKEN`: Who are you? (tests/cases/positive/everything.yaml:316)
    NoToken(rt::Problem),
    /// 401 `INVALID_TOKEN`: Who are you? (tests/cases/positive/everything.yaml:316)
    InvalidToken(rt::Problem),
    /// 401 `INVALID_API_KEY`: Who are you? (tests/cases/positive/everything.yaml:316)
    InvalidApiKey(rt::Problem),
    /// 403 `FORBIDDEN`: You may not. (tests/cases/positive/everything.yaml:320)
    Forbidden(rt::Problem),
    /// 403 `INSUFFICIENT_SCOPE`: You may not. (tests/cases/positive/everything.yaml:320)
    InsufficientScope(rt::Problem),
    /// 404 `ITEM_NOT_FOUND`: There is no such item. (tests/cases/positive/everything.yaml:324)
    ItemNotFound(rt::Problem),
    /// 500 `INTERNAL_ERROR`: Something is wrong with us. (tests/cases/positive/everything.yaml:328)
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for RemoveItemError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl RemoveItemError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "NO_TOKEN" => Self::NoToken(problem),
            "INVALID_TOKEN" => Self::InvalidToken(problem),
            "INVALID_API_KEY" => Self::InvalidApiKey(problem),
            "FORBIDDEN" => Self::Forbidden(problem),
            "INSUFFICIENT_SCOPE" => Self::InsufficientScope(problem),
            "ITEM_NOT_FOUND" => Self::ItemNotFound(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("removeItem")),
        }
    }
}

impl rt::Refuse for RemoveItemError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::NoToken(problem)
            | Self::InvalidToken(problem)
            | Self::InvalidApiKey(problem) => rt::Refusal::problem(401, problem),
            Self::Forbidden(problem) | Self::InsufficientScope(problem) => {
                rt::Refusal::problem(403, problem)
            }
            Self::ItemNotFound(problem) => rt::Refusal::problem(404, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl RemoveItemError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Items`.
pub static OPERATIONS: &[&rt::Spec] = &[
    &FIND_ITEMS,
    &CREATE_ITEM,
    &CHANGE_ITEM,
    &REMOVE_ITEM,
];

/// The routes of the tag `Items`.
#[derive(Debug)]
pub struct ItemsRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: ItemsApi> rt::poem_openapi::OpenApi for ItemsRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, FindItemsRequest>(&self.0, table);
        rt::mount::<S, CreateItemRequest>(&self.0, table);
        rt::mount::<S, ChangeItemRequest>(&self.0, table);
        rt::mount::<S, RemoveItemRequest>(&self.0, table);
    }
}
