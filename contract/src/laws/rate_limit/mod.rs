//! `x-rate-limit`: what headers say of a budget is what happens.

mod spent;

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;
use spent::spent;

use super::{
    budget::Told,
    places,
    trial::{Halt, Outcome, Trial, fault, retry_after, untried},
    world::World,
};
use crate::{
    api::Operation,
    case::Case,
    checks::Check,
    exchange::Received,
    run::{Run, Stop},
};

/// The name of the extension.
const EXTENSION: &str = "x-rate-limit";
/// So many calls are compared with one another.
const CALLS: usize = 4;
/// So often that is done: a window may end between two calls.
const TRIES: usize = 3;

/// A tier with the operation by which it is tried.
struct Tier<'a> {
    name: String,
    operation: &'a Arc<Operation>,
    /// The quota and the window in seconds, where the document says them.
    quota: Option<u64>,
    window: Option<u64>,
}

pub(in crate::laws) async fn run(run: &Run, world: &World<'_>) -> Result<(), Stop> {
    let tiers = tiers(run, world).await?;
    for tier in &tiers {
        let operation = tier.operation;
        let place = places::in_operation(&run.api, operation, &[EXTENSION]);
        let subject = format!("tier {} ({})", tier.name, operation.label);
        let mut trial = Trial::new(run, Check::RateLimit, &subject, place);
        let others: Vec<_> = tiers
            .iter()
            .filter(|other| other.name != tier.name)
            .collect();
        let outcome = attempt(world, tier, &others, &mut trial).await;
        trial.end(outcome).await?;
    }
    Ok(())
}

/// Every tier, with the most harmless operation that can be called.
async fn tiers<'a>(run: &'a Run, world: &World<'_>) -> Result<Vec<Tier<'a>>, Stop> {
    let mut by_name: BTreeMap<String, Vec<&'a Arc<Operation>>> = BTreeMap::new();
    for operation in super::tested(run, Check::RateLimit) {
        if let Some(extension) = operation.extensions.get(EXTENSION) {
            let name = extension.get("tier").unwrap_or(extension).as_str();
            let name = name.unwrap_or("unnamed").to_owned();
            by_name.entry(name).or_default().push(operation);
        }
    }
    let mut tiers = Vec::new();
    for (name, mut operations) in by_name {
        operations.sort_by_key(|operation| {
            let is_get = operation.method == "GET";
            // Calls by somebody show whether budgets are told apart; changes by nobody do the least harm.
            let is_public = operation.security.is_empty();
            (!is_get, operation.path.contains('{'), is_public == is_get)
        });
        let mut untried = None;
        for operation in operations {
            match world.request(operation, None).await {
                Ok(_) => {
                    let number = |key: &str| {
                        operation
                            .extensions
                            .get(EXTENSION)?
                            .get(key)
                            .and_then(Value::as_u64)
                    };
                    untried = None;
                    tiers.push(Tier {
                        name: name.clone(),
                        operation,
                        quota: number("limit"),
                        window: number("window"),
                    });
                    break;
                }
                Err(Halt::Stop(stop)) => return Err(stop),
                Err(halt) => untried = Some((operation, halt)),
            }
        }
        if let Some((operation, halt)) = untried {
            let subject = format!("tier {name}");
            let trial = Trial::new(run, Check::RateLimit, &subject, operation.place.clone());
            trial.close(Err(halt)).await?;
        }
    }
    Ok(tiers)
}

async fn attempt(
    world: &World<'_>,
    tier: &Tier<'_>,
    others: &[&Tier<'_>],
    trial: &mut Trial<'_>,
) -> Outcome {
    // The last one: the others have called before.
    let callers = world.strangers(tier.operation);
    let who = callers.last().map(String::as_str);
    let case = world.request(tier.operation, who).await?;
    let first = within_budget(world, trial, &case).await?;
    let Some(told) = Told::read(&first) else {
        return without_headers(world, trial, &case).await;
    };
    let label = &tier.operation.label;
    if let Some(quota) = tier.quota.filter(|quota| told.limit != Some(*quota)) {
        return fault(
            "Another limit than declared",
            label,
            format!("a limit of {quota}"),
            format!("{:?}", told.limit),
        );
    }
    agree(label, &first, &told, tier.window)?;
    arithmetic(trial, &case, tier).await?;
    let bound = u64::from(world.run.settings.bounds.calls);
    match told.limit {
        Some(limit) if limit <= bound => exhaust(world, tier, others, trial, &case).await,
        Some(limit) => {
            trial
                .note(format!(
                    "{limit} calls would be needed to see the limit kept, more than --law-calls {bound} allows"
                ))
                .await;
            Ok(())
        }
        None => untried("its answers do not say how large the budget is"),
    }
}

/// A call that is let in. Whoever called before may have spent the budget; waiting as told must bring it back.
async fn within_budget(world: &World<'_>, trial: &mut Trial<'_>, case: &Case) -> Outcome<Received> {
    let mut received = call(trial, case, "a call").await?;
    for _ in 0..TRIES {
        if received.status != 429 {
            return Ok(received);
        }
        let wait = retry_after(&received);
        let Some(wait) = wait.filter(|wait| *wait <= world.run.settings.bounds.wait) else {
            return untried(format!(
                "its budget is spent already, and comes back in {} s",
                received.header("retry-after").unwrap_or("unknown")
            ));
        };
        tokio::time::sleep(wait).await;
        received = call(trial, case, "after waiting as told").await?;
    }
    if received.status != 429 {
        return Ok(received);
    }
    fault(
        "Retry-After too short",
        format!("{} after waiting as Retry-After said", case.operation.label),
        "anything but 429",
        "429",
    )
}

/// No answer says what is left: limits are switched off, or kept in silence.
async fn without_headers(world: &World<'_>, trial: &mut Trial<'_>, case: &Case) -> Outcome {
    for number in 0..world.run.settings.bounds.calls {
        let received = call(trial, case, "a call").await?;
        if received.status == 429 && Told::read(&received).is_none() {
            return fault(
                "Limit kept in silence",
                format!("{} {} times", case.operation.label, number + 2),
                "headers that say what is left of the budget",
                "429, and none of the answers had any",
            );
        }
    }
    untried("no answer says what is left: the server's limits seem to be switched off")
}

/// The figures of one answer agree with one another.
fn agree(label: &str, received: &Received, told: &Told, window: Option<u64>) -> Outcome {
    match told.contradiction(received, window) {
        Some((expected, found)) => fault("Headers disagree", label, expected, found),
        None => Ok(()),
    }
}

/// The limit stands, and each call takes one.
async fn arithmetic(trial: &mut Trial<'_>, case: &Case, tier: &Tier<'_>) -> Outcome {
    let label = &case.operation.label;
    let mut found = Vec::new();
    for _ in 0..TRIES {
        let mut seen = Vec::new();
        for _ in 0..CALLS {
            let received = call(trial, case, "one of several calls").await?;
            let Some(told) = Told::read(&received) else {
                return fault(
                    "Headers missing",
                    label,
                    "what is left, on every answer",
                    "an answer without",
                );
            };
            if received.status == 429 {
                return Ok(());
            }
            agree(label, &received, &told, tier.window)?;
            seen.push(told);
        }
        let pairs = seen.iter().zip(seen.iter().skip(1));
        let mut wrong = pairs.filter(|(one, other)| {
            one.limit != other.limit
                || one.remaining.and_then(|left| left.checked_sub(1)) != other.remaining
        });
        if wrong.next().is_none() {
            return Ok(());
        }
        found = seen
            .iter()
            .map(|told| {
                told.remaining
                    .map_or_else(|| "none".to_owned(), |left| left.to_string())
            })
            .collect();
    }
    fault(
        "Budget does not fall",
        format!("{label} {CALLS} times in a row, {TRIES} times"),
        "one less with each call, of a limit that stands",
        format!("left: {}", found.join(", ")),
    )
}

/// Spends the budget: the refusal comes when nothing is left, and not before.
async fn exhaust(
    world: &World<'_>,
    tier: &Tier<'_>,
    others: &[&Tier<'_>],
    trial: &mut Trial<'_>,
    case: &Case,
) -> Outcome {
    let label = &case.operation.label;
    let mut left: Option<u64> = None;
    let most = world.run.settings.bounds.calls.saturating_mul(2);
    for number in 0..most {
        let received = call(trial, case, "until nothing is left").await?;
        let told = Told::read(&received);
        if received.status == 429 {
            if let Some(left) = left.filter(|left| *left > 0) {
                return fault(
                    "Refused before the budget is spent",
                    format!("{label} {} times", number + 1),
                    format!("success, for {left} calls were left"),
                    "429",
                );
            }
            return spent(world, tier, others, trial, case, &received).await;
        }
        let now_left = told.as_ref().and_then(|told| told.remaining);
        if left == Some(0) && now_left == Some(0) {
            return fault(
                "Limit not kept",
                format!("{label} when nothing was left"),
                "429",
                format!("{} with nothing left still", received.status),
            );
        }
        left = now_left;
    }
    untried("the budget grows as fast as it is spent")
}

async fn call(trial: &mut Trial<'_>, case: &Case, what: &str) -> Outcome<Received> {
    let mut case = case.clone();
    case.id = trial.run.case_id();
    trial.send(case, what).await
}
