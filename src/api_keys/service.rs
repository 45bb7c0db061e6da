//! Issuing, listing and revoking API keys.

use super::error::ApiKeyError;
use super::model::{ApiKey, IssuedApiKey, Mode, NewApiKey, Secret, may_grant};
use super::store;
use crate::audit::{self, Entry};
use crate::auth::CredentialCache;
use crate::context::{Actor, RequestContext};
use crate::db::Db;
use crate::domain::{ApiKeyId, Ids, Page, PageRequest, Role, Scope, UserId};

/// The use cases of API keys. Cheap to clone.
#[derive(Debug, Clone)]
pub struct ApiKeys {
    /// Where everything is stored.
    pub db: Db,
    /// Ids and secrets.
    pub ids: Ids,
    /// Which keys are issued here.
    pub mode: Mode,
    /// Forgets the keys that end here.
    pub cache: CredentialCache,
}

impl ApiKeys {
    /// Issues a key that acts for the caller, within these scopes. Its secret is in the answer and nowhere else.
    ///
    /// # Errors
    /// [`ApiKeyError::ScopeNotAllowed`], [`ApiKeyError::AlreadyExpired`], [`ApiKeyError::LoginRequired`].
    pub async fn issue(
        &self,
        ctx: &RequestContext,
        new: &NewApiKey,
    ) -> Result<IssuedApiKey, ApiKeyError> {
        let (owner, role) = logged_in(ctx)?;
        if new.expires_at.is_some_and(|end| end <= ctx.now) {
            return Err(ApiKeyError::AlreadyExpired);
        }
        let refused: Vec<Scope> = new
            .scopes
            .iter()
            .copied()
            .filter(|scope| !may_grant(role, *scope))
            .collect();
        if !refused.is_empty() {
            return Err(ApiKeyError::ScopeNotAllowed(refused));
        }
        let secret = Secret::make(self.mode, &self.ids);
        let key = ApiKey {
            id: self.ids.next(),
            owner,
            name: new.name.clone(),
            prefix: secret.prefix,
            scopes: Scope::ALL
                .iter()
                .copied()
                .filter(|scope| new.scopes.contains(scope))
                .collect(),
            created_at: ctx.now,
            expires_at: new.expires_at,
            last_used_at: None,
        };
        let scopes: Vec<_> = key.scopes.iter().map(|scope| scope.as_str()).collect();
        let entry = Entry::new("api_key.issued", "api_key", key.id)
            .with("userId", owner)
            .with("prefix", &key.prefix)
            .with("scopes", scopes.join(" "));
        self.db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                store::insert(&mut tx, &key, self.mode, &secret.hash).await?;
                audit::record(&mut tx, &self.ids, ctx, &entry).await?;
                tx.commit().await
            })
            .await?;
        Ok(IssuedApiKey {
            key,
            secret: secret.text,
        })
    }

    /// One page of the caller's keys, newest first, without those that were revoked.
    ///
    /// # Errors
    /// [`ApiKeyError::LoginRequired`].
    pub async fn list(
        &self,
        ctx: &RequestContext,
        page: PageRequest,
    ) -> Result<Page<ApiKey>, ApiKeyError> {
        let (owner, _) = logged_in(ctx)?;
        let mut read = self.db.read().await?;
        let total = store::count(&mut read, owner).await?;
        let keys = store::list(&mut read, owner, page).await?;
        Ok(Page::new(keys, page, total))
    }

    /// Ends a key: its owner one of the own, an administrator any. At once here, within five seconds elsewhere.
    ///
    /// # Errors
    /// [`ApiKeyError::NotFound`], [`ApiKeyError::LoginRequired`].
    pub async fn revoke(&self, ctx: &RequestContext, id: ApiKeyId) -> Result<(), ApiKeyError> {
        let (caller, role) = logged_in(ctx)?;
        let owner = if role == Role::Admin {
            None
        } else {
            Some(caller)
        };
        let hash = self
            .db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                let revoked = store::revoke(&mut tx, id, owner, ctx.now).await?;
                let (owner, hash) = revoked.ok_or(ApiKeyError::NotFound)?;
                let entry = Entry::new("api_key.revoked", "api_key", id).with("userId", owner);
                audit::record(&mut tx, &self.ids, ctx, &entry).await?;
                tx.commit().await?;
                Ok::<_, ApiKeyError>(hash)
            })
            .await?;
        self.cache.forget_key(&hash);
        Ok(())
    }
}

fn logged_in(ctx: &RequestContext) -> Result<(UserId, Role), ApiKeyError> {
    match &ctx.actor {
        Actor::User { id, role, .. } => Ok((*id, *role)),
        Actor::ApiKey { .. } | Actor::System => Err(ApiKeyError::LoginRequired),
    }
}
