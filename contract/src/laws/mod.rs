//! Laws: what extensions of the document declare and no other tool checks.
//!
//! Two of them look at every answer of every phase ([`look`]); the others send requests of their own. What cannot be
//! tried is said in a note, never passed over. `docs/laws.md` says what each sends and expects.

mod budget;
mod candidate;
mod conditional;
mod effects;
mod envelope;
mod error_codes;
mod idempotency;
mod links;
mod listing;
mod pagination;
mod places;
mod rate_limit;
mod shape;
mod sorting;
mod state_machine;
mod strange;
#[cfg(test)]
mod tests;
mod trial;
mod values;
mod world;

use std::{sync::Arc, time::Duration};

pub use envelope::ErrorBody;

use world::World;

use crate::{
    api::{Api, Operation},
    case::Phase,
    checks::Check,
    config::Settings,
    exchange::{Exchange, Verdict},
    run::{Run, Stop},
};

/// The code of failures that other tools do not have.
const CODE: &str = "ST901";

/// How far laws go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Most calls that are spent to reach a declared rate limit.
    pub calls: u32,
    /// The longest wait that a server may ask for by `Retry-After`.
    pub wait: Duration,
    /// How many requests are sent at the same moment.
    pub at_once: usize,
    /// Most pages that are read of one list.
    pub pages: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            calls: 200,
            wait: Duration::from_secs(5),
            at_once: 8,
            pages: 60,
        }
    }
}

/// What the laws that look at every answer say about an exchange.
#[must_use]
pub fn look(api: &Api, settings: &Settings, exchange: &Exchange) -> Vec<Verdict> {
    let rules = settings.checks_of(&exchange.case.operation);
    let Some(received) = exchange.received() else {
        return Vec::new();
    };
    let looks: [(Check, Look); 2] = [
        (Check::ErrorCodes, error_codes::look),
        (Check::Envelope, envelope::look),
    ];
    looks
        .into_iter()
        .filter(|(check, _)| rules.is_on(*check))
        .filter_map(|(check, look)| {
            let failure = look(api, exchange, received)?.err().map(|failure| *failure);
            Some(Verdict { check, failure })
        })
        .collect()
}

/// What a law says of an answer; `None` when it has nothing to say.
type Look = fn(
    &Api,
    &Exchange,
    &crate::exchange::Received,
) -> Option<Result<(), Box<crate::exchange::Failure>>>;

pub(crate) async fn run(run: &Run) -> Result<(), Stop> {
    let rules = &run.settings.checks;
    if rules.is_on(Check::Envelope) {
        envelope::note(run).await;
    }
    if rules.is_on(Check::Envelope) || rules.is_on(Check::ErrorCodes) {
        strange::run(run).await?;
    }
    let world = World::new(run);
    idempotency::run(run, &world).await?;
    conditional::run(run, &world).await?;
    pagination::run(run, &world).await?;
    state_machine::run(run, &world).await?;
    // The last one: it spends what the others need.
    rate_limit::run(run, &world).await
}

/// The operations on which a law is tried.
fn tested(run: &Run, law: Check) -> impl Iterator<Item = &Arc<Operation>> {
    let settings = &run.settings;
    run.api.operations.iter().filter(move |operation| {
        settings.tests(operation, Phase::Laws) && settings.checks_of(operation).is_on(law)
    })
}
