//! API keys: secrets that act for their owner, within scopes, without a log-in.
//!
//! Owns the table `api_keys`. Audits `api_key.issued` and `api_key.revoked`.

mod error;
mod handlers;
mod model;
mod service;
pub mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

pub use error::ApiKeyError;
pub use model::{ApiKey, IssuedApiKey, KeyHash, Mode, NewApiKey, may_grant};
pub use service::ApiKeys;

use crate::db::{Db, StoreError};
use crate::domain::Timestamp;

/// How exactly `last_used_at` is known: finer would cost a write for every request.
const USE_IS_NOTED_EVERY: Duration = Duration::from_mins(5);

/// The key with that hash, unless it was revoked, noting now and then that it is used.
///
/// # Errors
/// When the key cannot be read. That its use cannot be noted only the log hears.
pub async fn find_used(
    db: &Db,
    hash: &KeyHash,
    now: Timestamp,
) -> Result<Option<ApiKey>, StoreError> {
    let Some(key) = store::find_by_hash(&mut db.read().await?, hash).await? else {
        return Ok(None);
    };
    let noted_before = now.minus(USE_IS_NOTED_EVERY);
    if key.last_used_at.is_none_or(|noted| noted < noted_before)
        && let Err(error) = note_use(db, &key, now, noted_before).await
    {
        let error: &dyn std::error::Error = &error;
        tracing::warn!(error, "the use of an API key could not be noted");
    }
    Ok(Some(key))
}

async fn note_use(
    db: &Db,
    key: &ApiKey,
    now: Timestamp,
    unless_since: Timestamp,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    store::touch(&mut tx, key, now, unless_since).await?;
    tx.commit().await
}
