//! Idempotency keys: a request that comes again is answered again, and not carried out again.
//!
//! Owns the table `idempotency_keys`. The row is written in the transaction of the effect, so there is never an effect
//! without its answer or an answer without its effect. A second request with the key of one that still runs waits for
//! it (PostgreSQL: on the row of the primary key, SQLite: for the writer) and is then answered like it.
//!
//! Use cases decide every rule *before* they write. A refusal by a rule (402, 409, 422) can therefore be stored in the
//! same transaction, without a savepoint: there is nothing to undo.

mod error;
pub mod store;

use std::time::Duration;

pub use error::IdempotencyError;
pub(crate) use store::headers_text;
use uuid::Uuid;

use crate::context::RequestContext;
use crate::db::{Db, StoreError, Tx};
use crate::domain::Timestamp;
use openapi_runtime::{IdempotencyKey, StoredReply};

/// Turns an outcome into the answer that is stored and sent.
pub type Render<'a, T, E> = &'a (dyn Fn(Result<&T, &E>) -> StoredReply + Send + Sync);

/// A key and how its answer is written: carry this out once.
pub struct Once<'a, T, E> {
    /// The key, with the fingerprint of its request.
    pub key: &'a IdempotencyKey,
    /// Writes the answer.
    pub render: Render<'a, T, E>,
}

impl<T, E> Clone for Once<'_, T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Once<'_, T, E> {}

/// What came of a use case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It was carried out now.
    Done(T),
    /// It was carried out before: the answer of then.
    Replayed(StoredReply),
}

/// A transaction that was begun for a request.
pub enum Begun {
    /// The request runs; the ticket is there when it has a key.
    Run(Tx, Option<Ticket>),
    /// The request ran before.
    Replay(StoredReply),
}

/// The right to carry a request out, and the duty to store its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub(crate) user_id: Uuid,
    pub(crate) caller_id: Uuid,
    pub(crate) key: String,
}

impl Ticket {
    /// The name of a request's key: keys of different callers never meet.
    pub(crate) fn of(ctx: &RequestContext, key: &IdempotencyKey) -> Self {
        Self {
            user_id: ctx.actor.user_id().map_or(Uuid::nil(), Uuid::from),
            caller_id: ctx.actor.caller_id().unwrap_or_default(),
            key: key.key.clone(),
        }
    }
}

/// Begins a transaction and claims `key` in it, if there is one.
///
/// # Errors
/// [`IdempotencyError::Reused`] when the key came with another request before, [`IdempotencyError::InUse`] when its
/// request runs for longer than a lock is waited for.
pub async fn begin(
    db: &Db,
    ctx: &RequestContext,
    ttl: Duration,
    key: Option<&IdempotencyKey>,
) -> Result<Begun, IdempotencyError> {
    let mut tx = db.begin().await?;
    let Some(key) = key else {
        return Ok(Begun::Run(tx, None));
    };
    let ticket = Ticket::of(ctx, key);
    let expires_at = ctx.now.plus(ttl);
    let is_fresh = store::claim(&mut tx, &ticket, key, &ctx.request_id, ctx.now, expires_at)
        .await
        .map_err(IdempotencyError::from_claim)?;
    if is_fresh {
        return Ok(Begun::Run(tx, Some(ticket)));
    }

    let stored = store::find(&mut tx, &ticket)
        .await?
        .ok_or(IdempotencyError::InUse)?;
    if stored.fingerprint != key.fingerprint {
        return Err(IdempotencyError::Reused);
    }
    stored
        .reply
        .map(Begun::Replay)
        .ok_or(IdempotencyError::InUse)
}

/// Ends the transaction: stores the answer under the ticket and commits, or rolls back.
///
/// A failure commits, without its effect, when it was decided by a rule and there is a key to store it under.
///
/// # Errors
/// The failure in `result`, or that of the database.
pub async fn finish<T, E>(
    mut tx: Tx,
    ticket: Option<Ticket>,
    result: Result<T, E>,
    render: Option<Render<'_, T, E>>,
) -> Result<T, E>
where
    E: From<StoreError>,
{
    let reply = ticket
        .zip(render)
        .map(|(ticket, render)| (ticket, render(result.as_ref())));
    match (&result, reply) {
        (Ok(_), None) => tx.commit().await?,
        (_, Some((ticket, reply))) if is_stored(reply.status) => {
            store::settle(&mut tx, &ticket, &reply).await?;
            tx.commit().await?;
        }
        _ => tx.rollback().await?,
    }
    result
}

/// Deletes the rows that are older than their time. Returns how many; call again while it is the full thousand.
///
/// # Errors
/// When the database fails.
pub async fn purge_expired(db: &Db, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let deleted = store::purge(&mut tx, now).await?;
    tx.commit().await?;
    Ok(deleted)
}

/// Success, and refusals by a rule.
const fn is_stored(status: u16) -> bool {
    matches!(status, 200..=299 | 402 | 409 | 422)
}
