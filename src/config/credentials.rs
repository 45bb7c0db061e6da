//! The keys of credentials: secrets, lives, and the first administrator.

use std::time::Duration;

use secrecy::SecretString;

use super::{
    AuthConfig, BootstrapAdmin, Environment,
    read::Reader,
    secrets,
    sections::{DAY, between},
    values,
};

pub(super) fn auth(reader: &mut Reader, environment: Environment) -> Option<AuthConfig> {
    let jwt_secret = secret(reader, "jwt_secret", environment);
    let refresh_secret = secret(reader, "jwt_refresh_secret", environment);
    if jwt_secret.is_some() && jwt_secret == refresh_secret {
        reader.problem(
            "jwt_refresh_secret",
            "must differ from JWT_SECRET: one leak must not open both",
        );
    }
    let former_jwt_secrets = former_secrets(reader, "jwt_former_secrets");
    let former_refresh_secrets = former_secrets(reader, "jwt_refresh_former_secrets");
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
        former_jwt_secrets,
        refresh_secret: SecretString::from(refresh_secret?),
        former_refresh_secrets,
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

/// What signs nothing any more may be weak only if it always was: a guessed former secret opens as many doors.
fn former_secrets(reader: &mut Reader, key: &str) -> Vec<SecretString> {
    let listed = reader.optional(key).unwrap_or_default();
    let secrets: Vec<&str> = values::items(&listed).collect();
    if secrets
        .iter()
        .any(|secret| secret.len() < secrets::SHORTEST)
    {
        reader.problem(
            key,
            format!("holds a secret of less than {} bytes", secrets::SHORTEST),
        );
    }
    secrets.into_iter().map(SecretString::from).collect()
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
