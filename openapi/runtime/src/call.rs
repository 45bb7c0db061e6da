//! What a handler gets beside its request: the context, the caller and the headers.

use http::{HeaderMap, Uri};

use crate::{IfMatch, RequestContext};

/// A call of an operation that only authenticated callers reach.
#[derive(Debug, Clone)]
pub struct Call<C> {
    /// The request's context.
    pub cx: RequestContext,
    /// The `If-Match` header; on a change the service compares it with what is stored.
    pub if_match: Option<IfMatch>,
    /// The request's headers.
    pub headers: HeaderMap,
    /// The path and query as the client sent them; lists link to their other pages by them.
    pub uri: Uri,
    caller: C,
}

impl<C> Call<C> {
    /// A call without headers, for code that calls a handler itself.
    #[must_use]
    pub fn new(cx: RequestContext, caller: C) -> Self {
        Self {
            cx,
            if_match: None,
            headers: HeaderMap::new(),
            uri: Uri::default(),
            caller,
        }
    }

    /// Who calls.
    #[must_use]
    pub const fn caller(&self) -> &C {
        &self.caller
    }

    /// Who calls, for keeps.
    #[must_use]
    pub fn into_caller(self) -> C {
        self.caller
    }
}

/// A call of an operation that anonymous callers reach as well.
#[derive(Debug, Clone)]
pub struct PublicCall<C> {
    /// The request's context.
    pub cx: RequestContext,
    /// The `If-Match` header; on a change the service compares it with what is stored.
    pub if_match: Option<IfMatch>,
    /// The request's headers.
    pub headers: HeaderMap,
    /// The path and query as the client sent them; lists link to their other pages by them.
    pub uri: Uri,
    caller: Option<C>,
}

impl<C> PublicCall<C> {
    /// A call without headers, for code that calls a handler itself.
    #[must_use]
    pub fn new(cx: RequestContext, caller: Option<C>) -> Self {
        Self {
            cx,
            if_match: None,
            headers: HeaderMap::new(),
            uri: Uri::default(),
            caller,
        }
    }

    /// Who calls; `None` for anonymous callers, and always where `security` is empty.
    #[must_use]
    pub const fn caller(&self) -> Option<&C> {
        self.caller.as_ref()
    }
}

/// The parts of a call before its kind is known.
#[derive(Debug)]
pub struct CallParts<C> {
    pub(crate) cx: RequestContext,
    pub(crate) caller: Option<C>,
    pub(crate) if_match: Option<IfMatch>,
    pub(crate) headers: HeaderMap,
    pub(crate) uri: Uri,
}

/// [`Call`] or [`PublicCall`], whichever an operation's `security` asks for.
pub trait FromCall<C>: Sized + Send {
    /// `None` when the operation needs a caller and there is none. Enforcement of `security` has
    /// come before, so this cannot happen unless `Spec::security` and the operation's call type
    /// contradict each other.
    fn from_call(parts: CallParts<C>) -> Option<Self>;
}

impl<C: Send> FromCall<C> for Call<C> {
    fn from_call(parts: CallParts<C>) -> Option<Self> {
        let caller = parts.caller?;
        Some(Self {
            cx: parts.cx,
            if_match: parts.if_match,
            headers: parts.headers,
            uri: parts.uri,
            caller,
        })
    }
}

impl<C: Send> FromCall<C> for PublicCall<C> {
    fn from_call(parts: CallParts<C>) -> Option<Self> {
        Some(Self {
            cx: parts.cx,
            if_match: parts.if_match,
            headers: parts.headers,
            uri: parts.uri,
            caller: parts.caller,
        })
    }
}
