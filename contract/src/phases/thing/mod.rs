//! Something that a phase made at the server, and what can be done with it: by the document's links, by the `Location`
//! of its answer, and by names.

mod call;
mod make;

use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::positive::Given;

use crate::{
    api::{Location, Operation, StatusPattern},
    case::Phase,
    document::path_shape,
    exchange::Exchange,
    expression::{resolve, text_of},
    pool::Pool,
    run::Run,
};
pub(super) use make::creators;
use make::inside;

/// Something that was made.
#[derive(Debug)]
pub(in crate::phases) struct Thing {
    /// The request that made it.
    pub(in crate::phases) made_by: Exchange,
    /// The principal whose it is; `None`: nobody's, or the caller's without a name.
    pub(in crate::phases) owner: Option<String>,
    /// Whether everybody may see it.
    pub(in crate::phases) is_shared: bool,
    /// Templates of the thing itself, names of parameters left out: `/orders/{}`.
    templates: Vec<String>,
    /// Values that are known of it.
    given: Given,
    links: HashMap<String, Link>,
    pool: Pool,
    /// The `ETag` of its last answer.
    pub(in crate::phases) etag: Option<String>,
}

/// A link whose expressions were evaluated.
#[derive(Debug, Clone, Default)]
struct Link {
    /// By `name` or `in.name`.
    parameters: Vec<(String, Value)>,
    body: Option<Value>,
}

/// Whether a template is that of a thing, or of a part of it.
fn belongs(shape: &str, thing: &str) -> bool {
    shape
        .strip_prefix(thing)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether an operation is on what another one is on, or on a part of it.
pub(in crate::phases) fn is_part(operation: &Operation, whole: &Operation) -> bool {
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

pub(in crate::phases) fn link_targets(operation: &Operation) -> Vec<&str> {
    let links = successes(operation).flat_map(|answer| &answer.links);
    links.map(|link| link.target.as_str()).collect()
}

impl Thing {
    /// What an answer tells of the thing that it made, or shows.
    pub(in crate::phases) fn of(run: &Run, made_by: &Exchange, owner: Option<String>) -> Self {
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
    pub(in crate::phases) fn learn(&mut self, run: &Run, exchange: &Exchange) {
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
    pub(in crate::phases) fn operations<'r>(
        &self,
        run: &'r Run,
        phase: Phase,
    ) -> Vec<&'r Arc<Operation>> {
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
    pub(in crate::phases) fn linked<'r>(
        &self,
        run: &'r Run,
        phase: Phase,
    ) -> Vec<&'r Arc<Operation>> {
        let operations = run.api.operations.iter();
        operations
            .filter(|operation| self.links.contains_key(&operation.label))
            .filter(|operation| run.settings.tests(operation, phase))
            .collect()
    }

    /// Whether an operation is on the thing as a whole (`/orders/{}`, and not `/orders/{}/lines`).
    pub(in crate::phases) fn is_itself(&self, operation: &Operation) -> bool {
        self.templates.contains(&path_shape(&operation.path))
    }

    /// The operation that lists things of this kind.
    pub(in crate::phases) fn list<'r>(
        &self,
        run: &'r Run,
        phase: Phase,
    ) -> Option<&'r Arc<Operation>> {
        let path = &self.made_by.case.operation.path;
        let mut operations = run.api.operations.iter();
        operations
            .find(|operation| operation.method == "GET" && operation.path == *path)
            .filter(|operation| run.settings.tests(operation, phase))
    }

    /// The thing's own id: the value of the last parameter of its template.
    pub(in crate::phases) fn id(&self, run: &Run) -> Option<String> {
        let mut operations = run.api.operations.iter();
        let itself = operations.find(|operation| self.is_itself(operation))?;
        let last = crate::document::path_parameters(&itself.path).pop()?;
        self.given(itself)?.get(last).cloned()
    }

    /// Values for every path parameter of an operation, when all are known.
    pub(in crate::phases) fn given(&self, operation: &Operation) -> Option<Given> {
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
pub(in crate::phases) fn said(exchange: &Exchange) -> String {
    let status = exchange
        .status()
        .map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let url = &exchange.sent.url;
    format!("{} {url} → {status}", exchange.sent.method)
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
