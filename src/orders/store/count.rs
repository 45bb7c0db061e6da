//! How many orders stand at each status, without looking at them.
//!
//! Triggers write each change into `order_count_changes`; what is settled stands in `order_counts`. Both together are
//! right in every state of the database.

use sqlx::{query, query_scalar};

use super::super::OrderStatus;
use crate::db::{Queryable, Statement, StoreError, Tx, on};

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(COUNTED),
    Statement::both(HAS_CHANGES),
    Statement::sqlite(ADD_UP),
    Statement::sqlite(CLEAR),
    Statement::postgres(SETTLE),
];

const COUNTED: &str = "
    select cast(coalesce(sum(counted), 0) as bigint)
    from (
        select status, orders as counted from order_counts
        union all
        select status, change from order_count_changes
    ) c
    where status = $1 or $1 is null";

/// How many orders stand at `status`; without one, how many there are.
pub(super) async fn counted(
    db: &mut impl Queryable,
    status: Option<OrderStatus>,
) -> Result<i64, StoreError> {
    Ok(on!(db, |c| query_scalar(COUNTED)
        .bind(status)
        .fetch_one(c)
        .await)?)
}

const HAS_CHANGES: &str = "select exists (select 1 from order_count_changes)";

/// Whether there is anything to settle.
pub(in super::super) async fn has_changes(db: &mut impl Queryable) -> Result<bool, StoreError> {
    Ok(on!(db, |c| query_scalar(HAS_CHANGES).fetch_one(c).await)?)
}

const ADD_UP: &str = "
    insert into order_counts (status, orders)
    select status, sum(change) from order_count_changes where true group by status
    on conflict (status) do update
    set orders = orders + excluded.orders";
const CLEAR: &str = "delete from order_count_changes";

/// What another transaction has not committed yet is neither seen nor deleted, and waits for the next time.
const SETTLE: &str = "
    with settled as (
        delete from order_count_changes returning status, change
    )
    insert into order_counts (status, orders)
    select status, sum(change) from settled group by status order by status
    on conflict (status) do update
    set orders = order_counts.orders + excluded.orders";

/// Adds the changes up, so that there are few.
pub(in super::super) async fn settle(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        // The only writer: nobody adds a change between the two.
        Tx::Sqlite(tx) => {
            query(ADD_UP).execute(&mut **tx).await?;
            query(CLEAR).execute(&mut **tx).await?;
        }
        Tx::Postgres(tx) => {
            query(SETTLE).execute(&mut **tx).await?;
        }
    }
    Ok(())
}
