//! The value of a discriminator names one of its schemas.

use serde_json::Value;

use crate::api::{Schema, Schemas};

pub(super) struct Mismatch {
    /// The path of the discriminator, as [`crate::api::Violation::path`] has it.
    pub(super) path: String,
    pub(super) message: String,
}

/// The first discriminator in a value that names no schema. The walk follows the value, so that it ends where the
/// value does.
pub(super) fn mismatch(schemas: &Schemas, schema: &Schema, value: &Value) -> Option<Mismatch> {
    let mut left = vec![(String::new(), String::new(), &schema.value, value, 0)];
    while let Some((path, at, schema, value, references)) = left.pop() {
        // References alone do not lead on in the value.
        if references < 50
            && let Some(target) = schemas.step(schema)
        {
            left.push((
                format!("{path}/$ref"),
                at.clone(),
                target,
                value,
                references + 1,
            ));
        }
        match value {
            Value::Object(object) => {
                if let Some(message) = unknown(schema, value, &at) {
                    let path = format!("{path}/discriminator");
                    return Some(Mismatch { path, message });
                }
                let properties = schema.get("properties").and_then(Value::as_object);
                for (name, property) in properties.into_iter().flatten() {
                    if let Some(value) = object.get(name) {
                        let step = name.replace('~', "~0").replace('/', "~1");
                        let path = format!("{path}/properties/{step}");
                        left.push((path, format!("{at}/{step}"), property, value, 0));
                    }
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items").filter(|items| items.is_object()) {
                    for (index, item) in items.iter().enumerate() {
                        left.push((
                            format!("{path}/items"),
                            format!("{at}/{index}"),
                            schema,
                            item,
                            0,
                        ));
                    }
                }
            }
            _ => {}
        }
    }
    None
}

fn unknown(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let named = value.get(property)?.as_str()?;
    let mapping = discriminator.get("mapping")?.as_object()?;
    if mapping.is_empty() || mapping.contains_key(named) {
        return None;
    }
    let known: Vec<_> = mapping.keys().map(String::as_str).collect();
    Some(format!(
        "Received at {at}/{property}: {named:?}, which names no schema\nDocumented: {}",
        known.join(", ")
    ))
}
