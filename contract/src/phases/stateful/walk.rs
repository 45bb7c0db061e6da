//! A walk: something is made, then operations on it and on what answers name are called one after another, chosen from
//! the seed.

use std::sync::Arc;

use rand::seq::IndexedRandom as _;

use super::{PHASE, life::step};
use crate::{
    api::{Location, Operation},
    case::{Case, Expectation},
    exchange::Exchange,
    phases::{
        positive,
        thing::{Thing, is_part, said},
    },
    run::{Run, Stop},
};

pub(super) async fn from(run: &Run, creator: &Arc<Operation>, number: usize) -> Result<(), Stop> {
    let mut random = run.random(&format!("stateful {} {number}", creator.label));
    let Some(mut thing) = Thing::make(run, PHASE, creator, None).await? else {
        return Ok(());
    };
    let mut deletion: Option<Exchange> = None;
    let mut parent = thing.made_by.case.id.clone();
    for _ in 1..run.settings.max_steps {
        let next = reachable(run, &thing, deletion.is_some());
        let Some(operation) = next.choose(&mut random) else {
            break;
        };
        let cases = cases(run, &thing, operation);
        let Some(mut case) = cases.choose(&mut random).cloned() else {
            break;
        };
        case.origin.parent = Some(std::mem::take(&mut parent));
        if let Some(deletion) = &deletion
            && is_part(operation, &deletion.case.operation)
        {
            case.origin.expectation = Some(Expectation::Gone {
                deleted_by: said(deletion),
            });
        }
        parent.clone_from(&case.id);
        let Some(exchange) = step(run, &mut thing, case, "Step of a sequence").await? else {
            break;
        };
        let is_deleted = operation.method == "DELETE" && thing.is_itself(operation);
        if is_deleted && matches!(exchange.status(), Some(200 | 204)) {
            deletion = Some(exchange);
        }
    }
    Ok(())
}

/// What can be called with what is known: operations on the thing, and those that only read what answers named.
fn reachable<'r>(run: &'r Run, thing: &Thing, is_deleted: bool) -> Vec<&'r Arc<Operation>> {
    let operations = run.api.operations.iter();
    operations
        .filter(|operation| run.settings.tests(operation, PHASE))
        .filter(|operation| operation.parameters_in(Location::Path).next().is_some())
        .filter(|operation| thing.given(operation).is_some())
        .filter(|operation| {
            let reads = matches!(operation.method.as_str(), "GET" | "HEAD");
            let is_on = is_on(run, thing, operation);
            // Of what is gone only reading and changing must fail; calls on other things only read.
            reads || (is_on && (!is_deleted || operation.method == "PATCH"))
        })
        .collect()
}

fn is_on(run: &Run, thing: &Thing, operation: &Arc<Operation>) -> bool {
    let on = thing.operations(run, PHASE);
    on.iter().any(|known| known.label == operation.label)
}

fn cases(run: &Run, thing: &Thing, operation: &Arc<Operation>) -> Vec<Case> {
    let cases = positive::all(run, operation, PHASE).into_iter();
    let mut cases: Vec<Case> = cases.map(|case| thing.dressed(run, case)).collect();
    for case in &mut cases {
        case.origin.description.clear();
    }
    cases
}
