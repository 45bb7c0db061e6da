//! What a principal may do: the alternatives of an operation's `security` held against what they have and hold.

use indexmap::IndexMap;

use super::Principal;
use crate::api::{Operation, Requirement, Scheme};

impl Principal {
    /// Whether they satisfy an alternative of the operation's `security`.
    #[must_use]
    pub fn may(&self, operation: &Operation, schemes: &IndexMap<String, Scheme>) -> bool {
        operation.security.is_empty()
            || operation
                .security
                .iter()
                .any(|alternative| self.satisfies(alternative, schemes))
    }

    /// Whether they have, or will have, a secret of a scheme.
    #[must_use]
    pub fn has(&self, scheme: &str) -> bool {
        let made = self.sign_in.as_ref();
        self.secrets.contains_key(scheme)
            || made.is_some_and(|made| made.secrets.contains_key(scheme))
    }

    /// The schemes that they have secrets of.
    pub fn schemes(&self) -> impl Iterator<Item = &String> {
        let made = self.sign_in.iter().flat_map(|made| made.secrets.keys());
        self.secrets.keys().chain(made)
    }

    /// Whether they hold what is asked under a scheme.
    #[must_use]
    pub fn holds(
        &self,
        scheme: &str,
        asked: &[String],
        schemes: &IndexMap<String, Scheme>,
    ) -> bool {
        let Some(held) = self.holds.get(scheme) else {
            return true;
        };
        // Names under `http` schemes are roles, of which one suffices; under the others scopes, all of them needed.
        match schemes.get(scheme) {
            Some(Scheme::Http(_)) => {
                asked.is_empty() || asked.iter().any(|name| held.contains(name))
            }
            _ => asked.iter().all(|name| held.contains(name)),
        }
    }

    fn satisfies(&self, alternative: &Requirement, schemes: &IndexMap<String, Scheme>) -> bool {
        let mut named = alternative.schemes.iter();
        named.all(|(scheme, asked)| self.has(scheme) && self.holds(scheme, asked, schemes))
    }

    /// The alternative that they satisfy, else the first one that they have secrets for.
    pub(super) fn alternative<'o>(
        &self,
        operation: &'o Operation,
        schemes: &IndexMap<String, Scheme>,
    ) -> Option<&'o Requirement> {
        let has_secrets = |alternative: &&Requirement| {
            let mut named = alternative.schemes.iter();
            named.all(|(scheme, _)| self.has(scheme))
        };
        // An alternative without schemes lets everybody in: what a caller can show is shown all the same.
        let is_asking = |alternative: &&Requirement| !alternative.schemes.is_empty();
        let alternatives = operation.security.iter();
        alternatives
            .clone()
            .filter(is_asking)
            .find(|alternative| self.satisfies(alternative, schemes))
            .or_else(|| alternatives.filter(is_asking).find(has_secrets))
    }
}
