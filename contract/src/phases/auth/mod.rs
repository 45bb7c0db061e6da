//! Who is let in, and to whose objects.

mod forged;
mod objects;
mod rights;
mod token;

use std::sync::Arc;

use super::{each, positive, thing::Thing};
use crate::{
    api::{Location, Operation, Scheme},
    case::{Case, Phase},
    run::{Run, Stop},
};

const PHASE: Phase = Phase::Auth;

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let operations = run.api.operations.iter();
    let tested = operations.filter(|operation| run.settings.tests(operation, PHASE));
    each(run, tested, async |operation| {
        if !is_secured(run, operation) {
            return forged::at_public(run, operation).await;
        }
        forged::at_secured(run, operation).await?;
        rights::lacking(run, operation).await
    })
    .await?;
    objects::of_others(run).await
}

/// Whether a request must say who calls: no alternative lets everybody in, and none asks for a certificate alone, which
/// travels beside requests.
fn is_secured(run: &Run, operation: &Operation) -> bool {
    let is_said = |scheme: &String| {
        let scheme = run.api.schemes.get(scheme);
        !matches!(scheme, None | Some(Scheme::Certificate))
    };
    let mut alternatives = operation.security.iter();
    !operation.security.is_empty()
        && alternatives.all(|alternative| {
            let mut schemes = alternative.schemes.iter();
            schemes.any(|(scheme, _)| is_said(scheme))
        })
}

/// A request that keeps to the document, to something that exists, on behalf of somebody who may.
async fn allowed(
    run: &Run,
    operation: &Arc<Operation>,
    owner: Option<&str>,
) -> Result<Option<Case>, Stop> {
    let has_ids = operation.parameters_in(Location::Path).next().is_some();
    if has_ids
        && let Some(thing) = Thing::for_operation(run, PHASE, operation, owner).await?
        && let Some(mut case) = thing.case(run, operation, PHASE)
    {
        case.origin.parent = None;
        return Ok(Some(case));
    }
    let mut cases = positive::all(run, operation, PHASE).into_iter();
    Ok(cases.next())
}
