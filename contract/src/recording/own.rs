//! What our own recordings say of a request beside Schemathesis's form.

use std::time::Duration;

use serde::Deserialize;

use super::{FILTERED, Recorded, expectation};
use crate::{case::Credentials, exchange::NoAnswer};

/// What our own recordings say beside Schemathesis' form.
#[derive(Debug, Deserialize)]
pub(super) struct ContractOf {
    operation: Option<String>,
    credentials: Option<String>,
    scheme: Option<String>,
    principal: Option<String>,
    pub(super) parent: Option<String>,
    expectation: Option<String>,
    idempotency_key: Option<u64>,
}

impl ContractOf {
    /// Puts what it says into an entry.
    pub(super) fn tell(self, entry: &mut Recorded) {
        entry.is_own = true;
        entry.expectation = self.expectation.as_deref().and_then(expectation::read);
        entry.credentials = self.credentials();
        entry.key = self.idempotency_key;
        entry.operation = self.operation;
        entry.identity = self.principal;
    }

    fn credentials(&self) -> Option<Credentials> {
        match self.credentials.as_deref()? {
            "usual" => Some(Credentials::Usual),
            "none" => Some(Credentials::None),
            "own" => Some(Credentials::Own),
            "principal" => Some(Credentials::Of(self.principal.clone()?)),
            "forged" => Some(Credentials::Forged {
                scheme: self.scheme.clone()?,
                secret: FILTERED.to_owned(),
            }),
            _ => None,
        }
    }
}

/// Why no answer came, from the words for it.
pub(super) fn no_answer(text: String) -> NoAnswer {
    if let Some(reason) = text.strip_prefix("no connection: ") {
        return NoAnswer::Unreachable(reason.to_owned());
    }
    let seconds = text
        .strip_prefix("no answer within ")
        .and_then(|rest| rest.strip_suffix(" s")?.parse().ok());
    match seconds {
        Some(seconds) => NoAnswer::TimedOut(Duration::from_secs(seconds)),
        None => NoAnswer::Broken(text),
    }
}
