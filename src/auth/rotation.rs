//! Refresh tokens at work: each is exchanged once, and a second exchange gives a thief away.

use std::time::Duration;

use secrecy::SecretString;

use super::error::AuthError;
use super::model::{Judgement, Presented, RevokeReason, Tokens};
use super::refresh_token::RefreshTokenHash;
use super::service::{Auth, Issue};
use super::store;
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{StoreError, Tx};
use crate::domain::Timestamp;
use crate::users;

/// How long an ended token is still told apart from one that never was.
const KEPT_AFTER_END: Duration = Duration::from_hours(24);

impl Auth {
    /// Exchanges a refresh token for the next pair. Two instances that get the same token at once hand out two pairs
    /// of one generation, as they do for a repeated request; the first of them that is used makes the other old.
    ///
    /// # Errors
    /// [`AuthError::RefreshTokenInvalid`]; [`AuthError::RefreshTokenReused`], which has ended the log-in.
    pub async fn refresh(
        &self,
        ctx: &RequestContext,
        token: &SecretString,
    ) -> Result<Tokens, AuthError> {
        let hashes = self.refresh_tokens.hashes(token);
        if hashes.is_empty() {
            return Err(AuthError::RefreshTokenInvalid);
        }
        self.db.retrying(|| self.exchange(ctx, &hashes)).await
    }

    async fn exchange(
        &self,
        ctx: &RequestContext,
        hashes: &[RefreshTokenHash],
    ) -> Result<Tokens, AuthError> {
        let mut tx = self.db.begin().await?;
        let (presented, generation) = self.take(&mut tx, ctx, hashes).await?;
        let Some(generation) = generation else {
            self.end_stolen(tx, ctx, &presented).await?;
            return Err(AuthError::RefreshTokenReused);
        };
        let user = users::find(&mut tx, presented.user).await?;
        let user = user
            .filter(|user| !user.disabled)
            .ok_or(AuthError::RefreshTokenInvalid)?;
        let issue = Issue {
            session: presented.session,
            generation,
            client: presented.client,
            family_end: presented.expires_at,
        };
        let tokens = self.issue(&mut tx, ctx, user, issue).await?;
        tx.commit().await?;
        Ok(tokens)
    }

    /// Finds the token and moves its log-in on. The generation of the pair to hand out; none when the token was stolen.
    async fn take(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        hashes: &[RefreshTokenHash],
    ) -> Result<(Presented, Option<i64>), AuthError> {
        let mut presented = find(tx, hashes).await?;
        if presented.judge(ctx.now) == Judgement::Current {
            let next = store::rotate(tx, &presented, ctx.now).await?;
            if next.is_some() {
                return Ok((presented, next));
            }
            // Another instance was first; generations only grow, so the token is no longer current.
            presented = find(tx, hashes).await?;
        }
        match presented.judge(ctx.now) {
            Judgement::Repeated => Ok((presented, Some(presented.generation))),
            Judgement::Reused => Ok((presented, None)),
            Judgement::Current | Judgement::Over => Err(AuthError::RefreshTokenInvalid),
        }
    }

    /// Ends the log-in of a stolen token, for the thief and for the owner, and commits that.
    async fn end_stolen(
        &self,
        mut tx: Tx,
        ctx: &RequestContext,
        stolen: &Presented,
    ) -> Result<(), AuthError> {
        let reason = RevokeReason::TokenReused;
        store::revoke_session(&mut tx, stolen.user, stolen.session, reason, ctx.now).await?;
        let entry = Entry::new("session.token_reused", "session", stolen.session)
            .with("userId", stolen.user);
        audit::record(&mut tx, &self.ids, ctx, &entry).await?;
        tx.commit().await?;
        self.cache.forget_sessions(&[stolen.session]);
        tracing::warn!(session.id = %stolen.session, user.id = %stolen.user, "a refresh token was used twice");
        Ok(())
    }

    /// Deletes tokens and log-ins that ended more than a day ago. A task calls it now and then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        self.db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                store::delete_expired(&mut tx, now.minus(KEPT_AFTER_END)).await?;
                tx.commit().await
            })
            .await
    }
}

/// The token under the first of its possible hashes that is stored.
async fn find(tx: &mut Tx, hashes: &[RefreshTokenHash]) -> Result<Presented, AuthError> {
    for hash in hashes {
        if let Some(presented) = store::find_presented(tx, hash).await? {
            return Ok(presented);
        }
    }
    Err(AuthError::RefreshTokenInvalid)
}
