//! The configuration as an operator meets it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, time::Duration};

use secrecy::ExposeSecret;

use super::*;

const STRONG: &str = "q7Zx0bYt3mKc9VhR2pLd8WfJ5sNg1TaE";
const OTHER: &str = "Hy6Rt2Pq9Lm4Xc8Vb1Nz7Ks3Dj5Wf0Ga";

fn sources(folder: &Path, variables: &[(&str, &str)]) -> Sources {
    Sources {
        file: None,
        dotenv: folder.join(".env"),
        environment: variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        data_dir: folder.join("data"),
    }
}

fn problems(sources: &Sources) -> Vec<String> {
    load(sources)
        .unwrap_err()
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn an_empty_environment_starts_in_development_with_secrets_of_its_own() {
    let folder = tempfile::tempdir().unwrap();

    let first = load(&sources(folder.path(), &[])).unwrap().config;
    let second = load(&sources(folder.path(), &[])).unwrap().config;

    assert_eq!(first.environment, Environment::Development);
    assert_eq!(first.server.port, 3000);
    assert_eq!(first.auth.access_ttl, Duration::from_mins(15));
    assert_eq!(
        first.limits.auth.unwrap().block,
        Some(Duration::from_mins(1))
    );
    assert_eq!(
        first.auth.jwt_secret.expose_secret(),
        second.auth.jwt_secret.expose_secret()
    );
    assert_ne!(
        first.auth.jwt_secret.expose_secret(),
        first.auth.refresh_secret.expose_secret()
    );
    let mode = fs::metadata(folder.path().join("data/development-secrets.toml"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn the_environment_stands_over_the_file_and_the_file_over_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("waybill.toml");
    fs::write(
        &file,
        "port = 4000\nhost = \"0.0.0.0\"\ntrusted_proxies = [\"10.0.0.0/8\"]\n",
    )
    .unwrap();
    fs::write(
        folder.path().join(".env"),
        "HOST=::1\nRESERVATION_TTL=20m\n",
    )
    .unwrap();
    let mut sources = sources(folder.path(), &[("PORT", "5000"), ("RESERVATION_TTL", "")]);
    sources.file = Some(file);

    let loaded = load(&sources).unwrap();

    assert_eq!(loaded.config.server.port, 5000);
    assert_eq!(loaded.config.server.host, "::1");
    assert_eq!(
        loaded.config.orders.reservation_ttl,
        Duration::from_mins(20)
    );
    assert!(loaded.config.server.trusts("10.1.2.3".parse().unwrap()));
    let port = loaded
        .settings
        .iter()
        .find(|setting| setting.key == "port")
        .unwrap();
    assert_eq!(port.to_string(), "port = \"5000\"  # environment");
}

#[test]
fn every_problem_is_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("waybill.toml");
    fs::write(
        &file,
        "prot = 4000\nai_provider = \"openai\"\ndb_pool_min = 20\n",
    )
    .unwrap();
    let variables = [
        ("PORT", "abc"),
        ("JWT_EXPIRES_IN", "25h"),
        ("DATABSE_URL", "sqlite://x"),
        ("LOG_LEVEL", "verbose"),
        ("PATH", "/bin"),
    ];
    let mut sources = sources(folder.path(), &variables);
    sources.file = Some(file.clone());

    let error = load(&sources).unwrap_err().to_string();

    let expected = format!(
        "the configuration has 7 problems:
  - DATABSE_URL: is unknown; did you mean `database_url`? (from environment)
  - JWT_EXPIRES_IN: `25h` must be between 1s and 86400 s (from environment)
  - LOG_LEVEL: `verbose` is no level; write error, warn, info, debug or trace, or parts like `info,sqlx=warn` (from environment)
  - PORT: `abc` is not a port; write a number from 0 to 65535 (from environment)
  - ai_provider: belongs to a feature that this version does not have; remove it (from {file})
  - db_pool_min: must not be greater than DB_POOL_MAX (from {file})
  - prot: is unknown; did you mean `port`? (from {file})",
        file = file.display()
    );
    assert_eq!(error, expected);
}

#[test]
fn production_refuses_what_is_weak() {
    let folder = tempfile::tempdir().unwrap();
    let weak = [
        ("APP_ENV", "production"),
        ("JWT_SECRET", "short"),
        (
            "JWT_REFRESH_SECRET",
            "a-string-secret-at-least-256-bits-long",
        ),
        ("CORS_ORIGINS", "*"),
        ("LOG_LEVEL", "info,waybill=debug"),
        ("LOG_FORMAT", "pretty"),
    ];

    let found = problems(&sources(folder.path(), &weak));

    let keys: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(
        keys,
        [
            "CORS_ORIGINS",
            "JWT_REFRESH_SECRET",
            "JWT_SECRET",
            "LOG_FORMAT",
            "LOG_LEVEL"
        ]
    );
    let missing = problems(&sources(folder.path(), &[("APP_ENV", "production")]));
    assert!(
        missing
            .iter()
            .all(|line| line.contains("is required outside development")),
        "{missing:?}"
    );
    assert_eq!(missing.len(), 2);
    assert!(
        !folder.path().join("data").exists(),
        "only development writes secrets"
    );
}

#[test]
fn production_starts_with_strong_secrets_and_ignores_the_development_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".env"), "PORT=1\n").unwrap();
    let strong = [
        ("APP_ENV", "production"),
        ("JWT_SECRET", STRONG),
        ("JWT_REFRESH_SECRET", OTHER),
    ];

    let config = load(&sources(folder.path(), &strong)).unwrap().config;

    assert_eq!(config.server.port, 3000);
    let same = [
        ("APP_ENV", "production"),
        ("JWT_SECRET", STRONG),
        ("JWT_REFRESH_SECRET", STRONG),
    ];
    assert!(
        problems(&sources(folder.path(), &same))
            .concat()
            .contains("must differ")
    );
}

#[test]
fn no_secret_is_shown_by_print_or_debug() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("JWT_SECRET", STRONG),
        ("DATABASE_URL", "postgres://app:hunter22@db/waybill"),
    ];

    let loaded = load(&sources(folder.path(), &variables)).unwrap();

    let shown: Vec<String> = loaded.settings.iter().map(ToString::to_string).collect();
    let shown = shown.join("\n");
    let debugged = format!("{loaded:?}");
    for secret in [STRONG, "hunter22"] {
        assert!(!shown.contains(secret) && !debugged.contains(secret));
    }
    assert!(shown.contains("jwt_secret = \"********\"  # environment"));
}
