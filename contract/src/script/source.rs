//! Files of people that are read strictly: every problem is noted with its place, and reading goes on.

use std::path::{Path, PathBuf};

use openapi_codegen::{
    read,
    tree::{Member, Node},
};

use crate::document::Place;

/// A YAML or JSON file, and what is wrong with it.
#[derive(Debug)]
pub struct Source {
    inner: read::Document,
    name: String,
    /// One line each, with file and line.
    pub problems: Vec<String>,
}

impl Source {
    /// Reads a file. What cannot be read is among the problems.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        Self::of(read::Document::read(path), path.display().to_string())
    }

    /// Takes a text for a file.
    #[must_use]
    pub fn from_text(name: &str, text: &str) -> Self {
        Self::of(
            read::Document::from_text(name, &[(name, text)]),
            name.to_owned(),
        )
    }

    fn of(inner: read::Document, name: String) -> Self {
        let problems = inner.problems.iter();
        let problems = problems
            .map(|problem| format!("{name}:{}: {}", problem.span.line, problem.message))
            .collect();
        Self {
            inner,
            name,
            problems,
        }
    }

    /// The tree.
    #[must_use]
    pub fn root(&self) -> Option<&Node> {
        self.inner.root()
    }

    /// Whether the whole is an object with this member.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.root().is_some_and(|root| root.get(name).is_some())
    }

    /// The tree and the notebook for problems, side by side.
    #[must_use]
    pub fn open(&mut self) -> (Option<&Node>, Notes<'_>) {
        let notes = Notes {
            name: &self.name,
            problems: &mut self.problems,
        };
        (self.inner.root(), notes)
    }
}

/// Notes problems of a file.
#[derive(Debug)]
pub struct Notes<'s> {
    name: &'s str,
    problems: &'s mut Vec<String>,
}

impl Notes<'_> {
    /// The place of a node.
    #[must_use]
    pub fn place(&self, node: &Node) -> Place {
        Place {
            file: self.name.to_owned(),
            line: node.span.line,
        }
    }

    /// Notes a problem.
    pub fn problem(&mut self, node: &Node, message: impl std::fmt::Display) {
        let line = node.span.line;
        self.problems
            .push(format!("{}:{line}: {message}", self.name));
    }

    /// The members of an object, whose names must be among `known`.
    pub fn members<'n>(
        &mut self,
        node: &'n Node,
        what: &str,
        known: &[&str],
    ) -> Vec<(&'n str, &'n Node)> {
        let members = self.entries(node, what);
        members
            .into_iter()
            .filter(|(name, member)| {
                let is_known = known.contains(name);
                if !is_known {
                    let line = member.key.line;
                    self.problems.push(format!(
                        "{}:{line}: {what} has no `{name}`; it has {}",
                        self.name,
                        known.join(", ")
                    ));
                }
                is_known
            })
            .map(|(name, member)| (name, &member.node))
            .collect()
    }

    /// The members of an object, whatever their names.
    pub fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Vec<(&'n str, &'n Member)> {
        let Some(object) = node.as_object() else {
            self.problem(
                node,
                format!("{what} is an object, and not {}", node.kind()),
            );
            return Vec::new();
        };
        object
            .iter()
            .map(|(name, member)| (name.as_str(), member))
            .collect()
    }

    /// The items of a list.
    pub fn items<'n>(&mut self, node: &'n Node, what: &str) -> &'n [Node] {
        node.as_array().unwrap_or_else(|| {
            self.problem(node, format!("{what} is a list, and not {}", node.kind()));
            &[]
        })
    }

    /// A text.
    pub fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        let text = node.as_str().map(str::to_owned);
        if text.is_none() {
            self.problem(node, format!("{what} is a text, and not {}", node.kind()));
        }
        text
    }

    /// Yes or no.
    pub fn flag(&mut self, node: &Node, what: &str) -> bool {
        node.as_bool().unwrap_or_else(|| {
            self.problem(
                node,
                format!("{what} is true or false, and not {}", node.kind()),
            );
            false
        })
    }
}

/// The YAML files of a folder in the order of their names, or the file itself.
///
/// # Errors
/// Why the folder cannot be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, String> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |error| format!("{}: cannot be read: {error}", path.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let is_yaml = file
            .extension()
            .is_some_and(|end| ["yaml", "yml", "json"].iter().any(|known| end == *known));
        if file.is_file() && is_yaml {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}
