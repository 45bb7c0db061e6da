//! A budget that is spent: whom it concerns, and how long.

use std::time::Duration;

use tokio::time::Instant;

use super::{Tier, call};
use crate::{
    case::{Case, Credentials},
    exchange::Received,
    laws::{
        budget::Told,
        trial::{Outcome, Trial, fault, retry_after},
        world::World,
    },
};

/// What holds while nothing is left: others are not touched, and who waits as told is let in.
pub(in crate::laws) async fn spent(
    world: &World<'_>,
    tier: &Tier<'_>,
    others: &[&Tier<'_>],
    trial: &mut Trial<'_>,
    case: &Case,
    refusal: &Received,
) -> Outcome {
    let label = &case.operation.label;
    // `Retry-After` counts from here (RFC 9110, 10.2.3), not from when everything else was asked.
    let refused = Instant::now();
    let Some(wait) = retry_after(refusal) else {
        return fault(
            "429 without Retry-After",
            format!("{label} when nothing is left"),
            "429 with Retry-After in seconds",
            format!(
                "Retry-After: {}",
                refusal.header("retry-after").unwrap_or("none")
            ),
        );
    };
    let who = world.name_of(case);
    let callers = world.strangers(tier.operation);
    if let Some(other) = callers.iter().find(|name| Some(*name) != who.as_ref()) {
        let mut theirs = case.clone();
        theirs.credentials = Credentials::Of(other.clone());
        let received = call(trial, &theirs, "somebody else").await?;
        if received.status == 429
            && Told::read(&received).is_some_and(|told| told.remaining == Some(0))
            && wait > Duration::ZERO
        {
            return fault(
                "Budget shared by callers",
                format!(
                    "{label} by {other}, when {} has nothing left",
                    who.unwrap_or_default()
                ),
                "a budget of their own",
                "429",
            );
        }
    } else {
        trial
            .note(
                "whether callers have budgets of their own: nobody else is known to call it"
                    .to_owned(),
            )
            .await;
    }
    if let Some(other) = others.first() {
        let elsewhere = world.request(other.operation, who.as_deref()).await;
        if let (Ok(elsewhere), Some(who)) = (elsewhere, &who)
            && world.name_of(&elsewhere).as_ref() == Some(who)
        {
            let received = call(trial, &elsewhere, "an operation of another tier").await?;
            let is_same = Told::read(&received).map(|told| told.limit)
                == Told::read(refusal).map(|told| told.limit);
            if received.status == 429 && is_same {
                return fault(
                    "Budget shared by tiers",
                    format!(
                        "{} (tier {}), when tier {} has nothing left",
                        other.operation.label, other.name, tier.name
                    ),
                    "a budget of its own",
                    "429",
                );
            }
        }
    }
    if wait > world.run.settings.bounds.wait {
        trial
            .note(format!(
                "whether a client that waits as told is let in: Retry-After is {} s, more than --law-wait allows",
                wait.as_secs()
            ))
            .await;
        return Ok(());
    }
    tokio::time::sleep_until(refused + wait).await;
    let received = call(trial, case, "after waiting as told").await?;
    if received.status == 429 {
        return fault(
            "Retry-After too short",
            format!("{label} after {} s, as Retry-After said", wait.as_secs()),
            "anything but 429",
            "429",
        );
    }
    Ok(())
}
