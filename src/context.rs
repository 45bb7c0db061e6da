//! Who asks, under which request id, and until when: the first argument of every use case.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use uuid::Uuid;

use crate::domain::{ApiKeyId, Role, Scope, SessionId, Timestamp, UserId};

/// What surrounds a use case.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// The request's id; what the system does on its own has one too.
    pub request_id: Arc<str>,
    /// The W3C `traceparent` that what follows from the request continues.
    pub traceparent: Option<Arc<str>>,
    /// Who asks.
    pub actor: Actor,
    /// The address of the client, if there is one.
    pub client_ip: Option<IpAddr>,
    /// When the answer is no longer wanted.
    pub deadline: Option<Instant>,
    /// When the request came in; every row that it writes carries this time.
    pub now: Timestamp,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user who logged in.
    User {
        /// The user.
        id: UserId,
        /// The user's role.
        role: Role,
        /// The log-in.
        session: SessionId,
    },
    /// An API key, which acts for its owner.
    ApiKey {
        /// The key.
        id: ApiKeyId,
        /// The user it acts for.
        owner: UserId,
        /// The owner's role.
        role: Role,
        /// What the key may do of what its owner may do.
        scopes: Vec<Scope>,
    },
    /// Waybill itself: background tasks and the command line.
    System,
}

impl RequestContext {
    /// The context of what Waybill does on its own, under the name of the task.
    #[must_use]
    pub fn system(task: &str, now: Timestamp) -> Self {
        Self {
            request_id: format!("sys_{task}").into(),
            traceparent: None,
            actor: Actor::System,
            client_ip: None,
            deadline: None,
            now,
        }
    }
}

impl Actor {
    /// The user on whose behalf everything happens; none for the system.
    #[must_use]
    pub const fn user_id(&self) -> Option<UserId> {
        match self {
            Self::User { id, .. } => Some(*id),
            Self::ApiKey { owner, .. } => Some(*owner),
            Self::System => None,
        }
    }

    /// What presented itself: the user or the key, which keep their idempotency keys apart.
    #[must_use]
    pub const fn caller_id(&self) -> Option<Uuid> {
        match self {
            Self::User { id, .. } => Some(id.as_uuid()),
            Self::ApiKey { id, .. } => Some(id.as_uuid()),
            Self::System => None,
        }
    }

    /// The kind of actor, as the audit log names it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::User { .. } => "user",
            Self::ApiKey { .. } => "api_key",
            Self::System => "system",
        }
    }

    /// Whether the actor may read other people's things.
    #[must_use]
    pub const fn is_staff(&self) -> bool {
        match self {
            Self::User { role, .. } | Self::ApiKey { role, .. } => role.is_staff(),
            Self::System => true,
        }
    }
}
