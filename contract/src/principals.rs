//! Who calls: names with the credentials that they send.

use indexmap::IndexMap;

use crate::{
    api::{Location, Operation, Requirement, Scheme},
    case::Credentials,
};

/// Somebody who calls.
#[derive(Debug, Clone, Default)]
pub struct Principal {
    /// Secrets by security scheme, as [`Scheme::write`] takes them.
    pub secrets: IndexMap<String, String>,
    /// Names under schemes (roles, scopes) that they hold; by scheme. A scheme that is not listed holds everything.
    pub holds: IndexMap<String, Vec<String>>,
}

/// Everybody who calls in a run. The first one is the usual caller.
#[derive(Debug, Clone, Default)]
pub struct Principals {
    /// By name.
    pub known: IndexMap<String, Principal>,
}

/// What is sent for credentials: location, name and value.
pub type Written = Vec<(Location, String, String)>;

impl Principals {
    /// What goes with a request to an operation on somebody's behalf. Only what the operation asks for is sent: the
    /// first alternative of its `security` that the principal can satisfy.
    #[must_use]
    pub fn write(
        &self,
        operation: &Operation,
        credentials: &Credentials,
        schemes: &IndexMap<String, Scheme>,
    ) -> Written {
        match credentials {
            Credentials::None | Credentials::Own => Vec::new(),
            Credentials::Forged { scheme, secret } => schemes
                .get(scheme)
                .and_then(|scheme| scheme.write(secret))
                .into_iter()
                .collect(),
            Credentials::Of(name) => self
                .known
                .get(name)
                .and_then(|principal| principal.write(operation, schemes))
                .unwrap_or_default(),
            Credentials::Usual => self
                .usual(operation)
                .and_then(|(_, principal)| principal.write(operation, schemes))
                .unwrap_or_default(),
        }
    }

    /// The first principal who may call an operation; none when it asks for nobody.
    #[must_use]
    pub fn usual(&self, operation: &Operation) -> Option<(&str, &Principal)> {
        if operation.security.is_empty() {
            return None;
        }
        let may = |(_, principal): &(&String, &Principal)| principal.may(operation);
        let found = self.known.iter().find(may);
        found.map(|(name, principal)| (name.as_str(), principal))
    }
}

impl Principal {
    /// Whether they satisfy an alternative of the operation's `security`.
    #[must_use]
    pub fn may(&self, operation: &Operation) -> bool {
        operation.security.is_empty()
            || operation
                .security
                .iter()
                .any(|alternative| self.satisfies(alternative))
    }

    fn satisfies(&self, alternative: &Requirement) -> bool {
        alternative.schemes.iter().all(|(scheme, asked)| {
            let holds_what_is_asked = match self.holds.get(scheme) {
                None => true,
                // Which of them are needed differs: one of several roles, all of several scopes. One must be there.
                Some(held) => asked.is_empty() || asked.iter().any(|name| held.contains(name)),
            };
            self.secrets.contains_key(scheme) && holds_what_is_asked
        })
    }

    fn write(&self, operation: &Operation, schemes: &IndexMap<String, Scheme>) -> Option<Written> {
        let has_secrets = |alternative: &&Requirement| {
            let mut named = alternative.schemes.iter();
            named.all(|(scheme, _)| self.secrets.contains_key(scheme))
        };
        let satisfied = operation
            .security
            .iter()
            .find(|alternative| self.satisfies(alternative))
            .or_else(|| operation.security.iter().find(has_secrets))?;
        let written = satisfied.schemes.iter();
        Some(
            written
                .filter_map(|(name, _)| schemes.get(name)?.write(self.secrets.get(name)?))
                .collect(),
        )
    }
}
