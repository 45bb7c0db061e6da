//! What generated code stands on: bodies and parameters that are parsed and checked together,
//! enforcement of `security`, budgets, idempotency and caching, replies and the error envelope,
//! method routing and spans.
//!
//! This crate is the only place that is coupled to poem-openapi's internals ([`registry`],
//! [`routing`]). It knows nothing of orders: everything it needs to know of an operation is in its
//! [`Spec`], which the generator writes from the document.
//!
//! The application implements [`Host`] and [`Principal`], and [`IntoFailure`] for its errors;
//! handlers see [`Call`], [`StoredReply`] and the generated types. Everything else is called by
//! generated code.

mod admission;
mod answer;
pub mod body;
mod cache;
mod call;
mod conditional;
mod context;
mod detail;
pub mod envelope;
mod failure;
pub mod fast;
mod formats;
mod headers;
mod host;
mod idempotency;
mod json;
mod map;
mod negotiate;
mod observe;
mod operation;
mod params;
mod patch;
mod payload;
mod query;
mod rate;
pub mod registry;
mod reply;
pub mod routing;
pub mod rules;
mod security;
mod serve;
mod shape;
mod spec;
mod text;
mod timestamp;
mod verdict;
mod violations;

pub use body::{MalformedJson, Node, NodeKind, Object, Parse, no_variant, tag};
pub use cache::{CacheKey, CachedReply};
pub use call::{Call, CallParts, FromCall, PublicCall};
pub use conditional::IfMatch;
pub use context::{ReplyContext, RequestContext, RequestId};
pub use detail::{Detail, In, Reason};
pub use failure::{Failure, IntoFailure, Problem, code};
pub use formats::Format;
pub use host::{Credential, CredentialKind, DEFAULT_TIMEOUT, Host, Principal, Quota, Throttled};
pub use idempotency::IdempotencyKey;
pub use json::Json;
pub use map::Map;
pub use operation::Operation;
pub use params::Input;
pub use patch::Patch;
pub use payload::BodyFault;
pub use reply::{
    Refusal, Refuse, Rendered, Reply, ReplyBody, Source, StoredReply, store_refusal, store_reply,
};
pub use routing::{Allowed, Matched, RouteTable, Router, Routes, mount, not_found};
pub use rules::{Pattern, Rule, TextRule};
pub use shape::{Member, Schema, SchemaKind, Shape};
pub use spec::{
    Answer, BodySpec, CachePolicy, Carrier, Grants, Parameter, Presence, RUNTIME_HEADERS,
    RUNTIME_PARAMETERS, Requirement, Scheme, Spec, Style,
};
pub use text::{FromText, UnknownName};
pub use timestamp::{NotATimestamp, Timestamp};
pub use violations::{MOST_DETAILS, Violations};

pub use bytes::Bytes;
/// A calendar date (`format: date`).
pub use jiff::civil::Date;
pub use poem;
pub use poem_openapi;
pub use uuid::Uuid;
