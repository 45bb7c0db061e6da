//! Administrators that come from the operator and not from another administrator.

use secrecy::SecretString;

use super::accounts::Accounts;
use super::model::{NewUser, User};
use super::store;
use crate::auth::{self, AuthError, NewPassword, PasswordHasher};
use crate::context::RequestContext;
use crate::db::Db;
use crate::domain::{EmailAddress, Role};

/// Opens the accounts of administrators, for the start of the server and for the command line.
#[derive(Debug, Clone)]
pub struct Admins {
    /// Where everything is stored.
    pub db: Db,
    /// Opens accounts.
    pub accounts: Accounts,
    /// Hashes their passwords.
    pub hasher: PasswordHasher,
}

/// What the bootstrap found or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bootstrap {
    /// There was no administrator; now there is.
    Created(Box<User>),
    /// Somebody can administer already; nothing was touched.
    NotNeeded,
    /// Nobody can administer, but the address belongs to an account that cannot: change that by hand.
    AddressTaken,
}

impl Admins {
    /// Opens an account that can administer.
    ///
    /// # Errors
    /// [`AuthError::WeakPassword`]; [`UserError::EmailTaken`](super::UserError::EmailTaken) inside
    /// [`AuthError::User`].
    pub async fn create(
        &self,
        ctx: &RequestContext,
        email: EmailAddress,
        name: &str,
        password: SecretString,
    ) -> Result<User, AuthError> {
        let hash = self
            .hasher
            .hash(NewPassword::choose(password)?.into_secret())
            .await?;
        let new = NewUser {
            email,
            name: name.to_owned(),
            role: Role::Admin,
        };
        self.db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                let user = self
                    .accounts
                    .open(&mut tx, ctx, &new, "user.registered")
                    .await?;
                auth::set_password_hash(&mut tx, user.id, &hash, ctx.now).await?;
                tx.commit().await?;
                Ok(user)
            })
            .await
    }

    /// Opens the configured administrator's account unless somebody can administer. Several instances that start at
    /// once open one account: the address is unique, and whoever comes second finds the first one's administrator.
    ///
    /// # Errors
    /// [`AuthError::WeakPassword`] for the configured password.
    pub async fn bootstrap(
        &self,
        ctx: &RequestContext,
        email: EmailAddress,
        password: SecretString,
    ) -> Result<Bootstrap, AuthError> {
        if self.exist().await? {
            return Ok(Bootstrap::NotNeeded);
        }
        match self.create(ctx, email, "Administrator", password).await {
            Ok(user) => Ok(Bootstrap::Created(Box::new(user))),
            Err(AuthError::User(super::UserError::EmailTaken)) if self.exist().await? => {
                Ok(Bootstrap::NotNeeded)
            }
            Err(AuthError::User(super::UserError::EmailTaken)) => Ok(Bootstrap::AddressTaken),
            Err(error) => Err(error),
        }
    }

    async fn exist(&self) -> Result<bool, AuthError> {
        Ok(store::count_admins(&mut self.db.read().await?).await? > 0)
    }
}
