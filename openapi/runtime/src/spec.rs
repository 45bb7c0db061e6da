//! What the document says about an operation, as static data. Generated code writes it; routing,
//! enforcement and the self-description read it.

use std::time::Duration;

use crate::failure::code;
use crate::{In, Shape};

/// One operation of the document. Written as `Spec { id: …, ..Spec::NEW }`, so that new fields do
/// not break generated code.
#[derive(Debug)]
pub struct Spec {
    /// `operationId`.
    pub id: &'static str,
    /// The tag.
    pub tag: &'static str,
    /// The method, in capitals.
    pub method: &'static str,
    /// The path as the document writes it: `/api/v1/orders/{orderId}`.
    pub path: &'static str,
    /// The version of the API, as `Api-Version` names it.
    pub version: &'static str,
    /// Every scheme of the document, so that a credential that this operation does not take is
    /// recognised as one. Empty: only those in `security`.
    pub schemes: &'static [&'static Scheme],
    /// Alternatives, each a list of requirements that must hold together. No alternative: public,
    /// credentials are not looked at. An empty alternative: optional.
    pub security: &'static [&'static [Requirement]],
    /// The budget a call spends.
    pub tier: Option<&'static str>,
    /// How long the operation may take; `None` for the host's default.
    pub timeout: Option<Duration>,
    /// Whether `Idempotency-Key` is honoured, and whether it must be there.
    pub idempotency: Option<Presence>,
    /// What may keep the answers.
    pub cache: CachePolicy,
    /// Every declared parameter.
    pub parameters: &'static [Parameter],
    /// The request body.
    pub body: Option<BodySpec>,
    /// Every declared answer.
    pub answers: &'static [Answer],
}

impl Spec {
    /// An operation without anything.
    pub const NEW: Self = Self {
        id: "",
        tag: "",
        method: "GET",
        path: "/",
        version: "v1",
        schemes: &[],
        security: &[],
        tier: None,
        timeout: None,
        idempotency: None,
        cache: CachePolicy::Private,
        parameters: &[],
        body: None,
        answers: &[],
    };

    /// The declared status of an error code.
    #[must_use]
    pub fn declared_status(&self, code: &str) -> Option<u16> {
        self.answers
            .iter()
            .find(|answer| answer.codes.contains(&code))
            .map(|answer| answer.status)
    }

    /// The status of an error code that the runtime itself answers with: the declared one, else
    /// the one that HTTP gives it, else 500.
    #[must_use]
    pub fn status_of(&self, code: &str) -> u16 {
        self.declared_status(code)
            .or_else(|| code::status(code))
            .unwrap_or(500)
    }

    /// Whether the operation declares 304.
    #[must_use]
    pub fn declares_not_modified(&self) -> bool {
        self.answers.iter().any(|answer| answer.status == 304)
    }

    /// Whether credentials are looked at.
    #[must_use]
    pub fn looks_at_credentials(&self) -> bool {
        !self.security.is_empty()
    }

    /// The media types of the answers that have a body.
    pub fn media(&self) -> impl Iterator<Item = &'static str> {
        self.answers
            .iter()
            .map(|answer| answer.media)
            .filter(|media| !media.is_empty())
    }
}

/// A security scheme.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name under `components.securitySchemes`.
    pub name: &'static str,
    /// How the credential travels.
    pub carrier: Carrier,
    /// What names in a requirement are.
    pub grants: Grants,
}

/// How a credential travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query parameter of this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
}

/// What the names in a requirement are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grants {
    /// Roles; one of them suffices.
    Roles,
    /// Scopes; all of them are needed.
    Scopes,
}

/// A scheme and what the caller must have under it.
#[derive(Debug)]
pub struct Requirement {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// Roles (one suffices) or scopes (all are needed); none: the credential is enough.
    pub names: &'static [&'static str],
}

/// Whether something must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may.
    Optional,
}

/// What may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// Secured: only the client, after asking again. Public: likewise.
    Private,
    /// Nobody.
    NoStore,
    /// Everybody, and the server itself.
    Public {
        /// For how long, in seconds.
        max_age_seconds: u32,
    },
}

/// A declared parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub location: In,
    /// Whether it must be there.
    pub required: bool,
    /// What it looks like.
    pub shape: Shape,
}

impl Parameter {
    /// A parameter that must be there.
    #[must_use]
    pub const fn required(location: In, name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            location,
            required: true,
            shape,
        }
    }

    /// A parameter that may be left out.
    #[must_use]
    pub const fn optional(location: In, name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            location,
            required: false,
            shape,
        }
    }
}

/// How the items of a list travel in a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// One `name=value` each.
    Exploded,
    /// One value, items separated by commas.
    Comma,
}

/// A declared request body.
#[derive(Debug)]
pub struct BodySpec {
    /// Whether it must be there.
    pub required: bool,
    /// The media type.
    pub media: &'static str,
    /// The most bytes, before and after decompression.
    pub limit_bytes: usize,
    /// What it looks like.
    pub shape: Shape,
}

/// A declared answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The media type of the body; empty without one.
    pub media: &'static str,
    /// What the body looks like.
    pub shape: Shape,
    /// The headers that the handler gives.
    pub headers: &'static [&'static str],
    /// The error codes behind the status. Then the body is the envelope.
    pub codes: &'static [&'static str],
}

impl Answer {
    /// A 200 without a body.
    pub const NEW: Self = Self {
        status: 200,
        media: "",
        shape: Shape::Null,
        headers: &[],
        codes: &[],
    };

    /// An error envelope with one of `codes`.
    #[must_use]
    pub const fn errors(status: u16, codes: &'static [&'static str]) -> Self {
        Self {
            status,
            media: "application/json",
            shape: Shape::Any,
            headers: &[],
            codes,
        }
    }
}

/// Headers that the runtime, or the HTTP stack around it, writes by itself; they are no fields of
/// generated replies.
pub const RUNTIME_HEADERS: &[&str] = &[
    "allow",
    "api-version",
    "cache-control",
    "idempotency-replayed",
    "original-request-id",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "vary",
    "www-authenticate",
    "x-content-type-options",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
];

/// Header parameters that the runtime reads by itself; they are no fields of generated requests.
pub const RUNTIME_PARAMETERS: &[&str] = &[
    "accept",
    "api-version",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-request-id",
];
