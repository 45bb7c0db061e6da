//! Making something: by a fixture's resource, or by an operation of the document that creates.

use std::sync::Arc;

use super::{Thing, belongs, link_targets, successes};
use crate::{
    api::{Location, Operation, StatusPattern},
    case::{Case, Phase},
    document::path_shape,
    exchange::Exchange,
    fixtures::{Made, Resource},
    phases::positive::{self, Given},
    run::{Run, Stop},
};

/// How deep things may stand in other things.
const DEPTH: usize = 3;

/// The operations that make things which others name in their paths: POST, and PUT where nothing else makes them.
pub(in crate::phases) fn creators(run: &Run, phase: Phase) -> Vec<&Arc<Operation>> {
    let operations = run.api.operations.iter();
    let tested = operations.filter(|operation| run.settings.tests(operation, phase));
    tested
        .filter(|operation| match operation.method.as_str() {
            "POST" => {
                let mut others = run.api.operations.iter();
                others.any(|other| belongs(&path_shape(&other.path), &inside(operation)))
                    || !link_targets(operation).is_empty()
                    || tells_location(operation)
            }
            "PUT" => {
                let shape = path_shape(&operation.path);
                let mut others = run.api.operations.iter();
                shape.ends_with("/{}")
                    && !others.any(|other| other.method == "POST" && inside(other) == shape)
            }
            _ => false,
        })
        .collect()
}

/// The template of what an operation makes: what stands inside its collection.
pub(super) fn inside(creator: &Operation) -> String {
    let shape = path_shape(creator.path.trim_end_matches('/'));
    if creator.method == "PUT" {
        shape
    } else {
        format!("{shape}/{{}}")
    }
}

fn tells_location(operation: &Operation) -> bool {
    successes(operation).any(|answer| {
        let mut names = answer.headers.keys();
        names.any(|name| name.eq_ignore_ascii_case("location"))
    })
}

impl Thing {
    /// Makes a thing with values for the path of an operation: by a fixture's resource, else by the operation that
    /// creates what its path names. `None` when nothing is known to make one, or the server did not.
    pub(in crate::phases) async fn for_operation(
        run: &Run,
        phase: Phase,
        operation: &Arc<Operation>,
        owner: Option<&str>,
    ) -> Result<Option<Self>, Stop> {
        if let Some(resource) = run.fixtures.resource_for(operation) {
            return Self::of_resource(run, phase, resource, owner).await;
        }
        let shape = path_shape(&operation.path);
        let creator = creators(run, phase).into_iter().rev().find(|creator| {
            let inside = inside(creator);
            belongs(&shape, &inside) || link_targets(creator).contains(&operation.label.as_str())
        });
        match creator {
            Some(creator) => Self::make(run, phase, creator, owner).await,
            None => Ok(None),
        }
    }

    /// Makes a thing with an operation that creates.
    pub(in crate::phases) async fn make(
        run: &Run,
        phase: Phase,
        creator: &Arc<Operation>,
        owner: Option<&str>,
    ) -> Result<Option<Self>, Stop> {
        let mut resources = run.fixtures.resources.values();
        let resource = resources.find(|resource| {
            let last = resource.steps.last();
            last.is_some_and(|step| step.operation.label == creator.label)
        });
        match resource {
            Some(resource) => Self::of_resource(run, phase, resource, owner).await,
            None => Self::by_creator(run, phase, creator, owner, DEPTH).await,
        }
    }

    async fn of_resource(
        run: &Run,
        phase: Phase,
        resource: &Resource,
        owner: Option<&str>,
    ) -> Result<Option<Self>, Stop> {
        // Whoever may not make it is given what its usual owner makes.
        let owner = owner.filter(|owner| run.fixtures.may_make(run, resource, owner));
        let made = run.fixtures.make(run, phase, &resource.name, owner).await?;
        let Some(Made {
            parameters,
            owner,
            created_by: Some(made_by),
            ..
        }) = made
        else {
            return Ok(None);
        };
        let mut thing = Self::of(run, &made_by, owner);
        thing.is_shared = resource.is_shared;
        thing.given.extend(parameters);
        Ok(Some(thing))
    }

    /// Sends what the document describes, example after example, until one creates.
    async fn by_creator(
        run: &Run,
        phase: Phase,
        creator: &Arc<Operation>,
        owner: Option<&str>,
        depth: usize,
    ) -> Result<Option<Self>, Stop> {
        let mut given = Given::new();
        if creator.parameters_in(Location::Path).next().is_some() {
            let Some(depth) = depth.checked_sub(1) else {
                return Ok(None);
            };
            let around = creators(run, phase).into_iter().rev().find(|other| {
                let inside = inside(other);
                other.label != creator.label && belongs(&path_shape(&creator.path), &inside)
            });
            if let Some(around) = around {
                let parent = Box::pin(Self::by_creator(run, phase, around, owner, depth)).await?;
                let Some(parent) = parent else {
                    return Ok(None);
                };
                given = parent.given(creator).unwrap_or_default();
            }
        }
        for mut case in positive::all(run, creator, phase) {
            positive::put_given(&mut case, &given);
            "Creation".clone_into(&mut case.origin.description);
            if creator.method == "PUT" {
                positive::rename(run, &mut case);
                // What is there already is somebody's, and stays as it is.
                if !is_free(run, phase, &case).await? {
                    continue;
                }
            }
            if let Some(owner) = owner {
                case.credentials = run.credentials_of(creator, owner);
            }
            let caller = run
                .principals
                .caller(creator, &case.credentials, &run.api.schemes);
            let caller = caller.map(|(name, _)| name.to_owned());
            let Some(exchange) = run.send(case).await? else {
                continue;
            };
            if has_created(&exchange) {
                return Ok(Some(Self::of(run, &exchange, caller)));
            }
        }
        Ok(None)
    }
}

/// Whether there is nothing yet where a request would put something.
async fn is_free(run: &Run, phase: Phase, case: &Case) -> Result<bool, Stop> {
    let mut operations = run.api.operations.iter();
    let read = operations
        .find(|operation| operation.method == "GET" && operation.path == case.operation.path);
    let Some(mut read) = read.and_then(|read| positive::usual(run, read, phase, &case.path)) else {
        return Ok(false);
    };
    read.credentials = case.credentials.clone();
    let exchange = run.probe(read).await?;
    Ok(exchange.and_then(|exchange| exchange.status()) == Some(404))
}

/// Whether an answer says that something was made: 201, or 200 where no 201 is declared; after PUT also 204.
fn has_created(exchange: &Exchange) -> bool {
    let operation = &exchange.case.operation;
    match exchange.status() {
        Some(201) => true,
        Some(200) => !operation.answers.contains_key(&StatusPattern::Exact(201)),
        // PUT may say no more than that it is done.
        Some(204) => operation.method == "PUT",
        _ => false,
    }
}
