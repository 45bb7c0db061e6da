//! Fields of answers: what schemas describe, and what came.

use serde_json::Value;

use crate::{
    api::{Api, Schema, Schemas},
    document::Place,
};

/// So deep schemas that refer to themselves are looked at.
const DEEPEST: usize = 12;
/// So many fields of a schema are told apart. Schemas that refer to each other many times over have more than anybody could
/// count; from here on, references are not followed.
const MOST: usize = 2_000;

/// A field that a schema describes.
pub(super) struct Field {
    /// Names from the top, dots between; `[]` for the items of a list.
    pub(super) path: String,
    pub(super) place: Place,
}

/// Every field that a schema describes.
pub(super) fn of(api: &Api, schema: &Schema) -> Vec<Field> {
    let mut walk = Walk {
        api,
        fields: Vec::new(),
        inside: Vec::new(),
    };
    walk.visit(&schema.value, "", None, "", schema);
    walk.fields
}

struct Walk<'a> {
    api: &'a Api,
    fields: Vec<Field>,
    inside: Vec<String>,
}

impl Walk<'_> {
    fn visit(
        &mut self,
        value: &Value,
        at: &str,
        definition: Option<&str>,
        pointer: &str,
        schema: &Schema,
    ) {
        if let Some(name) = Schemas::name(value) {
            let is_again = self.inside.iter().any(|known| known == name);
            if !is_again
                && self.inside.len() < DEEPEST
                && self.fields.len() < MOST
                && let Some(target) = self.api.schemas.step(value)
            {
                self.inside.push(name.to_owned());
                self.visit(target, at, Some(name), "", schema);
                self.inside.pop();
            }
        }
        let properties = value.get("properties").and_then(Value::as_object);
        for (name, inner) in properties.into_iter().flatten() {
            // A property that must not come is no promise.
            if inner.get("not") == Some(&serde_json::json!({})) {
                continue;
            }
            let path = if at.is_empty() {
                name.clone()
            } else {
                format!("{at}.{name}")
            };
            let own = format!(
                "{pointer}/properties/{}",
                openapi_codegen::tree::escape_pointer(name)
            );
            let place = definition.and_then(|definition| self.api.schemas.place(definition, &own));
            let place = place.unwrap_or_else(|| schema.place_of(&own)).clone();
            if !self.fields.iter().any(|field| field.path == path) {
                let path = path.clone();
                self.fields.push(Field { path, place });
            }
            self.visit(inner, &path, definition, &own, schema);
        }
        // Members of any name (`additionalProperties`) have no field to name.
        if let Some(inner) = value.get("items").filter(|inner| inner.is_object()) {
            self.visit(
                inner,
                &format!("{at}[]"),
                definition,
                &format!("{pointer}/items"),
                schema,
            );
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let branches = value.get(key).and_then(Value::as_array);
            for (index, inner) in branches.into_iter().flatten().enumerate() {
                self.visit(
                    inner,
                    at,
                    definition,
                    &format!("{pointer}/{key}/{index}"),
                    schema,
                );
            }
        }
    }
}

/// Tells every field of a value, once for each time it comes.
pub(super) fn seen(value: &Value, tell: &mut impl FnMut(&str)) {
    visit(value, &mut String::new(), tell);
}

fn visit(value: &Value, at: &mut String, tell: &mut impl FnMut(&str)) {
    let length = at.len();
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                if length > 0 {
                    at.push('.');
                }
                at.push_str(name);
                tell(at);
                visit(inner, at, tell);
                at.truncate(length);
            }
        }
        Value::Array(items) => {
            at.push_str("[]");
            for item in items {
                visit(item, at, tell);
            }
            at.truncate(length);
        }
        _ => {}
    }
}
