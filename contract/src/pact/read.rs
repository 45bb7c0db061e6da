//! From files to pacts.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use openapi_codegen::{
    read::Document as Tree,
    tree::{Node, Value as Located},
};
use serde_json::Value;

use super::{
    model::{Call, Content, Interaction, Message, Pact},
    parts::{part, query},
};

/// Why pacts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PactError {
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is no JSON.
    #[error("{path}:{line}: no JSON: {source}", line = source.line())]
    NotJson {
        /// Which.
        path: PathBuf,
        /// Why, and where.
        source: serde_json::Error,
    },
    /// A file is JSON and no pact.
    #[error("{path} is no pact: {missing} is missing")]
    NotPact {
        /// Which.
        path: PathBuf,
        /// What.
        missing: &'static str,
    },
}

/// Reads pacts, and every `.json` file of folders in the order of their names.
///
/// # Errors
/// [`PactError`] for the first file that is no pact.
pub fn read(places: &[PathBuf]) -> Result<Vec<Pact>, PactError> {
    let mut pacts = Vec::new();
    for place in places {
        for path in files(place)? {
            pacts.push(read_one(&path)?);
        }
    }
    Ok(pacts)
}

fn files(place: &Path) -> Result<Vec<PathBuf>, PactError> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let unreadable = |source| PactError::Unreadable {
        path: place.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|end| end == "json") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read_one(path: &Path) -> Result<Pact, PactError> {
    let text = std::fs::read_to_string(path).map_err(|source| PactError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    from_text(&path.display().to_string(), &text)
}

/// Reads a pact from memory; `file` is how findings call it.
///
/// # Errors
/// [`PactError`] when it is none.
pub fn from_text(file: &str, text: &str) -> Result<Pact, PactError> {
    let path = PathBuf::from(file);
    let json: Value = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(source) => return Err(PactError::NotJson { path, source }),
    };
    let mut pact = pact(file, &json).map_err(|missing| PactError::NotPact { path, missing })?;
    pact.lines = lines(file, text);
    Ok(pact)
}

/// The line of every value, by JSON pointer. A file that the reader of documents finds fault with has none.
fn lines(file: &str, text: &str) -> HashMap<String, usize> {
    let tree = Tree::from_text(file, &[(file, text)]);
    let mut lines = HashMap::new();
    let mut waiting: Vec<&Node> = tree.root().into_iter().collect();
    while let Some(node) = waiting.pop() {
        lines.insert((*node.pointer).to_owned(), node.span.line);
        match &node.value {
            Located::Object(members) => {
                waiting.extend(members.values().map(|member| &member.node));
            }
            Located::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    lines
}

fn pact(file: &str, json: &Value) -> Result<Pact, &'static str> {
    let name = |pointer: &str| json.pointer(pointer).and_then(Value::as_str);
    let consumer = name("/consumer/name").ok_or("`consumer.name`")?;
    let mut listed = Vec::new();
    for key in ["interactions", "messages"] {
        let found = json.get(key).and_then(Value::as_array);
        listed.extend(found.map(|items| (key, items)));
    }
    if listed.is_empty() {
        return Err("`interactions`");
    }
    let version = ["pactSpecification", "pact-specification"]
        .iter()
        .find_map(|key| name(&format!("/metadata/{key}/version")));
    let is_v4 = version.is_some_and(|version| version.starts_with('4'));
    let interactions = listed.into_iter().flat_map(|(key, items)| {
        let items = items.iter().enumerate();
        items.map(move |(index, node)| {
            // Only version 4 says of which type an interaction is.
            let is_wrapped = is_v4 || node.get("type").is_some();
            interaction(node, format!("/{key}/{index}"), is_wrapped)
        })
    });
    Ok(Pact {
        file: file.to_owned(),
        consumer: consumer.to_owned(),
        provider: name("/provider/name").unwrap_or_default().to_owned(),
        interactions: interactions.collect(),
        lines: HashMap::new(),
    })
}

fn interaction(node: &Value, pointer: String, is_wrapped: bool) -> Interaction {
    let description = node.get("description").and_then(Value::as_str);
    let content = match (node.get("request"), node.get("response")) {
        (Some(request), Some(response)) if request.get("path").is_some() => {
            Content::Call(Box::new(call(request, response, is_wrapped)))
        }
        (Some(_), _) => Content::Other,
        _ if node.get("contents").is_some() => {
            Content::Message(Box::new(message(node, is_wrapped)))
        }
        _ => Content::Other,
    };
    Interaction {
        description: description.unwrap_or("(no description)").to_owned(),
        pointer,
        is_pending: node.get("pending").and_then(Value::as_bool) == Some(true),
        content,
    }
}

fn call(request: &Value, response: &Value, is_wrapped: bool) -> Call {
    let text = |key: &str| request.get(key).and_then(Value::as_str);
    let path = text("path").unwrap_or_default();
    let status = response.get("status").and_then(Value::as_u64);
    Call {
        method: text("method").unwrap_or("GET").to_ascii_uppercase(),
        path: path.split('?').next().unwrap_or_default().to_owned(),
        query: query(request.get("query")),
        request: part(request, "body", is_wrapped),
        status: status
            .and_then(|status| status.try_into().ok())
            .unwrap_or(200),
        response: part(response, "body", is_wrapped),
    }
}

fn message(node: &Value, is_wrapped: bool) -> Message {
    let metadata = node.get("metadata").or_else(|| node.get("metaData"));
    let references = node.pointer("/comments/references");
    let references = references.and_then(Value::as_object).into_iter().flatten();
    let references = references
        .filter_map(|(_, group)| group.as_object())
        .flat_map(|group| group.values().filter_map(Value::as_str));
    Message {
        metadata: metadata.cloned().unwrap_or_default(),
        references: references.map(str::to_owned).collect(),
        contents: part(node, "contents", is_wrapped),
    }
}
