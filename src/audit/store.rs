//! SQL of the audit log.

use sqlx::{query, query_as};
use uuid::Uuid;

use super::{AuditFilter, AuditLog, Entry};
use crate::context::RequestContext;
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{AuditLogId, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT),
    Statement::both(LIST),
    Statement::both(LIST_HISTORY),
];

#[derive(sqlx::FromRow)]
struct Row {
    id: AuditLogId,
    seq: i64,
    at: Timestamp,
    action: String,
    entity_type: String,
    entity_id: Uuid,
    actor_type: String,
    actor_id: Option<UserId>,
    request_id: Option<String>,
    ip: Option<String>,
    metadata: String,
}

impl TryFrom<Row> for AuditLog {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let metadata = serde_json::from_str(&row.metadata);
        Ok(Self {
            id: row.id,
            seq: row.seq,
            at: row.at,
            action: row.action,
            entity_type: row.entity_type,
            entity_id: row.entity_id,
            actor_type: row.actor_type,
            actor_id: row.actor_id,
            request_id: row.request_id,
            ip: row.ip,
            metadata: metadata.map_err(|_| StoreError::Corrupt("audit_logs.metadata"))?,
        })
    }
}

const INSERT: &str = "
    insert into audit_logs
        (id, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

pub(super) async fn insert(
    tx: &mut Tx,
    id: AuditLogId,
    ctx: &RequestContext,
    entry: &Entry,
) -> Result<(), StoreError> {
    let ip = ctx.client_ip.map(|ip| ip.to_string());
    let metadata = metadata_text(entry);
    on!(tx, |c| query(INSERT)
        .bind(id)
        .bind(ctx.now)
        .bind(entry.action)
        .bind(entry.entity_type)
        .bind(entry.entity_id)
        .bind(ctx.actor.kind())
        .bind(ctx.actor.user_id())
        .bind(&*ctx.request_id)
        .bind(ip)
        .bind(metadata)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

/// The details as the table keeps them.
pub(crate) fn metadata_text(entry: &Entry) -> String {
    serde_json::json!(entry.metadata).to_string()
}

const LIST: &str = "
    select id, seq, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata
    from audit_logs
    where (action = $1 or $1 is null)
      and (entity_type = $2 or $2 is null)
      and (entity_id = $3 or $3 is null)
      and (actor_id = $4 or $4 is null)
      and (at >= $5 or $5 is null)
      and (at < $6 or $6 is null)
      and (seq < $7 or $7 is null)
    order by seq desc
    limit $8";

pub(super) async fn list(
    db: &mut impl Queryable,
    filter: &AuditFilter,
    entity_id: Option<Uuid>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditLog>, StoreError> {
    let rows: Vec<Row> = on!(db, |c| query_as(LIST)
        .bind(filter.action.as_deref())
        .bind(filter.entity_type.as_deref())
        .bind(entity_id)
        .bind(filter.actor_id)
        .bind(filter.from)
        .bind(filter.to)
        .bind(before)
        .bind(limit)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(AuditLog::try_from).collect()
}

const LIST_HISTORY: &str = "
    select id, seq, at, action, entity_type, entity_id, actor_type, actor_id, request_id, ip, metadata
    from audit_logs
    where entity_id = $1 and action in ($2, $3)
    order by seq
    limit 100";

pub(super) async fn list_history(
    db: &mut impl Queryable,
    entity_id: Uuid,
    [first, second]: [&'static str; 2],
) -> Result<Vec<AuditLog>, StoreError> {
    let rows: Vec<Row> = on!(db, |c| query_as(LIST_HISTORY)
        .bind(entity_id)
        .bind(first)
        .bind(second)
        .fetch_all(c)
        .await)?;
    rows.into_iter().map(AuditLog::try_from).collect()
}
