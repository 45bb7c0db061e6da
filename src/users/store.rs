//! The SQL of `users`.

use sqlx::{FromRow, query_as, query_scalar};

use super::model::{NewUser, Standing, User, UserQuery, UserSort, search_pattern, search_text};
use crate::db::{Queryable, Statement, StoreError, Tx, on};
use crate::domain::{EmailAddress, Role, Timestamp, UserId};

/// Every statement of this store.
pub const STATEMENTS: &[Statement] = &[
    Statement::both(INSERT),
    Statement::both(FIND),
    Statement::both(FIND_BY_EMAIL),
    Statement::both(FIND_STANDING),
    Statement::both(UPDATE),
    Statement::both(LOCK_ADMINS),
    Statement::both(COUNT_ADMINS),
    Statement::both(COUNT),
    Statement::both(LIST_OLDEST),
    Statement::both(LIST_NEWEST),
    Statement::both(LIST_NAME),
    Statement::both(LIST_NAME_DESCENDING),
    Statement::both(LIST_EMAIL),
    Statement::both(LIST_EMAIL_DESCENDING),
];

#[derive(FromRow)]
struct UserRow {
    id: UserId,
    email: EmailAddress,
    name: String,
    role: Role,
    disabled: bool,
    version: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            disabled: row.disabled,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

const INSERT: &str = "
insert into users (id, email, name, role, disabled, search, version, created_at, updated_at)
values ($1, $2, $3, $4, false, $5, 1, $6, $6)
on conflict (email) do nothing
returning id, email, name, role, disabled, version, created_at, updated_at";

/// Opens an account; none when the e-mail address has one already.
pub(super) async fn insert(
    tx: &mut Tx,
    id: UserId,
    new: &NewUser,
    now: Timestamp,
) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> = on!(tx, |c| query_as(INSERT)
        .bind(id)
        .bind(&new.email)
        .bind(&new.name)
        .bind(new.role)
        .bind(search_text(&new.name, &new.email))
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(User::from))
}

const FIND: &str = "
select id, email, name, role, disabled, version, created_at, updated_at
from users
where id = $1";

/// The account with that id.
pub(super) async fn find(db: &mut impl Queryable, id: UserId) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> = on!(db, |c| query_as(FIND).bind(id).fetch_optional(c).await)?;
    Ok(row.map(User::from))
}

const FIND_BY_EMAIL: &str = "
select id, email, name, role, disabled, version, created_at, updated_at
from users
where email = $1";

/// The account with that e-mail address.
pub(super) async fn find_by_email(
    db: &mut impl Queryable,
    email: &EmailAddress,
) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> = on!(db, |c| query_as(FIND_BY_EMAIL)
        .bind(email)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(User::from))
}

const FIND_STANDING: &str = "select role, disabled from users where id = $1";

/// What counts of an account when one of its credentials is presented.
pub(super) async fn find_standing(
    db: &mut impl Queryable,
    id: UserId,
) -> Result<Option<Standing>, StoreError> {
    let row: Option<(Role, bool)> = on!(db, |c| query_as(FIND_STANDING)
        .bind(id)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(|(role, disabled)| Standing { role, disabled }))
}

const UPDATE: &str = "
update users
set name = $3, role = $4, disabled = $5, search = $6, version = version + 1, updated_at = $7
where id = $1 and version = $2
returning id, email, name, role, disabled, version, created_at, updated_at";

/// Changes an account to `user`, whose version is the one that was read; none when somebody else changed it since.
pub(super) async fn update(
    tx: &mut Tx,
    user: &User,
    now: Timestamp,
) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> = on!(tx, |c| query_as(UPDATE)
        .bind(user.id)
        .bind(user.version)
        .bind(&user.name)
        .bind(user.role)
        .bind(user.disabled)
        .bind(search_text(&user.name, &user.email))
        .bind(now)
        .fetch_optional(c)
        .await)?;
    Ok(row.map(User::from))
}

const LOCK_ADMINS: &str = "
update users
set version = version
where role = 'admin' and not disabled
returning id";

/// The accounts that can administer, locked until the transaction ends: two administrators who demote each other
/// follow one another, and the second finds itself the last.
pub(super) async fn lock_admins(tx: &mut Tx) -> Result<Vec<UserId>, StoreError> {
    Ok(on!(tx, |c| query_scalar(LOCK_ADMINS).fetch_all(c).await)?)
}

const COUNT_ADMINS: &str = "select count(*) from users where role = 'admin' and not disabled";

/// How many accounts can administer.
pub(super) async fn count_admins(db: &mut impl Queryable) -> Result<i64, StoreError> {
    Ok(on!(db, |c| query_scalar(COUNT_ADMINS).fetch_one(c).await)?)
}

/// The condition of the list and of its count.
macro_rules! matching {
    () => {
        "
from users
where (role = $1 or $1 is null) and (search like $2 escape '\\' or $2 is null)"
    };
}

/// The list, in one order.
macro_rules! list {
    ($order:literal) => {
        concat!(
            "
select id, email, name, role, disabled, version, created_at, updated_at",
            matching!(),
            "
order by ",
            $order,
            "
limit $3 offset $4"
        )
    };
}

const COUNT: &str = concat!("\nselect count(*)", matching!());
const LIST_OLDEST: &str = list!("id");
const LIST_NEWEST: &str = list!("id desc");
// The search text begins with the name in lower case.
const LIST_NAME: &str = list!("search, id");
const LIST_NAME_DESCENDING: &str = list!("search desc, id desc");
const LIST_EMAIL: &str = list!("email");
const LIST_EMAIL_DESCENDING: &str = list!("email desc");

/// How many accounts the query finds.
pub(super) async fn count(db: &mut impl Queryable, query: &UserQuery) -> Result<i64, StoreError> {
    let pattern = query.q.as_deref().map(search_pattern);
    Ok(on!(db, |c| query_scalar(COUNT)
        .bind(query.role)
        .bind(pattern)
        .fetch_one(c)
        .await)?)
}

/// One page of the accounts that the query finds.
pub(super) async fn list(
    db: &mut impl Queryable,
    query: &UserQuery,
) -> Result<Vec<User>, StoreError> {
    let sql = match query.sort {
        UserSort::Oldest => LIST_OLDEST,
        UserSort::Newest => LIST_NEWEST,
        UserSort::Name => LIST_NAME,
        UserSort::NameDescending => LIST_NAME_DESCENDING,
        UserSort::Email => LIST_EMAIL,
        UserSort::EmailDescending => LIST_EMAIL_DESCENDING,
    };
    let pattern = query.q.as_deref().map(search_pattern);
    let rows: Vec<UserRow> = on!(db, |c| query_as(sql)
        .bind(query.role)
        .bind(pattern)
        .bind(query.page.limit())
        .bind(query.page.offset())
        .fetch_all(c)
        .await)?;
    Ok(rows.into_iter().map(User::from).collect())
}
