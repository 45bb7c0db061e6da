//! Values that travel as texts: what a parameter or header would be as JSON.

use serde_json::Value;

use crate::api::{Parameter, Schemas};

/// What texts mean under a schema; `None` where that takes more than splitting (objects).
pub(super) fn of_parameter(
    texts: &[String],
    parameter: &Parameter,
    schemas: &Schemas,
) -> Option<Value> {
    if parameter.media_type.is_some() {
        return serde_json::from_str(texts.first()?).ok();
    }
    let schema = schemas.follow(&parameter.schema.value);
    if has_type(schema, "object", schemas) {
        return None;
    }
    if !has_type(schema, "array", schemas) {
        return Some(of_text(texts.first()?, schema, schemas));
    }
    let separator = match parameter.style.as_str() {
        "spaceDelimited" => ' ',
        "pipeDelimited" => '|',
        _ => ',',
    };
    let pieces: Vec<&str> = if parameter.explode && parameter.style == "form" {
        texts.iter().map(String::as_str).collect()
    } else {
        texts.first()?.split(separator).collect()
    };
    let item = schema
        .get("items")
        .map_or(&Value::Null, |item| schemas.follow(item));
    let items = pieces
        .into_iter()
        .map(|piece| of_text(piece, item, schemas));
    Some(items.collect())
}

/// What one text means under a schema: a number, where the schema takes numbers and it is one.
pub(super) fn of_text(text: &str, schema: &Value, schemas: &Schemas) -> Value {
    let schema = schemas.follow(schema);
    let is_number = has_type(schema, "integer", schemas) || has_type(schema, "number", schemas);
    let is_literal = (is_number && text.parse::<serde_json::Number>().is_ok())
        || (has_type(schema, "boolean", schemas) && matches!(text, "true" | "false"))
        || (has_type(schema, "null", schemas) && text == "null");
    let literal = is_literal
        .then(|| serde_json::from_str(text).ok())
        .flatten();
    literal.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Whether a schema takes values of a type, in one of its parts.
fn has_type(schema: &Value, name: &str, schemas: &Schemas) -> bool {
    has_type_within(schema, name, schemas, 8)
}

fn has_type_within(schema: &Value, name: &str, schemas: &Schemas, depth: usize) -> bool {
    let schema = schemas.follow(schema);
    let own = match schema.get("type") {
        Some(Value::String(own)) => own == name,
        Some(Value::Array(own)) => own.iter().any(|own| own == name),
        _ => false,
    };
    own || (depth > 0
        && ["allOf", "anyOf", "oneOf"].iter().any(|key| {
            let parts = schema.get(*key).and_then(Value::as_array);
            let mut parts = parts.into_iter().flatten();
            parts.any(|part| has_type_within(part, name, schemas, depth - 1))
        }))
}
