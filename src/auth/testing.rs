//! The account features put together on an own database, for the tests of all three of them.

use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use uuid::Uuid;

use super::*;
use crate::api_keys::{ApiKeys, Mode};
use crate::audit::{self, AuditLog};
use crate::config::{Rate, RateLimits};
use crate::context::{Actor, RequestContext};
use crate::db::Db;
use crate::db::testing::Bench;
use crate::domain::{Clock, Currency, EmailAddress, Ids, Role};
use crate::infra::limiter::Limiter;
use crate::users::{Accounts, Admins, User, Users};

pub(crate) const PASSWORD: &str = "seven quiet rivers";
const DAY: Duration = Duration::from_hours(24);

/// One instance of the account features.
pub(crate) struct Lab {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    pub(crate) auth: Auth,
    pub(crate) users: Users,
    pub(crate) admins: Admins,
    pub(crate) api_keys: ApiKeys,
    pub(crate) authenticator: Authenticator,
    _bench: Option<Bench>,
}

/// A lab on every kind of database that this machine offers.
pub(crate) async fn labs() -> Vec<Lab> {
    labs_allowing(None).await
}

/// Labs in which an account has so many attempts.
pub(crate) async fn labs_allowing(attempts: Option<u32>) -> Vec<Lab> {
    let benches = Bench::each().await.into_iter();
    benches
        .map(|bench| {
            Lab::build(
                bench.db.clone(),
                bench.clock.clone(),
                bench.ids.clone(),
                attempts,
                Some(bench),
            )
        })
        .collect()
}

impl Lab {
    /// A second instance on the same database, with a cache of its own.
    pub(crate) fn neighbour(&self) -> Self {
        let ids = Ids::seeded(self.clock.clone(), 99);
        Self::build(self.db.clone(), self.clock.clone(), ids, None, None)
    }

    fn build(db: Db, clock: Clock, ids: Ids, attempts: Option<u32>, bench: Option<Bench>) -> Self {
        let cache = CredentialCache::default();
        let hasher = PasswordHasher::new(PasswordSettings::cheapest()).unwrap();
        let accounts = Accounts {
            ids: ids.clone(),
            currency: Currency::USD,
        };
        let access_tokens = Arc::new(AccessTokens::new(&AccessTokenSettings {
            secret: "0123456789abcdef0123456789abcdef".into(),
            former_secrets: Vec::new(),
            issuer: "waybill".to_owned(),
            audience: "waybill".to_owned(),
            lifetime: Duration::from_mins(15),
        }));
        let auth = Auth {
            db: db.clone(),
            ids: ids.clone(),
            accounts: accounts.clone(),
            hasher: hasher.clone(),
            access_tokens: Arc::clone(&access_tokens),
            refresh_tokens: RefreshTokens::new(&"another secret of thirty-two bytes".into(), &[]),
            lifetimes: RefreshLifetimes {
                web: 7 * DAY,
                mobile: 30 * DAY,
            },
            limiter: Arc::new(limiter(attempts, &clock)),
            cache: cache.clone(),
        };
        Self {
            users: Users {
                db: db.clone(),
                accounts: accounts.clone(),
                cache: cache.clone(),
                outbox: crate::events::Outbox::new(ids.clone()),
                idempotency_ttl: DAY,
            },
            admins: Admins {
                db: db.clone(),
                accounts,
                hasher,
            },
            api_keys: ApiKeys {
                db: db.clone(),
                ids: ids.clone(),
                mode: Mode::Test,
                cache: cache.clone(),
            },
            authenticator: Authenticator::new(db.clone(), access_tokens, Mode::Test, cache),
            auth,
            db,
            clock,
            ids,
            _bench: bench,
        }
    }

    /// What nobody asked for.
    pub(crate) fn system(&self) -> RequestContext {
        RequestContext::system("test", self.clock.now())
    }

    /// A request of this actor, now.
    pub(crate) fn request_of(&self, actor: Actor) -> RequestContext {
        RequestContext {
            actor,
            ..self.system()
        }
    }

    /// Registers somebody with [`PASSWORD`].
    pub(crate) async fn register(&self, name: &str) -> User {
        let registration = Registration {
            email: email(name),
            name: name.to_owned(),
            password: PASSWORD.into(),
        };
        self.auth
            .register(&self.system(), registration)
            .await
            .unwrap()
    }

    /// Opens an administrator's account with [`PASSWORD`].
    pub(crate) async fn admin(&self, name: &str) -> User {
        self.admins
            .create(&self.system(), email(name), name, PASSWORD.into())
            .await
            .unwrap()
    }

    pub(crate) async fn log_in(&self, name: &str) -> Result<Tokens, AuthError> {
        self.log_in_with(name, PASSWORD, Client::Web).await
    }

    pub(crate) async fn log_in_with(
        &self,
        name: &str,
        password: &str,
        client: Client,
    ) -> Result<Tokens, AuthError> {
        let credentials = Credentials {
            email: email(name),
            password: password.into(),
            client,
        };
        self.auth.log_in(&self.system(), credentials).await
    }

    pub(crate) async fn refresh(&self, token: &SecretString) -> Result<Tokens, AuthError> {
        self.auth.refresh(&self.system(), token).await
    }

    /// Whom the access token opens the API for.
    pub(crate) async fn caller(&self, tokens: &Tokens) -> Result<Caller, AuthError> {
        use secrecy::ExposeSecret as _;
        self.authenticator
            .bearer(tokens.access.expose_secret(), self.clock.now())
            .await
    }

    /// A request of whoever holds the access token.
    pub(crate) async fn request(&self, tokens: &Tokens) -> RequestContext {
        self.request_of(self.caller(tokens).await.unwrap().actor)
    }

    /// What the audit log says about a thing, as `action` and its details.
    pub(crate) async fn audited(
        &self,
        entity: impl Into<Uuid>,
        action: &'static str,
    ) -> Vec<AuditLog> {
        audit::history(
            &mut self.db.read().await.unwrap(),
            entity.into(),
            [action, ""],
        )
        .await
        .unwrap()
    }
}

/// What clients would see.
pub(crate) fn code(error: AuthError) -> &'static str {
    openapi_runtime::IntoFailure::into_failure(error).code
}

pub(crate) fn email(name: &str) -> EmailAddress {
    format!("{name}@example.com").parse().unwrap()
}

pub(crate) fn member(user: &User) -> Actor {
    acting(user, Role::Member)
}

pub(crate) fn acting(user: &User, role: Role) -> Actor {
    Actor::User {
        id: user.id,
        role,
        session: Uuid::from_u128(7).into(),
    }
}

fn limiter(attempts: Option<u32>, clock: &Clock) -> Limiter {
    let account_login = attempts.map(|calls| Rate {
        calls,
        window: Duration::from_mins(1),
        block: None,
    });
    let limits = RateLimits {
        general: None,
        auth: None,
        heavy: None,
        api_key: None,
        account_login,
        global: None,
    };
    Limiter::memory(limits, clock.clone())
}
