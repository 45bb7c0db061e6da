//! What can go wrong with an account.

use openapi_runtime::{Detail, Failure, In, IntoFailure, Reason};

use super::model::Refusal;
use crate::db::{StoreError, Transient};
use crate::idempotency::IdempotencyError;

/// Why an account was not opened, shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum UserError {
    /// The e-mail address has an account already.
    #[error("the e-mail address has an account already")]
    EmailTaken,
    /// There is no such account, or none of the caller's business.
    #[error("there is no such account")]
    NotFound,
    /// The caller may look, but not touch.
    #[error("the caller may not change this account")]
    Forbidden,
    /// The caller may change other fields than these.
    #[error("the caller may not change these fields: {}", .0.join(", "))]
    FieldForbidden(Vec<&'static str>),
    /// The account is not in the version that the caller has seen.
    #[error("the account was changed meanwhile")]
    Stale,
    /// Nobody could administer any more.
    #[error("this is the last administrator")]
    LastAdmin,
    /// Somebody else changed the account during this very change; worth another attempt.
    #[error("two changes of one account met")]
    Overtaken,
    /// The idempotency key stands in the way.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for UserError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Hidden => Self::NotFound,
            Refusal::ReadOnly => Self::Forbidden,
            Refusal::Fields(fields) => Self::FieldForbidden(fields),
        }
    }
}

impl Transient for UserError {
    fn is_transient(&self) -> bool {
        match self {
            Self::Overtaken => true,
            Self::Idempotency(error) => error.is_transient(),
            Self::Store(error) => error.is_transient(),
            _ => false,
        }
    }
}

impl IntoFailure for UserError {
    fn into_failure(self) -> Failure {
        match self {
            Self::Idempotency(error) => error.into_failure(),
            Self::Store(error) => error.into_failure(),
            refusal => (&refusal).into_failure(),
        }
    }
}

/// The refusal in the form that is stored under an idempotency key; what is not a rule's decision has no details here.
impl IntoFailure for &UserError {
    fn into_failure(self) -> Failure {
        match self {
            UserError::EmailTaken => Failure::new(
                "EMAIL_ALREADY_EXISTS",
                "This e-mail address has an account already",
            ),
            UserError::NotFound => Failure::new("USER_NOT_FOUND", "There is no such account"),
            UserError::Forbidden => Failure::new("FORBIDDEN", "You may not change this account"),
            UserError::FieldForbidden(fields) => {
                Failure::new("FIELD_FORBIDDEN", "Only an administrator may change this")
                    .with_details(fields.iter().copied().map(reserved))
            }
            UserError::Stale => Failure::new(
                "PRECONDITION_FAILED",
                "The account was changed meanwhile. Read it again and repeat the change",
            ),
            UserError::LastAdmin => Failure::new(
                "LAST_ADMIN",
                "The last administrator cannot be demoted or disabled",
            ),
            UserError::Overtaken => Failure::new(
                "SERVICE_UNAVAILABLE",
                "The service is busy, try again shortly",
            ),
            // Nothing that a rule decided, so nothing that is ever stored.
            UserError::Idempotency(_) | UserError::Store(_) => {
                Failure::new("INTERNAL_ERROR", "Something went wrong on our side")
            }
        }
    }
}

fn reserved(field: &'static str) -> Detail {
    Detail::new(
        field,
        In::Body,
        Reason::NotAllowed,
        "Only an administrator may change this field",
    )
}
