//! From files to steps. Everything is held against the document here, so that nothing is left to be found out half-way
//! through a run.
//!
//! `step` reads one step; this file reads what stands around it: lists of steps, operations, callers and values.

mod step;

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use openapi_codegen::tree::Node;

pub(super) use step::expression;

use super::{Caller, Environment, Scope, Step, Template, source::Notes};
use crate::api::{Api, Operation};

/// What a step may say, beside what it calls.
pub const STEP_KEYS: [&str; 11] = [
    "as",
    "path",
    "query",
    "headers",
    "cookies",
    "body",
    "raw",
    "content-type",
    "status",
    "capture",
    "expect",
];

/// Reads steps of a document.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    /// The document.
    pub api: &'r Api,
    /// Who may be named as a caller.
    pub principals: &'r IndexSet<String>,
    /// Where `${NAME}` comes from.
    pub environment: Environment<'r>,
}

impl Reader<'_> {
    /// Reads a list of steps that name their operations; what they capture is known to those behind them.
    pub fn steps(
        self,
        node: &Node,
        scope: &mut Scope,
        can_be_once: bool,
        notes: &mut Notes<'_>,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        for item in notes.items(node, "`steps`") {
            let mut known = vec!["operation"];
            known.extend(STEP_KEYS);
            if can_be_once {
                known.push("once");
            }
            let members = notes.members(item, "a step", &known);
            let named = members.iter().find(|(name, _)| *name == "operation");
            let Some((_, named)) = named else {
                notes.problem(
                    item,
                    "a step needs an `operation`: an operationId of the document",
                );
                continue;
            };
            let Some(operation) = self.operation(named, notes) else {
                continue;
            };
            steps.push(self.step(item, &members, operation, scope, notes));
        }
        steps
    }

    /// The operation that a node names.
    pub fn operation(self, node: &Node, notes: &mut Notes<'_>) -> Option<Arc<Operation>> {
        let name = notes.text(node, "`operation`")?;
        let found = self.api.operation(&name).cloned();
        if found.is_none() {
            notes.problem(
                node,
                format!(
                    "the document has no operation `{name}`{}",
                    self.alike(&name)
                ),
            );
        }
        found
    }

    fn alike(self, name: &str) -> String {
        let wanted = name.to_ascii_lowercase();
        let ids = self
            .api
            .operations
            .iter()
            .filter_map(|found| found.id.as_deref());
        let alike = ids.filter(|id| {
            let id = id.to_ascii_lowercase();
            id.contains(&wanted) || wanted.contains(&id)
        });
        let alike: Vec<_> = alike.take(3).collect();
        if alike.is_empty() {
            String::new()
        } else {
            format!("; there is {}", alike.join(", "))
        }
    }

    /// Reads `let`: values by name, each known to those behind it.
    pub fn values(
        self,
        node: &Node,
        scope: &mut Scope,
        notes: &mut Notes<'_>,
    ) -> IndexMap<String, Template> {
        let mut values = IndexMap::new();
        for (name, member) in notes.entries(node, "`let`") {
            values.insert(name.to_owned(), self.template(&member.node, scope, notes));
            scope.add(name);
        }
        values
    }

    /// Reads a value with holes.
    pub fn template(self, node: &Node, scope: &Scope, notes: &mut Notes<'_>) -> Template {
        Template::read(node, scope, self.environment, notes)
    }

    /// Reads who calls: a principal's name, `nobody`, or secrets by scheme.
    pub fn caller(self, node: &Node, scope: &Scope, notes: &mut Notes<'_>) -> Option<Caller> {
        if let Some(name) = node.as_str() {
            if name == "nobody" {
                return Some(Caller::Nobody);
            }
            if !self.principals.contains(name) {
                let known: Vec<_> = self.principals.iter().map(String::as_str).collect();
                notes.problem(
                    node,
                    format!(
                        "there is no principal `{name}`; there is nobody, {}",
                        known.join(", ")
                    ),
                );
            }
            return Some(Caller::Principal(name.to_owned()));
        }
        let mut secrets = IndexMap::new();
        for (scheme, member) in notes.entries(node, "`as`") {
            if !self.api.schemes.contains_key(scheme) {
                notes.problem(
                    &member.node,
                    format!("the document has no security scheme `{scheme}`"),
                );
            }
            let secret = self.template(&member.node, scope, notes);
            secrets.insert(scheme.to_owned(), secret);
        }
        Some(Caller::Secrets(secrets))
    }
}
