//! How often a caller may call: fixed windows, one for each caller and tier.

use http::{HeaderName, header};

use crate::{
    answer::{Answer, Refusal},
    faults::Fault,
    pipeline::Server,
};

/// Whose budget a call spends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tier {
    General,
    Auth,
    Heavy,
}

impl Tier {
    const fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Auth => "auth",
            Self::Heavy => "heavy",
        }
    }

    /// How many calls, in how many seconds. Only the heavy budget is one that a test spends.
    const fn policy(self) -> (i64, i64) {
        match self {
            Self::General | Self::Auth => (1_000_000, 60),
            Self::Heavy => (10, 2),
        }
    }
}

/// A window that has begun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    ends_ms: i64,
    used: i64,
}

/// What a call leaves of the budget.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    tier: Tier,
    remaining: i64,
    ends_ms: i64,
    wait_s: i64,
    pub(crate) is_spent: bool,
}

impl Server {
    /// Spends one call.
    pub(crate) fn spend(&self, caller: &str, tier: Tier) -> Budget {
        let (quota, window_s) = tier.policy();
        let now = self.now_ms();
        let mut state = self.state();
        let window = state
            .windows
            .entry((caller.to_owned(), tier))
            .or_insert(Window {
                ends_ms: 0,
                used: 0,
            });
        if window.ends_ms <= now {
            *window = Window {
                ends_ms: now + window_s * 1000,
                used: 0,
            };
        }
        let is_spent = window.used >= quota && !self.has(Fault::LimitNotEnforced);
        if !is_spent {
            window.used += 1;
        }
        let left = (quota - window.used).max(0);
        Budget {
            tier,
            remaining: if self.has(Fault::RemainingStands) {
                quota - 1
            } else {
                left
            },
            ends_ms: window.ends_ms,
            // Rounded up: whoever waits this long finds the window over.
            wait_s: (window.ends_ms - now + 999) / 1000,
            is_spent,
        }
    }

    /// Says on an answer what is left.
    pub(crate) fn announce(&self, answer: Answer, budget: Budget) -> Answer {
        let answer = if budget.is_spent {
            let wait = if self.has(Fault::RetryAfterTooShort) {
                // One second less could be right by chance: what is left was rounded up.
                (budget.wait_s - 2).max(0)
            } else {
                budget.wait_s
            };
            answer.with(header::RETRY_AFTER, wait.to_string())
        } else {
            answer
        };
        if self.has(Fault::RateHeadersMissing) {
            return answer;
        }
        let (quota, window_s) = budget.tier.policy();
        let tier = budget.tier.name();
        let limit = if self.has(Fault::HeaderNotANumber) {
            "many".to_owned()
        } else {
            quota.to_string()
        };
        let told = if self.has(Fault::PolicyDisagrees) {
            quota * 2
        } else {
            quota
        };
        let back = if self.has(Fault::ResetInThePast) {
            3600
        } else {
            0
        };
        let reset = (budget.ends_ms + 999) / 1000 - back;
        answer
            .with(HeaderName::from_static("x-ratelimit-limit"), limit)
            .with(
                HeaderName::from_static("x-ratelimit-remaining"),
                budget.remaining.to_string(),
            )
            .with(
                HeaderName::from_static("x-ratelimit-reset"),
                reset.to_string(),
            )
            .with(
                HeaderName::from_static("ratelimit-policy"),
                format!("\"{tier}\";q={told};w={window_s}"),
            )
            .with(
                HeaderName::from_static("ratelimit"),
                format!("\"{tier}\";r={};t={}", budget.remaining, budget.wait_s),
            )
    }
}

impl Budget {
    /// The refusal, when there is nothing left.
    pub(crate) fn check(self) -> Result<(), Refusal> {
        if self.is_spent {
            Err(Refusal::TooManyRequests)
        } else {
            Ok(())
        }
    }
}
