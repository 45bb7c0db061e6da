//! SQL of idempotency keys.

use sqlx::{query, query_as, query_scalar};

use super::Ticket;
use crate::db::{Statement, StoreError, Tx, on};
use crate::domain::Timestamp;
use openapi_runtime::{IdempotencyKey, StoredReply};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(CLAIM),
    Statement::both(FIND),
    Statement::both(SETTLE),
    Statement::both(PURGE),
];

/// An expired row is taken over. A row that another transaction is writing is waited for.
const CLAIM: &str = "
    insert into idempotency_keys as held
        (user_id, caller_id, key, fingerprint, request_id, created_at, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (user_id, caller_id, key) do update
    set fingerprint = excluded.fingerprint,
        request_id = excluded.request_id,
        created_at = excluded.created_at,
        expires_at = excluded.expires_at,
        status = null,
        content_type = null,
        headers = null,
        body = null
    where held.expires_at <= excluded.created_at
    returning key";

/// Whether the key is now this request's.
pub(super) async fn claim(
    tx: &mut Tx,
    ticket: &Ticket,
    key: &IdempotencyKey,
    request_id: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, StoreError> {
    let claimed: Option<String> = on!(tx, |c| query_scalar(CLAIM)
        .bind(ticket.user_id)
        .bind(ticket.caller_id)
        .bind(&ticket.key)
        .bind(key.fingerprint.as_slice())
        .bind(request_id)
        .bind(now)
        .bind(expires_at)
        .fetch_optional(c)
        .await)?;
    Ok(claimed.is_some())
}

/// What a key stands for.
pub(super) struct Stored {
    pub(super) fingerprint: Vec<u8>,
    pub(super) reply: Option<StoredReply>,
}

#[derive(sqlx::FromRow)]
struct Row {
    fingerprint: Vec<u8>,
    request_id: String,
    status: Option<i64>,
    content_type: Option<String>,
    headers: Option<String>,
    body: Option<Vec<u8>>,
}

const FIND: &str = "
    select fingerprint, request_id, status, content_type, headers, body
    from idempotency_keys
    where user_id = $1 and caller_id = $2 and key = $3";

pub(super) async fn find(tx: &mut Tx, ticket: &Ticket) -> Result<Option<Stored>, StoreError> {
    let row: Option<Row> = on!(tx, |c| query_as(FIND)
        .bind(ticket.user_id)
        .bind(ticket.caller_id)
        .bind(&ticket.key)
        .fetch_optional(c)
        .await)?;
    row.map(Stored::try_from).transpose()
}

impl TryFrom<Row> for Stored {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = || StoreError::Corrupt("idempotency_keys");
        let reply = match row.status {
            None => None,
            Some(status) => Some(StoredReply {
                status: status.try_into().map_err(|_| corrupt())?,
                content_type: row.content_type.unwrap_or_default(),
                headers: serde_json::from_str(row.headers.as_deref().unwrap_or("[]"))
                    .map_err(|_| corrupt())?,
                body: row.body.unwrap_or_default().into(),
                original_request_id: Some(row.request_id),
            }),
        };
        Ok(Self {
            fingerprint: row.fingerprint,
            reply,
        })
    }
}

const SETTLE: &str = "
    update idempotency_keys
    set status = $4, content_type = $5, headers = $6, body = $7
    where user_id = $1 and caller_id = $2 and key = $3";

pub(super) async fn settle(
    tx: &mut Tx,
    ticket: &Ticket,
    reply: &StoredReply,
) -> Result<(), StoreError> {
    let headers = headers_text(reply);
    on!(tx, |c| query(SETTLE)
        .bind(ticket.user_id)
        .bind(ticket.caller_id)
        .bind(&ticket.key)
        .bind(i64::from(reply.status))
        .bind(&reply.content_type)
        .bind(headers)
        .bind(reply.body.as_ref())
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The headers as the table keeps them.
pub(crate) fn headers_text(reply: &StoredReply) -> String {
    serde_json::json!(reply.headers).to_string()
}

/// In portions, so that nobody waits long for the rows' locks.
const PURGE: &str = "
    delete from idempotency_keys
    where (user_id, caller_id, key) in (
        select user_id, caller_id, key from idempotency_keys where expires_at <= $1 limit 1000)";

pub(super) async fn purge(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    Ok(on!(tx, |c| query(PURGE)
        .bind(now)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?)
}
