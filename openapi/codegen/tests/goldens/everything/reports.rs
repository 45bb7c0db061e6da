//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The tag `Reports`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::security;
use super::types;

/// The operations of the tag `Reports`. (tests/cases/positive/everything.yaml:9)
///
/// Answers of every kind.
pub trait ReportsApi: rt::Host {
    /// Make a report (tests/cases/positive/everything.yaml:198)
    ///
    /// Takes a union and answers recursion, maps and a union.
    ///
    /// `POST /reports`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`MakeReportError`].
    fn make_report(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: MakeReportRequest,
    ) -> impl Future<Output = Result<MakeReportOk, MakeReportError>> + Send;

    /// Fill in what is absent (tests/cases/positive/everything.yaml:222)
    ///
    /// Takes a body of which nothing must come, and parameters likewise.
    ///
    /// `POST /defaults`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`FillDefaultsError`].
    fn fill_defaults(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: FillDefaultsRequest,
    ) -> impl Future<Output = Result<FillDefaultsOk, FillDefaultsError>> + Send;

    /// Put a tree (tests/cases/positive/everything.yaml:257)
    ///
    /// Takes a recursive body, maps and free values.
    ///
    /// `PUT /trees`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`PutTreeError`].
    fn put_tree(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: PutTreeRequest,
    ) -> impl Future<Output = Result<PutTreeOk, PutTreeError>> + Send;
}

/// How `makeReport` is judged before its handler runs. (tests/cases/positive/everything.yaml:198)
pub static MAKE_REPORT: rt::Spec = rt::Spec {
    id: "makeReport",
    tag: "Reports",
    method: "POST",
    path: "/reports",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    parameters: &[],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::shape::SHAPE_INPUT_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::report::REPORT_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
        rt::Answer {
            status: 503,
            media: "application/json",
            shape: rt::Shape::Named(&types::outage::OUTAGE_SCHEMA),
            ..rt::Answer::NEW
        },
    ],
    ..rt::Spec::NEW
};

/// `POST /reports`: Make a report (tests/cases/positive/everything.yaml:198)
#[derive(Debug, Clone)]
pub struct MakeReportRequest {
    /// The body. (tests/cases/positive/everything.yaml:204)
    pub body: types::ShapeInput,
}

impl<S: ReportsApi> rt::Operation<S> for MakeReportRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = MakeReportOk;
    type Error = MakeReportError;
    fn spec() -> &'static rt::Spec {
        &MAKE_REPORT
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::ShapeInput>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.make_report(call, self)
    }
}

/// The answers of `makeReport` below 400. (tests/cases/positive/everything.yaml:198)
#[derive(Debug, Clone)]
pub enum MakeReportOk {
    /// 200: The report. (tests/cases/positive/everything.yaml:210)
    Ok {
        /// The body.
        body: types::Report,
    },
}

impl rt::Reply for MakeReportOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl MakeReportOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `makeReport` from 400 on, by code. (tests/cases/positive/everything.yaml:198)
#[derive(Debug, Clone)]
pub enum MakeReportError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
    /// 503: Not now. This one has a body of its own. (tests/cases/positive/everything.yaml:216)
    ServiceUnavailable {
        /// The body.
        body: types::Outage,
    },
}

impl<E: rt::IntoFailure> From<E> for MakeReportError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl MakeReportError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("makeReport")),
        }
    }
}

impl rt::Refuse for MakeReportError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
            Self::ServiceUnavailable { body } => {
                rt::Refusal::reply(rt::Rendered::json(503, body))
            }
        }
    }
}

impl MakeReportError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

static FILL_DEFAULTS_AT: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new();
static FILL_DEFAULTS_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static FILL_DEFAULTS_NONE: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(0, 5),
    )
    .items(0, 2);
/// How `fillDefaults` is judged before its handler runs. (tests/cases/positive/everything.yaml:222)
pub static FILL_DEFAULTS: rt::Spec = rt::Spec {
    id: "fillDefaults",
    tag: "Reports",
    method: "POST",
    path: "/defaults",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    parameters: &[
        rt::Parameter::optional(rt::In::Query, "at", rt::Shape::Text("date-time")),
        rt::Parameter::optional(rt::In::Query, "id", rt::Shape::Text("uuid")),
        rt::Parameter::optional(
            rt::In::Query,
            "none",
            rt::Shape::List(&rt::Shape::Text("")),
        ),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::defaults::DEFAULTS_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Text(""),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
    ],
    ..rt::Spec::NEW
};

/// `POST /defaults`: Fill in what is absent (tests/cases/positive/everything.yaml:222)
#[derive(Debug, Clone)]
pub struct FillDefaultsRequest {
    /// The query parameter `at`. (tests/cases/positive/everything.yaml:228)
    ///
    /// A time.
    pub at: rt::Timestamp,
    /// The query parameter `id`. (tests/cases/positive/everything.yaml:233)
    ///
    /// An id.
    pub id: rt::Uuid,
    /// The query parameter `none`. (tests/cases/positive/everything.yaml:238)
    ///
    /// Nothing at all.
    pub none: Vec<String>,
    /// The body. (tests/cases/positive/everything.yaml:244)
    pub body: types::Defaults,
}

impl<S: ReportsApi> rt::Operation<S> for FillDefaultsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = FillDefaultsOk;
    type Error = FillDefaultsError;
    fn spec() -> &'static rt::Spec {
        &FILL_DEFAULTS
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let at = input
            .with_default(
                rt::In::Query,
                "at",
                &FILL_DEFAULTS_AT,
                || {
                    <rt::Timestamp as rt::FromText>::from_text(
                            "2026-01-02T03:04:05.678Z",
                        )
                        .unwrap_or_default()
                },
            );
        let id = input
            .with_default(
                rt::In::Query,
                "id",
                &FILL_DEFAULTS_ID,
                || rt::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0009),
            );
        let none = input
            .list_with_default(
                rt::In::Query,
                "none",
                rt::Style::Exploded,
                &FILL_DEFAULTS_NONE,
                Vec::new,
            );
        let body = input.body::<types::Defaults>();
        Some(Self {
            at: at?,
            id: id?,
            none: none?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.fill_defaults(call, self)
    }
}

/// The answers of `fillDefaults` below 400. (tests/cases/positive/everything.yaml:222)
#[derive(Debug, Clone)]
pub enum FillDefaultsOk {
    /// 200: What it was filled with. (tests/cases/positive/everything.yaml:250)
    Ok {
        /// The body.
        body: String,
    },
}

impl rt::Reply for FillDefaultsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, &FillDefaultsOkOkForm(body)),
        }
    }
}

impl FillDefaultsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// Writes the body of `fillDefaults` with status 200.
struct FillDefaultsOkOkForm<'a>(&'a str);

impl serde::Serialize for FillDefaultsOkOkForm<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(self.0, serializer)
    }
}

impl rt::ReplyBody for FillDefaultsOkOkForm<'_> {}

/// The answers of `fillDefaults` from 400 on, by code. (tests/cases/positive/everything.yaml:222)
#[derive(Debug, Clone)]
pub enum FillDefaultsError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for FillDefaultsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl FillDefaultsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("fillDefaults")),
        }
    }
}

impl rt::Refuse for FillDefaultsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl FillDefaultsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// How `putTree` is judged before its handler runs. (tests/cases/positive/everything.yaml:257)
pub static PUT_TREE: rt::Spec = rt::Spec {
    id: "putTree",
    tag: "Reports",
    method: "PUT",
    path: "/trees",
    version: "v1",
    schemes: security::SCHEMES,
    security: &[],
    parameters: &[],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::tree::TREE_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::tree::TREE_SCHEMA),
            ..rt::Answer::NEW
        },
        rt::Answer::errors(
            400,
            &["VALIDATION_ERROR", "MALFORMED_JSON", "IDEMPOTENCY_KEY_MISSING"],
        ),
    ],
    ..rt::Spec::NEW
};

/// `PUT /trees`: Put a tree (tests/cases/positive/everything.yaml:257)
#[derive(Debug, Clone)]
pub struct PutTreeRequest {
    /// The body. (tests/cases/positive/everything.yaml:263)
    pub body: types::Tree,
}

impl<S: ReportsApi> rt::Operation<S> for PutTreeRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = PutTreeOk;
    type Error = PutTreeError;
    fn spec() -> &'static rt::Spec {
        &PUT_TREE
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let body = input.body::<types::Tree>();
        Some(Self { body: body? })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.put_tree(call, self)
    }
}

/// The answers of `putTree` below 400. (tests/cases/positive/everything.yaml:257)
#[derive(Debug, Clone)]
pub enum PutTreeOk {
    /// 200: The tree, as it was understood. (tests/cases/positive/everything.yaml:269)
    Ok {
        /// The body.
        body: types::Tree,
    },
}

impl rt::Reply for PutTreeOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, body),
        }
    }
}

impl PutTreeOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `putTree` from 400 on, by code. (tests/cases/positive/everything.yaml:257)
#[derive(Debug, Clone)]
pub enum PutTreeError {
    /// 400 `VALIDATION_ERROR`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: The request does not fit the document. (tests/cases/positive/everything.yaml:312)
    MalformedJson(rt::Problem),
    /// 400 `IDEMPOTENCY_KEY_MISSING`: The request does not fit the document.
    /// (tests/cases/positive/everything.yaml:312)
    IdempotencyKeyMissing(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for PutTreeError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl PutTreeError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "IDEMPOTENCY_KEY_MISSING" => Self::IdempotencyKeyMissing(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("putTree")),
        }
    }
}

impl rt::Refuse for PutTreeError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem)
            | Self::MalformedJson(problem)
            | Self::IdempotencyKeyMissing(problem) => rt::Refusal::problem(400, problem),
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl PutTreeError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `Reports`.
pub static OPERATIONS: &[&rt::Spec] = &[&MAKE_REPORT, &FILL_DEFAULTS, &PUT_TREE];

/// The routes of the tag `Reports`.
#[derive(Debug)]
pub struct ReportsRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: ReportsApi> rt::poem_openapi::OpenApi for ReportsRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, MakeReportRequest>(&self.0, table);
        rt::mount::<S, FillDefaultsRequest>(&self.0, table);
        rt::mount::<S, PutTreeRequest>(&self.0, table);
    }
}
