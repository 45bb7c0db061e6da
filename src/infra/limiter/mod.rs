//! Rate limits: how many calls a caller has left, and when a refused one may come again.
//!
//! Each caller has a sliding window per budget, counted in two buckets: the running one in full, the one before
//! it in proportion to how much of it the window still covers. A call is judged against the caller's budget and
//! the global one together and counted in both or in neither, so that refused calls never spend anything.
//! Time comes from the clock, so that tests move it.

mod decisions;
mod memory;
mod shared;
mod standing;
mod window;

use std::{net::IpAddr, time::Duration};

pub use memory::Memory;
pub use shared::Shared;

use self::decisions::{Store, count};
use super::redis::Redis;
use crate::{
    config::{Rate, RateLimits},
    domain::Clock,
};

/// Where calls are counted.
#[derive(Debug)]
pub enum Limiter {
    /// In this process.
    Memory(Box<Memory>),
    /// In Redis, for all instances together; in this process while it is away.
    Redis(Box<Shared>),
}

/// What a call spends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Budget {
    /// Tier `general`.
    General,
    /// Tier `auth`.
    Auth,
    /// Tier `heavy`.
    Heavy,
    /// Tier `general` of a caller with an API key.
    ApiKey,
    /// Attempts to log in to one account.
    AccountLogin,
    /// Everybody together.
    Global,
}

impl Budget {
    /// Returns the name that clients see in `RateLimit-Policy`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Auth => "auth",
            Self::Heavy => "heavy",
            Self::ApiKey => "api-key",
            Self::AccountLogin => "account-login",
            Self::Global => "global",
        }
    }

    fn rate(self, limits: &RateLimits) -> Option<Rate> {
        match self {
            Self::General => limits.general,
            Self::Auth => limits.auth,
            Self::Heavy => limits.heavy,
            Self::ApiKey => limits.api_key,
            Self::AccountLogin => limits.account_login,
            Self::Global => limits.global,
        }
    }
}

/// A caller's standing after a call was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The budget that was judged.
    pub budget: Budget,
    /// Calls that one window allows.
    pub limit: u32,
    /// Calls that are left now.
    pub remaining: u32,
    /// After this time at least one more call is allowed than would be at once.
    pub reset_after: Duration,
    /// Length of the window.
    pub window: Duration,
}

/// A call that was refused and not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// The budget that was spent: the caller's or the global one.
    pub standing: Standing,
    /// A caller that waits exactly this long, while nobody else spends the same budget, succeeds.
    pub retry_after: Duration,
}

impl Limiter {
    /// Counts in this process.
    #[must_use]
    pub fn memory(limits: RateLimits, clock: Clock) -> Self {
        Self::Memory(Box::new(Memory::new(limits, clock)))
    }

    /// Counts in Redis. `secret` hides callers' names there; all instances need the same.
    #[must_use]
    pub fn redis(limits: RateLimits, clock: Clock, redis: Redis, secret: &[u8]) -> Self {
        Self::Redis(Box::new(Shared::new(limits, clock, redis, secret)))
    }

    /// Spends one call of `key`'s budget and of the global one; `None` when the caller's budget is switched off.
    ///
    /// # Errors
    /// [`Refused`] when either is spent; then neither was touched.
    pub async fn spend(&self, budget: Budget, key: &str) -> Result<Option<Standing>, Refused> {
        self.judge(budget, key, true).await
    }

    /// Spends one call of `key`'s budget alone: for what happens inside a call that was counted globally already.
    ///
    /// # Errors
    /// [`Refused`] when it is spent.
    pub async fn spend_alone(
        &self,
        budget: Budget,
        key: &str,
    ) -> Result<Option<Standing>, Refused> {
        self.judge(budget, key, false).await
    }

    async fn judge(
        &self,
        budget: Budget,
        key: &str,
        globally: bool,
    ) -> Result<Option<Standing>, Refused> {
        let (verdict, store) = match self {
            Self::Memory(memory) => (memory.spend(budget, key, globally), Store::Memory),
            Self::Redis(shared) => match shared.spend(budget, key, globally).await {
                Ok(verdict) => (verdict, Store::Redis),
                // Redis says in its own log and metrics that it is away.
                Err(_) => (
                    shared.fallback().spend(budget, key, globally),
                    Store::Memory,
                ),
            },
        };
        count(budget, &verdict, store);
        verdict
    }
}

/// Names an anonymous caller: its address, or the network that an IPv6 customer is given as a whole.
#[must_use]
pub fn address_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => format!("ip:{v4}"),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("ip:{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_customer_is_one_caller() {
        let key = |text: &str| address_key(text.parse().unwrap());
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.7"), "ip:192.0.2.7");
    }
}
