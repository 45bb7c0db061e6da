//! Listing, inviting, showing and changing accounts.

use std::time::Duration;

use super::accounts::Accounts;
use super::error::UserError;
use super::model::{NewUser, User, UserChange, UserQuery, may_change, may_read};
use super::store;
use crate::audit::{self, Entry};
use crate::auth::{self, CredentialCache};
use crate::context::RequestContext;
use crate::db::{Db, Tx};
use crate::domain::{Page, SessionId, UserId};
use crate::events::{Event, Outbox};
use crate::idempotency::{self, Begun, Once, Outcome};

/// The use cases of accounts. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Users {
    /// Where everything is stored.
    pub db: Db,
    /// Opens accounts.
    pub accounts: Accounts,
    /// Forgets what changes here.
    pub cache: CredentialCache,
    /// Where events are left.
    pub outbox: Outbox,
    /// How long an idempotency key is kept.
    pub idempotency_ttl: Duration,
}

/// Tells whether a version of the account is the one that the caller knows (`If-Match`).
pub type Precondition<'a> = Option<&'a (dyn Fn(&User) -> bool + Send + Sync)>;

impl Users {
    /// One page of the accounts that the query finds. For staff, which the document sees to, and
    /// from a replica, if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, query: &UserQuery) -> Result<Page<User>, UserError> {
        self.db
            .read_replica(|mut read| async move {
                let total = store::count(&mut read, query).await?;
                let users = store::list(&mut read, query).await?;
                Ok(Page::new(users, query.page, total))
            })
            .await
    }

    /// Invites somebody: opens an account without a password, which nothing opens, and announces it (`user.invited`).
    /// The mail that follows from the event brings the person a first password.
    ///
    /// # Errors
    /// [`UserError::EmailTaken`]; [`UserError::Idempotency`] when the key stands in the way.
    pub async fn invite(
        &self,
        ctx: &RequestContext,
        new: &NewUser,
        once: Option<Once<'_, User, UserError>>,
    ) -> Result<Outcome<User>, UserError> {
        self.db
            .retrying(|| async {
                let key = once.map(|once| once.key);
                let (mut tx, ticket) =
                    match idempotency::begin(&self.db, ctx, self.idempotency_ttl, key).await? {
                        Begun::Run(tx, ticket) => (tx, ticket),
                        Begun::Replay(reply) => return Ok(Outcome::Replayed(reply)),
                    };
                let result = self.invite_in(&mut tx, ctx, new).await;
                let user =
                    idempotency::finish(tx, ticket, result, once.map(|once| once.render)).await?;
                Ok(Outcome::Done(user))
            })
            .await
    }

    async fn invite_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        new: &NewUser,
    ) -> Result<User, UserError> {
        let user = self.accounts.open(tx, ctx, new, "user.invited").await?;
        let event = Event {
            event_type: "user.invited",
            user_id: Some(user.id),
            entity_id: user.id.as_uuid(),
            payload: serde_json::json!({ "userId": user.id.to_string(), "invitedBy": ctx.actor.user_id().map(|id| id.to_string()) }),
        };
        self.outbox.announce(tx, ctx, &event).await?;
        Ok(user)
    }

    /// Shows an account to its owner or to staff.
    ///
    /// # Errors
    /// [`UserError::NotFound`] also when the account is none of the caller's business.
    pub async fn get(&self, ctx: &RequestContext, id: UserId) -> Result<User, UserError> {
        may_read(&ctx.actor, id)?;
        store::find(&mut self.db.read().await?, id)
            .await?
            .ok_or(UserError::NotFound)
    }

    /// Changes an account: oneself the name, administrators everything. Roles and locks take effect at once here and
    /// within five seconds elsewhere; shutting an account ends its log-ins.
    ///
    /// # Errors
    /// [`UserError::NotFound`], [`UserError::Forbidden`], [`UserError::FieldForbidden`], [`UserError::Stale`],
    /// [`UserError::LastAdmin`].
    pub async fn update(
        &self,
        ctx: &RequestContext,
        id: UserId,
        change: &UserChange,
        precondition: Precondition<'_>,
    ) -> Result<User, UserError> {
        may_change(&ctx.actor, id, change)?;
        let (user, ended) = self
            .db
            .retrying(|| self.try_update(ctx, id, change, precondition))
            .await?;
        self.cache.forget_user(id);
        self.cache.forget_sessions(&ended);
        Ok(user)
    }

    async fn try_update(
        &self,
        ctx: &RequestContext,
        id: UserId,
        change: &UserChange,
        precondition: Precondition<'_>,
    ) -> Result<(User, Vec<SessionId>), UserError> {
        let mut tx = self.db.begin().await?;
        let before = store::find(&mut tx, id).await?.ok_or(UserError::NotFound)?;
        if precondition.is_some_and(|is_expected| !is_expected(&before)) {
            return Err(UserError::Stale);
        }
        let wanted = change.applied_to(&before);
        if wanted == before {
            return Ok((before, Vec::new()));
        }
        if before.is_active_admin() && !wanted.is_active_admin() {
            spare_the_last_admin(&mut tx, id).await?;
        }
        let after = store::update(&mut tx, &wanted, ctx.now)
            .await?
            .ok_or(UserError::Overtaken)?;
        let ended = if after.disabled && !before.disabled {
            auth::end_sessions_of_disabled(&mut tx, id, ctx.now).await?
        } else {
            Vec::new()
        };
        self.record(&mut tx, ctx, &before, &after).await?;
        tx.commit().await?;
        Ok((after, ended))
    }

    /// One row for each thing that changed.
    async fn record(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        before: &User,
        after: &User,
    ) -> Result<(), UserError> {
        let entry = |action, from: &str, to: &str| {
            Entry::new(action, "user", after.id)
                .with("from", from)
                .with("to", to)
        };
        let mut entries = Vec::new();
        if before.name != after.name {
            entries.push(entry("user.renamed", &before.name, &after.name));
        }
        if before.role != after.role {
            entries.push(entry(
                "user.role_changed",
                before.role.as_str(),
                after.role.as_str(),
            ));
        }
        match (before.disabled, after.disabled) {
            (false, true) => entries.push(entry("user.disabled", "active", "disabled")),
            (true, false) => entries.push(entry("user.enabled", "disabled", "active")),
            _ => {}
        }
        for entry in &entries {
            audit::record(tx, &self.accounts.ids, ctx, entry).await?;
        }
        Ok(())
    }
}

/// Refuses to take the last administrator away. The locked rows make two administrators who demote each other wait
/// for one another; the second then sees itself alone.
async fn spare_the_last_admin(tx: &mut Tx, leaving: UserId) -> Result<(), UserError> {
    let admins = store::lock_admins(tx).await?;
    if admins.iter().any(|admin| *admin != leaving) {
        Ok(())
    } else {
        Err(UserError::LastAdmin)
    }
}
