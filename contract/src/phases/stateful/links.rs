//! Links of answers that create nothing: each leads to a request that is sent.

use std::sync::Arc;

use super::PHASE;
use crate::{
    api::Operation,
    phases::{
        positive::{self, Given},
        thing::{self, Thing},
    },
    run::{Run, Stop},
};

/// Follows every link of an operation's answer.
pub(super) async fn follow(run: &Run, operation: &Arc<Operation>) -> Result<(), Stop> {
    let case = match Thing::for_operation(run, PHASE, operation, None).await? {
        Some(thing) => thing.case(run, operation, PHASE),
        None => positive::usual(run, operation, PHASE, &Given::new()),
    };
    let Some(mut case) = case else {
        return Ok(());
    };
    "First step of a link".clone_into(&mut case.origin.description);
    let caller = run
        .principals
        .caller(operation, &case.credentials, &run.api.schemes);
    let caller = caller.map(|(name, _)| name.to_owned());
    let Some(exchange) = run.send(case).await? else {
        return Ok(());
    };
    let linked = Thing::of(run, &exchange, caller);
    for target in linked.linked(run, PHASE) {
        if let Some(mut case) = linked.case(run, target, PHASE) {
            case.origin.description = format!("Link of {}", operation.label);
            run.send(case).await?;
        }
    }
    Ok(())
}

/// The operations whose answers have links and that make nothing.
pub(super) fn sources(run: &Run) -> Vec<&Arc<Operation>> {
    let creators = thing::creators(run, PHASE);
    let operations = run.api.operations.iter();
    operations
        .filter(|operation| run.settings.tests(operation, PHASE))
        .filter(|operation| !thing::link_targets(operation).is_empty())
        .filter(|operation| {
            let mut creators = creators.iter();
            !creators.any(|creator| creator.label == operation.label)
        })
        .collect()
}
