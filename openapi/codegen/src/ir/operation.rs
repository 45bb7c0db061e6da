//! Operations of the IR: what a route accepts, demands and answers.

use std::time::Duration;

use super::{Doc, Ident, Place, SchemeId, TypeUse};

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// `operationId` as the document writes it: `payOrder`.
    pub id: String,
    /// The trait function: `pay_order`.
    pub name: Ident,
    /// `PayOrderRequest`.
    pub request_type: Ident,
    /// `PayOrderOk`.
    pub ok_type: Ident,
    /// `PayOrderError`.
    pub error_type: Ident,
    /// The method.
    pub method: Method,
    /// The path.
    pub path: Path,
    /// The (one) tag's name.
    pub tag: String,
    /// Summary and description.
    pub doc: Doc,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// The parameters that are fields of the request struct, path item's first, in document order.
    pub parameters: Vec<Parameter>,
    /// Declared header parameters that the runtime reads by itself and that are no fields:
    /// `Idempotency-Key`, `If-Match`, `If-None-Match`, `API-Version`, `X-Request-Id`.
    pub runtime_parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<RequestBody>,
    /// Declared answers below 400 but for 304, ascending by status.
    pub replies: Vec<Reply>,
    /// Whether 304 is declared (the runtime answers it by `ETag`), and where.
    pub not_modified: Option<Place>,
    /// Declared error codes, ascending by status, then in document order; each code once.
    pub errors: Vec<ErrorCase>,
    /// Declared answers from 400 up with a typed body in place of the envelope, ascending by
    /// status. Their variants do not collide with those of `errors`.
    pub typed_errors: Vec<Reply>,
    /// Who may call.
    pub security: Security,
    /// `x-rate-limit`: the tier whose budget a call spends.
    pub rate_limit: Option<String>,
    /// `x-idempotency`.
    pub idempotency: Option<Idempotency>,
    /// `x-cache`.
    pub cache: Option<Cache>,
    /// `x-body-limit`, or [`DEFAULT_BODY_LIMIT_BYTES`].
    pub body_limit_bytes: u64,
    /// `x-timeout`, or [`DEFAULT_TIMEOUT`].
    pub timeout: Duration,
    /// The operation.
    pub place: Place,
}

/// How many bytes a body may have where `x-body-limit` is silent.
pub const DEFAULT_BODY_LIMIT_BYTES: u64 = 64 * 1024;

/// How long an operation may take where `x-timeout` is silent.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// A method that path items know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// GET (and HEAD through it, where HEAD is not declared).
    Get,
    /// PUT.
    Put,
    /// POST.
    Post,
    /// DELETE.
    Delete,
    /// OPTIONS.
    Options,
    /// HEAD.
    Head,
    /// PATCH.
    Patch,
    /// TRACE.
    Trace,
}

impl Method {
    /// Every method, in the order of the specification's path item.
    pub const ALL: [Self; 8] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
    ];

    /// The method in capitals: `PATCH`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// The key of a path item: `patch`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
    }
}

/// A path template whose parameters are whole segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The template as the document writes it: `/api/v1/orders/{orderId}/pay`.
    pub template: String,
    /// The segments in order, without slashes.
    pub segments: Vec<Segment>,
}

/// A segment of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Fixed text, percent-decoded.
    Literal(String),
    /// The path parameter of this wire name.
    Parameter(String),
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The name on the wire, as the document writes it: `orderId`, `X-Trace`.
    pub wire: String,
    /// The field of the request struct: `order_id`; unique in it (`body` and `idempotency` too).
    pub ident: Ident,
    /// Where it travels.
    pub location: Location,
    /// How it is written.
    pub style: Style,
    /// For arrays: one `name=value` pair per item in place of one comma-separated value.
    pub explode: bool,
    /// `T`, `Option<T>` or a default. Never nullable.
    pub presence: super::Presence,
    /// The type: a scalar, an enum, or an array of those.
    pub ty: TypeUse,
    /// `x-not-found-code`: a path value that fails its schema answers 404 with this code.
    pub not_found_code: Option<String>,
    /// Description.
    pub doc: Doc,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// The parameter.
    pub place: Place,
}

/// Where a parameter or a key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header; names compare without case.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// The value of `in`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is written. Other styles of the specification are refused with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Path and header: comma-separated.
    Simple,
    /// Query and cookie: `name=value`, see [`Parameter::explode`].
    Form,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// `required`; else `Option<T>`.
    pub required: bool,
    /// The (one) media type, lower case, without parameters: `application/json`.
    pub media_type: String,
    /// What it holds.
    pub ty: TypeUse,
    /// Description.
    pub doc: Doc,
    /// The request body.
    pub place: Place,
}

/// A declared answer that a handler can give.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The variant, named by status: `Created`.
    pub variant: Ident,
    /// The body, if it has one.
    pub body: Option<ReplyBody>,
    /// Headers that the handler gives.
    pub headers: Vec<ReplyHeader>,
    /// Declared headers that the runtime writes by itself.
    pub runtime_headers: Vec<String>,
    /// Description.
    pub doc: Doc,
    /// The response.
    pub place: Place,
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyBody {
    /// The (one) media type as the document writes it: `application/json`.
    pub media_type: String,
    /// What it holds.
    pub ty: TypeUse,
}

/// A header that the handler gives.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplyHeader {
    /// The name as the document writes it: `Location`.
    pub wire: String,
    /// The field of the variant: `location`; unique beside `body`.
    pub ident: Ident,
    /// The type; a scalar.
    pub ty: TypeUse,
    /// `required`; else `Option<T>`.
    pub required: bool,
    /// Description.
    pub doc: Doc,
    /// The header.
    pub place: Place,
}

/// An error code behind a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCase {
    /// `INSUFFICIENT_FUNDS`.
    pub code: String,
    /// `InsufficientFunds`.
    pub variant: Ident,
    /// The status.
    pub status: u16,
    /// The response's description.
    pub doc: Doc,
    /// The entry of `x-error-codes`.
    pub place: Place,
}

/// Who may call: one of the alternatives must hold (OR); all parts of it (AND).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Security {
    /// The alternatives in document order, without the empty one. None: public.
    pub alternatives: Vec<Alternative>,
    /// Whether anonymous callers pass as well: `security: []`, or an alternative `{}`.
    pub anonymous: bool,
    /// The `security` that applies (the operation's or the document's), else the operation.
    pub place: Place,
}

impl Security {
    /// Whether every caller is authenticated, so that the handler gets `Call` and not `PublicCall`.
    #[must_use]
    pub fn is_secured(&self) -> bool {
        !self.anonymous
    }
}

/// Schemes that must hold together; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The parts.
    pub requirements: Vec<Requirement>,
}

/// One scheme and what the caller must have under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The scheme.
    pub scheme: SchemeId,
    /// Roles (bearer, basic; any one suffices) or scopes (API key; all are needed). Empty: the
    /// credential is enough.
    pub names: Vec<String>,
}

/// `x-idempotency`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// The key must be there.
    Required,
    /// The key is honoured.
    Optional,
}

/// `x-cache`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cache {
    /// `{public, maxAge}`: HTTP caching and a server-side entry.
    Store {
        /// `public: true`, for shared caches; else private.
        public: bool,
        /// `maxAge`, in seconds.
        max_age: Duration,
    },
    /// `{noStore: true}`.
    NoStore,
}
