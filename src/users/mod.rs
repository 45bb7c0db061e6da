//! Accounts of people: opening, listing, showing, changing, and the administrators that operators create.
//!
//! Owns the table `users`. Audits `user.registered`, `user.invited`, `user.renamed`, `user.role_changed`,
//! `user.disabled` and `user.enabled`; publishes `user.invited`.

mod accounts;
mod admins;
#[cfg(test)]
mod admins_tests;
mod error;
mod handlers;
mod model;
mod service;
pub mod store;
#[cfg(test)]
mod tests;

pub use accounts::Accounts;
pub use admins::{Admins, Bootstrap};
pub use error::UserError;
pub use model::{NewUser, Standing, User, UserChange, UserQuery, UserSort};
pub use service::{Precondition, Users};

use crate::db::{Queryable, StoreError};
use crate::domain::{EmailAddress, UserId};

/// The account with that id.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &mut impl Queryable, id: UserId) -> Result<Option<User>, StoreError> {
    store::find(db, id).await
}

/// The account with that e-mail address.
///
/// # Errors
/// When the database fails.
pub async fn find_by_email(
    db: &mut impl Queryable,
    email: &EmailAddress,
) -> Result<Option<User>, StoreError> {
    store::find_by_email(db, email).await
}

/// What counts of an account when one of its credentials is presented.
///
/// # Errors
/// When the database fails.
pub async fn find_standing(
    db: &mut impl Queryable,
    id: UserId,
) -> Result<Option<Standing>, StoreError> {
    store::find_standing(db, id).await
}
