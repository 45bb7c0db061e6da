//! The SQL of `credentials`, `sessions` and `refresh_tokens`.

use sqlx::{FromRow, query, query_as, query_scalar};

use super::model::{Client, Presented, RevokeReason};
use super::refresh_token::RefreshTokenHash;
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{SessionId, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(FIND_PASSWORD_HASH),
    Statement::both(SET_PASSWORD_HASH),
    Statement::both(SET_INVITATION_PASSWORD),
    Statement::both(REPLACE_PASSWORD_HASH),
    Statement::both(INSERT_SESSION),
    Statement::both(FIND_SESSION_OWNER),
    Statement::both(REVOKE_SESSION),
    Statement::both(REVOKE_SESSIONS_OF),
    Statement::both(INSERT_REFRESH_TOKEN),
    Statement::both(FIND_PRESENTED),
    Statement::both(ROTATE),
    Statement::both(DELETE_EXPIRED_TOKENS),
    Statement::both(DELETE_EXPIRED_SESSIONS),
];

const FIND_PASSWORD_HASH: &str = "select password_hash from credentials where user_id = $1";

/// The stored hash of a user's password; none when the user has no password yet.
pub(super) async fn find_password_hash(
    db: &mut impl Queryable,
    user: UserId,
) -> Result<Option<String>, StoreError> {
    Ok(on!(db, |c| query_scalar(FIND_PASSWORD_HASH)
        .bind(user)
        .fetch_optional(c)
        .await)?)
}

const SET_PASSWORD_HASH: &str = "
insert into credentials (user_id, password_hash, updated_at)
values ($1, $2, $3)
on conflict (user_id) do update
set password_hash = excluded.password_hash, updated_at = excluded.updated_at, invited_at = null";

/// Stores a user's password hash, whether there was one or not.
pub(super) async fn set_password_hash(
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(SET_PASSWORD_HASH)
        .bind(user)
        .bind(hash)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const SET_INVITATION_PASSWORD: &str = "
insert into credentials (user_id, password_hash, updated_at, invited_at)
values ($1, $2, $3, $3)
on conflict (user_id) do update
set password_hash = excluded.password_hash, updated_at = excluded.updated_at, invited_at = excluded.invited_at
where credentials.invited_at is not null
returning user_id";

/// Stores the hash of a password that an invitation made. False, and nothing stored, when the user has another one, or
/// has logged in with the last one.
pub(super) async fn set_invitation_password(
    tx: &mut Tx,
    user: UserId,
    hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row: Option<UserId> = on!(tx, |c| query_scalar(SET_INVITATION_PASSWORD)
        .bind(user)
        .bind(hash)
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(row.is_some())
}

const REPLACE_PASSWORD_HASH: &str = "
update credentials
set password_hash = $3, updated_at = $4, invited_at = null
where user_id = $1 and password_hash = $2
returning user_id";

/// Replaces the hash that a password was verified against, possibly by itself. `false` when it is no longer the stored
/// one. Locks the row: a log-in and a change of the password follow one another.
pub(super) async fn replace_password_hash(
    tx: &mut Tx,
    user: UserId,
    verified: &str,
    hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row: Option<UserId> = on!(tx, |c| query_scalar(REPLACE_PASSWORD_HASH)
        .bind(user)
        .bind(verified)
        .bind(hash)
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(row.is_some())
}

const INSERT_SESSION: &str = "
insert into sessions (id, user_id, client, created_at, generation, rotated_at, expires_at)
values ($1, $2, $3, $4, 0, $4, $5)";

/// Begins a log-in, at generation zero.
pub(super) async fn insert_session(
    tx: &mut Tx,
    session: SessionId,
    user: UserId,
    client: Client,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_SESSION)
        .bind(session)
        .bind(user)
        .bind(client)
        .bind(now)
        .bind(expires_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const FIND_SESSION_OWNER: &str =
    "select user_id from sessions where user_id = $1 and id = $2 and revoked_at is null";

/// Whose log-in it is, if it is this user's; none when it was revoked or never was.
pub(super) async fn find_session_owner(
    db: &mut impl Queryable,
    user: UserId,
    session: SessionId,
) -> Result<Option<UserId>, StoreError> {
    Ok(on!(db, |c| query_scalar(FIND_SESSION_OWNER)
        .bind(user)
        .bind(session)
        .fetch_optional(c)
        .await)?)
}

const REVOKE_SESSION: &str = "
update sessions
set revoked_at = $3, revoke_reason = $4
where user_id = $1 and id = $2 and revoked_at is null";

/// Ends one log-in.
pub(super) async fn revoke_session(
    tx: &mut Tx,
    user: UserId,
    session: SessionId,
    reason: RevokeReason,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(REVOKE_SESSION)
        .bind(user)
        .bind(session)
        .bind(now)
        .bind(reason)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const REVOKE_SESSIONS_OF: &str = "
update sessions
set revoked_at = $3, revoke_reason = $4
where user_id = $1 and id <> $2 and revoked_at is null and expires_at > $3
returning id";

/// Ends every log-in of a user but `kept`, and says which.
pub(super) async fn revoke_sessions_of(
    tx: &mut Tx,
    user: UserId,
    kept: Option<SessionId>,
    reason: RevokeReason,
    now: Timestamp,
) -> Result<Vec<SessionId>, StoreError> {
    // No log-in has the nil id.
    let kept = kept.unwrap_or(SessionId::from_uuid(uuid::Uuid::nil()));
    Ok(on!(tx, |c| query_scalar(REVOKE_SESSIONS_OF)
        .bind(user)
        .bind(kept)
        .bind(now)
        .bind(reason)
        .fetch_all(c)
        .await)?)
}

const INSERT_REFRESH_TOKEN: &str = "
insert into refresh_tokens (user_id, token_hash, session_id, generation, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6)";

/// Stores what is stored of a refresh token.
pub(super) async fn insert_refresh_token(
    tx: &mut Tx,
    hash: &RefreshTokenHash,
    (user, session): (UserId, SessionId),
    generation: i64,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_REFRESH_TOKEN)
        .bind(user)
        .bind(hash.as_bytes())
        .bind(session)
        .bind(generation)
        .bind(now)
        .bind(expires_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

#[derive(FromRow)]
struct PresentedRow {
    session_id: SessionId,
    user_id: UserId,
    client: Client,
    token_generation: i64,
    token_expires_at: Timestamp,
    generation: i64,
    rotated_at: Timestamp,
    expires_at: Timestamp,
    revoked_at: Option<Timestamp>,
}

const FIND_PRESENTED: &str = "
select s.id as session_id, s.user_id, s.client, t.generation as token_generation, t.expires_at as token_expires_at,
       s.generation, s.rotated_at, s.expires_at, s.revoked_at
from refresh_tokens t
join sessions s on s.user_id = t.user_id and s.id = t.session_id
where t.token_hash = $1";

/// The refresh token with that hash, beside its log-in.
pub(super) async fn find_presented(
    db: &mut impl Queryable,
    hash: &RefreshTokenHash,
) -> Result<Option<Presented>, StoreError> {
    let row: Option<PresentedRow> = on!(db, |c| query_as(FIND_PRESENTED)
        .bind(hash.as_bytes())
        .fetch_optional(c)
        .await)?;
    Ok(row.map(|row| Presented {
        session: row.session_id,
        user: row.user_id,
        client: row.client,
        token_generation: row.token_generation,
        token_expires_at: row.token_expires_at,
        generation: row.generation,
        rotated_at: row.rotated_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
    }))
}

const ROTATE: &str = "
update sessions
set generation = generation + 1, rotated_at = $4
where user_id = $1 and id = $2 and generation = $3 and revoked_at is null
returning generation";

/// Begins the next generation of a log-in, unless somebody else did: of two instances one gets through.
pub(super) async fn rotate(
    tx: &mut Tx,
    presented: &Presented,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    Ok(on!(tx, |c| query_scalar(ROTATE)
        .bind(presented.user)
        .bind(presented.session)
        .bind(presented.generation)
        .bind(now)
        .fetch_optional(c)
        .await)?)
}

const DELETE_EXPIRED_TOKENS: &str = "delete from refresh_tokens where expires_at < $1";

const DELETE_EXPIRED_SESSIONS: &str = "delete from sessions where expires_at < $1";

/// Deletes tokens and log-ins that ended before `end`. Revoked log-ins stay until their family's end: their tokens
/// must be recognised.
pub(super) async fn delete_expired(tx: &mut Tx, end: Timestamp) -> Result<(), StoreError> {
    on!(tx, |c| query(DELETE_EXPIRED_TOKENS)
        .bind(end)
        .execute(c)
        .await
        .map(drop))?;
    on!(tx, |c| query(DELETE_EXPIRED_SESSIONS)
        .bind(end)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}
