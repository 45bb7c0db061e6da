//! SQL of payments.

use sqlx::{query, query_as};

use super::Payment;
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{OrderId, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT),
    Statement::both(MARK_REFUNDED),
    Statement::both(LIST_OF),
];

const INSERT: &str = "
    insert into payments (user_id, order_id, id, amount, currency, status, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $7)";

pub(super) async fn insert(tx: &mut Tx, payment: &Payment) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT)
        .bind(payment.user_id)
        .bind(payment.order_id)
        .bind(payment.id)
        .bind(payment.amount)
        .bind(payment.currency)
        .bind(payment.status)
        .bind(payment.created_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const MARK_REFUNDED: &str = "
    update payments
    set status = 'REFUNDED', updated_at = $3
    where user_id = $1 and order_id = $2 and status = 'COMPLETED'";

pub(super) async fn mark_refunded(
    tx: &mut Tx,
    user: UserId,
    order: OrderId,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(MARK_REFUNDED)
        .bind(user)
        .bind(order)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const LIST_OF: &str = "
    select id, user_id, order_id, amount, currency, status, created_at
    from payments
    where user_id = $1 and order_id = $2
    order by id
    limit 100";

pub(super) async fn list_of(
    db: &mut impl Queryable,
    user: UserId,
    order: OrderId,
) -> Result<Vec<Payment>, StoreError> {
    Ok(on!(db, |c| query_as(LIST_OF)
        .bind(user)
        .bind(order)
        .fetch_all(c)
        .await)?)
}
