//! SQL of the jobs.

use sqlx::{FromRow, query_as, query_scalar};
use uuid::Uuid;

use super::{Figure, JobState, JobSummary, NewJob};
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{JobId, Timestamp};
use crate::infra::telemetry;

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT),
    Statement::both(NEXT_DUE),
    Statement::sqlite(CLAIM_SQLITE),
    Statement::postgres(CLAIM_POSTGRES),
    Statement::both(RENEW),
    Statement::both(SETTLE),
    Statement::both(RELEASE),
    Statement::both(COUNT),
    Statement::both(LIST),
    Statement::both(FIND_STATE),
    Statement::both(REVIVE),
    Statement::both(REVIVE_ALL),
    Statement::both(PURGE),
];

/// Rows that one purge deletes at most, so that nobody waits for its locks.
pub(super) const PURGE_ROWS: usize = 1_000;

const INSERT: &str = "
    insert into jobs
        (id, queue, payload, state, attempts, max_attempts, due_at, lease, unique_key, request_id, traceparent,
         last_error, created_at, finished_at)
    values ($1, $2, $3, 'waiting', 0, $4, $5, null, $6, $7, $8, null, $9, null)
    on conflict (queue, unique_key) do nothing
    returning id";

/// Writes a job. False when there is one with its unique key.
pub(super) async fn insert(
    tx: &mut Tx,
    id: JobId,
    job: &NewJob,
    max_attempts: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let options = &job.options;
    let request_id = options.request_id.clone().or_else(telemetry::request_id);
    let traceparent = options.traceparent.clone().or_else(telemetry::traceparent);
    let written: Option<JobId> = on!(tx, |c| query_scalar(INSERT)
        .bind(id)
        .bind(job.queue)
        .bind(&job.payload)
        .bind(max_attempts)
        .bind(options.run_at.unwrap_or(now))
        .bind(&options.unique_key)
        .bind(request_id.as_deref())
        .bind(traceparent.as_deref())
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(written.is_some())
}

const NEXT_DUE: &str = "
    select min(due_at)
    from jobs
    where queue = $1 and state in ('waiting', 'running')";

/// When the next job of the queue may be taken; nothing when there is none.
pub(super) async fn next_due(
    db: &mut impl Queryable,
    queue: &str,
) -> Result<Option<Timestamp>, StoreError> {
    Ok(on!(db, |c| query_scalar(NEXT_DUE)
        .bind(queue)
        .fetch_one(c)
        .await)?)
}

/// One writer at a time: nobody else can be taking the same job.
const CLAIM_SQLITE: &str = "
    update jobs
    set state = 'running', attempts = attempts + 1, lease = $2, due_at = $3
    where id = (
        select id
        from jobs
        where queue = $1 and state in ('waiting', 'running') and due_at <= $4
        order by due_at
        limit 1)
    returning id, payload, attempts, max_attempts, request_id, traceparent";

/// Whoever comes at the same time takes the next one.
const CLAIM_POSTGRES: &str = "
    update jobs
    set state = 'running', attempts = attempts + 1, lease = $2, due_at = $3
    where id = (
        select id
        from jobs
        where queue = $1 and state in ('waiting', 'running') and due_at <= $4
        order by due_at
        limit 1
        for update skip locked)
    returning id, payload, attempts, max_attempts, request_id, traceparent";

/// A job as it is taken.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: JobId,
    pub(super) payload: String,
    pub(super) attempts: i64,
    pub(super) max_attempts: i64,
    pub(super) request_id: Option<String>,
    pub(super) traceparent: Option<String>,
}

/// Takes the job of the queue that has been due for longest, until `lease_end`.
pub(super) async fn claim(
    tx: &mut Tx,
    queue: &str,
    lease: Uuid,
    lease_end: Timestamp,
    now: Timestamp,
) -> Result<Option<Row>, StoreError> {
    Ok(on!(tx, [CLAIM_SQLITE, CLAIM_POSTGRES], |c, sql| query_as(
        sql
    )
    .bind(queue)
    .bind(lease)
    .bind(lease_end)
    .bind(now)
    .fetch_optional(c)
    .await)?)
}

const RENEW: &str = "
    update jobs
    set due_at = $2
    where lease = $1
    returning id";

/// Lengthens a lease. False when the job is somebody else's by now.
pub(super) async fn renew(
    tx: &mut Tx,
    lease: Uuid,
    lease_end: Timestamp,
) -> Result<bool, StoreError> {
    let held: Option<JobId> = on!(tx, |c| query_scalar(RENEW)
        .bind(lease)
        .bind(lease_end)
        .fetch_optional(c)
        .await)?;
    Ok(held.is_some())
}

const SETTLE: &str = "
    update jobs
    set state = $2, due_at = $3, last_error = $4, finished_at = $5, lease = null
    where lease = $1
    returning id";

/// What becomes of a job that was run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settlement {
    pub(super) state: JobState,
    pub(super) due_at: Timestamp,
    pub(super) last_error: Option<String>,
    pub(super) finished_at: Option<Timestamp>,
}

/// Ends the run of a job. False, and nothing written, when the job is somebody else's by now.
pub(super) async fn settle(
    tx: &mut Tx,
    lease: Uuid,
    settlement: &Settlement,
) -> Result<bool, StoreError> {
    let held: Option<JobId> = on!(tx, |c| query_scalar(SETTLE)
        .bind(lease)
        .bind(settlement.state)
        .bind(settlement.due_at)
        .bind(&settlement.last_error)
        .bind(settlement.finished_at)
        .fetch_optional(c)
        .await)?;
    Ok(held.is_some())
}

const RELEASE: &str = "
    update jobs
    set state = 'waiting', attempts = attempts - 1, due_at = $2, lease = null
    where lease = $1
    returning id";

/// Gives a job back that was taken and not run to its end, as if nobody had taken it.
pub(super) async fn release(tx: &mut Tx, lease: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    let held: Option<JobId> = on!(tx, |c| query_scalar(RELEASE)
        .bind(lease)
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(held.is_some())
}

/// Two halves, so that each reads its own index and nobody counts what is done.
const COUNT: &str = "
    select queue, state, count(*) as jobs
    from jobs
    where state in ('waiting', 'running')
    group by queue, state
    union all
    select queue, state, count(*) as jobs
    from jobs
    where state = 'dead'
    group by queue, state";

/// How many jobs wait, run and were given up, by queue.
pub(super) async fn count(db: &mut impl Queryable) -> Result<Vec<Figure>, StoreError> {
    Ok(on!(db, |c| query_as(COUNT).fetch_all(c).await)?)
}

const LIST: &str = "
    select id, queue, state, attempts, max_attempts, due_at, created_at, request_id, last_error
    from jobs
    where (cast($1 as text) is null or state = $1) and (cast($2 as text) is null or queue = $2)
    order by id desc
    limit $3";

/// The youngest jobs.
pub(super) async fn list(
    db: &mut impl Queryable,
    state: Option<JobState>,
    queue: Option<&str>,
    limit: i64,
) -> Result<Vec<JobSummary>, StoreError> {
    Ok(on!(db, |c| query_as(LIST)
        .bind(state)
        .bind(queue)
        .bind(limit)
        .fetch_all(c)
        .await)?)
}

const FIND_STATE: &str = "
    select state
    from jobs
    where id = $1";

/// What state a job is in.
pub(super) async fn find_state(
    db: &mut impl Queryable,
    id: JobId,
) -> Result<Option<JobState>, StoreError> {
    Ok(on!(db, |c| query_scalar(FIND_STATE)
        .bind(id)
        .fetch_optional(c)
        .await)?)
}

const REVIVE: &str = "
    update jobs
    set state = 'waiting', attempts = 0, due_at = $2, finished_at = null
    where id = $1 and state = 'dead'
    returning id";

/// Lets a dead letter be tried as often as at first. False when the job is no dead letter.
pub(super) async fn revive(tx: &mut Tx, id: JobId, now: Timestamp) -> Result<bool, StoreError> {
    let revived: Option<JobId> = on!(tx, |c| query_scalar(REVIVE)
        .bind(id)
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(revived.is_some())
}

const REVIVE_ALL: &str = "
    update jobs
    set state = 'waiting', attempts = 0, due_at = $1, finished_at = null
    where state = 'dead' and (cast($2 as text) is null or queue = $2)
    returning id";

/// Does that to every dead letter, or those of one queue. Returns which.
pub(super) async fn revive_all(
    tx: &mut Tx,
    queue: Option<&str>,
    now: Timestamp,
) -> Result<Vec<JobId>, StoreError> {
    Ok(on!(tx, |c| query_scalar(REVIVE_ALL)
        .bind(now)
        .bind(queue)
        .fetch_all(c)
        .await)?)
}

const PURGE: &str = "
    delete from jobs
    where id in (
        select id
        from jobs
        where state = $1 and finished_at < $2
        order by finished_at
        limit 1000)
    returning id";

/// Deletes up to a thousand jobs that ended in `state` before a moment. Returns how many.
pub(super) async fn purge(
    tx: &mut Tx,
    state: JobState,
    before: Timestamp,
) -> Result<usize, StoreError> {
    let deleted: Vec<JobId> = on!(tx, |c| query_scalar(PURGE)
        .bind(state)
        .bind(before)
        .fetch_all(c)
        .await)?;
    Ok(deleted.len())
}
