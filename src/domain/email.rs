//! E-mail addresses.

use std::fmt;
use std::str::FromStr;

/// An e-mail address in lower case, so that one mailbox is one user.
///
/// The document's format is the judge of the syntax (RFC 5321, at most 254 bytes); this type only insists on what the rest
/// relies on: a local part, one `@`, a domain, no blanks or control characters.
#[derive(Clone, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct EmailAddress(String);

/// Not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmail;

impl EmailAddress {
    /// The address, lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let is_plausible = !local.is_empty()
            && !domain.is_empty()
            && text.len() <= 254
            && !text.chars().any(|c| c.is_control() || c.is_whitespace());
        if is_plausible {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(InvalidEmail)
        }
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    /// Debug output ends up in logs, and logs hold no addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}
