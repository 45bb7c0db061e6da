//! Somebody else's objects: made by one principal, tried by another one with the same rights.

use super::{PHASE, is_secured};
use crate::{
    api::{Api, Operation},
    case::{Credentials, Expectation},
    checks::Check,
    exchange::{Failure, Received},
    phases::{
        each,
        stateful::has,
        thing::{self, Thing},
    },
    principals::Principal,
    run::{Run, Stop},
};

pub(super) async fn of_others(run: &Run) -> Result<(), Stop> {
    let creators = thing::creators(run, PHASE);
    let secured = creators
        .into_iter()
        .filter(|creator| is_secured(run, creator));
    each(run, secured, async |creator| {
        let Some((owner, other)) = peers(run, creator) else {
            return Ok(());
        };
        let Some(thing) = Thing::make(run, PHASE, creator, Some(owner)).await? else {
            return Ok(());
        };
        if thing.is_shared || thing.owner.as_deref() != Some(owner) {
            return Ok(());
        }
        try_all(run, &thing, owner, other).await
    })
    .await
}

/// Two principals with the same rights, each with objects of their own, who may both create.
fn peers<'r>(run: &'r Run, creator: &Operation) -> Option<(&'r str, &'r str)> {
    let principals = &run.principals;
    let may =
        |principal: &Principal| !principal.oversees && principal.may(creator, &run.api.schemes);
    let known: Vec<_> = principals
        .known
        .iter()
        .filter(|(_, known)| may(known))
        .collect();
    known.iter().find_map(|(owner, one)| {
        let other = known.iter().find(|(name, other)| {
            principals.account(name) != principals.account(owner) && is_peer(&run.api, one, other)
        });
        other.map(|(other, _)| (owner.as_str(), other.as_str()))
    })
}

fn is_peer(api: &Api, one: &Principal, other: &Principal) -> bool {
    let mut schemes = api.schemes.keys();
    schemes.all(|scheme| {
        one.has(scheme) == other.has(scheme) && one.holds.get(scheme) == other.holds.get(scheme)
    })
}

/// Reads first: what cannot be read is worth trying to change; deletions come last.
async fn try_all(run: &Run, thing: &Thing, owner: &str, other: &str) -> Result<(), Stop> {
    let mut operations = thing.operations(run, PHASE);
    operations.retain(|operation| is_secured(run, operation));
    operations.sort_by_key(|operation| match operation.method.as_str() {
        "GET" | "HEAD" => 0,
        "DELETE" => 2,
        _ => 1,
    });
    let mut is_private = false;
    for operation in operations {
        let may = |name: &str| {
            let principal = run.principals.known.get(name);
            principal.is_some_and(|principal| principal.may(operation, &run.api.schemes))
        };
        if !may(owner) || !may(other) {
            continue;
        }
        let Some(mut case) = thing.case(run, operation, PHASE) else {
            continue;
        };
        case.credentials = Credentials::Of(other.to_owned());
        case.origin.description = format!("`{other}` calls on what is `{owner}`'s");
        "somebody_elses".clone_into(&mut case.origin.scenario);
        case.origin.expectation = Some(Expectation::SomebodyElses {
            owner: owner.to_owned(),
            caller: other.to_owned(),
        });
        let Some(exchange) = run.send(case).await? else {
            continue;
        };
        let reads = operation.method == "GET" && thing.is_itself(operation);
        is_private |= reads && matches!(exchange.status(), Some(401 | 403 | 404));
    }
    if is_private {
        not_listed(run, thing, owner, other).await?;
    }
    Ok(())
}

/// What somebody may not read does not stand in their list either.
async fn not_listed(run: &Run, thing: &Thing, owner: &str, other: &str) -> Result<(), Stop> {
    let check = Check::ObjectLevelAuthorization;
    let Some(list) = thing.list(run, PHASE) else {
        return Ok(());
    };
    if !is_secured(run, list) || !run.settings.checks_of(list).is_on(check) {
        return Ok(());
    }
    let (Some(id), Some(mut case)) = (thing.id(run), thing.case(run, list, PHASE)) else {
        return Ok(());
    };
    case.credentials = Credentials::Of(other.to_owned());
    case.origin.description = format!("`{other}` lists, and something is `{owner}`'s");
    let Some(exchange) = run.probe(case).await? else {
        return Ok(());
    };
    let body = exchange.received().and_then(Received::json);
    let is_listed = body.is_some_and(|body| has(&body, &id));
    let failure = is_listed.then(|| Failure {
        check,
        code: "ST402",
        title: "Object-level authorization bypass".to_owned(),
        message: format!(
            "The list of `{other}` has `{id}`, which is `{owner}`'s and which `{other}` may not read\nCreated by: {}",
            thing.creation()
        ),
        place: list.place.clone(),
        key: "list".to_owned(),
    });
    run.verdict(exchange, check, failure).await?;
    Ok(())
}
