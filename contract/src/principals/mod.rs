//! Who calls: names with the credentials that they send. Credentials are fixed, or made by steps before the run and
//! again when the server does not take them any more.

mod accounts;
mod read;
mod rights;
pub mod sign_in;

use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use indexmap::{IndexMap, IndexSet};

pub(crate) use read::given;

use crate::{
    api::{Api, Location, Operation, Scheme},
    case::Credentials,
    config::{People, Secret},
    script::{Environment, Step, Template, Values},
};

/// Somebody who calls.
#[derive(Debug, Clone, Default)]
pub struct Principal {
    /// Secrets by security scheme, as [`Scheme::write`] takes them. Those that steps make are kept elsewhere.
    pub secrets: IndexMap<String, String>,
    /// Names under schemes (roles, scopes) that they hold; by scheme. A scheme that is not listed holds everything.
    pub holds: IndexMap<String, Vec<String>>,
    /// Whose objects are theirs: principals with the same account own the same objects.
    pub account: Option<String>,
    /// Whether they may see everybody's objects, so that being served somebody else's says nothing.
    pub oversees: bool,
    /// How their secrets are made.
    pub sign_in: Option<SignIn>,
}

/// How secrets are made.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// Values that the steps share.
    pub values: IndexMap<String, Template>,
    /// The requests.
    pub steps: Vec<Step>,
    /// Secrets by scheme, made of what the steps captured.
    pub secrets: IndexMap<String, Template>,
}

/// Everybody who calls in a run. The first one is the usual caller.
#[derive(Debug, Clone, Default)]
pub struct Principals {
    /// By name.
    pub known: IndexMap<String, Principal>,
    live: Arc<Live>,
}

/// What changes while a run goes on.
#[derive(Debug, Default)]
struct Live {
    signed_in: RwLock<IndexMap<String, SignedIn>>,
    /// One at a time signs in.
    turn: tokio::sync::Mutex<()>,
    /// Operations that answered 401 to fresh credentials, by principal: the status is theirs.
    hopeless: RwLock<HashSet<(String, String)>>,
}

/// What signing in gave.
#[derive(Debug, Clone, Default)]
struct SignedIn {
    secrets: IndexMap<String, String>,
    values: Values,
}

/// What is sent for credentials: location, name and value.
pub type Written = Vec<(Location, String, String)>;

impl Principals {
    /// Principals whose secrets are fixed.
    #[must_use]
    pub fn of(known: IndexMap<String, Principal>) -> Self {
        Self {
            known,
            live: Arc::default(),
        }
    }

    /// Reads a file of principals; without one, the accounts that the configuration names; without them, `secrets` of the
    /// configuration are those of the usual caller.
    ///
    /// # Errors
    /// All problems, one line each, with file and line.
    pub fn read(
        file: Option<&Path>,
        people: Option<&People>,
        secrets: &IndexMap<String, Secret>,
        api: &Api,
        environment: Environment<'_>,
    ) -> Result<Self, String> {
        let known = match (file, people) {
            (Some(file), _) => read::file(file, api, environment)?,
            (None, Some(people)) => accounts::read(people, api, environment)?,
            (None, None) if secrets.is_empty() => IndexMap::new(),
            (None, None) => IndexMap::from([("usual".to_owned(), read::usual(secrets, api)?)]),
        };
        Ok(Self::of(known))
    }

    /// The names of all principals.
    #[must_use]
    pub fn names(&self) -> IndexSet<String> {
        self.known.keys().cloned().collect()
    }

    /// The names of the values that a principal's steps give.
    #[must_use]
    pub fn given(&self, name: &str) -> Vec<String> {
        let sign_in = self
            .known
            .get(name)
            .and_then(|known| known.sign_in.as_ref());
        let values = sign_in.iter().flat_map(|sign_in| sign_in.values.keys());
        let steps = sign_in.iter().flat_map(|sign_in| &sign_in.steps);
        let captured = steps.flat_map(|step| step.capture.keys());
        values.chain(captured).cloned().collect()
    }

    /// The values that a principal's steps captured, once they signed in.
    #[must_use]
    pub fn values(&self, name: &str) -> Values {
        let signed_in = self.live.signed_in.read();
        let signed_in = signed_in.unwrap_or_else(PoisonError::into_inner);
        signed_in
            .get(name)
            .map(|signed_in| signed_in.values.clone())
            .unwrap_or_default()
    }

    /// What goes with a request to an operation on somebody's behalf. Only what the operation asks for is sent: the
    /// first alternative of its `security` that the principal can satisfy.
    #[must_use]
    pub fn write(
        &self,
        operation: &Operation,
        credentials: &Credentials,
        schemes: &IndexMap<String, Scheme>,
    ) -> Written {
        if let Credentials::Forged { scheme, secret } = credentials {
            let written = schemes.get(scheme).and_then(|scheme| scheme.write(secret));
            return written.into_iter().collect();
        }
        self.caller(operation, credentials, schemes)
            .and_then(|(name, principal)| {
                let alternative = principal.alternative(operation, schemes)?;
                let written = alternative.schemes.iter();
                Some(
                    written
                        .filter_map(|(scheme, _)| {
                            schemes.get(scheme)?.write(&self.secret(name, scheme)?)
                        })
                        .collect(),
                )
            })
            .unwrap_or_default()
    }

    /// The principal who is meant by credentials.
    #[must_use]
    pub fn caller(
        &self,
        operation: &Operation,
        credentials: &Credentials,
        schemes: &IndexMap<String, Scheme>,
    ) -> Option<(&str, &Principal)> {
        match credentials {
            Credentials::Usual => self.usual(operation, schemes),
            Credentials::Of(name) => self
                .known
                .get_key_value(name)
                .map(|(name, principal)| (name.as_str(), principal)),
            Credentials::None | Credentials::Own | Credentials::Forged { .. } => None,
        }
    }

    /// The first principal who may call an operation; none when it asks for nobody.
    #[must_use]
    pub fn usual(
        &self,
        operation: &Operation,
        schemes: &IndexMap<String, Scheme>,
    ) -> Option<(&str, &Principal)> {
        if operation.security.is_empty() {
            return None;
        }
        let may = |(_, principal): &(&String, &Principal)| principal.may(operation, schemes);
        let found = self.known.iter().find(may);
        found.map(|(name, principal)| (name.as_str(), principal))
    }

    /// The secret of a principal for a scheme, as it is now.
    #[must_use]
    pub fn secret(&self, name: &str, scheme: &str) -> Option<String> {
        let signed_in = self.live.signed_in.read();
        let signed_in = signed_in.unwrap_or_else(PoisonError::into_inner);
        let live = signed_in
            .get(name)
            .and_then(|signed_in| signed_in.secrets.get(scheme));
        live.or_else(|| self.known.get(name)?.secrets.get(scheme))
            .cloned()
    }

    /// Whose objects a principal's objects are.
    #[must_use]
    pub fn account<'p>(&'p self, name: &'p str) -> &'p str {
        let principal = self.known.get(name);
        principal
            .and_then(|principal| principal.account.as_deref())
            .unwrap_or(name)
    }
}
