//! Changing on a condition: what changed meanwhile is not overwritten.

use std::sync::Arc;

use super::{conditional, fresh_key, has_etag, tagged};
use crate::{
    api::{Location, Operation},
    case::{Case, Phase},
    exchange::Received,
    laws::{
        shape,
        trial::{Outcome, Trial, fault, untried},
        values,
        world::{self, World},
    },
};

/// So many changes at the same moment.
const RACERS: i64 = 4;

/// What is tried of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::laws) enum Attempt {
    Stale,
    Current,
    Star,
    List,
    Race,
}

impl Attempt {
    pub(in crate::laws) const ALL: [Self; 5] = [
        Self::Stale,
        Self::Current,
        Self::Star,
        Self::List,
        Self::Race,
    ];
}

pub(in crate::laws) async fn attempt(
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
    let mut case = run.case(found, Phase::Laws);
    for parameter in found.parameters_in(Location::Path) {
        let value = change.path.get(&parameter.name)?;
        case.path.insert(parameter.name.clone(), value.clone());
    }
    case.credentials = world.credentials(world.name_of(change).as_deref(), found);
    Some(case)
}
