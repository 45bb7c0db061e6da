//! From the document to its machines: what `x-state-machine` says.

use std::sync::Arc;

use serde_json::Value;

use super::{EXTENSION, Machine, Transition};
use crate::{
    api::{Api, Operation, Schemas},
    laws::shape,
};

impl Machine {
    /// Every machine of a document that some operation shows.
    pub(in crate::laws::state_machine) fn all(api: &Api) -> Vec<Self> {
        let mut found: Vec<(String, Self)> = Vec::new();
        for operation in &api.operations {
            if operation.method != "GET" || !operation.path.ends_with('}') {
                continue;
            }
            let answer = operation.answer(200).map(|(_, answer)| answer);
            let Some(schema) = answer.and_then(shape::json) else {
                continue;
            };
            let has =
                |_: &str, property: &Value| api.schemas.follow(property).get(EXTENSION).is_some();
            for pointer in shape::find(&api.schemas, &schema.value, &has) {
                let Some(state) = part(api, &schema.value, &pointer) else {
                    continue;
                };
                let extension = state
                    .get(EXTENSION)
                    .map_or_else(String::new, Value::to_string);
                if !found.iter().any(|(known, _)| *known == extension)
                    && let Some(machine) = Self::of(api, operation, &pointer, state)
                {
                    found.push((extension, machine));
                }
            }
        }
        found.into_iter().map(|(_, machine)| machine).collect()
    }

    fn of(api: &Api, reader: &Arc<Operation>, pointer: &str, state: &Value) -> Option<Self> {
        let extension = state.get(EXTENSION)?;
        let states: Vec<_> = texts(state.get("enum")?).collect();
        let transitions = extension.get("transitions")?.as_array()?;
        let transitions: Vec<_> = transitions.iter().flat_map(Transition::read).collect();
        let named = api.schemas.iter().find(|(_, schema)| *schema == state);
        let name = named.map(|(name, _)| name.to_owned());
        let place = name
            .as_deref()
            .and_then(|name| api.schemas.place(name, &format!("/{EXTENSION}")));
        let shown = name.as_deref().and_then(|name| name.rsplit_once('.'));
        let mut machine = Self {
            name: shown.map_or_else(|| reader.label.clone(), |(name, _)| name.to_owned()),
            place: place.cloned().unwrap_or_else(|| reader.place.clone()),
            initial: texts(extension.get("initial")?).collect(),
            states,
            transitions,
            reader: Arc::clone(reader),
            pointer: pointer.to_owned(),
            ways: Vec::new(),
            unknown: Vec::new(),
            refusal: refusal(extension),
        };
        machine.find_ways(api, extension);
        Some(machine)
    }
}

impl Transition {
    /// `{from: A, to: B, by: [owner.pay]}`; `from` and `by` may be one text or several.
    fn read(value: &Value) -> Vec<Self> {
        let by: Vec<_> = value
            .get("by")
            .map(|by| {
                let split = |text: String| match text.split_once('.') {
                    Some((who, how)) => (who.to_owned(), how.to_owned()),
                    None => (text, String::new()),
                };
                texts(by).map(split).collect()
            })
            .unwrap_or_default();
        let Some(to) = value.get("to").and_then(Value::as_str) else {
            return Vec::new();
        };
        let from = value.get("from").into_iter().flat_map(texts);
        from.map(|from| Self {
            from,
            to: to.to_owned(),
            by: by.clone(),
        })
        .collect()
    }
}

fn refusal(extension: &Value) -> (Option<u16>, Option<String>) {
    let said = extension.get("refusal");
    let status = said.and_then(|said| said.get("status")?.as_u64());
    let code = said.and_then(|said| said.get("code")?.as_str());
    (
        status.and_then(|status| u16::try_from(status).ok()),
        code.map(str::to_owned),
    )
}

/// The schema of a part, references followed.
fn part<'s>(api: &'s Api, schema: &'s Value, pointer: &str) -> Option<&'s Value> {
    let schemas: &'s Schemas = &api.schemas;
    let mut schema = schemas.follow(schema);
    for name in pointer.split('/').skip(1) {
        let properties = shape::properties(schemas, schema);
        let (_, found) = properties.into_iter().find(|(known, _)| *known == name)?;
        schema = schemas.follow(found);
    }
    Some(schema)
}

/// One text or several.
fn texts(value: &Value) -> impl Iterator<Item = String> {
    let one = value.as_str();
    let several = value.as_array();
    let several = several.into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(several).map(str::to_owned)
}
