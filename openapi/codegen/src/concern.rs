//! Which operations a problem concerns: those that reach its place, through references as well.

use std::collections::{BTreeSet, HashSet};

use crate::diagnostics::{Diagnostic, FileId, Span};
use crate::ir::Method;
use crate::read::Document;
use crate::resolve;
use crate::tree::{Node, NodeId, Value};

/// The operations of a document and what each reaches.
#[derive(Debug)]
pub(crate) struct Concerns<'d> {
    operations: Vec<Reached<'d>>,
}

#[derive(Debug)]
struct Reached<'d> {
    name: &'d str,
    span: Span,
    /// Where reached parts begin: file and JSON pointer.
    parts: Vec<(FileId, &'d str)>,
}

impl<'d> Concerns<'d> {
    /// Walks every operation once.
    pub(crate) fn new(document: &'d Document) -> Self {
        let mut operations = Vec::new();
        let paths = document
            .root()
            .and_then(|root| root.get("paths"))
            .and_then(Node::as_object);
        for member in paths.into_iter().flat_map(|paths| paths.values()) {
            let Ok(item) = resolve::follow(document, &member.node) else {
                continue;
            };
            for method in Method::ALL {
                let Some(operation) = item.get(method.key()) else {
                    continue;
                };
                let Some(name) = operation.get("operationId").and_then(Node::as_str) else {
                    continue;
                };
                let mut parts = vec![(operation.span.file, operation.pointer.as_str())];
                let mut seen = HashSet::new();
                let mut open = vec![operation];
                if let Some(shared) = item.get("parameters") {
                    parts.push((shared.span.file, shared.pointer.as_str()));
                    open.push(shared);
                }
                walk(document, open, &mut parts, &mut seen);
                operations.push(Reached {
                    name,
                    span: operation.span,
                    parts,
                });
            }
        }
        Self { operations }
    }

    /// The operations that reach the place of `problem`.
    pub(crate) fn of(&self, problem: &Diagnostic) -> BTreeSet<&'d str> {
        let inside = |(file, pointer): &(FileId, &str)| {
            let rest = problem.pointer.strip_prefix(pointer);
            *file == problem.span.file
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let concerned = self
            .operations
            .iter()
            .filter(|operation| operation.parts.iter().any(inside));
        concerned.map(|operation| operation.name).collect()
    }

    /// The place of an operation.
    pub(crate) fn operation(&self, name: &str) -> Option<Span> {
        self.operations
            .iter()
            .find(|operation| operation.name == name)
            .map(|operation| operation.span)
    }

    /// The name of every operation.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'d str> {
        self.operations.iter().map(|operation| operation.name)
    }
}

fn walk<'d>(
    document: &'d Document,
    mut open: Vec<&'d Node>,
    parts: &mut Vec<(FileId, &'d str)>,
    seen: &mut HashSet<NodeId>,
) {
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(object) => {
                // References that lead nowhere are reported where they stand.
                if let Ok(Some(target)) = resolve::step(document, node)
                    && seen.insert(target.id)
                {
                    parts.push((target.span.file, target.pointer.as_str()));
                    open.push(target);
                }
                open.extend(object.values().map(|member| &member.node));
            }
            _ => {}
        }
    }
}
