//! A document as the tools here see it: operations with everything that belongs to them, each part with its place.

use std::path::Path;

use indexmap::IndexMap;
use openapi_codegen::{
    diagnostics::{Diagnostic, FileId, Span},
    read, resolve,
    tree::Node,
};

/// The methods that a path item may hold, in the order of the specification.
pub const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Why a document cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It cannot be read, or a reference leads nowhere.
    #[error("{0}")]
    Unreadable(String),
    /// It is no OpenAPI document of a known version.
    #[error("{name}: `openapi` is {found}; 3.0 and 3.1 are known")]
    Version {
        /// The file.
        name: String,
        /// What stands there.
        found: String,
    },
}

/// A document that was read.
#[derive(Debug)]
pub struct Document {
    inner: read::Document,
    name: String,
    is_3_0: bool,
}

/// A place in a document, as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// An operation and what it takes from its path.
#[derive(Debug, Clone)]
pub struct Operation<'d> {
    /// In capitals.
    pub method: String,
    /// As it is written, with the names of its parameters.
    pub path: String,
    /// The `operationId`, when there is one.
    pub id: Option<&'d str>,
    /// The operation itself.
    pub node: &'d Node,
    /// Its parameters: its own, and those of the path that it does not replace.
    pub parameters: Vec<&'d Node>,
}

impl Document {
    /// Reads a document and every file that it refers to.
    ///
    /// # Errors
    /// [`DocumentError`] with all problems of reading.
    pub fn read(path: &Path) -> Result<Self, DocumentError> {
        let name = path.display().to_string();
        if path.is_dir() {
            let problem = format!("`{name}` is a folder: name the document in it");
            return Err(DocumentError::Unreadable(problem));
        }
        Self::checked(read::Document::read(path), name)
    }

    /// Reads a document of one file from memory.
    ///
    /// # Errors
    /// As [`Document::read`].
    pub fn from_text(name: &str, text: &str) -> Result<Self, DocumentError> {
        Self::checked(
            read::Document::from_text(name, &[(name, text)]),
            name.to_owned(),
        )
    }

    fn checked(inner: read::Document, name: String) -> Result<Self, DocumentError> {
        if !inner.problems.is_empty() || inner.root().is_none() {
            let problems: Vec<String> = inner
                .problems
                .iter()
                .map(|problem| {
                    let file = inner.sources.name(problem.span.file);
                    format!("{file}:{}: {}", problem.span.line, problem.message)
                })
                .collect();
            return Err(DocumentError::Unreadable(problems.join("\n")));
        }
        let version = inner.root().and_then(|root| root.get("openapi"));
        let text = version.and_then(Node::as_str).unwrap_or_default();
        let is_3_0 = text.starts_with("3.0.");
        if !is_3_0 && !text.starts_with("3.1.") {
            let found = version.map_or_else(|| "missing".to_owned(), Node::brief);
            return Err(DocumentError::Version { name, found });
        }
        Ok(Self {
            inner,
            name,
            is_3_0,
        })
    }

    /// Whether schemas are those of OpenAPI 3.0.
    #[must_use]
    pub fn is_3_0(&self) -> bool {
        self.is_3_0
    }

    /// The whole document.
    #[must_use]
    pub fn root(&self) -> Option<&Node> {
        self.inner.root()
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a node means, references followed. A reference that leads nowhere stays where it is.
    #[must_use]
    pub fn resolve<'d>(&'d self, node: &'d Node) -> &'d Node {
        resolve::follow(&self.inner, node).unwrap_or(node)
    }

    /// What a node means, references followed.
    ///
    /// # Errors
    /// The problem with its place, when a reference is malformed, leads nowhere or leads back.
    pub fn follow<'d>(&'d self, node: &'d Node) -> Result<&'d Node, String> {
        resolve::follow(&self.inner, node).map_err(|problem| self.located(&problem))
    }

    /// The target of a node's own reference, one step; `None` when it has none.
    ///
    /// # Errors
    /// As [`Document::follow`].
    pub fn step<'d>(&'d self, node: &'d Node) -> Result<Option<&'d Node>, String> {
        resolve::step(&self.inner, node).map_err(|problem| self.located(&problem))
    }

    fn located(&self, problem: &Diagnostic) -> String {
        let place = self.place_of(problem.span);
        match &problem.help {
            Some(help) => format!("{place}: {} ({help})", problem.message),
            None => format!("{place}: {}", problem.message),
        }
    }

    /// The place of a node.
    #[must_use]
    pub fn place(&self, node: &Node) -> Place {
        self.place_of(node.span)
    }

    fn place_of(&self, span: Span) -> Place {
        let file = if span.file == FileId(0) {
            self.name.clone()
        } else {
            self.inner.sources.name(span.file).to_string()
        };
        Place {
            file,
            line: span.line,
        }
    }

    /// Every operation, keyed by its method and the shape of its path (`GET /orders/{}`), in document order.
    #[must_use]
    pub fn operations(&self) -> IndexMap<String, Operation<'_>> {
        self.operations_under("paths")
    }

    /// Every request that the server sends (3.1), keyed like operations.
    #[must_use]
    pub fn webhooks(&self) -> IndexMap<String, Operation<'_>> {
        self.operations_under("webhooks")
    }

    fn operations_under(&self, key: &str) -> IndexMap<String, Operation<'_>> {
        let mut operations = IndexMap::new();
        let paths = self.root().and_then(|root| root.get(key));
        for (path, member) in paths.and_then(Node::as_object).into_iter().flatten() {
            let item = self.resolve(&member.node);
            let shared = self.parameters(item);
            for method in METHODS {
                let Some(node) = item.get(method) else {
                    continue;
                };
                let mut parameters = self.parameters(node);
                let own: Vec<_> = parameters
                    .iter()
                    .filter_map(|node| parameter_key(node))
                    .collect();
                parameters.extend(
                    shared
                        .iter()
                        .filter(|node| parameter_key(node).is_none_or(|key| !own.contains(&key))),
                );
                let operation = Operation {
                    method: method.to_ascii_uppercase(),
                    path: path.clone(),
                    id: node.get("operationId").and_then(Node::as_str),
                    node,
                    parameters,
                };
                operations.insert(
                    format!("{} {}", operation.method, path_shape(path)),
                    operation,
                );
            }
        }
        operations
    }

    fn parameters<'d>(&'d self, node: &'d Node) -> Vec<&'d Node> {
        let listed = node
            .get("parameters")
            .and_then(Node::as_array)
            .unwrap_or_default();
        listed.iter().map(|node| self.resolve(node)).collect()
    }
}

/// Where a parameter stands and what it is called; headers are told apart without case.
#[must_use]
pub fn parameter_key(node: &Node) -> Option<(String, String)> {
    let place = node.get("in")?.as_str()?;
    let name = node.get("name")?.as_str()?;
    let name = if place == "header" {
        name.to_ascii_lowercase()
    } else {
        name.to_owned()
    };
    Some((place.to_owned(), name))
}

/// A path without the names of its parameters: renaming one is no other path.
#[must_use]
pub fn path_shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        shape.push_str(before);
        shape.push_str("{}");
        rest = after;
    }
    shape.push_str(rest);
    shape
}

/// The names of a path's parameters, in order.
#[must_use]
pub fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_whatever_its_parameters_are_called() {
        assert_eq!(path_shape("/orders/{orderId}/pay"), "/orders/{}/pay");
        assert_eq!(path_shape("/health"), "/health");
        assert_eq!(path_parameters("/a/{b}/c/{d}"), ["b", "d"]);
    }
}
