//! Who makes what a parameter or a property names.

use std::sync::Arc;

use serde_json::Value;

use super::{DEPTH, World, text};
use crate::{
    api::{Operation, Parameter},
    case::Phase,
    exchange::Received,
    laws::{
        shape,
        trial::{Halt, Outcome, untried},
        values,
    },
};

impl World<'_> {
    /// The id of a new resource for a parameter of a path; an old one where none can be made.
    pub(in crate::laws) async fn resource(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<String> {
        let run = self.run;
        let configured = run.settings.parameter(operation, "path", &parameter.name);
        if let Some(value) = configured {
            return Ok(text(value));
        }
        let mut refusal = None;
        for producer in self.producers(operation, parameter) {
            match Box::pin(self.make(&producer, who, depth + 1)).await {
                Ok((_, received)) => {
                    if let Some(id) = linked(&producer, &received, operation, parameter)
                        .or_else(|| run.pool.value_for(operation, parameter))
                    {
                        return Ok(id);
                    }
                }
                Err(Halt::Untried(reason)) => refusal = Some(reason),
                Err(halt) => return Err(halt),
            }
        }
        let known = run.pool.value_for(operation, parameter);
        let example = parameter.examples.first();
        let known = known.or_else(|| example.map(|example| text(&example.value)));
        match (known, refusal) {
            (Some(id), _) => Ok(id),
            (None, Some(reason)) => untried(reason),
            (None, None) => untried(format!(
                "nothing says how to make the `{}` of {}: link it to the operation that creates it",
                parameter.name, operation.label
            )),
        }
    }

    /// The operations that make what a path parameter names, the surest first.
    fn producers(&self, operation: &Operation, parameter: &Parameter) -> Vec<Arc<Operation>> {
        let api = &self.run.api;
        let creates = |candidate: &&Arc<Operation>| {
            candidate.method == "POST" && candidate.index != operation.index
        };
        let in_path = format!("{{{}}}", parameter.name);
        let before = operation.path.split(&in_path).next().unwrap_or_default();
        let collection = before.trim_end_matches('/');
        let is_linked = |candidate: &&Arc<Operation>| {
            candidate
                .answers
                .values()
                .flat_map(|answer| &answer.links)
                .any(|link| link.target == operation.label && link_value(link, parameter).is_some())
        };
        let wanted = shape::plain(&parameter.name);
        let is_named = |candidate: &&Arc<Operation>| {
            let last = candidate.path.rsplit('/').next().map(shape::plain);
            last.is_some_and(|last| {
                !last.is_empty()
                    && wanted.strip_suffix("id").is_some_and(|name| {
                        !name.is_empty() && (last == format!("{name}s") || last == name)
                    })
            })
        };
        let posts = || api.operations.iter().filter(creates);
        let mut found: Vec<Arc<Operation>> = Vec::new();
        let ordered = posts()
            .filter(|candidate| candidate.path == collection)
            .chain(posts().filter(is_linked))
            .chain(posts().filter(is_named));
        for candidate in ordered {
            if !found.iter().any(|known| known.index == candidate.index) {
                found.push(Arc::clone(candidate));
            }
        }
        found
    }

    /// A body whose ids are those of things that exist.
    pub(in crate::laws) async fn with_ids(
        &self,
        body: &Value,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<Value> {
        let mut filled = body.clone();
        let mut leaves = Vec::new();
        values::collect(body, String::new(), &mut leaves);
        for (pointer, leaf) in leaves {
            let name = pointer.rsplit('/').next().unwrap_or_default();
            if !leaf.is_string() || !shape::plain(name).ends_with("id") {
                continue;
            }
            if let Some(id) = self.id_named(name, who, depth).await?
                && let Some(other) = values::replaced(&filled, &pointer, id.into())
            {
                filled = other;
            }
        }
        Ok(filled)
    }

    /// An id for a property like `productId`.
    async fn id_named(
        &self,
        name: &str,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<Option<String>> {
        let run = self.run;
        if let Some(resource) = run.fixtures.providing(name) {
            let made = run
                .fixtures
                .make(run, Phase::Laws, &resource.name, None)
                .await?;
            return Ok(made.and_then(|made| made.parameters.get(name).cloned()));
        }
        if run.pool.value_named(name).is_none() && depth < DEPTH {
            self.make_named(name, who, depth).await?;
        }
        Ok(run.pool.value_named(name))
    }

    /// Makes or lists what a property like `productId` names, so that an id is known.
    async fn make_named(&self, name: &str, who: Option<&str>, depth: usize) -> Outcome {
        let wanted = shape::plain(name);
        let name = wanted.strip_suffix("id").unwrap_or(&wanted);
        if name.is_empty() {
            return Ok(());
        }
        let collection = |operation: &&Arc<Operation>| {
            let last = operation.path.rsplit('/').next().map(shape::plain);
            matches!(operation.method.as_str(), "POST" | "GET")
                && last.is_some_and(|last| last == format!("{name}s"))
        };
        let mut found: Vec<_> = self.run.api.operations.iter().filter(collection).collect();
        // What is made here is nobody else's.
        found.sort_by_key(|operation| operation.method != "POST");
        for operation in found {
            match Box::pin(self.make(operation, who, depth + 1)).await {
                Ok(_) => return Ok(()),
                Err(Halt::Untried(_)) => {}
                Err(halt) => return Err(halt),
            }
        }
        Ok(())
    }
}

fn link_value<'l>(link: &'l crate::api::Link, parameter: &Parameter) -> Option<&'l Value> {
    let whole = format!("{}.{}", parameter.location, parameter.name);
    link.parameters
        .get(&whole)
        .or_else(|| link.parameters.get(&parameter.name))
}

/// The value that a link of an answer gives to a parameter.
fn linked(
    producer: &Operation,
    received: &Received,
    operation: &Operation,
    parameter: &Parameter,
) -> Option<String> {
    let (_, answer) = producer.answer(received.status)?;
    let links = answer.links.iter();
    let mut found = links
        .filter(|link| link.target == operation.label)
        .filter_map(|link| link_value(link, parameter)?.as_str());
    let pointer = found.find_map(|expression| expression.strip_prefix("$response.body#"))?;
    received.json()?.pointer(pointer).map(text)
}
