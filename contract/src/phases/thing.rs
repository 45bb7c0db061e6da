//! Something that a phase made at the server, and what can be done with it: by the document's links, by the `Location`
//! of its answer, and by names.

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::positive::{self, Given};
use crate::{
    api::{Location, Operation, StatusPattern},
    case::{Case, Credentials, Phase},
    document::path_shape,
    exchange::Exchange,
    expression::{resolve, text_of},
    fixtures::{Made, Resource},
    pool::Pool,
    run::{Run, Stop},
};

/// How deep things may stand in other things.
const DEPTH: usize = 3;

/// Something that was made.
#[derive(Debug)]
pub(super) struct Thing {
    /// The request that made it.
    pub(super) made_by: Exchange,
    /// The principal whose it is; `None`: nobody's, or the caller's without a name.
    pub(super) owner: Option<String>,
    /// Whether everybody may see it.
    pub(super) is_shared: bool,
    /// Templates of the thing itself, names of parameters left out: `/orders/{}`.
    templates: Vec<String>,
    /// Values that are known of it.
    given: Given,
    links: HashMap<String, Link>,
    pool: Pool,
    /// The `ETag` of its last answer.
    pub(super) etag: Option<String>,
}

/// A link whose expressions were evaluated.
#[derive(Debug, Clone, Default)]
struct Link {
    /// By `name` or `in.name`.
    parameters: Vec<(String, Value)>,
    body: Option<Value>,
}

/// The operations that make things which others name in their paths: POST, and PUT where nothing else makes them.
pub(super) fn creators(run: &Run, phase: Phase) -> Vec<&Arc<Operation>> {
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
fn inside(creator: &Operation) -> String {
    let shape = path_shape(creator.path.trim_end_matches('/'));
    if creator.method == "PUT" {
        shape
    } else {
        format!("{shape}/{{}}")
    }
}

/// Whether a template is that of a thing, or of a part of it.
fn belongs(shape: &str, thing: &str) -> bool {
    shape
        .strip_prefix(thing)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether an operation is on what another one is on, or on a part of it.
pub(super) fn is_part(operation: &Operation, whole: &Operation) -> bool {
    belongs(&path_shape(&operation.path), &path_shape(&whole.path))
}

fn successes(operation: &Operation) -> impl Iterator<Item = &crate::api::Answer> {
    let answers = operation.answers.iter();
    answers
        .filter(|(pattern, _)| {
            matches!(
                pattern,
                StatusPattern::Exact(200..=299) | StatusPattern::Class(2)
            )
        })
        .map(|(_, answer)| answer)
}

pub(super) fn link_targets(operation: &Operation) -> Vec<&str> {
    let links = successes(operation).flat_map(|answer| &answer.links);
    links.map(|link| link.target.as_str()).collect()
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
    pub(super) async fn for_operation(
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
    pub(super) async fn make(
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

    /// What an answer tells of the thing that it made, or shows.
    pub(super) fn of(run: &Run, made_by: &Exchange, owner: Option<String>) -> Self {
        let creator = &made_by.case.operation;
        let mut templates = Vec::new();
        let inside = inside(creator);
        let mut operations = run.api.operations.iter();
        if operations.any(|other| belongs(&path_shape(&other.path), &inside)) {
            templates.push(inside);
        }
        let mut given: Given = made_by.case.path.clone();
        let location = made_by
            .received()
            .and_then(|answer| answer.header("location"));
        if let Some((template, captured)) = location.and_then(|location| located(run, location)) {
            if !templates.contains(&template) {
                templates.push(template);
            }
            given.extend(captured);
        }
        let mut thing = Self {
            pool: Pool::new(&run.api),
            made_by: made_by.clone(),
            owner,
            is_shared: false,
            templates,
            given,
            links: HashMap::new(),
            etag: None,
        };
        thing.learn(run, made_by);
        for label in thing.links.keys() {
            let target = run.api.operation(label);
            let shape = target
                .map(|target| path_shape(&target.path))
                .unwrap_or_default();
            // Up to its last parameter: what a link leads to is the thing, or a part of it.
            if let Some(end) = shape.rfind("{}")
                && let Some(template) = shape.get(..end + 2)
                && !thing.templates.iter().any(|known| belongs(template, known))
            {
                thing.templates.push(template.to_owned());
            }
        }
        thing
    }

    /// Takes what an answer tells: ids, links and the `ETag`.
    pub(super) fn learn(&mut self, run: &Run, exchange: &Exchange) {
        // The id of what is deleted is still good for trying whether it is gone.
        if exchange.case.method != "DELETE" {
            self.pool.learn(exchange);
        }
        let Some(received) = exchange.received().filter(|received| received.is_success()) else {
            return;
        };
        if let Some(etag) = received.header("etag") {
            self.etag = Some(etag.to_owned());
        }
        let answer = exchange.case.operation.answer(received.status);
        for link in answer.iter().flat_map(|(_, answer)| &answer.links) {
            let parameters = link.parameters.iter();
            let parameters = parameters
                .map(|(name, value)| Some((name.clone(), resolve(value, exchange)?)))
                .collect::<Option<_>>();
            let body = link.body.as_ref().map(|body| resolve(body, exchange));
            let (Some(parameters), None | Some(Some(_))) = (parameters, &body) else {
                continue;
            };
            // A link leads to an operation of the document: it was read so.
            if run.api.operation(&link.target).is_some() {
                let body = body.flatten();
                self.links
                    .insert(link.target.clone(), Link { parameters, body });
            }
        }
    }

    /// The operations on the thing itself and its parts.
    pub(super) fn operations<'r>(&self, run: &'r Run, phase: Phase) -> Vec<&'r Arc<Operation>> {
        let operations = run.api.operations.iter();
        operations
            .filter(|operation| run.settings.tests(operation, phase))
            .filter(|operation| {
                let shape = path_shape(&operation.path);
                self.templates.iter().any(|thing| belongs(&shape, thing))
            })
            .collect()
    }

    /// The operations that links lead to.
    pub(super) fn linked<'r>(&self, run: &'r Run, phase: Phase) -> Vec<&'r Arc<Operation>> {
        let operations = run.api.operations.iter();
        operations
            .filter(|operation| self.links.contains_key(&operation.label))
            .filter(|operation| run.settings.tests(operation, phase))
            .collect()
    }

    /// Whether an operation is on the thing as a whole (`/orders/{}`, and not `/orders/{}/lines`).
    pub(super) fn is_itself(&self, operation: &Operation) -> bool {
        self.templates.contains(&path_shape(&operation.path))
    }

    /// The operation that lists things of this kind.
    pub(super) fn list<'r>(&self, run: &'r Run, phase: Phase) -> Option<&'r Arc<Operation>> {
        let path = &self.made_by.case.operation.path;
        let mut operations = run.api.operations.iter();
        operations
            .find(|operation| operation.method == "GET" && operation.path == *path)
            .filter(|operation| run.settings.tests(operation, phase))
    }

    /// The thing's own id: the value of the last parameter of its template.
    pub(super) fn id(&self, run: &Run) -> Option<String> {
        let mut operations = run.api.operations.iter();
        let itself = operations.find(|operation| self.is_itself(operation))?;
        let last = crate::document::path_parameters(&itself.path).pop()?;
        self.given(itself)?.get(last).cloned()
    }

    /// Values for every path parameter of an operation, when all are known.
    pub(super) fn given(&self, operation: &Operation) -> Option<Given> {
        let link = self.links.get(&operation.label);
        let values = operation.parameters_in(Location::Path).map(|parameter| {
            let name = &parameter.name;
            let linked = link.and_then(|link| link.value(parameter.location, name));
            let value = linked
                .map(text_of)
                .or_else(|| self.given.get(name).cloned())
                .or_else(|| self.pool.value_for(operation, parameter))
                .or_else(|| self.made_here(operation, name))?;
            Some((name.clone(), value))
        });
        values.collect()
    }

    /// The value at the same place of an operation that only reads: what a creation answered with 200 is not known to be
    /// new, and it is.
    fn made_here(&self, operation: &Operation, name: &str) -> Option<String> {
        let reading = Operation {
            method: "GET".to_owned(),
            ..Operation::bare("GET", &operation.path, operation.place.clone())
        };
        let parameter = operation.parameter(Location::Path, name)?;
        self.pool.value_for(&reading, parameter)
    }

    /// A request to an operation on the thing, on behalf of its owner.
    pub(super) fn case(&self, run: &Run, operation: &Arc<Operation>, phase: Phase) -> Option<Case> {
        let given = self.given(operation)?;
        let case = positive::usual(run, operation, phase, &given)?;
        Some(self.dressed(run, case))
    }

    /// Puts into a request what is known of the thing: its ids, what links say, its `ETag`.
    pub(super) fn dressed(&self, run: &Run, mut case: Case) -> Case {
        let operation = Arc::clone(&case.operation);
        if let Some(given) = self.given(&operation) {
            positive::put_given(&mut case, &given);
        }
        if let Some(link) = self.links.get(&operation.label) {
            for parameter in &operation.parameters {
                if let Some(value) = link.value(parameter.location, &parameter.name) {
                    case.query.retain(|(name, _)| {
                        parameter.location != Location::Query || *name != parameter.name
                    });
                    positive::put(&mut case, parameter, value);
                }
            }
            if let Some(body) = &link.body {
                case.set_json(body.clone());
            }
        }
        if let Some(etag) = &self.etag
            && operation.parameter(Location::Header, "If-Match").is_some()
        {
            case.set_header("If-Match", etag.clone());
        }
        case.credentials = self.credentials(run, &operation);
        case.origin.parent = Some(self.made_by.case.id.clone());
        case
    }

    /// On whose behalf an operation on the thing is called.
    pub(super) fn credentials(&self, run: &Run, operation: &Operation) -> Credentials {
        match &self.owner {
            Some(owner) => run.credentials_of(operation, owner),
            None => Credentials::Usual,
        }
    }

    /// Whether a call to an operation is made by whoever made the thing.
    pub(super) fn is_owners(&self, run: &Run, operation: &Operation) -> bool {
        let credentials = self.credentials(run, operation);
        let caller = run
            .principals
            .caller(operation, &credentials, &run.api.schemes);
        caller.map(|(name, _)| name) == self.owner.as_deref()
    }

    /// The request that made it, for reports.
    pub(super) fn creation(&self) -> String {
        said(&self.made_by)
    }
}

impl Link {
    fn value(&self, location: Location, name: &str) -> Option<&Value> {
        let whole = format!("{location}.{name}");
        let mut parameters = self.parameters.iter();
        let found = parameters.find(|(known, _)| *known == whole || known == name);
        found.map(|(_, value)| value)
    }
}

/// A request and its answer in a line.
pub(super) fn said(exchange: &Exchange) -> String {
    let status = exchange
        .status()
        .map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let url = &exchange.sent.url;
    format!("{} {url} → {status}", exchange.sent.method)
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

/// The template that a `Location` fits, and the texts of its parameters.
fn located(run: &Run, location: &str) -> Option<(String, Given)> {
    let path = match location.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..))?,
        None => location,
    };
    let mut path = path.split(['?', '#']).next()?;
    loop {
        let found = run.api.operations_at(path).into_iter().next();
        if let Some((operation, captured)) = found {
            let is_thing = operation.path.ends_with('}') && !captured.is_empty();
            return is_thing.then(|| (path_shape(&operation.path), captured));
        }
        // The server's address may have a path of its own, which templates do not have.
        let at = path.get(1..)?.find('/')?;
        path = path.get(at + 1..)?;
    }
}
