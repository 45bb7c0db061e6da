//! From the tree of a document to operations.

mod answer;
mod content;
mod links;
mod operation;
mod parameter;
mod security;

use std::sync::{Arc, OnceLock};

use openapi_codegen::tree::{Member, Node, Value as Tree};
use serde_json::{Map, Value};

use super::{Api, ApiError, Operation, normalise::Normaliser};
use crate::document::Document;

/// Reads a whole document.
///
/// # Errors
/// [`ApiError`] with all problems, each with its place.
pub(super) fn api(document: Document) -> Result<Api, ApiError> {
    let mut reader = Reader {
        document: &document,
        schemas: Normaliser::new(&document),
        problems: Vec::new(),
    };
    let root = document.root();
    let info = root.and_then(|root| root.get("info"));
    let (title, version) = (text(info, "title"), text(info, "version"));
    let server = root.and_then(server);
    let operations = reader.operations();
    let schemes = root
        .map(|root| reader.schemes(root, &operations))
        .unwrap_or_default();
    let extensions = root.map(extensions).unwrap_or_default();
    let (definitions, unresolved) = reader.schemas.finish();
    let mut problems = reader.problems;
    problems.extend(unresolved);
    if operations.is_empty() {
        problems.push(format!(
            "{}: there are no operations under `paths`",
            document.name()
        ));
    }
    if !problems.is_empty() {
        return Err(ApiError::Parts(problems));
    }
    Ok(Api {
        title,
        version,
        server,
        operations: operations.into_iter().map(Arc::new).collect(),
        schemes,
        schemas: Arc::new(definitions),
        extensions,
        error_body: OnceLock::new(),
        document,
    })
}

struct Reader<'d> {
    document: &'d Document,
    schemas: Normaliser<'d>,
    problems: Vec<String>,
}

impl<'d> Reader<'d> {
    fn follow(&mut self, node: &'d Node) -> &'d Node {
        self.document.follow(node).unwrap_or_else(|problem| {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
            node
        })
    }

    fn problem(&mut self, node: &Node, message: &str) {
        let place = self.document.place(node);
        self.problems.push(format!("{place}: {message}"));
    }

    fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let shared = document.root().and_then(|root| root.get("security"));
        let shared = shared.map(security::requirements);
        let mut operations: Vec<Operation> = document
            .operations()
            .values()
            .enumerate()
            .map(|(index, found)| self.operation(index, found, shared.as_deref()))
            .collect();
        self.resolve_links(&mut operations);
        operations
    }
}

fn text(node: Option<&Node>, key: &str) -> String {
    let found = node.and_then(|node| node.get(key)).and_then(Node::as_str);
    found.unwrap_or_default().to_owned()
}

/// The address of the first server; variables take their defaults.
fn server(root: &Node) -> Option<String> {
    let server = root.get("servers")?.as_array()?.first()?;
    let mut url = server.get("url")?.as_str()?.to_owned();
    for (name, member) in members(server.get("variables")) {
        let value = member
            .node
            .get("default")
            .and_then(Node::as_str)
            .unwrap_or_default();
        url = url.replace(&format!("{{{name}}}"), value);
    }
    Some(url)
}

fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

fn extensions(node: &Node) -> Map<String, Value> {
    members(Some(node))
        .filter(|(key, _)| key.starts_with("x-"))
        .map(|(key, member)| (key.clone(), member.node.to_json()))
        .collect()
}

fn members(node: Option<&Node>) -> impl Iterator<Item = (&String, &Member)> {
    match node.map(|node| &node.value) {
        Some(Tree::Object(object)) => Some(object.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests;
