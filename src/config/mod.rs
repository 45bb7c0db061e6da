//! What the operator decides: every key, where it came from, and what is wrong with it.
//!
//! Layers, each over the one before: `default.toml` (the documentation of every key), the development secrets,
//! the file named by `--config`, `.env` in development, the environment. All problems of all layers are reported
//! together. The environment is read here and nowhere else.
//!
//! Keys of the contract whose feature this version does not have are refused rather than ignored: an operator
//! who sets `AI_PROVIDER` must not believe that prompts are enhanced by it.

mod build;
mod credentials;
mod keys;
mod mail;
mod problem;
mod read;
mod secrets;
mod sections;
mod services;
mod sources;
#[cfg(test)]
mod tests;
mod values;

use std::{net::IpAddr, time::Duration};

use ipnet::IpNet;
use secrecy::SecretString;

use crate::domain::Currency;

pub use build::{Loaded, Setting, load};
pub use mail::{MailConfig, SmtpAddress, SmtpTls};
pub use problem::{ConfigError, Problem};
pub use secrets::{make_development_secrets, new_secret};
pub use services::{JobConfig, RedisAddress, RedisConfig, RedisNode, TraceConfig};
pub use sources::Sources;
pub use values::Rate;

/// The whole configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// How strict the server is.
    pub environment: Environment,
    /// Listening, timeouts and who may call from where.
    pub server: ServerConfig,
    /// The database and its pool.
    pub database: DatabaseConfig,
    /// What instances share beside the database; `None` keeps it in the process.
    pub redis: Option<RedisConfig>,
    /// Secrets and lives of credentials.
    pub auth: AuthConfig,
    /// Budgets of callers.
    pub limits: RateLimits,
    /// What orders and their keys live by.
    pub orders: OrderConfig,
    /// Background work.
    pub jobs: JobConfig,
    /// How mails leave.
    pub mail: MailConfig,
    /// What is logged, and how.
    pub log: LogConfig,
    /// Where traces go.
    pub traces: TraceConfig,
}

/// `APP_ENV`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Convenience: generated secrets, causes of errors in answers, readable logs.
    Development,
    /// Production's rules on somebody else's data.
    Staging,
    /// Weak settings are refused.
    Production,
}

impl Environment {
    /// Returns whether conveniences are switched on.
    #[must_use]
    pub fn is_development(self) -> bool {
        self == Self::Development
    }

    /// Returns the name as it is written in the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }
}

/// How the server listens and how long things may take.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// Name or address to bind to.
    pub host: String,
    /// Port to bind to; 0 picks a free one.
    pub port: u16,
    /// Longest life of a request.
    pub request_timeout: Duration,
    /// Longest life of a request of the `heavy` tier.
    pub heavy_timeout: Duration,
    /// How long running requests may go on after a signal to stop.
    pub shutdown_timeout: Duration,
    /// How long the port stays open after a signal to stop.
    pub shutdown_delay: Duration,
    /// How long a client may take for the head of a request.
    pub header_read_timeout: Duration,
    /// How long a client may take for the body of a request.
    pub body_read_timeout: Duration,
    /// How long a client may leave the next part of an answer unread.
    pub write_timeout: Duration,
    /// How long an idle connection is kept.
    pub idle_timeout: Duration,
    /// Requests that are worked on at once.
    pub max_concurrent_requests: u32,
    /// Connections that are open at once.
    pub max_connections: u32,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Origins that browsers may call from.
    pub cors: CorsOrigins,
}

impl ServerConfig {
    /// Returns whether `X-Forwarded-For` from this peer counts.
    #[must_use]
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies
            .iter()
            .any(|network| network.contains(&peer))
    }
}

/// `CORS_ORIGINS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorsOrigins {
    /// Exactly these; none when empty.
    Listed(Vec<String>),
    /// Every origin; development only.
    Any,
}

/// The database and its pool.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// `sqlite://…` or `postgres://…`; secret because it may hold a password.
    pub url: SecretString,
    /// A replica for what need not be of this moment.
    pub read_url: Option<SecretString>,
    /// Whether `serve` applies missing migrations.
    pub migrate_on_start: bool,
    /// Connections that are kept open.
    pub pool_min: u32,
    /// Most connections that are opened.
    pub pool_max: u32,
    /// Longest time for one statement.
    pub statement_timeout: Duration,
    /// Longest wait for a free connection.
    pub acquire_timeout: Duration,
    /// Longest wait for a lock.
    pub lock_timeout: Duration,
}

/// Secrets and lives of credentials.
#[derive(Debug, Clone)]
pub struct AuthConfig {
    /// Signs access tokens.
    pub jwt_secret: SecretString,
    /// Signed access tokens until a rotation; what they signed is still accepted.
    pub former_jwt_secrets: Vec<SecretString>,
    /// Keys the stored hashes of refresh tokens, and the cursors of feeds.
    pub refresh_secret: SecretString,
    /// Keyed those until a rotation; what they keyed is still found.
    pub former_refresh_secrets: Vec<SecretString>,
    /// Life of an access token.
    pub access_ttl: Duration,
    /// The `iss` claim.
    pub issuer: String,
    /// The `aud` claim.
    pub audience: String,
    /// Life of a refresh token.
    pub refresh_ttl: Duration,
    /// Life of a refresh token of a mobile client.
    pub refresh_ttl_mobile: Duration,
    /// The administrator to create while there is none.
    pub bootstrap_admin: Option<BootstrapAdmin>,
}

/// `BOOTSTRAP_ADMIN_EMAIL` and `BOOTSTRAP_ADMIN_PASSWORD`.
#[derive(Debug, Clone)]
pub struct BootstrapAdmin {
    /// Where the administrator is reached.
    pub email: String,
    /// The first password.
    pub password: SecretString,
}

/// Budgets; `None` is `off`.
#[derive(Debug, Clone)]
pub struct RateLimits {
    /// Tier `general`.
    pub general: Option<Rate>,
    /// Tier `auth`.
    pub auth: Option<Rate>,
    /// Tier `heavy`.
    pub heavy: Option<Rate>,
    /// Tier `general` of callers with an API key.
    pub api_key: Option<Rate>,
    /// Attempts to log in to one account.
    pub account_login: Option<Rate>,
    /// Everybody together.
    pub global: Option<Rate>,
}

/// What orders and their idempotency keys live by.
#[derive(Debug, Clone)]
pub struct OrderConfig {
    /// How long an unpaid order keeps its stock.
    pub reservation_ttl: Duration,
    /// How long the answer to an idempotency key is kept.
    pub idempotency_ttl: Duration,
    /// From this total on an order waits for approval, in minor units; 0 is never.
    pub approval_threshold: i64,
    /// How long it waits.
    pub approval_ttl: Duration,
    /// What new wallets hold.
    pub default_currency: Currency,
}

/// What is logged, and how.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// A level, or directives as `tracing-subscriber` reads them.
    pub level: String,
    /// The form of a line; `None` decides by the terminal.
    pub format: Option<LogFormat>,
}

/// `LOG_FORMAT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Pretty,
}
