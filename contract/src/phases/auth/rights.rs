//! Principals whose roles or scopes do not suffice.

use std::{collections::HashSet, sync::Arc};

use super::{PHASE, allowed, forged};
use crate::{
    api::Operation,
    case::{Credentials, Expectation},
    principals::Principal,
    run::{Run, Stop},
};

/// Sends a request on behalf of everybody who may not call the operation, once for each set of rights.
pub(super) async fn lacking(run: &Run, operation: &Arc<Operation>) -> Result<(), Stop> {
    let schemes = &run.api.schemes;
    let mut tried = HashSet::new();
    for (name, principal) in &run.principals.known {
        if principal.may(operation, schemes) {
            continue;
        }
        let taken = forged::schemes_of(operation);
        let usable: Vec<&String> = principal
            .schemes()
            .filter(|scheme| taken.contains(scheme.as_str()))
            .collect();
        let rights = (usable.clone(), rights(principal));
        if !tried.insert(format!("{rights:?}")) {
            continue;
        }
        let (credentials, lack) = if usable.is_empty() {
            let Some((scheme, secret)) = principal
                .schemes()
                .find_map(|scheme| Some((scheme, run.principals.secret(name, scheme)?)))
            else {
                continue;
            };
            let lack =
                format!("`{name}`, who has credentials of {scheme} only, which are not taken here");
            let scheme = scheme.clone();
            (Credentials::Forged { scheme, secret }, lack)
        } else {
            let lack = format!(
                "`{name}`, who holds {}; needed: {}",
                rights.1,
                needed(operation)
            );
            (Credentials::Of(name.clone()), lack)
        };
        // On what is theirs, where they can make it: what is not theirs is refused for another reason.
        let Some(case) = allowed(run, operation, Some(name)).await? else {
            continue;
        };
        let mut case = forged::again(run, &case);
        case.credentials = credentials;
        case.origin.description = format!("Insufficient rights: {lack}");
        "insufficient_rights".clone_into(&mut case.origin.scenario);
        case.origin.expectation = Some(Expectation::Forbidden { lack });
        case.origin.phase = PHASE;
        run.send(case).await?;
    }
    Ok(())
}

fn rights(principal: &Principal) -> String {
    let held = principal.holds.iter();
    let held: Vec<_> = held
        .map(|(scheme, names)| format!("{scheme}: [{}]", names.join(", ")))
        .collect();
    if held.is_empty() {
        "nothing".to_owned()
    } else {
        held.join(", ")
    }
}

fn needed(operation: &Operation) -> String {
    let alternatives = operation.security.iter().map(|alternative| {
        let schemes = alternative.schemes.iter();
        let schemes: Vec<_> = schemes
            .map(|(scheme, names)| format!("{scheme}: [{}]", names.join(", ")))
            .collect();
        schemes.join(" and ")
    });
    alternatives.collect::<Vec<_>>().join(", or ")
}
