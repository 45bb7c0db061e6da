//! Opens accounts: the one place where a user comes into being, whoever asked for it.

use super::error::UserError;
use super::model::{NewUser, User};
use super::store;
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::Tx;
use crate::domain::{Currency, Ids, UserId, made_at};
use crate::wallets;

/// Opens accounts, each with its wallet.
#[derive(Debug, Clone)]
pub struct Accounts {
    /// Names them.
    pub ids: Ids,
    /// What new wallets hold.
    pub currency: Currency,
}

impl Accounts {
    /// Opens an account with an empty wallet and audits it as `action`, all in the caller's transaction.
    ///
    /// # Errors
    /// [`UserError::EmailTaken`]; of two that come at once, one gets the address.
    pub async fn open(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        new: &NewUser,
        action: &'static str,
    ) -> Result<User, UserError> {
        let id = self.ids.next::<UserId>();
        let created_at = made_at(id.as_uuid());
        let user = store::insert(tx, id, new, created_at)
            .await?
            .ok_or(UserError::EmailTaken)?;
        wallets::open(tx, &self.ids, user.id, self.currency, created_at).await?;
        let entry = Entry::new(action, "user", user.id).with("role", user.role);
        audit::record(tx, &self.ids, ctx, &entry).await?;
        Ok(user)
    }
}
