//! Counting in Redis: one budget for all instances, judged and counted by one script in one step.
//!
//! Time is Redis's own, so that instances whose clocks differ count in the same window. A test's clock is passed along.
//!
//! While Redis is away each instance counts for itself, from nothing: a caller then has at most as many budgets as there
//! are instances.
//!
//! A script reaches keys of one hash tag only. On one server (or a watched master) there is one tag. On a cluster callers
//! are spread over several tags, and the global budget is split between them in parts that sum up to it: as many as leave
//! each part twice the largest budget of one caller, so that no caller spends a part alone, and at most [`MOST_PARTS`].
//! Callers that meet in one part can be refused a little before the whole budget is spent, never after.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{
    Budget, Memory, Refused, Standing,
    standing::{refused, standing},
    window::{Terms, Window},
};
use crate::{
    config::RateLimits,
    domain::Clock,
    infra::redis::{Redis, RedisError, Script},
};

/// More parts than a cluster of usual size has masters.
const MOST_PARTS: u32 = 16;

/// Windows in Redis, and those in this process for the time that it is away.
#[derive(Debug)]
pub struct Shared {
    redis: Redis,
    script: Script,
    limits: RateLimits,
    clock: Clock,
    callers: CallerKey,
    parts: u32,
    fallback: Memory,
}

/// Hides who a window belongs to: what lies in Redis names nobody, and nobody can compute it without the secret.
#[derive(Debug, Clone)]
struct CallerKey(Hmac<Sha256>);

/// A window as Redis keeps it, with what is demanded of it.
struct Judged {
    budget: Budget,
    key: String,
    terms: Terms,
}

impl Shared {
    pub(super) fn new(limits: RateLimits, clock: Clock, redis: Redis, secret: &[u8]) -> Self {
        let parts = if redis.is_cluster() {
            parts(&limits)
        } else {
            1
        };
        Self {
            script: Script::new(include_str!("rate_limit.lua")),
            callers: CallerKey::new(secret),
            fallback: Memory::new(limits.clone(), clock.clone()),
            parts,
            redis,
            limits,
            clock,
        }
    }

    pub(super) fn fallback(&self) -> &Memory {
        &self.fallback
    }

    /// Judges and counts in Redis.
    ///
    /// # Errors
    /// The outer one when Redis did not answer; then nobody knows whether the call was counted.
    pub(super) async fn spend(
        &self,
        budget: Budget,
        key: &str,
        globally: bool,
    ) -> Result<Result<Option<Standing>, Refused>, RedisError> {
        let windows = self.windows(budget, key, globally);
        if windows.is_empty() {
            return Ok(Ok(None));
        }
        let keys: Vec<&str> = windows.iter().map(|window| window.key.as_str()).collect();
        let arguments = self.arguments(&windows);
        let arguments: Vec<&[u8]> = arguments.iter().map(String::as_bytes).collect();
        let answer: Vec<u64> = self
            .redis
            .eval("rate_limit", &self.script, &keys, &arguments)
            .await?;
        Ok(read(budget, &windows, &answer))
    }

    /// The caller's window, unless its budget is off, and the global one, unless it is off or not asked for.
    fn windows(&self, budget: Budget, key: &str, globally: bool) -> Vec<Judged> {
        let caller = self.callers.hash(budget, key);
        let part = part_of(caller, self.parts);
        let tag = format!("{{{}:limits:{part}}}", self.redis.prefix());
        let own = budget.rate(&self.limits).map(|rate| Judged {
            budget,
            key: format!(
                "{tag}:{}:{}",
                budget.as_str(),
                URL_SAFE_NO_PAD.encode(caller)
            ),
            terms: Terms::from(rate),
        });
        let global = self.limits.global.filter(|_| globally).map(|rate| {
            let whole = Terms::from(rate);
            Judged {
                budget: Budget::Global,
                key: format!("{tag}:global"),
                terms: Terms {
                    limit: share(whole.limit, part, self.parts),
                    ..whole
                },
            }
        });
        own.into_iter().chain(global).collect()
    }

    fn arguments(&self, windows: &[Judged]) -> Vec<String> {
        let now = match &self.clock {
            Clock::System => String::new(),
            Clock::Test(_) => self.clock.now().as_micros().to_string(),
        };
        let terms = windows.iter().flat_map(|window| {
            let Terms {
                limit,
                window,
                block,
            } = window.terms;
            [limit.to_string(), window.to_string(), block.to_string()]
        });
        std::iter::once(now).chain(terms).collect()
    }
}

/// Understands what the script answered; one that says something else refuses nobody.
fn read(budget: Budget, windows: &[Judged], answer: &[u64]) -> Result<Option<Standing>, Refused> {
    let [now, number, figures @ ..] = answer else {
        return Ok(None);
    };
    let mut judged = windows.iter().zip(figures.chunks_exact(Window::FIGURES));
    if let Some(at) = number
        .checked_sub(1)
        .and_then(|at| usize::try_from(at).ok())
        && let Some((window, figures)) = judged.nth(at)
    {
        let state = Window::from_figures(figures);
        return Err(refused(window.budget, &state, *now, window.terms));
    }
    let own = windows
        .iter()
        .zip(figures.chunks_exact(Window::FIGURES))
        .find(|(window, _)| window.budget == budget);
    Ok(own.map(|(window, figures)| {
        standing(budget, &Window::from_figures(figures), *now, window.terms)
    }))
}

/// Returns into how many parts the global budget is split on a cluster.
fn parts(limits: &RateLimits) -> u32 {
    let Some(global) = limits.global else {
        return MOST_PARTS;
    };
    let callers = [limits.general, limits.auth, limits.heavy, limits.api_key];
    let largest = callers.iter().flatten().map(|rate| rate.calls).max();
    let twice = largest.unwrap_or(1).saturating_mul(2).max(1);
    (global.calls / twice).clamp(1, MOST_PARTS)
}

/// Returns one part's share of the global budget; all shares together are the budget.
fn share(whole: u32, part: u32, parts: u32) -> u32 {
    let parts = parts.max(1);
    whole / parts + u32::from(part < whole % parts)
}

fn part_of(caller: [u8; 16], parts: u32) -> u32 {
    let [a, b, c, d, ..] = caller;
    u32::from_be_bytes([a, b, c, d]) % parts.max(1)
}

impl CallerKey {
    fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of any length, so the fallback is never used.
        let mut mac = Hmac::new_from_slice(secret)
            .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default()));
        mac.update(b"waybill rate limit\0");
        Self(mac)
    }

    fn hash(&self, budget: Budget, key: &str) -> [u8; 16] {
        let mut mac = self.0.clone();
        mac.update(budget.as_str().as_bytes());
        mac.update(b"\0");
        mac.update(key.as_bytes());
        let mut hash = [0; 16];
        for (to, from) in hash.iter_mut().zip(mac.finalize().into_bytes()) {
            *to = from;
        }
        hash
    }
}

#[cfg(test)]
#[path = "shared_tests.rs"]
mod tests;
