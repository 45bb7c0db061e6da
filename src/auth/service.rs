//! Registering, logging in and out, and changing the password.

use std::sync::Arc;

use secrecy::SecretString;
use uuid::Uuid;

use super::access_token::AccessTokens;
use super::cache::CredentialCache;
use super::error::AuthError;
use super::hashing::{PasswordHasher, Verdict};
use super::model::{
    Client, Credentials, RefreshLifetimes, Registration, RevokeReason, Tokens, family_end,
};
use super::policy::NewPassword;
use super::refresh_token::RefreshTokens;
use super::store;
use crate::audit::{self, Entry};
use crate::context::{Actor, RequestContext};
use crate::db::{Db, Tx};
use crate::domain::{Ids, Role, SessionId, Timestamp, UserId};
use crate::infra::limiter::{Budget, Limiter};
use crate::users::{self, Accounts, NewUser, User};

/// The use cases of logging in. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Auth {
    /// Where everything is stored.
    pub db: Db,
    /// Ids and randomness.
    pub ids: Ids,
    /// Opens accounts.
    pub accounts: Accounts,
    /// Hashes and compares passwords.
    pub hasher: PasswordHasher,
    /// Signs access tokens.
    pub access_tokens: Arc<AccessTokens>,
    /// Makes refresh tokens.
    pub refresh_tokens: RefreshTokens,
    /// How long those live.
    pub lifetimes: RefreshLifetimes,
    /// Counts the attempts on each account.
    pub limiter: Arc<Limiter>,
    /// Forgets the log-ins that end here.
    pub cache: CredentialCache,
}

impl Auth {
    /// Opens an account with the role of a member, and its wallet. Nobody is logged in by it.
    ///
    /// # Errors
    /// [`AuthError::WeakPassword`]; [`UserError::EmailTaken`](crate::users::UserError::EmailTaken) inside
    /// [`AuthError::User`].
    pub async fn register(
        &self,
        ctx: &RequestContext,
        registration: Registration,
    ) -> Result<User, AuthError> {
        let Registration {
            email,
            name,
            password,
        } = registration;
        let password = NewPassword::choose(password)?;
        let hash = self.hasher.hash(password.into_secret()).await?;
        let new = NewUser {
            email,
            name,
            role: Role::Member,
        };
        self.db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                let user = self
                    .accounts
                    .open(&mut tx, ctx, &new, "user.registered")
                    .await?;
                store::set_password_hash(&mut tx, user.id, &hash, ctx.now).await?;
                tx.commit().await?;
                Ok(user)
            })
            .await
    }

    /// Logs somebody in. Unknown addresses, wrong passwords, accounts without a password and disabled ones get the same
    /// answer after the same work: one look-up of the account, one of its password, one hash.
    ///
    /// # Errors
    /// [`AuthError::InvalidCredentials`]; [`AuthError::Throttled`] when the account had too many attempts.
    pub async fn log_in(
        &self,
        ctx: &RequestContext,
        credentials: Credentials,
    ) -> Result<Tokens, AuthError> {
        let Credentials {
            email,
            password,
            client,
        } = credentials;
        self.spend_attempt(email.as_str()).await?;
        let mut read = self.db.read().await?;
        let user = users::find_by_email(&mut read, &email).await?;
        // Nobody has the nil id: an unknown address costs the same look-ups as a known one.
        let id = user
            .as_ref()
            .map_or(UserId::from_uuid(Uuid::nil()), |user| user.id);
        let stored = store::find_password_hash(&mut read, id).await?;
        drop(read);

        let verdict = self.hasher.verify(password.clone(), stored.clone()).await?;
        let (Some(user), Some(stored)) = (user, stored) else {
            return Err(AuthError::InvalidCredentials);
        };
        let hash = match verdict {
            Verdict::Wrong => return Err(AuthError::InvalidCredentials),
            _ if user.disabled => return Err(AuthError::InvalidCredentials),
            Verdict::Right => stored.clone(),
            Verdict::RightButOutdated => self.hasher.hash(password).await?,
        };
        let verified = Verified { stored, hash };
        self.db
            .retrying(|| self.begin_session(ctx, &user, client, &verified))
            .await
    }

    /// Ends the log-in of the caller, or all of the account's.
    ///
    /// # Errors
    /// [`AuthError::LoginRequired`] for callers that did not log in.
    pub async fn log_out(&self, ctx: &RequestContext, everywhere: bool) -> Result<(), AuthError> {
        let (user, session) = logged_in(ctx)?;
        let reason = RevokeReason::LoggedOut;
        let ended = self
            .db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                let ended = if everywhere {
                    store::revoke_sessions_of(&mut tx, user, None, reason, ctx.now).await?
                } else {
                    store::revoke_session(&mut tx, user, session, reason, ctx.now).await?;
                    vec![session]
                };
                tx.commit().await?;
                Ok::<_, AuthError>(ended)
            })
            .await?;
        self.cache.forget_sessions(&ended);
        Ok(())
    }

    /// Changes the password of the caller and ends every other log-in of the account.
    ///
    /// # Errors
    /// [`AuthError::InvalidCredentials`] when the current password is wrong, [`AuthError::WeakPassword`] when the new one
    /// may not be chosen, [`AuthError::LoginRequired`], [`AuthError::Throttled`].
    pub async fn change_password(
        &self,
        ctx: &RequestContext,
        current: SecretString,
        new: SecretString,
    ) -> Result<(), AuthError> {
        let (id, session) = logged_in(ctx)?;
        let mut read = self.db.read().await?;
        let user = users::find(&mut read, id)
            .await?
            .ok_or(AuthError::InvalidCredentials)?;
        let stored = store::find_password_hash(&mut read, id).await?;
        drop(read);
        // Whoever took over a log-in must not guess the password here instead of there.
        self.spend_attempt(user.email.as_str()).await?;
        let verdict = self.hasher.verify(current, stored.clone()).await?;
        let (Some(stored), Verdict::Right | Verdict::RightButOutdated) = (stored, verdict) else {
            return Err(AuthError::InvalidCredentials);
        };
        let hash = self
            .hasher
            .hash(NewPassword::choose(new)?.into_secret())
            .await?;
        let verified = Verified { stored, hash };
        let ended = self
            .db
            .retrying(|| self.replace_password(ctx, id, session, &verified))
            .await?;
        self.cache.forget_sessions(&ended);
        Ok(())
    }

    async fn replace_password(
        &self,
        ctx: &RequestContext,
        user: UserId,
        kept: SessionId,
        password: &Verified,
    ) -> Result<Vec<SessionId>, AuthError> {
        let mut tx = self.db.begin().await?;
        password.store(&mut tx, user, ctx.now).await?;
        let reason = RevokeReason::PasswordChanged;
        let ended = store::revoke_sessions_of(&mut tx, user, Some(kept), reason, ctx.now).await?;
        let entry =
            Entry::new("user.password_changed", "user", user).with("endedSessions", ended.len());
        audit::record(&mut tx, &self.ids, ctx, &entry).await?;
        tx.commit().await?;
        Ok(ended)
    }

    async fn begin_session(
        &self,
        ctx: &RequestContext,
        user: &User,
        client: Client,
        password: &Verified,
    ) -> Result<Tokens, AuthError> {
        let session = self.ids.next::<SessionId>();
        let end = family_end(ctx.now);
        let mut tx = self.db.begin().await?;
        // The password may have changed since it was compared, and its other log-ins ended; this one must not slip in.
        password.store(&mut tx, user.id, ctx.now).await?;
        store::insert_session(&mut tx, session, user.id, client, ctx.now, end).await?;
        let issue = Issue {
            session,
            generation: 0,
            client,
            family_end: end,
        };
        let tokens = self.issue(&mut tx, ctx, user.clone(), issue).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    /// Hands out a pair of tokens of one generation of a log-in.
    pub(super) async fn issue(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        user: User,
        issue: Issue,
    ) -> Result<Tokens, AuthError> {
        let Issue {
            session,
            generation,
            client,
            family_end,
        } = issue;
        let expires_at = self.lifetimes.end(client, family_end, ctx.now);
        let (refresh, hash) = self.refresh_tokens.make(&self.ids);
        let line = (user.id, session);
        store::insert_refresh_token(tx, &hash, line, generation, ctx.now, expires_at).await?;
        let access =
            self.access_tokens
                .sign(user.id, user.role, session, self.ids.next_uuid(), ctx.now)?;
        Ok(Tokens {
            access,
            access_expires_in: self.access_tokens.lifetime(),
            refresh,
            refresh_expires_in: expires_at.since(ctx.now),
            user,
        })
    }

    async fn spend_attempt(&self, email: &str) -> Result<(), AuthError> {
        match self.limiter.spend_alone(Budget::AccountLogin, email).await {
            Ok(_) => Ok(()),
            Err(refused) => Err(AuthError::Throttled(refused)),
        }
    }
}

/// For whom a pair of tokens is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Issue {
    pub(super) session: SessionId,
    pub(super) generation: i64,
    pub(super) client: Client,
    pub(super) family_end: Timestamp,
}

/// A password that was compared with a stored hash, and the hash to store from now on.
struct Verified {
    stored: String,
    hash: String,
}

impl Verified {
    /// Stores the hash, unless the stored one is no longer that which was compared.
    async fn store(&self, tx: &mut Tx, user: UserId, now: Timestamp) -> Result<(), AuthError> {
        let is_still_right =
            store::replace_password_hash(tx, user, &self.stored, &self.hash, now).await?;
        if is_still_right {
            Ok(())
        } else {
            Err(AuthError::InvalidCredentials)
        }
    }
}

fn logged_in(ctx: &RequestContext) -> Result<(UserId, SessionId), AuthError> {
    match &ctx.actor {
        Actor::User { id, session, .. } => Ok((*id, *session)),
        Actor::ApiKey { .. } | Actor::System => Err(AuthError::LoginRequired),
    }
}
