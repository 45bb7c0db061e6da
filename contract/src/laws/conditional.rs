//! `ETag`, `If-None-Match` and `If-Match` (RFC 9110, 8.8.3 and 13.1): unchanged is not sent again, changed is not
//! overwritten.

use std::sync::Arc;

use super::{
    places, shape,
    trial::{Outcome, Trial, fault, untried},
    values,
    world::{self, World},
};
use crate::{
    api::{Location, Operation},
    case::Case,
    checks::Check,
    exchange::Received,
    run::{Run, Stop},
};

/// So many changes at the same moment.
const RACERS: i64 = 4;
/// So often a question is asked again when somebody else changed the thing meanwhile.
const TRIES: usize = 3;

pub(super) async fn run(run: &Run, world: &World<'_>) -> Result<(), Stop> {
    for operation in super::tested(run, Check::ConditionalRequests) {
        if reads(operation) {
            let place = places::in_operation(
                &run.api,
                operation,
                &["responses", "200", "headers", "ETag"],
            );
            let mut trial = Trial::new(run, Check::ConditionalRequests, &operation.label, place);
            let outcome = reading(world, operation, &mut trial).await;
            trial.end(outcome).await?;
        }
        if operation.parameter(Location::Header, "If-Match").is_some() {
            let parameter = operation.parameter(Location::Header, "If-Match");
            let place = parameter.map_or_else(
                || operation.place.clone(),
                |parameter| parameter.place.clone(),
            );
            for attempt in [
                Attempt::Stale,
                Attempt::Current,
                Attempt::Star,
                Attempt::List,
                Attempt::Race,
            ] {
                let mut trial = Trial::new(
                    run,
                    Check::ConditionalRequests,
                    &operation.label,
                    place.clone(),
                );
                let outcome = changing(world, operation, attempt, &mut trial).await;
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

async fn reading(world: &World<'_>, operation: &Arc<Operation>, trial: &mut Trial<'_>) -> Outcome {
    let case = world.request(operation, None).await?;
    let label = &operation.label;
    let (_, tag) = tagged(trial, &case, "read").await?;
    let (mut tag, mut again) = (tag, None);
    for _ in 0..TRIES {
        let (received, second) = tagged(trial, &case, "read again").await?;
        if second == tag {
            again = Some(received);
            break;
        }
        tag = second;
    }
    if again.is_none() {
        return fault(
            "ETag changes by itself",
            format!("{label}, {TRIES} times in a row"),
            "the same ETag, for nothing changed",
            format!("another one each time, {tag} at last"),
        );
    }
    let opaque = tag.trim_start_matches("W/").to_owned();
    let fitting = [
        (tag.clone(), "If-None-Match with its ETag"),
        (
            format!("W/{opaque}"),
            "If-None-Match with its ETag, as a weak one",
        ),
        (
            format!("\"none-of-these\", {tag}"),
            "If-None-Match with its ETag in a list",
        ),
        ("*".to_owned(), "If-None-Match: *"),
    ];
    for (value, what) in fitting {
        let received = conditional(world, trial, &case, "If-None-Match", &value, what).await?;
        if received.status == 304 {
            if !received.body.is_empty() {
                return fault(
                    "304 with a body",
                    format!("{label}, {what}"),
                    "no body",
                    shape::brief(&received.body),
                );
            }
            continue;
        }
        if received.status == 200 && received.header("etag").is_some_and(|now| now != tag) {
            return untried("it changes while it is read");
        }
        return fault(
            "Unchanged, and sent again",
            format!("{label}, {what} ({value})"),
            "304 without a body",
            received.status.to_string(),
        );
    }
    let what = "If-None-Match with another ETag";
    let received = conditional(
        world,
        trial,
        &case,
        "If-None-Match",
        "\"none-of-these\"",
        what,
    )
    .await?;
    if received.status == 200 {
        return Ok(());
    }
    fault(
        "Another ETag taken for this one",
        format!("{label}, {what}"),
        "200",
        received.status.to_string(),
    )
}

/// What is tried of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attempt {
    Stale,
    Current,
    Star,
    List,
    Race,
}

async fn changing(
    world: &World<'_>,
    operation: &Arc<Operation>,
    attempt: Attempt,
    trial: &mut Trial<'_>,
) -> Outcome {
    let change = world.request(operation, None).await?;
    let Some(read) = reader(world, &change) else {
        return untried("no operation reads what this one changes with an ETag");
    };
    let (before, tag) = tagged(trial, &read, "read").await?;
    let label = &operation.label;
    match attempt {
        Attempt::Stale => {
            let what = "If-Match with an ETag of the past";
            let received =
                conditional(world, trial, &change, "If-Match", "\"of-the-past\"", what).await?;
            if received.status != 412 {
                return fault(
                    "Stale If-Match accepted",
                    format!("{label}, {what}"),
                    "412",
                    received.status.to_string(),
                );
            }
            let (after, now) = tagged(trial, &read, "read again").await?;
            if now != tag {
                return fault(
                    "Changed in spite of 412",
                    format!("{label}, {what}"),
                    format!("no change: {}", shape::brief(&before.body)),
                    shape::brief(&after.body),
                );
            }
            Ok(())
        }
        Attempt::Current | Attempt::Star | Attempt::List => {
            let (value, what) = match attempt {
                Attempt::Star => ("*".to_owned(), "If-Match: *"),
                Attempt::List => (
                    format!("\"of-the-past\", {tag}"),
                    "If-Match with the ETag in a list",
                ),
                _ => (tag.clone(), "If-Match with the ETag"),
            };
            let change = different(world, &change, 1).unwrap_or(change);
            let received = conditional(world, trial, &change, "If-Match", &value, what).await?;
            if received.status == 412 {
                return fault(
                    "Current If-Match refused",
                    format!("{label}, {what} ({value})"),
                    "success",
                    "412",
                );
            }
            if !received.is_success() {
                return untried(format!(
                    "{what}, it answers {} {}",
                    received.status,
                    shape::brief(&received.body)
                ));
            }
            changed(trial, operation, &read, &before, &tag, &received).await
        }
        Attempt::Race => race(world, operation, &change, &read, &tag, trial).await,
    }
}

/// After a change the `ETag` is another one, and the one that the change answered.
async fn changed(
    trial: &mut Trial<'_>,
    operation: &Operation,
    read: &Case,
    before: &Received,
    tag: &str,
    answered: &Received,
) -> Outcome {
    let (after, now) = tagged(trial, read, "read again").await?;
    let label = &operation.label;
    if now == tag && data(before) != data(&after) {
        return fault(
            "ETag survives a change",
            format!("{label}, then {}", read.operation.label),
            format!("another ETag than {tag}, for the body is another one"),
            format!("{now} with {}", shape::brief(&after.body)),
        );
    }
    if let Some(told) = answered.header("etag")
        && has_etag(operation)
        && told != now
        && same_thing(operation, &read.operation)
    {
        return fault(
            "ETag of a change is not that of the next read",
            format!("{label}, then {}", read.operation.label),
            format!("the ETag that the change answered: {told}"),
            now,
        );
    }
    Ok(())
}

/// Whether an operation answers what another one reads, so that both have the same `ETag`.
fn same_thing(operation: &Operation, read: &Operation) -> bool {
    operation.path == read.path
}

/// What a body says, without what differs from answer to answer.
fn data(received: &Received) -> Option<serde_json::Value> {
    let body = received.json()?;
    let inner = body.get("data").filter(|data| data.is_object()).cloned();
    inner.or(Some(body))
}

async fn race(
    world: &World<'_>,
    operation: &Arc<Operation>,
    change: &Case,
    read: &Case,
    tag: &str,
    trial: &mut Trial<'_>,
) -> Outcome {
    if !matches!(operation.method.as_str(), "PATCH" | "PUT") {
        return Ok(());
    }
    let mut cases = Vec::new();
    for number in 1..=RACERS {
        let Some(mut case) = different(world, change, number) else {
            return untried("its body cannot be changed, and the same change twice is no conflict");
        };
        case.set_header("If-Match", tag);
        fresh_key(world, &mut case);
        cases.push(case);
    }
    let answers = trial
        .at_once(cases, "at the same moment with the same If-Match")
        .await?;
    let done = answers.iter().filter(|answer| answer.is_success()).count();
    let statuses: Vec<_> = answers
        .iter()
        .map(|answer| answer.status.to_string())
        .collect();
    let statuses = statuses.join(", ");
    let sent = format!(
        "{} {RACERS} times at the same moment with If-Match {tag} and different bodies",
        operation.label
    );
    if done > 1 {
        return fault(
            "Lost update",
            sent,
            "one success, 412 for the others",
            statuses,
        );
    }
    if done == 0 {
        return untried(format!("{sent}: {statuses}"));
    }
    tagged(trial, read, "read again").await.map(|_| ())
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
    let keys: Vec<_> = case
        .headers
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| super::idempotency::is_key(name))
        .collect();
    for name in keys {
        case.set_header(&name, world.token());
    }
}

/// The same change with another value.
fn different(world: &World<'_>, case: &Case, number: i64) -> Option<Case> {
    let body = case.body.as_ref()?.json()?;
    let schema = world::schema(&case.operation);
    let varied = values::varied(body, schema, &world.token(), number)?;
    let mut case = case.clone();
    case.id = world.run.case_id();
    case.set_json(varied);
    Some(case)
}

/// The read of what a change is about: the longest path of a read with an `ETag` that begins the change's path, else one
/// whose last parameter has the same name.
fn reader(world: &World<'_>, change: &Case) -> Option<Case> {
    let run = world.run;
    let operation = &change.operation;
    let reads = || {
        run.api
            .operations
            .iter()
            .filter(|read| read.method == "GET" && has_etag(read))
    };
    let begins = |read: &&Arc<Operation>| {
        read.path.ends_with('}')
            && (operation.path == read.path
                || operation.path.starts_with(&format!("{}/", read.path)))
    };
    let is_about = |read: &&Arc<Operation>| {
        let last = change.path.keys().last();
        last.is_some_and(|name| read.path.ends_with(&format!("{{{name}}}")))
    };
    let found = reads()
        .filter(begins)
        .max_by_key(|read| read.path.len())
        .or_else(|| reads().find(is_about))?;
    let mut case = run.case(found, crate::case::Phase::Laws);
    for parameter in found.parameters_in(Location::Path) {
        let value = change.path.get(&parameter.name)?;
        case.path.insert(parameter.name.clone(), value.clone());
    }
    case.credentials = world.credentials(world.name_of(change).as_deref(), found);
    Some(case)
}
