//! Requests that keep to the document, one for each example, with values that exist at the server.

use std::{collections::HashSet, sync::Arc};

use indexmap::IndexMap;
use rand::RngExt as _;
use serde_json::Value;

use crate::{
    api::{Example, Location, Operation, Parameter, Schema},
    case::{Case, Content, Mode, Payload, Phase},
    generate::{
        body,
        node::Source,
        template,
        values::{Maker, Style},
        wire,
    },
    run::Run,
    script::unique,
};

/// Values of parameters that are known to exist, by name.
pub(super) type Given = IndexMap<String, String>;

/// One request for each example that an operation has, and at least one. Each takes the examples with the same name
/// together; what has no example of that name takes one that was not sent yet.
pub(super) fn examples(run: &Run, operation: &Arc<Operation>, phase: Phase) -> Vec<Case> {
    let body = operation.body.as_ref().and_then(|body| body.media.first());
    let carriers: Vec<&[Example]> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.examples.as_slice())
        .chain(body.map(|(_, media)| media.examples.as_slice()))
        .collect();
    let mut unsent: HashSet<(usize, usize)> = HashSet::new();
    for (carrier, examples) in carriers.iter().enumerate() {
        unsent.extend((0..examples.len()).map(|index| (carrier, index)));
    }
    let mut cases = Vec::new();
    loop {
        let lead = unsent.iter().min().copied();
        let name = lead.and_then(|(carrier, index)| Some(&carriers.get(carrier)?.get(index)?.name));
        let mut chosen = Vec::with_capacity(carriers.len());
        for (carrier, examples) in carriers.iter().enumerate() {
            let same_name = examples
                .iter()
                .position(|example| !example.name.is_empty() && Some(&example.name) == name);
            let index = match lead {
                Some((leading, index)) if leading == carrier => index,
                _ => same_name
                    .or_else(|| {
                        (0..examples.len()).find(|index| unsent.contains(&(carrier, *index)))
                    })
                    .unwrap_or_default(),
            };
            unsent.remove(&(carrier, index));
            chosen.push(examples.get(index));
        }
        let mut chosen = chosen.into_iter();
        let parameters: Vec<_> = operation
            .parameters
            .iter()
            .map(|parameter| (parameter, chosen.next().flatten()))
            .collect();
        let body = chosen.next().flatten();
        let description = match name.filter(|name| !name.is_empty()) {
            Some(name) => format!("Example `{name}` of the document"),
            None => "Example of the document".to_owned(),
        };
        cases.extend(with(run, operation, phase, &parameters, body, &description));
        if unsent.is_empty() {
            return cases;
        }
    }
}

/// Every request that is worth trying when something is to be made: the examples with what exists in the place of their
/// ids, then bodies that nobody sent before.
pub(super) fn all(run: &Run, operation: &Arc<Operation>, phase: Phase) -> Vec<Case> {
    let mut cases = examples(run, operation, phase);
    let usual = usual(run, operation, phase, &Given::new());
    let declared = operation.body.as_ref().and_then(|body| body.media.first());
    if let (Some(usual), Some((media_type, media))) = (&usual, declared)
        && let Some(schema) = &media.schema
    {
        for style in [Style::Full, Style::Random] {
            let mut case = usual.clone();
            case.id = run.case_id();
            let value = made(run, schema, style, &case.id);
            case.body = value.and_then(|value| body::write(media_type, media, &value));
            if case.body.is_some() {
                cases.push(case);
            }
        }
    }
    cases.extend(usual);
    for case in &mut cases {
        put_existing(run, case);
    }
    cases
}

/// A request with the first examples and everything that is required; `None` when a part cannot be had.
pub(super) fn usual(
    run: &Run,
    operation: &Arc<Operation>,
    phase: Phase,
    given: &Given,
) -> Option<Case> {
    let parameters: Vec<_> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.is_required)
        .map(|parameter| {
            let example = parameter.examples.first();
            let is_given = given.contains_key(&parameter.name);
            // An id of the document exists nowhere.
            let is_id = parameter.location == Location::Path;
            (parameter, example.filter(|_| is_given || !is_id))
        })
        .collect();
    let mut case = with(run, operation, phase, &parameters, None, "")?;
    for (name, value) in given {
        if operation.parameter(Location::Path, name).is_some() {
            case.path.insert(name.clone(), value.clone());
        }
    }
    put_existing(run, &mut case);
    put_given(&mut case, given);
    Some(case)
}

/// Gives what is put under a name of its own a name that nobody took.
pub(super) fn rename(run: &Run, case: &mut Case) {
    let operation = Arc::clone(&case.operation);
    let Some(parameter) = operation.parameters_in(Location::Path).last() else {
        return;
    };
    if let Some(name) = made(run, &parameter.schema, Style::Random, &case.id) {
        put(case, parameter, &name);
    }
}

/// Puts ids that exist in the place of those of a body's example.
fn put_existing(run: &Run, case: &mut Case) {
    let body = case.body.as_mut().map(|body| &mut body.content);
    let Some(Content::Json(Value::Object(members))) = body else {
        return;
    };
    for (name, value) in members {
        if let Value::String(text) = value
            && let Some(known) = run.pool.value_named(name)
        {
            *text = known;
        }
    }
}

/// Puts values that exist in the place of examples: in the path, in required queries, and in properties of the body
/// with the same name.
pub(super) fn put_given(case: &mut Case, given: &Given) {
    for (name, value) in given {
        if let Some(text) = case.path.get_mut(name) {
            text.clone_from(value);
        }
        for (_, text) in case.query.iter_mut().filter(|(known, _)| known == name) {
            text.clone_from(value);
        }
        let body = case.body.as_mut().map(|body| &mut body.content);
        if let Some(Content::Json(body)) = body
            && let Some(Value::String(text)) = body.get_mut(name)
        {
            text.clone_from(value);
        }
    }
}

fn with(
    run: &Run,
    operation: &Arc<Operation>,
    phase: Phase,
    parameters: &[(&Parameter, Option<&Example>)],
    body: Option<&Example>,
    description: &str,
) -> Option<Case> {
    let mut case = run.case(operation, phase);
    description.clone_into(&mut case.origin.description);
    for (parameter, example) in parameters {
        let is_needed = parameter.is_required;
        let value = match example {
            Some(example) => Some(example.value.clone()),
            None if is_needed => value(run, operation, parameter),
            None => None,
        };
        match value {
            Some(value) => put(&mut case, parameter, &value),
            None if is_needed => return None,
            None => {}
        }
    }
    if let Some(declared) = &operation.body {
        case.body = payload(run, operation, body);
        if case.body.is_none() && declared.is_required {
            return None;
        }
    }
    let mut components = vec![Location::Body];
    components.extend(
        operation
            .parameters
            .iter()
            .map(|parameter| parameter.location),
    );
    case.origin.components = components
        .into_iter()
        .map(|location| (location, Mode::Positive))
        .collect();
    Some(case)
}

/// A value for a parameter: configured, known to exist, an example, or made.
fn value(run: &Run, operation: &Operation, parameter: &Parameter) -> Option<Value> {
    let location = parameter.location.as_str();
    if let Some(value) = run.settings.parameter(operation, location, &parameter.name) {
        return Some(value.clone());
    }
    if let Some(value) = run.pool.value_for(operation, parameter) {
        return Some(value.into());
    }
    let example = parameter
        .examples
        .first()
        .map(|example| example.value.clone());
    example.or_else(|| {
        let purpose = format!("{} {}", operation.label, parameter.name);
        made(run, &parameter.schema, Style::Usual, &purpose)
    })
}

/// The body: an example, or one that is made.
fn payload(run: &Run, operation: &Operation, example: Option<&Example>) -> Option<Payload> {
    let (media_type, media) = operation.body.as_ref()?.media.first()?;
    let example = example.or_else(|| media.examples.first());
    let value = match (example, &media.schema) {
        (Some(example), _) => example.value.clone(),
        (None, Some(schema)) => made(run, schema, Style::Usual, &operation.label)?,
        (None, None) => return None,
    };
    body::write(media_type, media, &value)
}

/// A value that a schema takes. The same purpose gives the same value, with the same seed.
fn made(run: &Run, schema: &Schema, style: Style, purpose: &str) -> Option<Value> {
    let source = Source {
        schema,
        schemas: &run.api.schemas,
    };
    let seed = run.random(purpose).random();
    Maker::new(source, seed, Vec::new(), Some(&run.pool)).valid(style)
}

/// Puts a parameter in its place, as its style says; what cannot be written so is left out.
pub(super) fn put(case: &mut Case, parameter: &Parameter, value: &Value) {
    // A key that was used before means a repetition, which is another matter.
    if case.operation.is_key(parameter) {
        case.set_header(&parameter.name, unique());
        return;
    }
    for (name, text) in wire::write(parameter, value).unwrap_or_default() {
        if parameter.location == Location::Header {
            case.set_header(&name, text);
        } else {
            template::put(case, parameter, name, text);
        }
    }
}
