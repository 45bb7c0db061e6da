//! Everything that operations can do, in one value: the host that generated code calls.

use std::{future::Future, sync::Arc, time::Duration};

use openapi_runtime::{
    CacheKey, CachedReply, Credential, Failure, Host, IntoFailure, Principal, Quota, Spec,
    Throttled,
};
use secrecy::ExposeSecret;

use super::Overrides;
use crate::{
    api_keys::{ApiKeys, Mode},
    audit::Audit,
    auth::{
        self, AccessTokenSettings, AccessTokens, Auth, Authenticator, Caller, CredentialCache,
        PasswordHasher, RefreshLifetimes, RefreshTokens,
    },
    config::{Config, Environment},
    context::{Actor, RequestContext},
    db::Db,
    domain::{Clock, CursorKey, Ids, Timestamp},
    error::{Error, chain},
    events::Outbox,
    health::Health,
    infra::{
        bus::Bus,
        cache::Cache,
        gate::{Crowded, Gate},
        jobs::Jobs,
        limiter::{Budget, Limiter, Refused, Standing, address_key},
        mailer::Mailer,
        redis::Redis,
        shutdown::Shutdown,
        telemetry::catalogue,
    },
    integrity::Integrity,
    notifications::{Notifications, Templates},
    orders::{OrderSettings, Orders},
    products::Products,
    users::{Accounts, Admins, Users},
    wallets::Wallets,
};

/// When heavy work that found no room is worth another try.
const CROWDED_FOR: Duration = Duration::from_secs(1);

/// Room for cached answers; a page of the catalogue takes about 40 KB.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// The use cases of every feature. Each `handlers.rs` implements its generated trait on it.
#[derive(Debug)]
pub struct Api {
    /// The configuration.
    pub config: Config,
    /// The database.
    pub db: Db,
    /// Where time comes from.
    pub clock: Clock,
    /// Where ids and randomness come from.
    pub ids: Ids,
    /// Log-ins.
    pub auth: Auth,
    /// Tells who presents a credential.
    pub authenticator: Authenticator,
    /// API keys.
    pub api_keys: ApiKeys,
    /// Accounts.
    pub users: Users,
    /// Administrators that the operator creates.
    pub admins: Admins,
    /// The catalogue.
    pub products: Products,
    /// Wallets.
    pub wallets: Wallets,
    /// Orders and their payments.
    pub orders: Orders,
    /// Mails to people.
    pub notifications: Notifications,
    /// The audit log.
    pub audit: Audit,
    /// The integrity checks.
    pub integrity: Integrity,
    /// Health.
    pub health: Health,
    /// What instances share beside the database, when it is configured.
    pub redis: Option<Redis>,
    /// Where events are left.
    pub outbox: Outbox,
    /// Background work.
    pub jobs: Jobs,
    /// Messages between instances.
    pub bus: Bus,
    /// Budgets.
    pub limiter: Arc<Limiter>,
    /// Operations of the `heavy` tier that run at once.
    heavy: Gate,
    /// Answers of operations with `x-cache`.
    pub cache: Cache,
}

impl Api {
    pub(super) fn new(
        config: Config,
        db: Db,
        overrides: Overrides,
        shutdown: Shutdown,
    ) -> Result<Self, Error> {
        let clock = overrides.clock;
        let ids = overrides.ids.unwrap_or_else(|| Ids::new(clock.clone()));
        let redis = redis(&config)?;
        let limiter = Arc::new(limiter(&config, &clock, redis.as_ref()));
        let (bus, cache) = bus_and_cache(&clock, &ids, redis.as_ref());
        let credentials = CredentialCache::new(auth::MAX_AGE, bus.clone());
        let is_live = config.environment == Environment::Production;
        let mode = if is_live { Mode::Live } else { Mode::Test };
        let hasher = PasswordHasher::new(overrides.passwords)
            .map_err(|error| Error::Refused(format!("passwords cannot be hashed: {error}")))?;
        let access_tokens = Arc::new(AccessTokens::new(&access_token_settings(&config)));
        let accounts = Accounts {
            ids: ids.clone(),
            currency: config.orders.default_currency,
        };
        let cursors = cursor_key(&config);
        let idempotency_ttl = config.orders.idempotency_ttl;
        let outbox = Outbox::new(ids.clone());
        let attempts = config.jobs.attempts;
        let jobs = Jobs::new(db.clone(), ids.clone(), clock.clone(), attempts);
        Ok(Self {
            auth: Auth {
                db: db.clone(),
                ids: ids.clone(),
                accounts: accounts.clone(),
                hasher: hasher.clone(),
                access_tokens: Arc::clone(&access_tokens),
                refresh_tokens: refresh_tokens(&config),
                lifetimes: refresh_lifetimes(&config),
                limiter: Arc::clone(&limiter),
                cache: credentials.clone(),
            },
            authenticator: Authenticator::new(db.clone(), access_tokens, mode, credentials.clone()),
            api_keys: ApiKeys {
                db: db.clone(),
                ids: ids.clone(),
                mode,
                cache: credentials.clone(),
            },
            users: Users {
                db: db.clone(),
                accounts: accounts.clone(),
                cache: credentials,
                outbox: outbox.clone(),
                idempotency_ttl,
            },
            admins: Admins {
                db: db.clone(),
                accounts,
                hasher: hasher.clone(),
            },
            notifications: notifications(&config, &db, &ids, hasher)?,
            products: Products {
                db: db.clone(),
                ids: ids.clone(),
                idempotency_ttl,
            },
            wallets: Wallets {
                db: db.clone(),
                ids: ids.clone(),
                outbox: outbox.clone(),
                cursors: cursors.clone(),
                idempotency_ttl,
            },
            orders: Orders {
                db: db.clone(),
                ids: ids.clone(),
                outbox: outbox.clone(),
                settings: order_settings(&config),
            },
            audit: Audit {
                db: db.clone(),
                cursors,
            },
            integrity: Integrity { db: db.clone() },
            health: Health::new(
                db.clone(),
                redis.clone(),
                jobs.clone(),
                cache.clone(),
                shutdown,
            ),
            heavy: heavy_gate(&config),
            config,
            db,
            clock,
            ids,
            redis,
            outbox,
            jobs,
            bus,
            limiter,
            cache,
        })
    }

    /// What a use case needs to know of a request.
    #[must_use]
    pub fn context(
        &self,
        cx: &openapi_runtime::RequestContext,
        caller: Option<&Caller>,
    ) -> RequestContext {
        RequestContext {
            request_id: cx.request_id.as_str().into(),
            traceparent: cx.traceparent.clone(),
            actor: caller.map_or(Actor::System, |caller| caller.actor.clone()),
            client_ip: Some(cx.client_ip),
            deadline: Some(cx.deadline),
            now: moment(cx),
        }
    }

    /// Forgets the cached catalogue. To be called after the commit of whatever changes a product.
    pub fn forget_catalogue(&self) {
        self.cache.invalidate(&["listProducts", "getProduct"]);
    }

    async fn spend(&self, budget: Budget, key: &str) -> Result<Quota, Throttled> {
        match self.limiter.spend(budget, key).await {
            Ok(Some(standing)) => Ok(quota(&standing)),
            Ok(None) => Ok(Quota::off(budget.as_str())),
            Err(Refused {
                standing,
                retry_after,
            }) => Err(Throttled {
                quota: quota(&standing),
                retry_after,
            }),
        }
    }
}

impl Host for Api {
    type Caller = Caller;

    async fn authenticate(
        &self,
        credential: Credential<'_>,
        cx: &openapi_runtime::RequestContext,
    ) -> Result<Caller, Failure> {
        let now = moment(cx);
        let caller = match credential {
            Credential::Bearer(token) => self.authenticator.bearer(token, now).await,
            Credential::ApiKey { value, .. } => self.authenticator.api_key(value, now).await,
            Credential::Basic { .. } => {
                return Err(Failure::new(
                    "INVALID_TOKEN",
                    "Basic authentication is not offered",
                ));
            }
        };
        caller.map_err(IntoFailure::into_failure)
    }

    async fn admit(
        &self,
        tier: &'static str,
        caller: Option<&Caller>,
        cx: &openapi_runtime::RequestContext,
    ) -> Result<Quota, Throttled> {
        let is_key = caller.is_some_and(|caller| matches!(caller.actor, Actor::ApiKey { .. }));
        let budget = match tier {
            "auth" => Budget::Auth,
            "heavy" => Budget::Heavy,
            _ if is_key => Budget::ApiKey,
            _ => Budget::General,
        };
        let key = caller.map_or_else(|| address_key(cx.client_ip), Principal::rate_key);
        self.spend(budget, &key).await
    }

    async fn admit_failed_credentials(
        &self,
        cx: &openapi_runtime::RequestContext,
    ) -> Result<Quota, Throttled> {
        self.spend(Budget::Auth, &address_key(cx.client_ip)).await
    }

    fn cached(
        &self,
        key: CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<CachedReply, Failure>> + Send,
    ) -> impl Future<Output = Result<CachedReply, Failure>> + Send {
        self.cache.get_or_make(key, max_age, make)
    }

    async fn enter(&self, spec: &'static Spec) -> Result<impl Send, Failure> {
        if spec.tier != Some("heavy") {
            return Ok(None);
        }
        self.heavy.enter().await.map(Some).map_err(|Crowded| {
            metrics::counter!(catalogue::REJECTED, "code" => "SERVICE_UNAVAILABLE").increment(1);
            Failure::new(
                "SERVICE_UNAVAILABLE",
                "Too many requests of this kind at once, try again shortly",
            )
            .with_retry_after(CROWDED_FOR)
        })
    }

    fn debug_errors(&self) -> bool {
        self.config.environment.is_development()
    }

    fn timeout(&self, spec: &Spec) -> Duration {
        let server = &self.config.server;
        match (spec.tier, spec.timeout) {
            // What the document grants to heavy work, the operator may cut.
            (Some("heavy"), granted) => granted.map_or(server.heavy_timeout, |granted| {
                granted.min(server.heavy_timeout)
            }),
            (_, granted) => granted.unwrap_or(server.request_timeout),
        }
    }
}

fn quota(standing: &Standing) -> Quota {
    Quota {
        policy: standing.budget.as_str(),
        limit: standing.limit.into(),
        remaining: standing.remaining.into(),
        reset_after: standing.reset_after,
        window: standing.window,
    }
}

/// When the request came in, by our clock.
fn moment(cx: &openapi_runtime::RequestContext) -> Timestamp {
    Timestamp::from(jiff::Timestamp::from(cx.received_at))
}

fn redis(config: &Config) -> Result<Option<Redis>, Error> {
    let redis = config.redis.as_ref().map(Redis::new).transpose();
    redis.map_err(|error| Error::Refused(format!("REDIS_URL cannot be used: {error}")))
}

fn limiter(config: &Config, clock: &Clock, redis: Option<&Redis>) -> Limiter {
    let (limits, clock) = (config.limits.clone(), clock.clone());
    let Some(redis) = redis else {
        return Limiter::memory(limits, clock);
    };
    let secret = config.auth.refresh_secret.expose_secret();
    Limiter::redis(limits, clock, redis.clone(), secret.as_bytes())
}

fn cursor_key(config: &Config) -> CursorKey {
    let auth = &config.auth;
    let former = auth.former_refresh_secrets.iter();
    CursorKey::new(auth.refresh_secret.expose_secret().as_bytes())
        .with_former(former.map(|secret| secret.expose_secret().as_bytes()))
}

fn bus_and_cache(clock: &Clock, ids: &Ids, redis: Option<&Redis>) -> (Bus, Cache) {
    let clock = clock.clone();
    let Some(redis) = redis else {
        return (Bus::memory(), Cache::memory(CACHE_BYTES, clock));
    };
    // Tells this instance's messages and marks from those of the others.
    let instance = ids.next_uuid().simple().to_string();
    let bus = Bus::redis(redis.clone(), instance.clone());
    let cache = Cache::redis(CACHE_BYTES, clock, redis.clone(), bus.clone(), &instance);
    (bus, cache)
}

/// Heavy work takes at most half of the connections to the database, and waits for them as long as anybody does.
fn heavy_gate(config: &Config) -> Gate {
    let running = (config.database.pool_max / 2).max(1);
    let waiting = config.server.max_concurrent_requests / 4;
    Gate::new(running, waiting, config.database.acquire_timeout)
}

fn refresh_tokens(config: &Config) -> RefreshTokens {
    let auth = &config.auth;
    RefreshTokens::new(&auth.refresh_secret, &auth.former_refresh_secrets)
}

fn refresh_lifetimes(config: &Config) -> RefreshLifetimes {
    RefreshLifetimes {
        web: config.auth.refresh_ttl,
        mobile: config.auth.refresh_ttl_mobile,
    }
}

fn access_token_settings(config: &Config) -> AccessTokenSettings {
    AccessTokenSettings {
        secret: config.auth.jwt_secret.clone(),
        former_secrets: config.auth.former_jwt_secrets.clone(),
        issuer: config.auth.issuer.clone(),
        audience: config.auth.audience.clone(),
        lifetime: config.auth.access_ttl,
    }
}

fn notifications(
    config: &Config,
    db: &Db,
    ids: &Ids,
    hasher: PasswordHasher,
) -> Result<Notifications, Error> {
    if config.mail.smtp.is_none() && !config.environment.is_development() {
        tracing::warn!("SMTP_URL is not set: mails are written into files and reach nobody");
    }
    let refused = |error: &dyn std::error::Error| {
        Error::Refused(format!("mails cannot be sent: {}", chain(error)))
    };
    Ok(Notifications {
        db: db.clone(),
        ids: ids.clone(),
        hasher,
        mailer: Arc::new(Mailer::new(&config.mail).map_err(|error| refused(&error))?),
        templates: Arc::new(Templates::compile().map_err(|error| refused(&error))?),
    })
}

fn order_settings(config: &Config) -> OrderSettings {
    OrderSettings {
        reservation_ttl: config.orders.reservation_ttl,
        approval_threshold: config.orders.approval_threshold,
        approval_ttl: config.orders.approval_ttl,
        idempotency_ttl: config.orders.idempotency_ttl,
    }
}
