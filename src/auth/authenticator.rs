//! Tells who presents a credential: a log-in's access token or an API key.

use std::sync::Arc;

use openapi_runtime::{CredentialKind, Principal};

use super::access_token::AccessTokens;
use super::cache::CredentialCache;
use super::error::AuthError;
use super::model::Caller;
use super::store;
use crate::api_keys::{self, KeyHash, Mode};
use crate::context::Actor;
use crate::db::Db;
use crate::domain::{Role, Timestamp, UserId};
use crate::users::{self, Standing};

/// Resolves credentials. Within the cache's age it costs a signature check and two look-ups in memory.
#[derive(Debug, Clone)]
pub struct Authenticator {
    db: Db,
    tokens: Arc<AccessTokens>,
    mode: Mode,
    cache: CredentialCache,
}

impl Authenticator {
    /// Reads tokens signed by `tokens` and keys of `mode`.
    #[must_use]
    pub fn new(db: Db, tokens: Arc<AccessTokens>, mode: Mode, cache: CredentialCache) -> Self {
        Self {
            db,
            tokens,
            mode,
            cache,
        }
    }

    /// Who presents this access token. The role is the account's role now, whatever the token says.
    ///
    /// # Errors
    /// [`AuthError::InvalidToken`] when it is no token of ours, its log-in ended or its account is shut;
    /// [`AuthError::Store`] when the database had to be asked and failed.
    pub async fn bearer(&self, token: &str, now: Timestamp) -> Result<Caller, AuthError> {
        let claims = self
            .tokens
            .verify(token, now)
            .map_err(|reason| AuthError::InvalidToken(Some(reason)))?;
        let load = || async {
            let mut read = self.db.read().await?;
            store::find_session_owner(&mut read, claims.user, claims.session).await
        };
        let owner = self.cache.session(claims.session, load).await?;
        if owner != Some(claims.user) {
            return Err(AuthError::InvalidToken(None));
        }
        let role = self
            .role(claims.user)
            .await?
            .ok_or(AuthError::InvalidToken(None))?;
        Ok(Caller {
            actor: Actor::User {
                id: claims.user,
                role,
                session: claims.session,
            },
        })
    }

    /// Who presents this API key. Its scopes shrink with the role of its owner.
    ///
    /// # Errors
    /// [`AuthError::InvalidApiKey`] when there is no such key, it ended or its owner's account is shut;
    /// [`AuthError::Store`] when the database had to be asked and failed.
    pub async fn api_key(&self, key: &str, now: Timestamp) -> Result<Caller, AuthError> {
        let hash = KeyHash::of(self.mode, key).ok_or(AuthError::InvalidApiKey)?;
        let load = || async {
            Ok(api_keys::find_used(&self.db, &hash, now)
                .await?
                .map(Arc::new))
        };
        let key = self
            .cache
            .key(hash, load)
            .await?
            .ok_or(AuthError::InvalidApiKey)?;
        if key.expires_at.is_some_and(|end| now >= end) {
            return Err(AuthError::InvalidApiKey);
        }
        let role = self
            .role(key.owner)
            .await?
            .ok_or(AuthError::InvalidApiKey)?;
        let scopes = key
            .scopes
            .iter()
            .copied()
            .filter(|scope| api_keys::may_grant(role, *scope))
            .collect();
        Ok(Caller {
            actor: Actor::ApiKey {
                id: key.id,
                owner: key.owner,
                role,
                scopes,
            },
        })
    }

    /// The role of an account; none when it is shut.
    async fn role(&self, user: UserId) -> Result<Option<Role>, AuthError> {
        let load = || async { users::find_standing(&mut self.db.read().await?, user).await };
        let standing = self.cache.user(user, load).await?;
        Ok(standing
            .filter(|standing| !standing.disabled)
            .map(|Standing { role, .. }| role))
    }
}

impl Principal for Caller {
    /// An API key has the role of its owner, for it never may do more; its scopes narrow that down.
    fn has_role(&self, role: &str) -> bool {
        match &self.actor {
            Actor::User { role: own, .. } | Actor::ApiKey { role: own, .. } => own.as_str() == role,
            Actor::System => false,
        }
    }

    fn has_scope(&self, scope: &str) -> bool {
        match &self.actor {
            Actor::ApiKey { scopes, .. } => scopes.iter().any(|own| own.as_str() == scope),
            Actor::User { .. } | Actor::System => false,
        }
    }

    fn credential_kind(&self) -> CredentialKind {
        match &self.actor {
            Actor::ApiKey { .. } => CredentialKind::ApiKey,
            Actor::User { .. } | Actor::System => CredentialKind::Bearer,
        }
    }

    fn log_id(&self) -> String {
        self.actor
            .user_id()
            .map_or_else(|| "system".to_owned(), |user| user.to_string())
    }

    fn rate_key(&self) -> String {
        match &self.actor {
            Actor::User { id, .. } => format!("user:{id}"),
            Actor::ApiKey { id, .. } => format!("key:{id}"),
            Actor::System => "system".to_owned(),
        }
    }
}
