//! Why a mail could not be sent.

use super::templates::BrokenTemplate;
use crate::auth::HashingError;
use crate::db::{StoreError, Transient};
use crate::infra::mailer::MailError;

/// Why a mail could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum NotificationError {
    /// It did not leave.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Its text could not be made.
    #[error(transparent)]
    Template(#[from] BrokenTemplate),
    /// The password of an invitation could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl NotificationError {
    /// Whether trying again cannot help.
    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        match self {
            Self::Mail(error) => error.is_permanent(),
            Self::Template(_) => true,
            Self::Hashing(_) | Self::Store(_) => false,
        }
    }
}

impl Transient for NotificationError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}
