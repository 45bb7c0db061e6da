//! SQL of wallets and the ledger.

use sqlx::{query, query_as};

use super::model::{Movement, Transfer, house_account};
use super::{AccountKind, EntryFilter, Wallet, WalletEntry};
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{AccountId, Currency, MAX_AMOUNT, Money, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(OPEN_HOUSE_ACCOUNTS),
    Statement::both(INSERT_ACCOUNT),
    Statement::both(INSERT_WALLET),
    Statement::both(FIND),
    Statement::both(DEBIT),
    Statement::both(CREDIT),
    Statement::both(INSERT_TRANSFER),
    Statement::both(INSERT_POSTINGS),
    Statement::both(LIST_ENTRIES),
];

const OPEN_HOUSE_ACCOUNTS: &str = "
    insert into accounts (id, kind, user_id, currency, created_at)
    values ($1, 'PROVIDER', null, $4, $5), ($2, 'SALES', null, $4, $5), ($3, 'ADJUSTMENTS', null, $4, $5)
    on conflict (id) do nothing";

pub(super) async fn open_house_accounts(
    tx: &mut Tx,
    currency: Currency,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(OPEN_HOUSE_ACCOUNTS)
        .bind(house_account(AccountKind::Provider, currency))
        .bind(house_account(AccountKind::Sales, currency))
        .bind(house_account(AccountKind::Adjustments, currency))
        .bind(currency)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const INSERT_ACCOUNT: &str = "
    insert into accounts (id, kind, user_id, currency, created_at)
    values ($1, 'WALLET', $2, $3, $4)";

pub(super) async fn insert_account(
    tx: &mut Tx,
    id: AccountId,
    user: UserId,
    currency: Currency,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_ACCOUNT)
        .bind(id)
        .bind(user)
        .bind(currency)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const INSERT_WALLET: &str = "
    insert into wallets (user_id, account_id, currency, balance, entries, created_at, updated_at)
    values ($1, $2, $3, 0, 0, $4, $4)";

pub(super) async fn insert_wallet(
    tx: &mut Tx,
    account: AccountId,
    user: UserId,
    currency: Currency,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_WALLET)
        .bind(user)
        .bind(account)
        .bind(currency)
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const FIND: &str = "
    select user_id, account_id, currency, balance, updated_at
    from wallets
    where user_id = $1";

pub(super) async fn find(
    db: &mut impl Queryable,
    user: UserId,
) -> Result<Option<Wallet>, StoreError> {
    Ok(on!(db, |c| query_as(FIND)
        .bind(user)
        .fetch_optional(c)
        .await)?)
}

const DEBIT: &str = "
    update wallets
    set balance = balance - $2, entries = entries + 1, updated_at = $4
    where user_id = $1 and currency = $3 and balance >= $2
    returning account_id, balance, entries";

pub(super) async fn debit(
    tx: &mut Tx,
    user: UserId,
    amount: Money,
    now: Timestamp,
) -> Result<Option<Movement>, StoreError> {
    Ok(on!(tx, |c| query_as(DEBIT)
        .bind(user)
        .bind(amount.amount())
        .bind(amount.currency())
        .bind(now)
        .fetch_optional(c)
        .await)?)
}

const CREDIT: &str = "
    update wallets
    set balance = balance + $2, entries = entries + 1, updated_at = $4
    where user_id = $1 and currency = $3 and balance + $2 <= $5
    returning account_id, balance, entries";

pub(super) async fn credit(
    tx: &mut Tx,
    user: UserId,
    amount: Money,
    now: Timestamp,
) -> Result<Option<Movement>, StoreError> {
    Ok(on!(tx, |c| query_as(CREDIT)
        .bind(user)
        .bind(amount.amount())
        .bind(amount.currency())
        .bind(now)
        .bind(MAX_AMOUNT)
        .fetch_optional(c)
        .await)?)
}

/// Writes a transfer and its two postings; `signed` is what the wallet's side says.
pub(super) async fn post(
    tx: &mut Tx,
    transfer: &Transfer,
    movement: Movement,
    signed: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    insert_transfer(tx, transfer, now).await?;
    insert_postings(tx, transfer, movement, signed, now).await
}

const INSERT_TRANSFER: &str = "
    insert into transfers (id, kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

async fn insert_transfer(
    tx: &mut Tx,
    transfer: &Transfer,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_TRANSFER)
        .bind(transfer.id)
        .bind(transfer.kind)
        .bind(transfer.ref_type)
        .bind(transfer.ref_id)
        .bind(transfer.user)
        .bind(transfer.order)
        .bind(transfer.amount.amount())
        .bind(transfer.amount.currency())
        .bind(now)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const INSERT_POSTINGS: &str = "
    insert into postings (user_id, transfer_id, account_id, amount, currency, seq, balance_after, created_at)
    values ($10, $1, $2, $3, $4, $5, $6, $7), ($10, $1, $8, $9, $4, null, null, $7)";

async fn insert_postings(
    tx: &mut Tx,
    transfer: &Transfer,
    movement: Movement,
    signed: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    on!(tx, |c| query(INSERT_POSTINGS)
        .bind(transfer.id)
        .bind(movement.account_id)
        .bind(signed)
        .bind(transfer.amount.currency())
        .bind(movement.entries)
        .bind(movement.balance)
        .bind(now)
        .bind(house_account(
            transfer.counterpart,
            transfer.amount.currency()
        ))
        .bind(-signed)
        .bind(transfer.user)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const LIST_ENTRIES: &str = "
    select t.id, p.seq, t.kind, p.amount, p.balance_after, p.currency, t.order_id, p.created_at
    from postings p
    join transfers t on t.user_id = p.user_id and t.id = p.transfer_id
    where p.user_id = $1
      and p.account_id = $2
      and (t.kind = $3 or $3 is null)
      and (p.created_at >= $4 or $4 is null)
      and (p.created_at < $5 or $5 is null)
      and (p.seq < $6 or $6 is null)
    order by p.seq desc
    limit $7";

pub(super) async fn list_entries(
    db: &mut impl Queryable,
    (user, account): (UserId, AccountId),
    filter: &EntryFilter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<WalletEntry>, StoreError> {
    Ok(on!(db, |c| query_as(LIST_ENTRIES)
        .bind(user)
        .bind(account)
        .bind(filter.kind)
        .bind(filter.from)
        .bind(filter.to)
        .bind(before)
        .bind(limit)
        .fetch_all(c)
        .await)?)
}
