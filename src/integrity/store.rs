//! SQL of the checks. A figure is one number; a rule finds up to twenty ids that break it.

pub(super) mod recent;

use sqlx::query_scalar;
use uuid::Uuid;

use crate::db::{Statement, StoreError, Tx, on};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(TRANSFERS),
    Statement::both(POSTINGS),
    Statement::both(WALLETS),
    Statement::both(WALLET_BALANCE),
    Statement::both(POSTING_SUM),
    Statement::both(PAYMENTS),
    Statement::both(UNBALANCED_TRANSFERS),
    Statement::both(WRONG_BALANCES),
    Statement::both(HOMELESS_POSTINGS),
    Statement::both(UNPAID_ORDERS),
    Statement::both(UNFUNDED_PAYMENTS),
    Statement::both(UNEXPLAINED_TRANSFERS),
    Statement::both(WRONG_REFUNDS),
    Statement::both(PRODUCTS),
    Statement::both(ON_HAND),
    Statement::both(RESERVED),
    Statement::both(ACTIVE_RESERVATIONS),
    Statement::both(WRONG_RESERVED),
    Statement::both(WRONG_RESERVATIONS),
    Statement::both(ORDERS_WITHOUT_ITEMS),
    recent::NEXT,
    recent::UNBALANCED,
    recent::CHAINS,
    recent::WALLETS,
    recent::UNEXPLAINED,
];

/// A number and its name.
pub(super) type Figure = (&'static str, &'static str);

/// What is wrong with the ids that a statement finds: `{what} {id} {wrong}`.
pub(super) struct Rule {
    what: &'static str,
    wrong: &'static str,
    sql: &'static str,
}

impl Rule {
    fn sentence(&self, id: Uuid) -> String {
        format!("{} {id} {}", self.what, self.wrong)
    }
}

pub(super) const LEDGER_FIGURES: &[Figure] = &[
    ("transfers", TRANSFERS),
    ("postings", POSTINGS),
    ("postingSum", POSTING_SUM),
    ("wallets", WALLETS),
    ("walletBalance", WALLET_BALANCE),
    ("completedPayments", PAYMENTS),
];

pub(super) const LEDGER_RULES: &[Rule] = &[
    Rule {
        what: "transfer",
        wrong: "does not balance",
        sql: UNBALANCED_TRANSFERS,
    },
    Rule {
        what: "the wallet of user",
        wrong: "does not hold the sum of its postings",
        sql: WRONG_BALANCES,
    },
    Rule {
        what: "transfer",
        wrong: "has a posting without an account",
        sql: HOMELESS_POSTINGS,
    },
    Rule {
        what: "order",
        wrong: "is paid without exactly one payment of its total",
        sql: UNPAID_ORDERS,
    },
    Rule {
        what: "payment",
        wrong: "has no transfer of its amount",
        sql: UNFUNDED_PAYMENTS,
    },
    Rule {
        what: "transfer",
        wrong: "pays for nothing",
        sql: UNEXPLAINED_TRANSFERS,
    },
    Rule {
        what: "order",
        wrong: "was refunded another amount than was transferred",
        sql: WRONG_REFUNDS,
    },
];

pub(super) const STOCK_FIGURES: &[Figure] = &[
    ("products", PRODUCTS),
    ("onHand", ON_HAND),
    ("reserved", RESERVED),
    ("activeReservations", ACTIVE_RESERVATIONS),
];

pub(super) const STOCK_RULES: &[Rule] = &[
    Rule {
        what: "product",
        wrong: "holds back another number than is reserved",
        sql: WRONG_RESERVED,
    },
    Rule {
        what: "order",
        wrong: "has a reservation that does not fit its status",
        sql: WRONG_RESERVATIONS,
    },
    Rule {
        what: "order",
        wrong: "has no items",
        sql: ORDERS_WITHOUT_ITEMS,
    },
];

const TRANSFERS: &str = "select count(*) from transfers";
const POSTINGS: &str = "select count(*) from postings";
const POSTING_SUM: &str = "select cast(coalesce(sum(amount), 0) as bigint) from postings";
const WALLETS: &str = "select count(*) from wallets";
const WALLET_BALANCE: &str = "select cast(coalesce(sum(balance), 0) as bigint) from wallets";
const PAYMENTS: &str = "select count(*) from payments where status = 'COMPLETED'";
const PRODUCTS: &str = "select count(*) from products";
const ON_HAND: &str = "select cast(coalesce(sum(on_hand), 0) as bigint) from products";
const RESERVED: &str = "select cast(coalesce(sum(reserved), 0) as bigint) from products";
const ACTIVE_RESERVATIONS: &str = "select count(*) from reservations where status = 'ACTIVE'";

pub(super) async fn figures(
    tx: &mut Tx,
    figures: &'static [Figure],
) -> Result<Vec<(&'static str, i64)>, StoreError> {
    let mut counted = Vec::with_capacity(figures.len());
    for (name, sql) in figures {
        let figure = on!(tx, |c| query_scalar(*sql).fetch_one(c).await)?;
        counted.push((*name, figure));
    }
    Ok(counted)
}

/// Two postings, opposite, of the transfer's amount and currency.
const UNBALANCED_TRANSFERS: &str = "
    select t.id
    from transfers t
    left join postings p on p.user_id = t.user_id and p.transfer_id = t.id
    group by t.id, t.amount, t.currency
    having count(p.account_id) < 2
        or sum(p.amount) <> 0
        or max(p.amount) <> t.amount
        or min(p.currency) <> t.currency
        or max(p.currency) <> t.currency
    limit 20";

const WRONG_BALANCES: &str = "
    select w.user_id
    from wallets w
    left join (
        select user_id, account_id, sum(amount) as total, count(*) as entries, max(seq) as last
        from postings
        group by user_id, account_id
    ) p on p.user_id = w.user_id and p.account_id = w.account_id
    where w.balance <> coalesce(p.total, 0)
       or w.entries <> coalesce(p.entries, 0)
       or w.entries <> coalesce(p.last, 0)
    limit 20";

const HOMELESS_POSTINGS: &str = "
    select p.transfer_id
    from postings p
    left join accounts a on a.id = p.account_id and a.currency = p.currency
    where a.id is null
    limit 20";

const UNPAID_ORDERS: &str = "
    select o.id
    from orders o
    left join payments p
        on p.user_id = o.user_id and p.order_id = o.id and p.status = 'COMPLETED' and p.amount = o.total
    where (p.id is not null) <> (o.status in ('PAID', 'PROCESSING', 'SHIPPED', 'DELIVERED'))
    limit 20";

const UNFUNDED_PAYMENTS: &str = "
    select p.id
    from payments p
    left join transfers t
        on t.user_id = p.user_id and t.kind = 'PAYMENT' and t.ref_type = 'order' and t.ref_id = p.order_id
        and t.amount = p.amount and t.currency = p.currency
    where p.status in ('COMPLETED', 'REFUNDED') and p.amount > 0 and t.id is null
    limit 20";

const UNEXPLAINED_TRANSFERS: &str = "
    select t.id
    from transfers t
    left join payments p
        on p.user_id = t.user_id and p.order_id = t.ref_id and p.status in ('COMPLETED', 'REFUNDED')
        and p.amount = t.amount
    where t.kind = 'PAYMENT' and p.id is null
    limit 20";

const WRONG_REFUNDS: &str = "
    select o.id
    from orders o
    left join (
        select user_id, order_id, sum(amount) as total
        from transfers
        where kind = 'REFUND'
        group by user_id, order_id
    ) r on r.user_id = o.user_id and r.order_id = o.id
    where o.refunded_amount <> coalesce(r.total, 0)
    limit 20";

const WRONG_RESERVED: &str = "
    select p.id
    from products p
    left join (
        select product_id, sum(quantity) as quantity
        from reservations
        where status = 'ACTIVE'
        group by product_id
    ) r on r.product_id = p.id
    where p.reserved <> coalesce(r.quantity, 0)
    limit 20";

/// Held while the order is open, sold once it was paid, released when it ended unpaid.
const WRONG_RESERVATIONS: &str = "
    select o.id
    from orders o
    join order_items i on i.user_id = o.user_id and i.order_id = o.id
    left join reservations r on r.user_id = i.user_id and r.order_id = i.order_id and r.line = i.line
    where coalesce(r.status, '') <> case
        when o.status in ('PENDING_APPROVAL', 'PENDING', 'CONFIRMED') then 'ACTIVE'
        when o.paid_at is not null then 'SOLD'
        else 'RELEASED'
    end
    limit 20";

const ORDERS_WITHOUT_ITEMS: &str = "
    select o.id
    from orders o
    left join order_items i on i.user_id = o.user_id and i.order_id = o.id
    where i.order_id is null
    limit 20";

pub(super) async fn violations(tx: &mut Tx, rule: &Rule) -> Result<Vec<String>, StoreError> {
    let ids: Vec<Uuid> = on!(tx, |c| query_scalar(rule.sql).fetch_all(c).await)?;
    Ok(ids.into_iter().map(|id| rule.sentence(id)).collect())
}
