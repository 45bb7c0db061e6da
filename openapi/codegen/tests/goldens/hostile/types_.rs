//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The tag `types`.

use std::future::Future;
use std::sync::Arc;
use openapi_runtime as rt;
use super::types;

/// The operations of the tag `types`. (tests/cases/positive/hostile.yaml:9)
///
/// A tag that is called like a module.
pub trait TypesApi: rt::Host {
    /// Called like a static (tests/cases/positive/hostile.yaml:67)
    ///
    /// An operation that is called like what generated code names its list.
    ///
    /// `GET /types`
    ///
    /// # Errors
    ///
    /// What the document declares: see [`OperationsError`].
    fn operations(
        &self,
        call: rt::PublicCall<Self::Caller>,
        request: OperationsRequest,
    ) -> impl Future<Output = Result<OperationsOk, OperationsError>> + Send;
}

/// How `operations` is judged before its handler runs. (tests/cases/positive/hostile.yaml:67)
pub static OPERATIONS_2: rt::Spec = rt::Spec {
    id: "operations",
    tag: "types",
    method: "GET",
    path: "/types",
    version: "v1",
    security: &[],
    parameters: &[],
    answers: &[
        rt::Answer {
            status: 200,
            media: "application/json",
            shape: rt::Shape::Named(&types::words::WORDS_SCHEMA),
            ..rt::Answer::NEW
        },
    ],
    ..rt::Spec::NEW
};

/// `GET /types`: Called like a static (tests/cases/positive/hostile.yaml:67)
#[derive(Debug, Clone)]
pub struct OperationsRequest {}

impl<S: TypesApi> rt::Operation<S> for OperationsRequest {
    type Call = rt::PublicCall<S::Caller>;
    type Ok = OperationsOk;
    type Error = OperationsError;
    fn spec() -> &'static rt::Spec {
        &OPERATIONS_2
    }

    fn parse(_input: &mut rt::Input<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn run(
        self,
        host: &S,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send {
        host.operations(call, self)
    }
}

/// The answers of `operations` below 400. (tests/cases/positive/hostile.yaml:67)
#[derive(Debug, Clone)]
pub enum OperationsOk {
    /// 200: A word. (tests/cases/positive/hostile.yaml:74)
    Ok {
        /// The body.
        body: types::Words,
    },
}

impl rt::Reply for OperationsOk {
    fn render(&self) -> rt::Rendered {
        match self {
            Self::Ok { body } => rt::Rendered::json(200, &OperationsOkOkForm(body)),
        }
    }
}

impl OperationsOk {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_reply(self, cx)
    }
}

/// Writes the body of `operations` with status 200.
struct OperationsOkOkForm<'a>(&'a types::Words);

impl serde::Serialize for OperationsOkOkForm<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(self.0, serializer)
    }
}

impl rt::ReplyBody for OperationsOkOkForm<'_> {}

/// The answers of `operations` from 400 on, by code. (tests/cases/positive/hostile.yaml:67)
#[derive(Debug, Clone)]
pub enum OperationsError {
    /// 500 `INTERNAL_ERROR`: what no operation declares and every operation can meet.
    InternalError(rt::Problem),
}

impl<E: rt::IntoFailure> From<E> for OperationsError {
    fn from(error: E) -> Self {
        Self::by_code(rt::Problem::from_error(error))
    }
}

impl OperationsError {
    fn by_code(problem: rt::Problem) -> Self {
        match problem.code() {
            "INTERNAL_ERROR" => Self::InternalError(problem),
            _ => Self::InternalError(problem.undeclared("operations")),
        }
    }
}

impl rt::Refuse for OperationsError {
    fn refusal(&self) -> rt::Refusal<'_> {
        match self {
            Self::InternalError(problem) => rt::Refusal::problem(500, problem),
        }
    }
}

impl OperationsError {
    /// The answer as it is stored under an idempotency key.
    #[must_use]
    pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
        rt::store_refusal(self, cx)
    }
}

/// Every operation of the tag `types`.
pub static OPERATIONS: &[&rt::Spec] = &[&OPERATIONS_2];

/// The routes of the tag `types`.
#[derive(Debug)]
pub struct TypesRoutes<S>(
    /// The host that implements the operations.
    pub Arc<S>,
);

impl<S: TypesApi> rt::poem_openapi::OpenApi for TypesRoutes<S> {
    fn meta() -> Vec<rt::registry::MetaApi> {
        rt::registry::describe(OPERATIONS)
    }

    fn register(registry: &mut rt::registry::Registry) {
        rt::registry::register(OPERATIONS, registry);
    }

    fn add_routes(self, table: &mut rt::RouteTable) {
        rt::mount::<S, OperationsRequest>(&self.0, table);
    }
}
