//! How attempts to pay end, counted for operators.

use crate::infra::telemetry::catalogue;

/// How an attempt to pay an order or to top a wallet up ended. What the database kept from ending is no attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The money moved.
    Completed,
    /// The wallet held too little.
    InsufficientFunds,
    /// The provider did not give the money.
    Declined,
    /// A rule stood in the way, such as the status of the order.
    Refused,
}

impl Attempt {
    /// Counts the attempt. To be called after the commit, and not for answers that are replayed.
    pub fn count(self) {
        metrics::counter!(catalogue::PAYMENTS, "outcome" => self.as_str()).increment(1);
    }

    /// Returns the name as it stands in the metric.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::InsufficientFunds => "insufficient_funds",
            Self::Declined => "declined",
            Self::Refused => "refused",
        }
    }
}
