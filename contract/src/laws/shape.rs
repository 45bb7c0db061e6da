//! Finds parts of answers by their names: what a document does not say outright is told by its schemas.

use std::collections::VecDeque;

use serde_json::Value;

use crate::api::{Answer, Media, Schema, Schemas};

/// How deep parts are looked for.
const DEPTH: usize = 4;

/// The schema of an answer's JSON body.
pub(super) fn json(answer: &Answer) -> Option<&Schema> {
    let found = answer.content.iter().find(|(name, _)| Media::is_json(name));
    found.and_then(|(_, media)| media.schema.as_ref())
}

/// The properties of a schema, those of its compositions included.
pub(super) fn properties<'s>(schemas: &'s Schemas, schema: &'s Value) -> Vec<(&'s str, &'s Value)> {
    let mut found = Vec::new();
    collect(schemas, schema, 0, &mut found);
    found
}

fn collect<'s>(
    schemas: &'s Schemas,
    schema: &'s Value,
    depth: usize,
    found: &mut Vec<(&'s str, &'s Value)>,
) {
    let schema = schemas.follow(schema);
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            if !found.iter().any(|(known, _)| known == name) {
                found.push((name, property));
            }
        }
    }
    if depth > DEPTH {
        return;
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for part in schema
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            collect(schemas, part, depth + 1, found);
        }
    }
}

/// Whether a schema admits a type, by its `type` or that of its parts; one without `type` admits all.
pub(super) fn admits(schemas: &Schemas, schema: &Value, wanted: &str) -> bool {
    let schema = schemas.follow(schema);
    match schema.get("type") {
        Some(Value::String(text)) => text == wanted,
        Some(Value::Array(texts)) => texts.iter().any(|text| text == wanted),
        _ => {
            let parts: Vec<_> = ["allOf", "oneOf", "anyOf"]
                .into_iter()
                .filter_map(|key| schema.get(key)?.as_array())
                .flatten()
                .collect();
            parts.is_empty() || parts.iter().any(|part| admits(schemas, part, wanted))
        }
    }
}

/// Pointers to the properties that a test takes, the shallowest first. Arrays are not entered.
pub(super) fn find(
    schemas: &Schemas,
    schema: &Value,
    is_wanted: &dyn Fn(&str, &Value) -> bool,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = VecDeque::from([(String::new(), schema, 0)]);
    while let Some((pointer, schema, depth)) = waiting.pop_front() {
        for (name, property) in properties(schemas, schema) {
            let at = format!("{pointer}/{}", escaped(name));
            if is_wanted(name, property) {
                found.push(at.clone());
            }
            if depth < DEPTH {
                waiting.push_back((at, property, depth + 1));
            }
        }
    }
    found
}

/// A name as a part of a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A name without case and separators: `next_cursor` and `nextCursor` are the same.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// The pointer to the first part in which two values differ.
pub(super) fn difference(one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let mut names = one.keys().chain(other.keys());
            names.find_map(|name| {
                let (Some(left), Some(right)) = (one.get(name), other.get(name)) else {
                    return Some(format!("/{}", escaped(name)));
                };
                let rest = difference(left, right)?;
                Some(format!("/{}{rest}", escaped(name)))
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.find_map(|(index, (left, right))| {
                let rest = difference(left, right)?;
                Some(format!("/{index}{rest}"))
            })
        }
        (one, other) => (one != other).then(String::new),
    }
}

/// The beginning of a text, for messages.
pub(super) fn brief(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut short: String = text.chars().take(200).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
