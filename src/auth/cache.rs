//! What was lately known of log-ins, accounts and keys, so that a request costs the database nothing.
//!
//! An entry lives for [`MAX_AGE`]: what another instance changed counts here within the promised five seconds, whatever
//! else fails. What this instance changes, it forgets at once, after the commit, and tells the others over the bus, who
//! forget it as soon as they hear of it.

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use super::revocation::Revocation;
use crate::api_keys::{ApiKey, KeyHash};
use crate::db::StoreError;
use crate::domain::{SessionId, UserId};
use crate::infra::bus::{Bus, Delivery};
use crate::infra::shutdown::Shutdown;
use crate::users::Standing;

/// The longest that anything is believed without asking the database; a second less than what the contract allows.
pub const MAX_AGE: Duration = Duration::from_secs(4);
/// What this speaks of on the bus: a [`Revocation`] a line.
const TOPIC: &str = "credentials.revoked";
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
    bus: Bus,
}

impl std::fmt::Debug for CredentialCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CredentialCache").finish_non_exhaustive()
    }
}

impl Default for CredentialCache {
    fn default() -> Self {
        Self::new(MAX_AGE, Bus::memory())
    }
}

impl CredentialCache {
    /// A cache whose entries live for `max_age`, but never longer than [`MAX_AGE`].
    #[must_use]
    pub fn new(max_age: Duration, bus: Bus) -> Self {
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
            bus,
        }))
    }

    /// Forgets log-ins that ended. Call it after the commit.
    pub fn forget_sessions(&self, sessions: &[SessionId]) {
        let ended: Vec<Revocation> = sessions.iter().copied().map(Revocation::Session).collect();
        self.revoke(&ended);
    }

    /// Forgets an account whose role or lock changed. Call it after the commit.
    pub fn forget_user(&self, user: UserId) {
        self.revoke(&[Revocation::User(user)]);
    }

    /// Forgets a key that was revoked. Call it after the commit.
    pub fn forget_key(&self, key: &KeyHash) {
        self.revoke(&[Revocation::Key(*key)]);
    }

    /// Forgets what other instances revoke, until the server stops.
    pub async fn run(self, shutdown: Shutdown) {
        let mut revoked = self.0.bus.subscribe(TOPIC);
        loop {
            let delivery = tokio::select! {
                () = shutdown.wait() => return,
                Some(delivery) = revoked.next() => delivery,
                else => return,
            };
            self.hear(&delivery);
        }
    }

    fn hear(&self, delivery: &Delivery) {
        match delivery {
            Delivery::Gap => self.0.forget_all(),
            Delivery::Message(message) if message.is_own => {}
            Delivery::Message(message) => {
                let said = message.payload.lines().filter_map(Revocation::read);
                self.0.forget(&said.collect::<Vec<_>>());
            }
        }
    }

    fn revoke(&self, revocations: &[Revocation]) {
        self.0.forget(revocations);
        if !revocations.is_empty() {
            let lines: Vec<String> = revocations.iter().map(Revocation::to_string).collect();
            self.0.bus.publish(TOPIC, &lines.join("\n"));
        }
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
    fn forget(&self, revocations: &[Revocation]) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        for revocation in revocations {
            match revocation {
                Revocation::Session(session) => self.sessions.invalidate(session),
                Revocation::User(user) => self.users.invalidate(user),
                Revocation::Key(key) => self.keys.invalidate(key),
            }
        }
    }

    fn forget_all(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.sessions.invalidate_all();
        self.users.invalidate_all();
        self.keys.invalidate_all();
    }

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
    use crate::infra::bus::Message;
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
    async fn what_one_instance_revokes_the_others_forget() {
        let (bus, shutdown) = (Bus::memory(), Shutdown::default());
        let cache = CredentialCache::new(MAX_AGE, bus.clone());
        let user = UserId::from_uuid(Uuid::from_u128(1));
        cache
            .user(user, || async { Ok(Some(ADMIN)) })
            .await
            .unwrap();

        let mut heard = bus.subscribe(TOPIC);
        CredentialCache::new(MAX_AGE, bus).forget_user(user);
        let Some(Delivery::Message(message)) = heard.next().await else {
            panic!("nothing was said")
        };
        cache.hear(&Delivery::Message(Message {
            is_own: false,
            ..message
        }));
        let demoted = cache.user(user, || async { Ok(Some(MEMBER)) }).await;
        assert_eq!(demoted.unwrap(), Some(MEMBER));
        shutdown.begin();
        cache.run(shutdown).await;
    }

    #[tokio::test]
    async fn whoever_may_have_missed_a_revocation_forgets_everything() {
        let cache = CredentialCache::default();
        let user = UserId::from_uuid(Uuid::from_u128(1));
        cache
            .user(user, || async { Ok(Some(ADMIN)) })
            .await
            .unwrap();
        cache.hear(&Delivery::Gap);
        let demoted = cache.user(user, || async { Ok(Some(MEMBER)) }).await;
        assert_eq!(demoted.unwrap(), Some(MEMBER));
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
