//! SQL of the watch: the same rules as in the whole check, for the transfers between two ids. Every statement reads what
//! those transfers wrote and one row beside it, never an account's history.

use sqlx::query_scalar;
use uuid::Uuid;

use super::Rule;
use crate::db::{Statement, StoreError, Tx, on};

pub(super) const NEXT: Statement = Statement::both(NEXT_TRANSFERS);
pub(super) const UNBALANCED: Statement = Statement::both(UNBALANCED_TRANSFERS);
pub(super) const CHAINS: Statement = Statement::both(BROKEN_CHAINS);
pub(super) const WALLETS: Statement = Statement::both(STALE_WALLETS);
pub(super) const UNEXPLAINED: Statement = Statement::both(UNEXPLAINED_PAYMENTS);

/// Transfers that are looked at together.
pub(in crate::integrity) const BATCH: usize = 2_000;

const NEXT_TRANSFERS: &str = "
    select id
    from transfers
    where id > $1 and id < $2
    order by id
    limit 2000";

/// The ids of the transfers behind `after` and before `before`, oldest first, at most [`BATCH`].
pub(in crate::integrity) async fn next(
    tx: &mut Tx,
    after: Uuid,
    before: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(on!(tx, |c| query_scalar(NEXT_TRANSFERS)
        .bind(after)
        .bind(before)
        .fetch_all(c)
        .await)?)
}

pub(in crate::integrity) const RULES: &[Rule] = &[
    Rule {
        what: "transfer",
        wrong: "does not balance",
        sql: UNBALANCED_TRANSFERS,
    },
    Rule {
        what: "transfer",
        wrong: "left a wallet with another balance than the one before and its amount make",
        sql: BROKEN_CHAINS,
    },
    Rule {
        what: "the wallet of user",
        wrong: "does not hold what its last posting says",
        sql: STALE_WALLETS,
    },
    Rule {
        what: "transfer",
        wrong: "pays for nothing",
        sql: UNEXPLAINED_PAYMENTS,
    },
];

const UNBALANCED_TRANSFERS: &str = "
    select t.id
    from transfers t
    left join postings p on p.user_id = t.user_id and p.transfer_id = t.id
    where t.id > $1 and t.id <= $2
    group by t.id, t.amount, t.currency
    having count(p.account_id) < 2
        or sum(p.amount) <> 0
        or max(p.amount) <> t.amount
        or min(p.currency) <> t.currency
        or max(p.currency) <> t.currency
    limit 20";

const BROKEN_CHAINS: &str = "
    select t.id
    from transfers t
    join postings p on p.user_id = t.user_id and p.transfer_id = t.id
    left join postings b on b.user_id = p.user_id and b.account_id = p.account_id and b.seq = p.seq - 1
    where t.id > $1 and t.id <= $2
        and p.seq is not null
        and p.balance_after <> coalesce(b.balance_after, 0) + p.amount
    limit 20";

const STALE_WALLETS: &str = "
    select distinct w.user_id
    from transfers t
    join wallets w on w.user_id = t.user_id
    left join postings l on l.user_id = w.user_id and l.account_id = w.account_id and l.seq = w.entries
    where t.id > $1 and t.id <= $2
        and (l.account_id is null or l.balance_after <> w.balance)
    limit 20";

const UNEXPLAINED_PAYMENTS: &str = "
    select t.id
    from transfers t
    left join payments p
        on p.user_id = t.user_id and p.order_id = t.ref_id and p.status in ('COMPLETED', 'REFUNDED')
        and p.amount = t.amount
    where t.id > $1 and t.id <= $2 and t.kind = 'PAYMENT' and p.id is null
    limit 20";

/// What breaks `rule` among the transfers behind `after`, up to `upto`: a sentence each, at most 20.
pub(in crate::integrity) async fn violations(
    tx: &mut Tx,
    rule: &Rule,
    after: Uuid,
    upto: Uuid,
) -> Result<Vec<String>, StoreError> {
    let ids: Vec<Uuid> = on!(tx, |c| query_scalar(rule.sql)
        .bind(after)
        .bind(upto)
        .fetch_all(c)
        .await)?;
    Ok(ids.into_iter().map(|id| rule.sentence(id)).collect())
}
