//! What a run knows to be secret before it begins.

use std::collections::BTreeSet;

use super::names::is_secret_name;
use crate::{
    api::{Api, Scheme},
    config::{Secret, Settings},
    principals::Principals,
};

/// Headers that carry secrets, whatever the document says.
const HEADERS: [&str; 9] = [
    "authorization",
    "cookie",
    "idempotency-key",
    "proxy-authorization",
    "set-cookie",
    "x-api-key",
    "x-auth-token",
    "x-csrf-token",
    "x-xsrf-token",
];

/// What must not be written down.
#[derive(Clone, Default)]
pub struct Secrets {
    pub(super) values: BTreeSet<String>,
    /// Headers and query parameters, in small letters.
    names: BTreeSet<String>,
}

impl Secrets {
    /// The credentials that a run knows, and the names under which the document has them sent.
    #[must_use]
    pub fn new(api: &Api, settings: &Settings, principals: &Principals) -> Self {
        let mut secrets = Self::default();
        for scheme in api.schemes.values() {
            if let Scheme::ApiKey { name, .. } = scheme {
                secrets.names.insert(name.to_ascii_lowercase());
            }
        }
        for principal in principals.known.values() {
            for secret in principal.secrets.values() {
                secrets.add(secret);
            }
        }
        for secret in settings.secrets.values() {
            match secret {
                Secret::Fixed(secret) => secrets.add(secret),
                Secret::Fetched { payload, .. } => payload
                    .iter()
                    .filter(|(name, _)| is_secret_name(name))
                    .for_each(|(_, value)| secrets.add(value)),
            }
        }
        let common = settings.overrides.iter().flat_map(|entry| &entry.headers);
        for (name, value) in settings.headers.iter().chain(common) {
            if secrets.is_header(name) {
                secrets.add(secret_of(value));
            }
        }
        if let Some(password) = settings.base_url.password() {
            secrets.add(password);
        }
        secrets
    }

    /// Adds a value. Of `user:password` the password is a secret by itself.
    pub fn add(&mut self, value: &str) {
        if let Some((_, password)) = value.split_once(':') {
            self.values.insert(password.to_owned());
        }
        self.values.insert(value.to_owned());
    }

    /// Whether a header carries a secret.
    pub(super) fn is_header(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        HEADERS.contains(&name.as_str()) || self.names.contains(&name)
    }

    /// Whether a query parameter carries a secret.
    pub(super) fn is_query(&self, name: &str) -> bool {
        self.names.contains(&name.to_ascii_lowercase()) || is_secret_name(name)
    }
}

/// The secret in the value of a header: `Bearer abc` is `abc`.
pub(super) fn secret_of(value: &str) -> &str {
    value.split_once(' ').map_or(value, |(_, secret)| secret)
}
