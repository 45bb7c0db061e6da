//! The metric of the limits.

use super::{Budget, Refused, Standing};

/// Who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Store {
    /// This process.
    Memory,
    /// Redis.
    Redis,
}

/// Counts a decision under the budget that made it. A budget that is switched off decides nothing.
pub(super) fn count(budget: Budget, verdict: &Result<Option<Standing>, Refused>, store: Store) {
    let (budget, outcome) = match verdict {
        Ok(None) => return,
        Ok(Some(_)) => (budget, "allowed"),
        Err(refused) => (refused.standing.budget, "refused"),
    };
    let store = match store {
        Store::Memory => "memory",
        Store::Redis => "redis",
    };
    metrics::counter!(
        "rate_limit_decisions_total",
        "budget" => budget.as_str(), "outcome" => outcome, "store" => store
    )
    .increment(1);
}
