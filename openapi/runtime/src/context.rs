//! What is known about a request before its operation is: who asks, from where, when, until when.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::Timestamp;

/// The identity of a request, equal to its `x-request-id` response header. Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// Keeps `text` as it is; whoever takes it from a header has judged it already.
    #[must_use]
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for RequestId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for RequestId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the HTTP stack knows of a request. It travels in the request's extensions; where it is
/// missing (an endpoint that is driven without the stack) the runtime makes one.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// The identity of the request.
    pub request_id: RequestId,
    /// The address the request came from, behind trusted proxies.
    pub client_ip: IpAddr,
    /// When the request arrived, by the application's clock.
    pub received_at: Timestamp,
    /// When the answer must be out at the latest.
    pub deadline: Instant,
    /// The W3C `traceparent` to be handed on with outgoing calls.
    pub traceparent: Option<Arc<str>>,
}

impl RequestContext {
    /// What envelopes need to know of this request.
    #[must_use]
    pub fn reply_context(&self) -> ReplyContext {
        ReplyContext {
            request_id: self.request_id.clone(),
            timestamp: self.received_at,
        }
    }

    /// The context of a request that came without one: a fresh id, the system's clock, an hour's
    /// time (the operation's own timeout is shorter).
    #[expect(
        clippy::disallowed_methods,
        reason = "only an endpoint that is driven without the HTTP stack comes here, and then nobody brought a clock or a source of ids"
    )]
    pub(crate) fn of_request_without_one(client_ip: Option<IpAddr>) -> Self {
        Self {
            request_id: RequestId::from(format!("req_{}", uuid::Uuid::now_v7().simple())),
            client_ip: client_ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            received_at: Timestamp::from(jiff::Timestamp::now()),
            deadline: Instant::now() + Duration::from_hours(1),
            traceparent: None,
        }
    }
}

/// What the runtime writes into every envelope: `requestId` and `timestamp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyContext {
    /// The request's identity.
    pub request_id: RequestId,
    /// When the answer was made.
    pub timestamp: Timestamp,
}
