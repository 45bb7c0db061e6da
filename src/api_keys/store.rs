//! The SQL of `api_keys`.

use sqlx::{FromRow, query, query_as, query_scalar};

use super::model::{ApiKey, KeyHash, Mode, scopes_from_text, scopes_to_text};
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{ApiKeyId, PageRequest, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT),
    Statement::both(FIND_BY_HASH),
    Statement::both(TOUCH),
    Statement::both(COUNT),
    Statement::both(LIST),
    Statement::both(REVOKE),
];

#[derive(FromRow)]
struct ApiKeyRow {
    id: ApiKeyId,
    user_id: UserId,
    name: String,
    prefix: String,
    scopes: String,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
    last_used_at: Option<Timestamp>,
}

impl From<ApiKeyRow> for ApiKey {
    fn from(row: ApiKeyRow) -> Self {
        Self {
            id: row.id,
            owner: row.user_id,
            name: row.name,
            prefix: row.prefix,
            scopes: scopes_from_text(&row.scopes),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        }
    }
}

const INSERT: &str = "
insert into api_keys (id, user_id, name, mode, prefix, key_hash, scopes, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Stores a key that was just issued.
pub(super) async fn insert(
    tx: &mut Tx,
    key: &ApiKey,
    mode: Mode,
    hash: &KeyHash,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT)
        .bind(key.id)
        .bind(key.owner)
        .bind(&key.name)
        .bind(mode)
        .bind(&key.prefix)
        .bind(hash.as_bytes())
        .bind(scopes_to_text(&key.scopes))
        .bind(key.created_at)
        .bind(key.expires_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const FIND_BY_HASH: &str = "
select id, user_id, name, prefix, scopes, created_at, expires_at, last_used_at
from api_keys
where key_hash = $1 and revoked_at is null";

/// The key with that hash, unless it was revoked.
pub(super) async fn find_by_hash(
    db: &mut impl Queryable,
    hash: &KeyHash,
) -> Result<Option<ApiKey>, StoreError> {
    let row: Option<ApiKeyRow> = on!(db, |c| query_as(FIND_BY_HASH)
        .bind(hash.as_bytes())
        .fetch_optional(c)
        .await)?;
    Ok(row.map(ApiKey::from))
}

const TOUCH: &str = "
update api_keys
set last_used_at = $3
where user_id = $1 and id = $2 and (last_used_at is null or last_used_at < $4)";

/// Notes that a key was used, unless that was noted since `unless_since`.
pub(super) async fn touch(
    tx: &mut Tx,
    key: &ApiKey,
    now: Timestamp,
    unless_since: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(TOUCH)
        .bind(key.owner)
        .bind(key.id)
        .bind(now)
        .bind(unless_since)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const COUNT: &str = "select count(*) from api_keys where user_id = $1 and revoked_at is null";

/// How many keys an account has.
pub(super) async fn count(db: &mut impl Queryable, owner: UserId) -> Result<i64, StoreError> {
    Ok(on!(db, |c| query_scalar(COUNT)
        .bind(owner)
        .fetch_one(c)
        .await)?)
}

const LIST: &str = "
select id, user_id, name, prefix, scopes, created_at, expires_at, last_used_at
from api_keys
where user_id = $1 and revoked_at is null
order by id desc
limit $2 offset $3";

/// One page of an account's keys, newest first.
pub(super) async fn list(
    db: &mut impl Queryable,
    owner: UserId,
    page: PageRequest,
) -> Result<Vec<ApiKey>, StoreError> {
    let rows: Vec<ApiKeyRow> = on!(db, |c| query_as(LIST)
        .bind(owner)
        .bind(page.limit())
        .bind(page.offset())
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(ApiKey::from).collect())
}

const REVOKE: &str = "
update api_keys
set revoked_at = $3
where id = $1 and (user_id = $2 or $2 is null) and revoked_at is null
returning user_id, key_hash";

/// Ends a key, of `owner` when one is given. Its owner and hash; none when there is no such key.
pub(super) async fn revoke(
    tx: &mut Tx,
    id: ApiKeyId,
    owner: Option<UserId>,
    now: Timestamp,
) -> Result<Option<(UserId, KeyHash)>, StoreError> {
    let row: Option<(UserId, Vec<u8>)> = on!(tx, |c| query_as(REVOKE)
        .bind(id)
        .bind(owner)
        .bind(now)
        .fetch_optional(c)
        .await)?;
    row.map(|(owner, hash)| {
        Ok((
            owner,
            KeyHash::from_stored(&hash).ok_or(StoreError::Corrupt("api_keys.key_hash"))?,
        ))
    })
    .transpose()
}
