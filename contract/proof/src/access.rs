//! Who calls, and whether they may.

use std::collections::HashMap;

use http::{HeaderMap, header};

use crate::{
    answer::Refusal,
    faults::Fault,
    pipeline::Server,
    routes::{Access, Operation},
};

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Customer,
    Staff,
}

impl Role {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
        }
    }
}

/// Somebody with credentials that hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    /// The scopes of the key; none when it was a token.
    scopes: Option<&'static [&'static str]>,
}

impl Caller {
    /// The caller without the rights of staff.
    pub(crate) const fn as_customer(self) -> Self {
        Self {
            role: Role::Customer,
            ..self
        }
    }

    /// Whether something of this owner is theirs to see.
    pub(crate) fn sees(&self, owner: &str) -> bool {
        self.name == owner || self.role == Role::Staff
    }
}

/// An account. Its token always holds, so that both tools can be given the same credentials.
pub(crate) struct Account {
    pub(crate) name: &'static str,
    secret: &'static str,
    pub(crate) token: &'static str,
    role: Role,
}

/// Everybody.
const ACCOUNTS: [Account; 3] = [
    Account {
        name: "ada",
        secret: "parcels for everybody",
        token: "token-of-ada-6f1c2a",
        role: Role::Customer,
    },
    Account {
        name: "bob",
        secret: "letters are enough",
        token: "token-of-bob-90be47",
        role: Role::Customer,
    },
    Account {
        name: "sam",
        secret: "behind the counter",
        token: "token-of-sam-d3385e",
        role: Role::Staff,
    },
];

/// Keys: the text, whose it is, what it may do.
const KEYS: [(&str, &str, &[&str]); 2] = [
    (
        "key-of-ada-full-41d7",
        "ada",
        &["parcels:read", "parcels:write"],
    ),
    ("key-of-ada-read-7c20", "ada", &["parcels:read"]),
];

/// Tokens that were handed out by logging in.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    names: HashMap<String, &'static str>,
}

impl Sessions {
    /// Opens a session. None when the name or the secret is wrong.
    pub(crate) fn open(&mut self, name: &str, secret: &str) -> Option<(String, Role)> {
        let account = ACCOUNTS
            .iter()
            .find(|account| account.name == name && account.secret == secret)?;
        let token = format!("session-{}-{}", account.name, self.names.len());
        self.names.insert(token.clone(), account.name);
        Some((token, account.role))
    }
}

impl Server {
    /// Who calls the operation: none where anybody may.
    pub(crate) fn admit(
        &self,
        operation: Operation,
        access: Option<&Access>,
        headers: &HeaderMap,
    ) -> Result<Option<Caller>, Refusal> {
        let Some(access) = access else {
            return Ok(None);
        };
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let caller = if headers.contains_key(header::AUTHORIZATION) {
            let value = text(header::AUTHORIZATION.as_str()).unwrap_or_default();
            self.bearer(value).ok_or(Refusal::InvalidToken)?
        } else if headers.contains_key("x-api-key") {
            let value = text("x-api-key").unwrap_or_default();
            self.key(value).ok_or(Refusal::InvalidKey)?
        } else if self.has(Fault::CredentialsNotAsked) && operation == Operation::PrintLabel {
            account("ada").ok_or(Refusal::NoToken)?
        } else {
            return Err(Refusal::NoToken);
        };
        self.authorise(&caller, access)?;
        Ok(Some(caller))
    }

    fn bearer(&self, value: &str) -> Option<Caller> {
        let (scheme, token) = value.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("bearer") && !self.has(Fault::AnySchemeAccepted) {
            return None;
        }
        let known = ACCOUNTS
            .iter()
            .find(|account| account.token == token.trim())
            .map(|account| account.name);
        let opened = || self.state().sessions.names.get(token.trim()).copied();
        match known.or_else(opened) {
            Some(name) => account(name),
            // Whoever looks only at the word in front also takes a token of the wrong kind.
            None if self.has(Fault::AnyTokenAccepted) || self.has(Fault::AnySchemeAccepted) => {
                account("ada")
            }
            None => None,
        }
    }

    fn key(&self, value: &str) -> Option<Caller> {
        let found = KEYS.iter().find(|(key, ..)| *key == value);
        let any = self.has(Fault::AnyKeyAccepted).then_some(&KEYS[0]);
        let (_, owner, scopes) = found.or(any)?;
        let caller = account(owner)?;
        Some(Caller {
            scopes: Some(scopes),
            ..caller
        })
    }

    fn authorise(&self, caller: &Caller, access: &Access) -> Result<(), Refusal> {
        if let Some(scopes) = caller.scopes {
            let needed = access.scope.ok_or(Refusal::Forbidden)?;
            if !scopes.contains(&needed) && !self.has(Fault::ScopeNotChecked) {
                return Err(Refusal::InsufficientScope);
            }
        }
        let has_role = access.roles.is_empty() || access.roles.contains(&caller.role);
        if !has_role && !self.has(Fault::RoleNotChecked) {
            return Err(Refusal::Forbidden);
        }
        Ok(())
    }
}

fn account(name: &str) -> Option<Caller> {
    let account = ACCOUNTS.iter().find(|account| account.name == name)?;
    Some(Caller {
        name: account.name,
        role: account.role,
        scopes: None,
    })
}
