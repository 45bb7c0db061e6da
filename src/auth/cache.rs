//! What was lately known of log-ins, accounts and keys, so that a request costs the database nothing.
//!
//! An entry lives for [`MAX_AGE`]: what another instance changed counts here within the promised five seconds. What
//! this instance changes, it forgets at once, after the commit.

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use crate::api_keys::{ApiKey, KeyHash};
use crate::db::StoreError;
use crate::domain::{SessionId, UserId};
use crate::users::Standing;

/// The longest that anything is believed without asking the database; a second less than what the contract allows.
pub const MAX_AGE: Duration = Duration::from_secs(4);
/// Most entries of each kind; about 10 MB together.
const CAPACITY: u64 = 50_000;

/// What was lately known. Clones share it.
#[derive(Clone)]
pub struct CredentialCache(Arc<Caches>);

struct Caches {
    sessions: Cache<SessionId, Option<UserId>>,
    users: Cache<UserId, Option<Standing>>,
    keys: Cache<KeyHash, Option<Arc<ApiKey>>>,
    /// Counts what was forgotten, for loads that were under way meanwhile.
    changes: AtomicU64,
}

impl std::fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialCache").finish_non_exhaustive()
    }
}

impl Default for CredentialCache {
    fn default() -> Self {
        Self::new(MAX_AGE)
    }
}

impl CredentialCache {
    /// A cache whose entries live for `max_age`, but never longer than [`MAX_AGE`].
    #[must_use]
    pub fn new(max_age: Duration) -> Self {
        let max_age = max_age.min(MAX_AGE);
        Self(Arc::new(Caches {
            sessions: Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(max_age)
                .build(),
            users: Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(max_age)
                .build(),
            keys: Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(max_age)
                .build(),
            changes: AtomicU64::new(0),
        }))
    }

    /// Forgets log-ins that ended. Call it after the commit.
    pub fn forget_sessions(&self, sessions: &[SessionId]) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        for session in sessions {
            self.0.sessions.invalidate(session);
        }
    }

    /// Forgets an account whose role or lock changed. Call it after the commit.
    pub fn forget_user(&self, user: UserId) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        self.0.users.invalidate(&user);
    }

    /// Forgets a key that was revoked. Call it after the commit.
    pub fn forget_key(&self, key: &KeyHash) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        self.0.keys.invalidate(key);
    }

    pub(super) async fn session<F>(
        &self,
        id: SessionId,
        load: impl Fn() -> F,
    ) -> Result<Option<UserId>, StoreError>
    where
        F: Future<Output = Result<Option<UserId>, StoreError>>,
    {
        self.0.get(&self.0.sessions, id, load).await
    }

    pub(super) async fn user<F>(
        &self,
        id: UserId,
        load: impl Fn() -> F,
    ) -> Result<Option<Standing>, StoreError>
    where
        F: Future<Output = Result<Option<Standing>, StoreError>>,
    {
        self.0.get(&self.0.users, id, load).await
    }

    pub(super) async fn key<F>(
        &self,
        hash: KeyHash,
        load: impl Fn() -> F,
    ) -> Result<Option<Arc<ApiKey>>, StoreError>
    where
        F: Future<Output = Result<Option<Arc<ApiKey>>, StoreError>>,
    {
        self.0.get(&self.0.keys, hash, load).await
    }
}

impl Caches {
    /// The cached value, or a loaded one. A load that was under way while something was forgotten may have read what
    /// was true before: its result is not kept, and it is done once more.
    async fn get<K, V, F>(
        &self,
        cache: &Cache<K, V>,
        key: K,
        load: impl Fn() -> F,
    ) -> Result<V, StoreError>
    where
        K: Hash + Eq + Send + Sync + 'static,
        K: Copy,
        V: Clone + Send + Sync + 'static,
        F: Future<Output = Result<V, StoreError>>,
    {
        if let Some(known) = cache.get(&key) {
            return Ok(known);
        }
        let before = self.changes.load(Ordering::SeqCst);
        let value = load().await?;
        cache.insert(key, value.clone());
        if self.changes.load(Ordering::SeqCst) == before {
            return Ok(value);
        }
        cache.invalidate(&key);
        load().await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::domain::Role;
    use uuid::Uuid;

    const ADMIN: Standing = Standing {
        role: Role::Admin,
        disabled: false,
    };
    const MEMBER: Standing = Standing {
        role: Role::Member,
        disabled: false,
    };

    #[tokio::test]
    async fn what_is_known_costs_no_load_until_it_is_forgotten() {
        let cache = CredentialCache::default();
        let user = UserId::from_uuid(Uuid::from_u128(1));
        let loads = AtomicUsize::new(0);
        let load = || async {
            loads.fetch_add(1, Ordering::SeqCst);
            Ok(Some(ADMIN))
        };

        cache.user(user, load).await.unwrap();
        cache.user(user, load).await.unwrap();
        assert_eq!(loads.load(Ordering::SeqCst), 1);
        cache.forget_user(user);
        cache.user(user, load).await.unwrap();
        assert_eq!(loads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_load_that_a_change_overtook_is_done_again_and_not_kept() {
        let cache = CredentialCache::default();
        let user = UserId::from_uuid(Uuid::from_u128(1));
        let loads = AtomicUsize::new(0);
        let overtaken = || async {
            if loads.fetch_add(1, Ordering::SeqCst) == 0 {
                cache.forget_user(user);
                return Ok(Some(ADMIN));
            }
            Ok(Some(MEMBER))
        };

        assert_eq!(cache.user(user, overtaken).await.unwrap(), Some(MEMBER));
        assert_eq!(cache.user(user, overtaken).await.unwrap(), Some(MEMBER));
        assert_eq!(loads.load(Ordering::SeqCst), 3);
    }
}
