//! The parts of an interaction, as the versions write them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};

use super::{matchers::Rules, model::Part};

/// What one side sends; `body` is the member that holds the body.
pub(super) fn part(node: &Value, body: &str, is_wrapped: bool) -> Part {
    let rules = |category: &str| Rules::read(node.get("matchingRules"), category);
    let headers = node.get("headers").and_then(Value::as_object);
    let mut part = Part {
        headers: headers
            .into_iter()
            .flatten()
            .map(|(name, values)| (name.clone(), texts(values)))
            .collect(),
        body_rules: rules("body"),
        header_rules: rules("header"),
        generated: generated(node.get("generators")),
        ..Part::default()
    };
    if let Some(body) = node.get(body) {
        read_body(body, is_wrapped, &mut part);
    }
    part
}

/// A body: as it is up to version 3, wrapped with its content type since.
fn read_body(body: &Value, is_wrapped: bool, part: &mut Part) {
    let mut content = body;
    let mut is_binary = false;
    if is_wrapped {
        let content_type = body.get("contentType").and_then(Value::as_str);
        part.media_type = content_type.map(str::to_owned);
        is_binary = body.get("encoded").and_then(Value::as_str) == Some("base64");
        match body.get("content") {
            Some(wrapped) => content = wrapped,
            None => return,
        }
    }
    part.has_body = true;
    part.json = match content {
        Value::String(text) if is_binary => {
            let bytes = STANDARD.decode(text).unwrap_or_default();
            serde_json::from_slice(&bytes).ok()
        }
        // JSON as a text, or another text.
        Value::String(text) => serde_json::from_str(text).ok(),
        content => Some(content.clone()),
    };
}

/// The query: as it stands in the address in version 2, as lists by name later.
pub(super) fn query(node: Option<&Value>) -> Vec<(String, Vec<String>)> {
    match node {
        Some(Value::Object(members)) => members
            .iter()
            .map(|(name, values)| (name.clone(), texts(values)))
            .collect(),
        Some(Value::String(text)) => {
            let mut query: Vec<(String, Vec<String>)> = Vec::new();
            for (name, value) in url::form_urlencoded::parse(text.as_bytes()) {
                match query.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, values)) => values.push(value.into_owned()),
                    None => query.push((name.into_owned(), vec![value.into_owned()])),
                }
            }
            query
        }
        _ => Vec::new(),
    }
}

fn texts(values: &Value) -> Vec<String> {
    match values {
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Null => vec![String::new()],
        other => vec![other.to_string()],
    }
}

fn generated(generators: Option<&Value>) -> Vec<String> {
    let mut parts = Vec::new();
    let Some(Value::Object(categories)) = generators else {
        return parts;
    };
    let names = |members: &Value| -> Vec<String> {
        let members = members.as_object().map(Map::keys);
        members.into_iter().flatten().cloned().collect()
    };
    for (category, members) in categories {
        match category.as_str() {
            "path" => parts.push("path".to_owned()),
            "header" | "headers" => {
                let names = names(members).into_iter();
                parts.extend(names.map(|name| format!("header {}", name.to_ascii_lowercase())));
            }
            "query" => parts.extend(names(members).into_iter().map(|name| {
                let name = name
                    .split(['[', '.'])
                    .find(|part| !part.is_empty() && *part != "$");
                format!("query {}", name.unwrap_or_default())
            })),
            "body" => parts.extend(names(members).iter().map(|path| format!("body {path}"))),
            _ => {}
        }
    }
    parts
}
