//! Who may call an operation, and on whose behalf a request is sent.

use std::collections::HashSet;

use super::World;
use crate::{
    api::Operation,
    case::{Case, Credentials},
};

impl World<'_> {
    /// Whether somebody may call an operation.
    pub(in crate::laws) fn may(&self, who: Option<&str>, operation: &Operation) -> bool {
        let principal = who.and_then(|name| self.run.principals.known.get(name));
        principal.is_some_and(|principal| principal.may(operation, &self.run.api.schemes))
    }

    /// Everybody who may call an operation, in order.
    pub(in crate::laws) fn callers(&self, operation: &Operation) -> Vec<String> {
        let known = self.run.principals.known.iter();
        let schemes = &self.run.api.schemes;
        let asks = !operation.security.is_empty();
        known
            .filter(|(_, principal)| asks && principal.may(operation, schemes))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// On whose behalf: the one who is asked for, if they may.
    pub(in crate::laws) fn credentials(
        &self,
        who: Option<&str>,
        operation: &Operation,
    ) -> Credentials {
        match who {
            Some(name) if self.may(who, operation) => Credentials::Of(name.to_owned()),
            _ => Credentials::Usual,
        }
    }

    /// Those who may call an operation, one for each account: a key calls for its owner.
    pub(in crate::laws) fn strangers(&self, operation: &Operation) -> Vec<String> {
        let principals = &self.run.principals;
        let mut accounts = HashSet::new();
        let mut callers = self.callers(operation);
        callers.retain(|name| accounts.insert(principals.account(name).to_owned()));
        callers
    }

    /// On whose behalf a request is sent.
    pub(in crate::laws) fn name_of(&self, case: &Case) -> Option<String> {
        if let Credentials::Of(name) = &case.credentials {
            return Some(name.clone());
        }
        let principals = &self.run.principals;
        let usual = principals.usual(&case.operation, &self.run.api.schemes);
        usual.map(|(name, _)| name.to_owned())
    }
}
