//! Takes single values out of the layers, noting what is wrong instead of stopping at it.

use figment::Figment;
use secrecy::SecretString;

use super::{
    build::Setting,
    keys,
    problem::Problem,
    sources::{DOTENV, ENVIRONMENT, Layers, text_of, written},
};

/// Reads keys one by one and remembers every problem.
pub(super) struct Reader {
    layers: Layers,
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn new(layers: Layers, problems: Vec<Problem>) -> Self {
        Self { layers, problems }
    }

    /// Returns a value that must be there.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let text = self.optional(key);
        if text.is_none() {
            self.problem(key, "must not be empty");
        }
        text
    }

    /// Returns a value that may be missing.
    pub(super) fn optional(&mut self, key: &str) -> Option<String> {
        let figment = &self.layers.figment;
        if figment
            .find_value(key)
            .is_ok_and(|value| written(&value).is_none())
        {
            self.problem(key, "must be a text, a whole number or a list of them");
            return None;
        }
        text_of(figment, key)
    }

    /// Returns a value that must be there, read by `parse`.
    pub(super) fn parse<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(key)?;
        self.checked(key, parse(&text))
    }

    /// Returns a value read by `parse`, which gets an empty text when there is none.
    pub(super) fn parse_or_empty<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.optional(key).unwrap_or_default();
        self.checked(key, parse(&text))
    }

    /// Notes a problem with a key.
    pub(super) fn problem(&mut self, key: &str, message: impl Into<String>) {
        let origin = origin(&self.layers.figment, key);
        // The operator finds the key the way it is written there.
        let is_variable = matches!(origin.as_str(), "" | ENVIRONMENT | DOTENV);
        let written_as = if is_variable {
            key.to_ascii_uppercase()
        } else {
            key.to_owned()
        };
        self.problems.push(Problem {
            key: written_as,
            message: message.into(),
            origin,
        });
    }

    /// Returns every key with its masked value and its origin, in the order of the documentation.
    pub(super) fn settings(&self) -> Vec<Setting> {
        let figment = &self.layers.figment;
        let shown = |key: &String| Setting {
            key: key.clone(),
            value: masked(key, text_of(figment, key).unwrap_or_default()),
            origin: origin(figment, key),
        };
        self.layers.known.iter().map(shown).collect()
    }

    /// Returns every key whose value is masked, or holds something that is, with its whole value.
    pub(super) fn secrets(&self) -> Vec<(String, SecretString)> {
        let secret = |key: &String| {
            let value = text_of(&self.layers.figment, key)?;
            let is_secret = masked(key, value.clone()) != value;
            is_secret.then(|| (key.clone(), SecretString::from(value)))
        };
        self.layers.known.iter().filter_map(secret).collect()
    }

    /// Returns the problems found so far.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Returns whether nothing is wrong so far.
    pub(super) fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    fn checked<T>(&mut self, key: &str, result: Result<T, String>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(message) => {
                self.problem(key, message);
                None
            }
        }
    }
}

/// Names the layer that decided a key; empty for the built-in default.
fn origin(figment: &Figment, key: &str) -> String {
    let name = figment
        .find_metadata(key)
        .map(|metadata| metadata.name.to_string())
        .unwrap_or_default();
    if name == "default.toml" {
        String::new()
    } else {
        name
    }
}

/// Hides what must not be shown: secrets, and the password inside an address.
fn masked(key: &str, value: String) -> String {
    if value.is_empty() {
        return value;
    }
    if keys::is_secret(key) {
        return "********".to_owned();
    }
    let Some((scheme, rest)) = value.split_once("://") else {
        return value;
    };
    let Some((credentials, host)) = rest.rsplit_once('@') else {
        return value;
    };
    let user = credentials
        .split_once(':')
        .map_or(credentials, |(user, _)| user);
    format!("{scheme}://{user}:********@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_inside_addresses_are_masked() {
        let shown = masked(
            "database_url",
            "postgres://app:p@ss:word@db.example/waybill".to_owned(),
        );
        assert_eq!(shown, "postgres://app:********@db.example/waybill");
        assert_eq!(
            masked("database_url", "sqlite://data/waybill.db".to_owned()),
            "sqlite://data/waybill.db"
        );
        assert_eq!(masked("jwt_secret", "abc".to_owned()), "********");
    }
}
