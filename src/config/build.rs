//! From layers to a checked [`Config`]: every key is read before anything is refused.

use std::{fmt, path::Path};

use secrecy::SecretString;

use super::{
    Config, ConfigError, Environment, Sources, credentials, mail, read::Reader, sections, services,
    sources,
};

/// A configuration and how it came about.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What the server runs with.
    pub config: Config,
    /// Every key with its value and origin, secrets masked.
    pub settings: Vec<Setting>,
    /// The keys that are masked there, with their values.
    pub secrets: Vec<(String, SecretString)>,
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
    let config = config(&mut reader, &sources.data_dir);
    match config {
        Some(config) if reader.is_clean() => Ok(Loaded {
            config,
            settings: reader.settings(),
            secrets: reader.secrets(),
        }),
        _ => Err(ConfigError::new(reader.into_problems())),
    }
}

fn config(reader: &mut Reader, data_dir: &Path) -> Option<Config> {
    let environment = reader.parse("app_env", environment);
    // An unreadable APP_ENV is checked like production: nothing weak slips through meanwhile.
    let strictness = environment.unwrap_or(Environment::Production);
    let server = sections::server(reader, strictness);
    let database = sections::database(reader);
    let redis = services::redis(reader);
    let auth = credentials::auth(reader, strictness);
    let limits = sections::limits(reader);
    let orders = sections::orders(reader);
    let jobs = services::jobs(reader);
    let mail = mail::mail(reader, strictness, data_dir);
    let log = sections::log(reader, strictness);
    let traces = services::traces(reader);
    Some(Config {
        environment: environment?,
        server: server?,
        database: database?,
        redis: redis?,
        auth: auth?,
        limits: limits?,
        orders: orders?,
        jobs: jobs?,
        mail: mail?,
        log: log?,
        traces: traces?,
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
