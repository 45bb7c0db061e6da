//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The tag `fn */ "types"`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::types;

/// The operations of the tag `fn */ "types"`. (tests/cases/positive/hostile.yaml:7)
///
/// */ pub fn `escaped()` {} /*
/// /// doc
/// //! inner
/// #!\[allow(warnings)]
/// 'unbalanced
pub trait FnTypesApi: rt::Host {
    /// */ escape " \\ (tests/cases/positive/hostile.yaml:14)
    ///
    /// let x = 1;
    /// \<script>alert(1)\</script> \[link] \[a](b) `http://example.invalid`/ � reversed � bell
    /// 1. one
    ///    continued
    ///    \> quote
    ///    | a | b |
    ///
    /// `POST /odd/{type}`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`MatchError`].
    fn r#match(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: MatchRequest,
    ) -> impl Future<Output = Result<MatchOk, MatchError>> + Send;
}

static MATCH_TYPE: rt::rules::Text = rt::rules::Text::new().length(1, 20);
static MATCH_SELF: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static MATCH_QUO_TE_PATTERN: rt::Pattern = rt::Pattern::new("^[\"\\\\/*{}]*$");
static MATCH_QUO_TE: rt::rules::Text = rt::rules::Text::new()
    .length(0, 20)
    .pattern(&MATCH_QUO_TE_PATTERN);
static MATCH_INPUT: rt::rules::Int<i32> = rt::rules::Int::new(-5, 5);
static MATCH_QUERY_BODY: rt::rules::Text = rt::rules::Text::new().length(0, 20);

/// How `match` is judged before its handler runs. (tests/cases/positive/hostile.yaml:14)
pub static MATCH: rt::Spec = rt::Spec {
    id: "match",
    tag: "fn */ \"types\"",
    method: "POST",
    path: "/odd/{type}",
    version: "v1",
    security: &[],
    parameters: &[
        rt::Parameter::required(rt::In::Path, "type", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "self", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "quo\"te", rt::Shape::Text("")),
        rt::Parameter::optional(rt::In::Query, "input", rt::Shape::Integer("int32")),
        rt::Parameter::optional(rt::In::Query, "body", rt::Shape::Text("")),
    ],
    body: Some(rt::BodySpec {
        required: true,
        media: "application/json",
        limit_bytes: 65_536,
        shape: rt::Shape::Named(&types::names::NAMES_INPUT_SCHEMA),
    }),
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::names::NAMES_SCHEMA),
            headers: &["X-Body", "Body"],
            ..rt::Answer::NEW
        },
        rt::Answer::errors(400, &["VALIDATION_ERROR", "MALFORMED_JSON"]),
    ],
    ..rt::Spec::NEW
};

/// `POST /odd/{type}`: */ escape " \\ (tests/cases/positive/hostile.yaml:14)
#[derive(Debug, Clone)]
pub struct MatchRequest {
    /// The path parameter `type`. (tests/cases/positive/hostile.yaml:20)
    ///
    /// A keyword. */ "
    ///
    /// # Heading
    pub r#type: String,
    /// The query parameter `self`. (tests/cases/positive/hostile.yaml:25)
    ///
    /// Another.
    pub self_: String,
    /// The query parameter `quo"te`. (tests/cases/positive/hostile.yaml:30)
    ///
    /// A quote.
    pub quo_te: Option<String>,
    /// The query parameter `input`. (tests/cases/positive/hostile.yaml:35)
    ///
    /// What generated code calls its argument.
    pub input: i32,
    /// The query parameter `body`. (tests/cases/positive/hostile.yaml:40)
    ///
    /// What generated code calls the body.
    pub query_body: Option<String>,
    /// The body. (tests/cases/positive/hostile.yaml:46)
    pub body: types::NamesInput,
}

impl<S: FnTypesApi> rt::Operation<S> for MatchRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = MatchOk;
    type Error = MatchError;
    fn spec() -> &'static rt::Spec {
        &MATCH
    }

    fn parse(input: &mut rt::Input<'_>) -> Option<Self> {
        let r#type = input.path("type", &MATCH_TYPE);
        let self_ = input
            .with_default(
                rt::In::Query,
                "self",
                &MATCH_SELF,
                || "\" */ \\ \n {} \u{202e}".to_owned(),
            );
        let quo_te = input.optional(rt::In::Query, "quo\"te", &MATCH_QUO_TE);
        let input_2 = input.with_default(rt::In::Query, "input", &MATCH_INPUT, || -1);
        let query_body = input.optional(rt::In::Query, "body", &MATCH_QUERY_BODY);
        let body = input.body::<types::NamesInput>();
        Some(Self {
            r#type: r#type?,
            self_: self_?,
            quo_te: quo_te?,
            input: input_2?,
            query_body: query_body?,
            body: body?,
        })
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.r#match(call, self)
    }
}

/// The answers of `match` below 400. (tests/cases/positive/hostile.yaml:14)
#[derive(Debug, Clone)]
pub enum MatchOk {
    /// 200: */ fine " (tests/cases/positive/hostile.yaml:52)
    Ok {
        /// The body.
        body: types::Names,
        /// The `X-Body` header. (tests/cases/positive/hostile.yaml:54)
        ///
        /// */
        x_body: Option<String>,
        /// The `Body` header. (tests/cases/positive/hostile.yaml:55)
        ///
        /// Collides with the body.
        body_: Option<String>,
    },
}

impl rt::Reply for MatchOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body, x_body, body_ } => {
                rt::Rendered::json(200, body)
                    .header_option("X-Body", x_body.as_deref())
                    .header_option("Body", body_.as_deref())
            }
        }
    }
}

impl MatchOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// The answers of `match` from 400 on, by code. (tests/cases/positive/hostile.yaml:14)
#[derive(Debug, Clone)]
pub enum MatchError {
    /// 400 `VALIDATION_ERROR`: no */ " (tests/cases/positive/hostile.yaml:61)
    ValidationError(rt::Problem),
    /// 400 `MALFORMED_JSON`: no */ " (tests/cases/positive/hostile.yaml:61)
    MalformedJson(rt::Problem),
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for MatchError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl MatchError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "VALIDATION_ERROR" => Self::ValidationError(problem),
            "MALFORMED_JSON" => Self::MalformedJson(problem),
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("match")),
        }
    }
}

impl rt::Refuse for MatchError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::ValidationError(problem) | Self::MalformedJson(problem) => {
                rt::Refusal::problem(400, problem)
            }
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl MatchError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `fn */ "types"`.
pub static OPERATIONS: &[&rt::Spec] = &[&MATCH];

/// The routes of the tag `fn */ "types"`.
#[derive(Debug)]
pub struct FnTypesRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: FnTypesApi> rt::poem_openapi::OpenApi for FnTypesRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, MatchRequest>(&self.0, table);
    }
}
