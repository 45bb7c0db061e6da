//! Events: what others want to hear of, as rows of the transaction that made it happen.
//!
//! Owns the table `outbox`. A change that did not commit has no event. Use cases only write the row ([`Outbox::announce`]);
//! a [`Dispatcher`] of any instance publishes it: it pushes the jobs that follow from the event and marks it as published,
//! in one transaction, so each event is followed by its jobs exactly once. Events of one
//! entity are published in their order, unless instances dispatch side by side.

mod dispatcher;
pub mod store;

use serde_json::Value;

use crate::context::RequestContext;
use crate::db::{Queryable, StoreError, Tx};
use crate::domain::{EventId, Ids, Timestamp, UserId};
use crate::infra::jobs::{Nudge, Nudged};

pub use dispatcher::{Dispatcher, Follow};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What happened, such as `order.paid`.
    pub event_type: &'static str,
    /// Whose event it is.
    pub user_id: Option<UserId>,
    /// What it happened to.
    pub entity_id: uuid::Uuid,
    /// What subscribers are told.
    pub payload: Value,
}

/// An event as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedEvent {
    /// Its id; ids of one instance ascend.
    pub id: EventId,
    /// What happened.
    pub event_type: String,
    /// Whose event it is.
    pub user_id: Option<UserId>,
    /// What it happened to.
    pub entity_id: uuid::Uuid,
    /// What subscribers are told.
    pub payload: Value,
    /// When it happened.
    pub created_at: Timestamp,
    /// The request that made it happen.
    pub request_id: Option<String>,
    /// The trace of that request.
    pub traceparent: Option<String>,
}

/// Where events are left. Cheap to clone; clones wake the same dispatcher.
#[derive(Debug, Clone)]
pub struct Outbox {
    ids: Ids,
    nudge: Nudge,
}

impl Outbox {
    /// An outbox whose events take their ids from `ids`.
    #[must_use]
    pub fn new(ids: Ids) -> Self {
        Self {
            ids,
            nudge: Nudge::default(),
        }
    }

    /// Writes `event` into the outbox. It is published soon after `tx` commits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn announce(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        event: &Event,
    ) -> Result<(), StoreError> {
        store::insert(tx, self.ids.next::<EventId>(), ctx, event).await?;
        self.nudge();
        Ok(())
    }

    /// Says that an event was written in another way.
    pub fn nudge(&self) {
        self.nudge.now();
    }

    fn waiter(&self) -> Nudged {
        self.nudge.waiter()
    }
}

/// How many events wait to be published.
///
/// # Errors
/// When the database fails.
pub async fn count_waiting(db: &mut impl Queryable) -> Result<i64, StoreError> {
    store::count_waiting(db).await
}
