//! `ETag`, `If-None-Match` and `If-Match` (RFC 9110, 8.8.3 and 13.1): unchanged is not sent again, changed is not
//! overwritten.

mod changing;
mod reading;

use changing::Attempt;

use super::{
    places, shape,
    trial::{Outcome, Trial, fault, untried},
    world::World,
};
use crate::{
    api::{Location, Operation},
    case::Case,
    checks::Check,
    exchange::Received,
    run::{Run, Stop},
};

pub(in crate::laws) async fn run(run: &Run, world: &World<'_>) -> Result<(), Stop> {
    for operation in super::tested(run, Check::ConditionalRequests) {
        if reads(operation) {
            let place = places::in_operation(
                &run.api,
                operation,
                &["responses", "200", "headers", "ETag"],
            );
            let mut trial = Trial::new(run, Check::ConditionalRequests, &operation.label, place);
            let outcome = reading::attempt(world, operation, &mut trial).await;
            trial.end(outcome).await?;
        }
        if operation.parameter(Location::Header, "If-Match").is_some() {
            let parameter = operation.parameter(Location::Header, "If-Match");
            let place = parameter.map_or_else(
                || operation.place.clone(),
                |parameter| parameter.place.clone(),
            );
            for attempt in Attempt::ALL {
                let mut trial = Trial::new(
                    run,
                    Check::ConditionalRequests,
                    &operation.label,
                    place.clone(),
                );
                let outcome = changing::attempt(world, operation, attempt, &mut trial).await;
                let is_hopeless = outcome.is_err() && !trial.has_begun();
                trial.end(outcome).await?;
                if is_hopeless {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Whether an operation answers an `ETag` and says what it is good for.
fn reads(operation: &Operation) -> bool {
    operation.method == "GET"
        && has_etag(operation)
        && (operation
            .answer(304)
            .is_some_and(|(pattern, _)| pattern.to_string() == "304")
            || operation
                .parameter(Location::Header, "If-None-Match")
                .is_some())
}

fn has_etag(operation: &Operation) -> bool {
    let answer = operation.answer(200);
    answer.is_some_and(|(_, answer)| {
        answer
            .headers
            .keys()
            .any(|name| name.eq_ignore_ascii_case("etag"))
    })
}

/// A read with its `ETag`.
async fn tagged(trial: &mut Trial<'_>, read: &Case, what: &str) -> Outcome<(Received, String)> {
    let mut case = read.clone();
    case.id = trial.run.case_id();
    let received = trial.send(case, what).await?;
    if received.status != 200 {
        return untried(format!(
            "{} answers {} {}",
            read.operation.label,
            received.status,
            shape::brief(&received.body)
        ));
    }
    let label = &read.operation.label;
    let Some(tag) = received.header("etag").map(str::to_owned) else {
        return fault(
            "No ETag",
            label,
            "an ETag, as the document declares",
            "none",
        );
    };
    let opaque = tag.strip_prefix("W/").unwrap_or(&tag);
    if opaque.len() < 2 || !opaque.starts_with('"') || !opaque.ends_with('"') {
        return fault("Malformed ETag", label, "an ETag in quotes", tag);
    }
    if tag.starts_with("W/") && is_matched(trial.run, &read.operation) {
        return fault(
            "Weak ETag",
            label,
            "a strong ETag, for If-Match takes no other",
            tag,
        );
    }
    Ok((received, tag))
}

/// Whether a change at the same path takes `If-Match`.
fn is_matched(run: &Run, read: &Operation) -> bool {
    run.api.operations.iter().any(|operation| {
        operation.path == read.path && operation.parameter(Location::Header, "If-Match").is_some()
    })
}

async fn conditional(
    world: &World<'_>,
    trial: &mut Trial<'_>,
    case: &Case,
    header: &str,
    value: &str,
    what: &str,
) -> Outcome<Received> {
    let mut case = case.clone();
    case.id = trial.run.case_id();
    case.set_header(header, value);
    fresh_key(world, &mut case);
    trial.send(case, what).await
}

/// A key that is stored would hide what the condition does.
fn fresh_key(world: &World<'_>, case: &mut Case) {
    let operation = &case.operation;
    let is_key = |name: &String| {
        let declared = operation.parameter(Location::Header, name);
        super::idempotency::is_key(name)
            || declared.is_some_and(|parameter| operation.is_key(parameter))
    };
    let names = case.headers.iter().map(|(name, _)| name.clone());
    let keys: Vec<_> = names.filter(is_key).collect();
    for name in keys {
        case.set_header(&name, world.token());
    }
}
