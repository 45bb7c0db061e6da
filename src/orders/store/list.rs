//! Pages of orders.

use sqlx::{query_as, query_scalar};

use super::super::{Order, OrderFilter, OrderSort, OrderStatus};
use super::{gather, select_orders};
use crate::db::{Queryable, Statement, StoreError, contains, on};
use crate::domain::PageRequest;

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(COUNT_OWN),
    Statement::both(COUNT_ANY),
    Statement::both(OWN_BY_ID),
    Statement::both(OWN_BY_ID_DESCENDING),
    Statement::both(OWN_BY_TOTAL),
    Statement::both(OWN_BY_TOTAL_DESCENDING),
    Statement::both(ANY_BY_ID),
    Statement::both(ANY_BY_ID_DESCENDING),
    Statement::both(ANY_BY_TOTAL),
    Statement::both(ANY_BY_TOTAL_DESCENDING),
];

/// The conditions of a list. The search looks at two tables of others, because a page of orders cannot be cut
/// after the fact. A condition on the owner is a text of its own: behind an `or` SQLite would not use the key.
macro_rules! matching {
    (any) => {
        r"
        where (o.created_at >= $1 or $1 is null)
          and (o.created_at < $2 or $2 is null)
          and (o.id in (select x.order_id from order_items x where x.product_id = $3) or $3 is null)
          and (exists (select 1 from users u where u.id = o.user_id and u.search like $4 escape '\')
               or exists (select 1 from order_items x
                          where x.user_id = o.user_id and x.order_id = o.id and x.search like $4 escape '\')
               or $4 is null)
          and (o.total >= $5 or $5 is null)
          and (o.total <= $6 or $6 is null)
          and (o.status in ($7, $8, $9, $10, $11, $12, $13, $14, $15, $16) or $7 is null)
        "
    };
    (own) => {
        concat!(matching!(any), " and o.user_id = $17 ")
    };
}

macro_rules! page {
    (any $order:literal) => {
        concat!(
            "with page as (select o.user_id, o.id from orders o ",
            matching!(any),
            " order by ",
            $order,
            " limit $17 offset $18) ",
            select_orders!(
                "page p join orders o on o.user_id = p.user_id and o.id = p.id",
                "order by "
            ),
            $order,
            ", i.line"
        )
    };
    (own $order:literal) => {
        concat!(
            "with page as (select o.user_id, o.id from orders o ",
            matching!(own),
            " order by ",
            $order,
            " limit $18 offset $19) ",
            select_orders!(
                "page p join orders o on o.user_id = p.user_id and o.id = p.id",
                "order by "
            ),
            $order,
            ", i.line"
        )
    };
}

const COUNT_ANY: &str = concat!("select count(*) from orders o ", matching!(any));
const COUNT_OWN: &str = concat!("select count(*) from orders o ", matching!(own));
const ANY_BY_ID: &str = page!(any "o.id");
const ANY_BY_ID_DESCENDING: &str = page!(any "o.id desc");
const ANY_BY_TOTAL: &str = page!(any "o.total, o.id");
const ANY_BY_TOTAL_DESCENDING: &str = page!(any "o.total desc, o.id desc");
const OWN_BY_ID: &str = page!(own "o.id");
const OWN_BY_ID_DESCENDING: &str = page!(own "o.id desc");
const OWN_BY_TOTAL: &str = page!(own "o.total, o.id");
const OWN_BY_TOTAL_DESCENDING: &str = page!(own "o.total desc, o.id desc");

/// Binds the conditions in the order of `matching!`.
macro_rules! bind_filter {
    ($query:expr, $filter:expr) => {{
        let filter: &OrderFilter = $filter;
        let mut query = $query
            .bind(filter.from)
            .bind(filter.to)
            .bind(filter.product_id)
            .bind(filter.q.as_deref().map(contains))
            .bind(filter.min_total)
            .bind(filter.max_total);
        for place in 0..OrderStatus::ALL.len() {
            query = query.bind(filter.statuses.get(place).copied());
        }
        match filter.user_id {
            Some(user) => query.bind(user),
            None => query,
        }
    }};
}

/// How many orders match.
pub(in super::super) async fn count(
    db: &mut impl Queryable,
    filter: &OrderFilter,
) -> Result<i64, StoreError> {
    let sql = if filter.user_id.is_some() {
        COUNT_OWN
    } else {
        COUNT_ANY
    };
    Ok(on!(db, |c| bind_filter!(query_scalar(sql), filter)
        .fetch_one(c)
        .await)?)
}

/// A page of the orders that match.
pub(in super::super) async fn list(
    db: &mut impl Queryable,
    filter: &OrderFilter,
    sort: OrderSort,
    page: PageRequest,
) -> Result<Vec<Order>, StoreError> {
    // Ids are made by the clock that also gives created_at.
    let sql = match (sort, filter.user_id.is_some()) {
        (OrderSort::CreatedAt, true) => OWN_BY_ID,
        (OrderSort::CreatedAt, false) => ANY_BY_ID,
        (OrderSort::CreatedAtDescending, true) => OWN_BY_ID_DESCENDING,
        (OrderSort::CreatedAtDescending, false) => ANY_BY_ID_DESCENDING,
        (OrderSort::Total, true) => OWN_BY_TOTAL,
        (OrderSort::Total, false) => ANY_BY_TOTAL,
        (OrderSort::TotalDescending, true) => OWN_BY_TOTAL_DESCENDING,
        (OrderSort::TotalDescending, false) => ANY_BY_TOTAL_DESCENDING,
    };
    let rows = on!(db, |c| bind_filter!(query_as(sql), filter)
        .bind(page.limit())
        .bind(page.offset())
        .fetch_all(c)
        .await)?;
    Ok(gather(rows))
}
