//! SQL of products.

use sqlx::{query, query_as, query_scalar};

use super::model::{ProductSort, search_text};
use super::{Product, ProductFilter};
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{PageRequest, ProductId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(FIND),
    Statement::sqlite(LOCK_SQLITE),
    Statement::postgres(LOCK_POSTGRES),
    Statement::both(INSERT),
    Statement::both(UPDATE),
    Statement::both(RESERVE),
    Statement::both(SHIFT_STOCK),
    Statement::both(COUNT),
    Statement::both(LIST_BY_ID),
    Statement::both(LIST_BY_ID_DESCENDING),
    Statement::both(LIST_BY_NAME),
    Statement::both(LIST_BY_NAME_DESCENDING),
    Statement::both(LIST_BY_PRICE),
    Statement::both(LIST_BY_PRICE_DESCENDING),
];

const FIND: &str = "
    select id, sku, name, description, price, currency, on_hand, reserved, archived, version, created_at, updated_at
    from products
    where id = $1";

pub(super) async fn find(
    db: &mut impl Queryable,
    id: ProductId,
) -> Result<Option<Product>, StoreError> {
    Ok(on!(db, |c| query_as(FIND)
        .bind(id)
        .fetch_optional(c)
        .await)?)
}

const LOCK_SQLITE: &str = FIND;
const LOCK_POSTGRES: &str = "
    select id, sku, name, description, price, currency, on_hand, reserved, archived, version, created_at, updated_at
    from products
    where id = $1
    for no key update";

/// The product, which nobody else changes until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, id: ProductId) -> Result<Option<Product>, StoreError> {
    Ok(on!(tx, [LOCK_SQLITE, LOCK_POSTGRES], |c, sql| query_as(
        sql
    )
    .bind(id)
    .fetch_optional(c)
    .await)?)
}

const INSERT: &str = "
    insert into products
        (id, sku, name, description, price, currency, on_hand, reserved, archived, search, version, created_at, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (sku) do nothing
    returning id";

/// False when the SKU is taken.
pub(super) async fn insert(tx: &mut Tx, product: &Product) -> Result<bool, StoreError> {
    let search = search_text(&product.sku, &product.name, product.description.as_deref());
    let inserted: Option<ProductId> = on!(tx, |c| query_scalar(INSERT)
        .bind(product.id)
        .bind(&product.sku)
        .bind(&product.name)
        .bind(&product.description)
        .bind(product.price)
        .bind(product.currency)
        .bind(product.on_hand)
        .bind(product.reserved)
        .bind(product.archived)
        .bind(search)
        .bind(product.version)
        .bind(product.created_at)
        .bind(product.updated_at)
        .fetch_optional(c)
        .await)?;
    Ok(inserted.is_some())
}

const UPDATE: &str = "
    update products
    set sku = $2, name = $3, description = $4, price = $5, currency = $6, on_hand = $7, search = $8,
        version = $9, updated_at = $10
    where id = $1";

/// Writes what an administrator can change.
pub(super) async fn update(tx: &mut Tx, product: &Product) -> Result<(), StoreError> {
    let search = search_text(&product.sku, &product.name, product.description.as_deref());
    on!(tx, |c| query(UPDATE)
        .bind(product.id)
        .bind(&product.sku)
        .bind(&product.name)
        .bind(&product.description)
        .bind(product.price)
        .bind(product.currency)
        .bind(product.on_hand)
        .bind(search)
        .bind(product.version)
        .bind(product.updated_at)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

const RESERVE: &str = "
    update products
    set reserved = reserved + $2, version = version + 1
    where id = $1 and not archived and price = $3 and on_hand - reserved >= $2
    returning id, sku, name, description, price, currency, on_hand, reserved, archived, version, created_at, updated_at";

pub(super) async fn reserve(
    tx: &mut Tx,
    id: ProductId,
    quantity: i64,
    price: i64,
) -> Result<Option<Product>, StoreError> {
    Ok(on!(tx, |c| query_as(RESERVE)
        .bind(id)
        .bind(quantity)
        .bind(price)
        .fetch_optional(c)
        .await)?)
}

const SHIFT_STOCK: &str = "
    update products
    set on_hand = on_hand + $2, reserved = reserved + $3, version = version + 1
    where id = $1";

pub(super) async fn shift_stock(
    tx: &mut Tx,
    id: ProductId,
    on_hand: i64,
    reserved: i64,
) -> Result<(), StoreError> {
    on!(tx, |c| query(SHIFT_STOCK)
        .bind(id)
        .bind(on_hand)
        .bind(reserved)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

macro_rules! matching {
    ($select:literal, $rest:literal) => {
        concat!(
            $select,
            r"
            from products
            where not archived
              and (search like $1 escape '\' or $1 is null)
              and (price >= $2 or $2 is null)
              and (price <= $3 or $3 is null)
              and ((on_hand > reserved) = $4 or $4 is null)
            ",
            $rest
        )
    };
    (ordered $by:literal) => {
        matching!(
            "select id, sku, name, description, price, currency, on_hand, reserved, archived, version, created_at, updated_at",
            $by
        )
    };
}

const COUNT: &str = matching!("select count(*)", "");
const LIST_BY_ID: &str = matching!(ordered "order by id limit $5 offset $6");
const LIST_BY_ID_DESCENDING: &str = matching!(ordered "order by id desc limit $5 offset $6");
const LIST_BY_NAME: &str = matching!(ordered "order by name, id limit $5 offset $6");
const LIST_BY_NAME_DESCENDING: &str =
    matching!(ordered "order by name desc, id desc limit $5 offset $6");
const LIST_BY_PRICE: &str = matching!(ordered "order by price, id limit $5 offset $6");
const LIST_BY_PRICE_DESCENDING: &str =
    matching!(ordered "order by price desc, id desc limit $5 offset $6");

pub(super) async fn count(
    db: &mut impl Queryable,
    filter: &ProductFilter,
) -> Result<i64, StoreError> {
    Ok(on!(db, |c| query_scalar(COUNT)
        .bind(filter.q.as_deref().map(crate::db::contains))
        .bind(filter.min_price)
        .bind(filter.max_price)
        .bind(filter.in_stock)
        .fetch_one(c)
        .await)?)
}

pub(super) async fn list(
    db: &mut impl Queryable,
    filter: &ProductFilter,
    sort: ProductSort,
    page: PageRequest,
) -> Result<Vec<Product>, StoreError> {
    // Ids are made by the clock that also gives created_at.
    let sql = match sort {
        ProductSort::CreatedAt => LIST_BY_ID,
        ProductSort::CreatedAtDescending => LIST_BY_ID_DESCENDING,
        ProductSort::Name => LIST_BY_NAME,
        ProductSort::NameDescending => LIST_BY_NAME_DESCENDING,
        ProductSort::Price => LIST_BY_PRICE,
        ProductSort::PriceDescending => LIST_BY_PRICE_DESCENDING,
    };
    Ok(on!(db, |c| query_as(sql)
        .bind(filter.q.as_deref().map(crate::db::contains))
        .bind(filter.min_price)
        .bind(filter.max_price)
        .bind(filter.in_stock)
        .bind(page.limit())
        .bind(page.offset())
        .fetch_all(c)
        .await)?)
}
