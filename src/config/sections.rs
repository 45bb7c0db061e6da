//! The keys of each part, read and checked against each other: every key before anything is refused.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::{
    CorsOrigins, DatabaseConfig, Environment, LogConfig, LogFormat, OrderConfig, RateLimits,
    ServerConfig, read::Reader, values,
};
use crate::domain::{Currency, MAX_AMOUNT};

pub(super) const HOUR: Duration = Duration::from_hours(1);
pub(super) const DAY: Duration = Duration::from_hours(24);

pub(super) fn server(reader: &mut Reader, environment: Environment) -> Option<ServerConfig> {
    let host = reader.text("host");
    let port = reader.parse("port", |text| {
        text.parse()
            .map_err(|_| format!("`{text}` is not a port; write a number from 0 to 65535"))
    });
    let request_timeout = between(reader, "request_timeout", Duration::from_millis(100), HOUR);
    let heavy_timeout = between(reader, "heavy_timeout", Duration::from_millis(100), HOUR);
    let shutdown_timeout = between(reader, "shutdown_timeout", Duration::ZERO, HOUR);
    let shutdown_delay = between(reader, "shutdown_delay", Duration::ZERO, HOUR);
    let header_read_timeout = between(
        reader,
        "header_read_timeout",
        Duration::from_millis(100),
        HOUR,
    );
    let body_read_timeout = between(
        reader,
        "body_read_timeout",
        Duration::from_millis(100),
        HOUR,
    );
    let write_timeout = between(reader, "write_timeout", Duration::from_millis(100), HOUR);
    let idle_timeout = between(reader, "idle_timeout", Duration::from_millis(100), HOUR);
    let max_concurrent_requests =
        reader.parse("max_concurrent_requests", |text| count(text, 1, 1_000_000));
    let max_connections = reader.parse("max_connections", |text| count(text, 1, 1_000_000));
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
        shutdown_delay: shutdown_delay?,
        header_read_timeout: header_read_timeout?,
        body_read_timeout: body_read_timeout?,
        write_timeout: write_timeout?,
        idle_timeout: idle_timeout?,
        max_concurrent_requests: max_concurrent_requests?,
        max_connections: max_connections?,
        trusted_proxies: trusted_proxies?,
        cors: cors?,
    })
}

pub(super) fn database(reader: &mut Reader) -> Option<DatabaseConfig> {
    let url = reader.parse("database_url", |text| {
        let known = ["sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
        // The value may hold a password, so it is not repeated.
        known.then(|| SecretString::from(text)).ok_or_else(|| {
            "must begin with `sqlite://` or `postgres://` and name a database".to_owned()
        })
    });
    let read_url = reader.parse_or_empty("database_read_url", |text| match text {
        "" => Ok(None),
        _ if is_postgres(text) => Ok(Some(SecretString::from(text))),
        _ => Err("must begin with `postgres://`: only PostgreSQL has replicas".to_owned()),
    });
    if let (Some(url), Some(Some(_))) = (&url, &read_url)
        && !is_postgres(url.expose_secret())
    {
        reader.problem(
            "database_read_url",
            "is of no use beside an SQLite DATABASE_URL",
        );
    }
    let migrate_on_start = reader.parse("migrate_on_start", values::flag);
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
        read_url: read_url?,
        migrate_on_start: migrate_on_start?,
        pool_min: pool_min?,
        pool_max: pool_max?,
        statement_timeout: statement_timeout?,
        acquire_timeout: acquire_timeout?,
        lock_timeout: lock_timeout?,
    })
}

pub(super) fn limits(reader: &mut Reader) -> Option<RateLimits> {
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

pub(super) fn orders(reader: &mut Reader) -> Option<OrderConfig> {
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

pub(super) fn log(reader: &mut Reader, environment: Environment) -> Option<LogConfig> {
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

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

pub(super) fn count(text: &str, least: u32, most: u32) -> Result<u32, String> {
    let wrong = || format!("`{text}` is not a whole number from {least} to {most}");
    text.parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(wrong)
}

/// Reads a duration within bounds; what lies outside them is a slip of the unit, not an intention.
pub(super) fn between(
    reader: &mut Reader,
    key: &str,
    least: Duration,
    most: Duration,
) -> Option<Duration> {
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
