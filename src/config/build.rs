//! From layers to a checked [`Config`]: every key is read before anything is refused.

use std::{fmt, time::Duration};

use secrecy::SecretString;

use super::{
    AuthConfig, BootstrapAdmin, Config, ConfigError, CorsOrigins, DatabaseConfig, Environment,
    LogConfig, LogFormat, OrderConfig, RateLimits, ServerConfig, Sources, read::Reader, secrets,
    sources, values,
};

use crate::domain::{Currency, MAX_AMOUNT};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// A configuration and how it came about.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What the server runs with.
    pub config: Config,
    /// Every key with its value and origin, secrets masked.
    pub settings: Vec<Setting>,
}

/// One key as it is shown to the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key as it is written in a file.
    pub key: String,
    /// The value; masked when secret.
    pub value: String,
    /// The layer that decided; empty for the default.
    pub origin: String,
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.replace('\\', "\\\\").replace('"', "\\\"");
        write!(f, "{} = \"{value}\"", self.key)?;
        if self.origin.is_empty() {
            Ok(())
        } else {
            write!(f, "  # {}", self.origin)
        }
    }
}

/// Reads and checks the configuration.
///
/// In development this writes `development-secrets.toml` into the data folder when a secret is missing.
///
/// # Errors
/// [`ConfigError`] with every problem of every layer.
pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
    let mut problems = Vec::new();
    let layers = sources::collect(sources, &mut problems);
    let mut reader = Reader::new(layers, problems);
    let config = config(&mut reader);
    match config {
        Some(config) if reader.is_clean() => Ok(Loaded {
            config,
            settings: reader.settings(),
        }),
        _ => Err(ConfigError::new(reader.into_problems())),
    }
}

fn config(reader: &mut Reader) -> Option<Config> {
    let environment = reader.parse("app_env", environment);
    // An unreadable APP_ENV is checked like production: nothing weak slips through meanwhile.
    let strictness = environment.unwrap_or(Environment::Production);
    let server = server(reader, strictness);
    let database = database(reader);
    let auth = auth(reader, strictness);
    let limits = limits(reader);
    let orders = orders(reader);
    let log = log(reader, strictness);
    Some(Config {
        environment: environment?,
        server: server?,
        database: database?,
        auth: auth?,
        limits: limits?,
        orders: orders?,
        log: log?,
    })
}

fn server(reader: &mut Reader, environment: Environment) -> Option<ServerConfig> {
    let host = reader.text("host");
    let port = reader.parse("port", |text| {
        text.parse()
            .map_err(|_| format!("`{text}` is not a port; write a number from 0 to 65535"))
    });
    let request_timeout = between(reader, "request_timeout", Duration::from_millis(100), HOUR);
    let heavy_timeout = between(reader, "heavy_timeout", Duration::from_millis(100), HOUR);
    let shutdown_timeout = between(reader, "shutdown_timeout", Duration::ZERO, HOUR);
    let header_read_timeout = between(
        reader,
        "header_read_timeout",
        Duration::from_millis(100),
        HOUR,
    );
    let trusted_proxies = reader.parse_or_empty("trusted_proxies", values::networks);
    let cors = reader.parse_or_empty("cors_origins", values::origins);
    if cors == Some(CorsOrigins::Any) && !environment.is_development() {
        reader.problem(
            "cors_origins",
            "`*` is accepted in development only; list the origins",
        );
    }
    if let (Some(request), Some(heavy)) = (request_timeout, heavy_timeout)
        && heavy < request
    {
        reader.problem("heavy_timeout", "must not be shorter than REQUEST_TIMEOUT");
    }
    Some(ServerConfig {
        host: host?,
        port: port?,
        request_timeout: request_timeout?,
        heavy_timeout: heavy_timeout?,
        shutdown_timeout: shutdown_timeout?,
        header_read_timeout: header_read_timeout?,
        trusted_proxies: trusted_proxies?,
        cors: cors?,
    })
}

fn database(reader: &mut Reader) -> Option<DatabaseConfig> {
    let url = reader.parse("database_url", |text| {
        let known = ["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
        // The value may hold a password, so it is not repeated.
        known.then(|| SecretString::from(text)).ok_or_else(|| {
            "must begin with `sqlite://` or `postgres://` and name a database".to_owned()
        })
    });
    let pool_min = reader.parse("db_pool_min", |text| count(text, 0, 1000));
    let pool_max = reader.parse("db_pool_max", |text| count(text, 1, 1000));
    if let (Some(min), Some(max)) = (pool_min, pool_max)
        && min > max
    {
        reader.problem("db_pool_min", "must not be greater than DB_POOL_MAX");
    }
    let statement_timeout = between(
        reader,
        "db_statement_timeout",
        Duration::from_millis(10),
        HOUR,
    );
    let acquire_timeout = between(
        reader,
        "db_acquire_timeout",
        Duration::from_millis(10),
        HOUR,
    );
    let lock_timeout = between(reader, "db_lock_timeout", Duration::from_millis(10), HOUR);
    Some(DatabaseConfig {
        url: url?,
        pool_min: pool_min?,
        pool_max: pool_max?,
        statement_timeout: statement_timeout?,
        acquire_timeout: acquire_timeout?,
        lock_timeout: lock_timeout?,
    })
}

fn auth(reader: &mut Reader, environment: Environment) -> Option<AuthConfig> {
    let jwt_secret = secret(reader, "jwt_secret", environment);
    let refresh_secret = secret(reader, "jwt_refresh_secret", environment);
    if jwt_secret.is_some() && jwt_secret == refresh_secret {
        reader.problem(
            "jwt_refresh_secret",
            "must differ from JWT_SECRET: one leak must not open both",
        );
    }
    let access_ttl = between(reader, "jwt_expires_in", Duration::from_secs(1), DAY);
    let issuer = reader.text("jwt_issuer");
    let audience = reader.text("jwt_audience");
    let refresh_ttl = between(
        reader,
        "refresh_expires_in",
        Duration::from_secs(1),
        90 * DAY,
    );
    let refresh_ttl_mobile = between(
        reader,
        "refresh_expires_in_mobile",
        Duration::from_secs(1),
        90 * DAY,
    );
    let bootstrap_admin = bootstrap_admin(reader, environment);
    Some(AuthConfig {
        jwt_secret: SecretString::from(jwt_secret?),
        refresh_secret: SecretString::from(refresh_secret?),
        access_ttl: access_ttl?,
        issuer: issuer?,
        audience: audience?,
        refresh_ttl: refresh_ttl?,
        refresh_ttl_mobile: refresh_ttl_mobile?,
        bootstrap_admin,
    })
}

/// Development may be careless with the words in a secret, never with its length.
fn secret(reader: &mut Reader, key: &str, environment: Environment) -> Option<String> {
    let Some(secret) = reader.optional(key) else {
        reader.problem(key, format!("is required outside development: at least {} random bytes, like `openssl rand -base64 48`", secrets::SHORTEST));
        return None;
    };
    let weakness = if environment.is_development() && secret.len() >= secrets::SHORTEST {
        None
    } else {
        secrets::weakness(&secret)
    };
    match weakness {
        Some(weakness) => {
            reader.problem(key, weakness);
            None
        }
        None => Some(secret),
    }
}

fn bootstrap_admin(reader: &mut Reader, environment: Environment) -> Option<BootstrapAdmin> {
    let email = reader.optional("bootstrap_admin_email");
    let password = reader.optional("bootstrap_admin_password");
    match (email, password) {
        (Some(email), Some(password)) => {
            if !email.contains('@') {
                reader.problem("bootstrap_admin_email", "is not an e-mail address");
            }
            let shortest = if environment.is_development() { 8 } else { 12 };
            if !(shortest..=128).contains(&password.chars().count()) {
                reader.problem(
                    "bootstrap_admin_password",
                    format!("must have {shortest} to 128 characters"),
                );
            }
            Some(BootstrapAdmin {
                email,
                password: SecretString::from(password),
            })
        }
        (None, None) => None,
        (Some(_), None) => {
            reader.problem(
                "bootstrap_admin_password",
                "is required beside BOOTSTRAP_ADMIN_EMAIL",
            );
            None
        }
        (None, Some(_)) => {
            reader.problem(
                "bootstrap_admin_email",
                "is required beside BOOTSTRAP_ADMIN_PASSWORD",
            );
            None
        }
    }
}

fn limits(reader: &mut Reader) -> Option<RateLimits> {
    let general = reader.parse("rate_limit_general", values::rate);
    let auth = reader.parse("rate_limit_auth", values::rate);
    let heavy = reader.parse("rate_limit_heavy", values::rate);
    let api_key = reader.parse("rate_limit_api_key", values::rate);
    let account_login = reader.parse("rate_limit_account_login", values::rate);
    let global = reader.parse("rate_limit_global", values::rate);
    Some(RateLimits {
        general: general?,
        auth: auth?,
        heavy: heavy?,
        api_key: api_key?,
        account_login: account_login?,
        global: global?,
    })
}

fn orders(reader: &mut Reader) -> Option<OrderConfig> {
    let reservation_ttl = between(
        reader,
        "reservation_ttl",
        Duration::from_millis(100),
        30 * DAY,
    );
    let idempotency_ttl = between(reader, "idempotency_ttl", Duration::from_secs(1), 30 * DAY);
    let approval_threshold = reader.parse("approval_threshold", |text| {
        let amount = text
            .parse()
            .ok()
            .filter(|amount| (0..=MAX_AMOUNT).contains(amount));
        amount.ok_or_else(|| format!("`{text}` is not an amount in minor units, like 1000000"))
    });
    let approval_ttl = between(reader, "approval_ttl", Duration::from_secs(1), 30 * DAY);
    let default_currency = reader.parse("default_currency", |text| {
        let wrong =
            || format!("`{text}` is not an ISO 4217 code; write three capitals, like `USD`");
        text.parse::<Currency>().map_err(|_| wrong())
    });
    Some(OrderConfig {
        reservation_ttl: reservation_ttl?,
        idempotency_ttl: idempotency_ttl?,
        approval_threshold: approval_threshold?,
        approval_ttl: approval_ttl?,
        default_currency: default_currency?,
    })
}

fn log(reader: &mut Reader, environment: Environment) -> Option<LogConfig> {
    let level = reader.parse("log_level", values::log_level);
    let format = reader.parse_or_empty("log_format", |text| match text {
        "" => Ok(None),
        "json" => Ok(Some(LogFormat::Json)),
        "pretty" => Ok(Some(LogFormat::Pretty)),
        _ => Err(format!("`{text}` is no format; write json or pretty")),
    });
    if environment == Environment::Production {
        let words = |level: &String| level.contains("debug") || level.contains("trace");
        if level.as_ref().is_some_and(words) {
            reader.problem(
                "log_level",
                "debug and trace show what production must not show; use info, warn or error",
            );
        }
        if format == Some(Some(LogFormat::Pretty)) {
            reader.problem(
                "log_format",
                "pretty is for people in development; use json",
            );
        }
    }
    Some(LogConfig {
        level: level?,
        format: format?,
    })
}

fn environment(text: &str) -> Result<Environment, String> {
    match text {
        "development" => Ok(Environment::Development),
        "staging" => Ok(Environment::Staging),
        "production" => Ok(Environment::Production),
        _ => Err(format!(
            "`{text}` is no environment; write development, staging or production"
        )),
    }
}

fn count(text: &str, least: u32, most: u32) -> Result<u32, String> {
    let wrong = || format!("`{text}` is not a whole number from {least} to {most}");
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(wrong)
}

/// Reads a duration within bounds; what lies outside them is a slip of the unit, not an intention.
fn between(reader: &mut Reader, key: &str, least: Duration, most: Duration) -> Option<Duration> {
    reader.parse(key, |text| {
        let duration = values::duration(text)?;
        if (least..=most).contains(&duration) {
            return Ok(duration);
        }
        Err(format!(
            "`{text}` must be between {least:?} and {} s",
            most.as_secs()
        ))
    })
}
