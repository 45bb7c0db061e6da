//! Schemas beside the place where they stand, and the way into a value.

use serde_json::Value;

use crate::pact::matchers::Step;

/// A schema and where it stands: in the definition `home`, or in the root.
#[derive(Clone)]
pub(super) struct At<'a> {
    pub(super) schema: &'a Value,
    pub(super) home: Option<&'a str>,
    pub(super) pointer: String,
}

/// Where we are in the value.
#[derive(Default)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
    pub(super) pointer: String,
}

/// The schemas that hold together for one value, and the groups of which one each must hold.
#[derive(Default, Clone)]
pub(super) struct Parts<'a> {
    pub(super) together: Vec<At<'a>>,
    pub(super) groups: Vec<Vec<At<'a>>>,
}

impl<'a> At<'a> {
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.schema.get(key)
    }

    pub(super) fn inside(&self, schema: &'a Value, pointer: &str) -> Self {
        Self {
            schema,
            home: self.home,
            pointer: format!("{}/{pointer}", self.pointer),
        }
    }
}

impl Path {
    pub(super) fn enter(&mut self, step: Step, name: &str) {
        self.steps.push(step);
        self.pointer.push('/');
        self.pointer
            .push_str(&name.replace('~', "~0").replace('/', "~1"));
    }

    pub(super) fn leave(&mut self) {
        self.steps.pop();
        self.pointer
            .truncate(self.pointer.rfind('/').unwrap_or_default());
    }
}

pub(super) fn listed<'a>(at: &At<'a>, key: &str) -> Vec<At<'a>> {
    let items = at.get(key).and_then(Value::as_array).into_iter().flatten();
    items
        .enumerate()
        .map(|(index, schema)| at.inside(schema, &format!("{key}/{index}")))
        .collect()
}

pub(super) fn item_of<'a>(at: &At<'a>, index: usize) -> Option<At<'a>> {
    let first = at.get("prefixItems").and_then(|items| items.get(index));
    if let Some(schema) = first {
        return Some(at.inside(schema, &format!("prefixItems/{index}")));
    }
    at.get("items").map(|schema| at.inside(schema, "items"))
}
