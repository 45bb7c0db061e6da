//! The life of a thing: created, read, listed, changed, read, deleted, and not there any more.

use std::sync::Arc;

use super::{PHASE, list};
use crate::{
    api::Operation,
    case::{Case, Expectation},
    exchange::Exchange,
    phases::{
        positive,
        thing::{Thing, is_part, said},
    },
    run::{Run, Stop},
};

pub(super) async fn of(run: &Run, creator: &Arc<Operation>) -> Result<(), Stop> {
    let Some(mut thing) = Thing::make(run, PHASE, creator, None).await? else {
        return Ok(());
    };
    let operations = thing.operations(run, PHASE);
    let on_itself = |methods: &[&str]| {
        let found = operations.iter().filter(|operation| {
            thing.is_itself(operation) && methods.contains(&operation.method.as_str())
        });
        found.copied().collect::<Vec<_>>()
    };
    let reads = on_itself(&["GET", "HEAD"]);
    let changes = on_itself(&["PATCH", "PUT"]);
    let deletions = on_itself(&["DELETE"]);
    let is_there = there(run, &mut thing, &reads).await?;
    if is_there {
        list::holds(run, &thing).await?;
    }
    for change in changes {
        let Some(case) = change_of(run, &thing, change) else {
            continue;
        };
        let Some(exchange) = step(run, &mut thing, case, "Change").await? else {
            continue;
        };
        let is_done = exchange
            .received()
            .is_some_and(crate::exchange::Received::is_success);
        if is_done && is_there {
            there(run, &mut thing, &reads).await?;
        }
    }
    for deletion in deletions {
        let Some(case) = thing.case(run, deletion, PHASE) else {
            continue;
        };
        let Some(exchange) = step(run, &mut thing, case, "Deletion").await? else {
            continue;
        };
        // 202 promises it for later.
        if matches!(exchange.status(), Some(200 | 204)) {
            gone(run, &mut thing, &operations, &exchange).await?;
            return Ok(());
        }
    }
    Ok(())
}

/// Reads what was created; whether it could be read.
async fn there(run: &Run, thing: &mut Thing, reads: &[&Arc<Operation>]) -> Result<bool, Stop> {
    let mut is_there = false;
    for read in reads {
        let Some(mut case) = thing.case(run, read, PHASE) else {
            continue;
        };
        // Whoever made it may read it; what others see is another matter.
        if thing.is_owners(run, read) {
            case.origin.expectation = Some(Expectation::There {
                created_by: thing.creation(),
            });
        }
        let exchange = step(run, thing, case, "Read what was created").await?;
        let received = exchange.as_ref().and_then(Exchange::received);
        is_there |= received.is_some_and(crate::exchange::Received::is_success);
    }
    Ok(is_there)
}

/// Tries what was deleted, and its parts.
async fn gone(
    run: &Run,
    thing: &mut Thing,
    operations: &[&Arc<Operation>],
    deletion: &Exchange,
) -> Result<(), Stop> {
    for operation in operations {
        // Deleting twice may succeed, putting may make it anew; what only links lead to may stay.
        let is_used = matches!(operation.method.as_str(), "GET" | "HEAD" | "PATCH");
        if !is_used || !is_part(operation, &deletion.case.operation) {
            continue;
        }
        let Some(mut case) = thing.case(run, operation, PHASE) else {
            continue;
        };
        case.origin.expectation = Some(Expectation::Gone {
            deleted_by: said(deletion),
        });
        case.origin.parent = Some(deletion.case.id.clone());
        step(run, thing, case, "Use what was deleted").await?;
    }
    Ok(())
}

/// A change with an example of the document that names the thing.
fn change_of(run: &Run, thing: &Thing, change: &Arc<Operation>) -> Option<Case> {
    let case = positive::examples(run, change, PHASE).into_iter().next()?;
    thing.given(change)?;
    Some(thing.dressed(run, case))
}

/// Sends a request of a sequence and takes what its answer tells.
pub(super) async fn step(
    run: &Run,
    thing: &mut Thing,
    mut case: Case,
    description: &str,
) -> Result<Option<Exchange>, Stop> {
    if case.origin.description.is_empty() {
        description.clone_into(&mut case.origin.description);
    }
    let exchange = run.send(case).await?;
    if let Some(exchange) = &exchange {
        thing.learn(run, exchange);
    }
    Ok(exchange)
}
