//! Pages of orders.
//!
//! A page costs what it holds and what it skips, not what the table holds: every sort has an index, the page is cut out
//! of that index alone before the orders are read, and what is counted is an owner's orders, a span of time, or what
//! `order_counts` has counted already. A search for a text reads what it has to.

use sqlx::{query_as, query_scalar};

use super::super::{Order, OrderFilter, OrderSort, OrderStatus};
use super::{count::counted, gather, select_orders};
use crate::db::{Queryable, Statement, StoreError, contains, on};
use crate::domain::{MAX_AMOUNT, OrderId, PageRequest, Timestamp, UserId, first_made_at};

/// Every statement of this file.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(COUNT_OWN),
    Statement::both(COUNT_OWN_IN_SPAN),
    Statement::both(COUNT_ANY),
    Statement::both(COUNT_ANY_IN_SPAN),
    Statement::both(OWN_IN_SPAN),
    Statement::both(OWN_IN_SPAN_DESCENDING),
    Statement::both(ANY_IN_SPAN),
    Statement::both(ANY_IN_SPAN_DESCENDING),
    Statement::both(AT_STATUS_IN_SPAN),
    Statement::both(AT_STATUS_IN_SPAN_DESCENDING),
    Statement::both(OWN_BY_ID),
    Statement::both(OWN_BY_ID_DESCENDING),
    Statement::both(OWN_BY_TOTAL),
    Statement::both(OWN_BY_TOTAL_DESCENDING),
    Statement::both(ANY_BY_ID),
    Statement::both(ANY_BY_ID_DESCENDING),
    Statement::both(ANY_BY_TOTAL),
    Statement::both(ANY_BY_TOTAL_DESCENDING),
];

/// The conditions of a list. A condition that an index serves has no `or` beside it, for behind one SQLite would not use
/// the index: a bound that is not asked for is one that every order keeps. A span of time is a span of ids.
macro_rules! matching {
    (any in span) => {
        " where o.id >= $1 and o.id < $2 "
    };
    (own in span) => {
        " where o.user_id = $3 and o.id >= $1 and o.id < $2 "
    };
    (at status in span) => {
        " where o.status = $3 and o.id >= $1 and o.id < $2 "
    };
    (any) => {
        matching!(all "o.total")
    };
    // An owner's orders are few and found by their key: a sum is nothing that the index of totals could serve, which
    // the planner would prefer when it does not know whose orders they are.
    (own) => {
        concat!(matching!(all "o.total + 0"), " and o.user_id = $17 ")
    };
    // The search looks at two tables of others, because a page of orders cannot be cut after the fact. Whether it is asked
    // for at all comes first, for it is dear.
    (all $total:literal) => {
        concat!(
            " where o.id >= $1 and o.id < $2 and ", $total, " >= $3 and ", $total, " <= $4 ",
            r"
          and (o.id in (select x.order_id from order_items x where x.product_id = $5) or $5 is null)
          and (cast($6 as text) is null
               or exists (select 1 from users u where u.id = o.user_id and u.search like $6 escape '\')
               or exists (select 1 from order_items x
                          where x.user_id = o.user_id and x.order_id = o.id and x.search like $6 escape '\'))
          and (cast($7 as text) is null or o.status in ($7, $8, $9, $10, $11, $12, $13, $14, $15, $16))
        "
        )
    };
}

/// `page!(conditions, order, limit and offset)`
macro_rules! page {
    (($($what:tt)*), $order:literal, $cut:literal) => {
        concat!(
            // Out of the index alone; the owner, who would have to be looked up, is found with the order.
            "with page as (select o.id from orders o ",
            matching!($($what)*),
            " order by ", $order, $cut, ") ",
            select_orders!("page p join orders o on o.id = p.id", "order by "),
            $order,
            ", i.line"
        )
    };
}

/// As `page!`, of one owner, whose orders stand together under their key.
macro_rules! own_page {
    (($($what:tt)*), $order:literal, $cut:literal) => {
        concat!(
            "with page as (select o.user_id, o.id from orders o ",
            matching!($($what)*),
            " order by ", $order, $cut, ") ",
            select_orders!("page p join orders o on o.user_id = p.user_id and o.id = p.id", "order by "),
            $order,
            ", i.line"
        )
    };
}

const COUNT_ANY_IN_SPAN: &str = concat!("select count(*) from orders o ", matching!(any in span));
const COUNT_OWN_IN_SPAN: &str = concat!("select count(*) from orders o ", matching!(own in span));
const COUNT_ANY: &str = concat!("select count(*) from orders o ", matching!(any));
const COUNT_OWN: &str = concat!("select count(*) from orders o ", matching!(own));

const OWN_IN_SPAN: &str = own_page!((own in span), "o.id", " limit $4 offset $5");
const OWN_IN_SPAN_DESCENDING: &str = own_page!((own in span), "o.id desc", " limit $4 offset $5");
const ANY_IN_SPAN: &str = page!((any in span), "o.id", " limit $3 offset $4");
const ANY_IN_SPAN_DESCENDING: &str = page!((any in span), "o.id desc", " limit $3 offset $4");
const AT_STATUS_IN_SPAN: &str = page!((at status in span), "o.id", " limit $4 offset $5");
const AT_STATUS_IN_SPAN_DESCENDING: &str =
    page!((at status in span), "o.id desc", " limit $4 offset $5");

const OWN_BY_ID: &str = own_page!((own), "o.id", " limit $18 offset $19");
const OWN_BY_ID_DESCENDING: &str = own_page!((own), "o.id desc", " limit $18 offset $19");
const OWN_BY_TOTAL: &str = own_page!((own), "o.total + 0, o.id", " limit $18 offset $19");
const OWN_BY_TOTAL_DESCENDING: &str = own_page!(
    (own),
    "o.total + 0 desc, o.id desc",
    " limit $18 offset $19"
);
const ANY_BY_ID: &str = page!((any), "o.id", " limit $17 offset $18");
const ANY_BY_ID_DESCENDING: &str = page!((any), "o.id desc", " limit $17 offset $18");
const ANY_BY_TOTAL: &str = page!((any), "o.total, o.id", " limit $17 offset $18");
const ANY_BY_TOTAL_DESCENDING: &str =
    page!((any), "o.total desc, o.id desc", " limit $17 offset $18");

/// Whose orders, and at which status: what an index serves besides the span of ids.
enum Scope {
    Own(UserId),
    AtStatus(OrderStatus),
    Any,
}

/// The scope, when that and the span of time are all that the filter asks for.
fn narrow(filter: &OrderFilter) -> Option<Scope> {
    let is_narrow = filter.product_id.is_none()
        && filter.q.is_none()
        && filter.min_total.is_none()
        && filter.max_total.is_none();
    match (filter.user_id, filter.statuses.as_slice()) {
        _ if !is_narrow => None,
        (Some(user), []) => Some(Scope::Own(user)),
        (None, []) => Some(Scope::Any),
        (None, [status]) => Some(Scope::AtStatus(*status)),
        _ => None,
    }
}

/// The first id of the span that the filter asks for, and the first one after it.
fn span(filter: &OrderFilter) -> (OrderId, OrderId) {
    let at = |moment: Option<Timestamp>, otherwise: uuid::Uuid| {
        OrderId::from_uuid(moment.map_or(otherwise, first_made_at))
    };
    (
        at(filter.from, uuid::Uuid::nil()),
        at(filter.to, uuid::Uuid::max()),
    )
}

/// Binds the span and, where there is one, the owner or the status.
macro_rules! bind_narrow {
    ($query:expr, $filter:expr, $scope:expr) => {{
        let (first, end) = span($filter);
        let query = $query.bind(first).bind(end);
        match $scope {
            Scope::Own(user) => query.bind(*user),
            Scope::AtStatus(status) => query.bind(*status),
            Scope::Any => query,
        }
    }};
}

/// Binds the conditions in the order of `matching!`.
macro_rules! bind_filter {
    ($query:expr, $filter:expr) => {{
        let filter: &OrderFilter = $filter;
        let (first, end) = span(filter);
        let mut query = $query
            .bind(first)
            .bind(end)
            .bind(filter.min_total.unwrap_or(0))
            .bind(filter.max_total.unwrap_or(MAX_AMOUNT))
            .bind(filter.product_id)
            .bind(filter.q.as_deref().map(contains));
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
    let is_counted = filter.from.is_none() && filter.to.is_none();
    match narrow(filter) {
        Some(Scope::Any | Scope::AtStatus(_)) if is_counted => {
            counted(db, filter.statuses.first().copied()).await
        }
        Some(scope @ (Scope::Own(_) | Scope::Any)) => {
            let sql = match scope {
                Scope::Own(_) => COUNT_OWN_IN_SPAN,
                _ => COUNT_ANY_IN_SPAN,
            };
            Ok(on!(db, |c| bind_narrow!(
                query_scalar(sql),
                filter,
                &scope
            )
            .fetch_one(c)
            .await)?)
        }
        _ => {
            let sql = match filter.user_id {
                Some(_) => COUNT_OWN,
                None => COUNT_ANY,
            };
            Ok(on!(db, |c| bind_filter!(query_scalar(sql), filter)
                .fetch_one(c)
                .await)?)
        }
    }
}

/// A page of the orders that match.
pub(in super::super) async fn list(
    db: &mut impl Queryable,
    filter: &OrderFilter,
    sort: OrderSort,
    page: PageRequest,
) -> Result<Vec<Order>, StoreError> {
    let scope = narrow(filter);
    // Ids are made by the clock that also gives created_at.
    if let (Some(scope), OrderSort::CreatedAt | OrderSort::CreatedAtDescending) = (&scope, sort) {
        let sql = match (scope, sort == OrderSort::CreatedAt) {
            (Scope::Own(_), true) => OWN_IN_SPAN,
            (Scope::Own(_), false) => OWN_IN_SPAN_DESCENDING,
            (Scope::AtStatus(_), true) => AT_STATUS_IN_SPAN,
            (Scope::AtStatus(_), false) => AT_STATUS_IN_SPAN_DESCENDING,
            (Scope::Any, true) => ANY_IN_SPAN,
            (Scope::Any, false) => ANY_IN_SPAN_DESCENDING,
        };
        let rows = on!(db, |c| bind_narrow!(query_as(sql), filter, scope)
            .bind(page.limit())
            .bind(page.offset())
            .fetch_all(c)
            .await)?;
        return Ok(gather(rows));
    }
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
