//! From files to steps. Everything is held against the document here, so that nothing is left to be found out half-way
//! through a run.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use openapi_codegen::tree::Node;

use super::{Caller, Environment, Scope, Sending, Step, Template, source::Notes};
use crate::{
    api::{Api, Location, Operation, StatusPattern},
    document,
    expression::Expression,
};

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

    /// Reads a step from its members.
    pub fn step(
        self,
        node: &Node,
        members: &[(&str, &Node)],
        operation: Arc<Operation>,
        scope: &mut Scope,
        notes: &mut Notes<'_>,
    ) -> Step {
        let mut step = Step {
            operation,
            caller: None,
            parameters: Vec::new(),
            body: None,
            media_type: None,
            statuses: Vec::new(),
            capture: IndexMap::new(),
            assertions: Vec::new(),
            is_once: false,
            place: notes.place(node),
        };
        let mut captured = Vec::new();
        for (name, node) in members {
            match *name {
                "as" => step.caller = self.caller(node, scope, notes),
                "path" => self.parameters(&mut step, Location::Path, node, scope, notes),
                "query" => self.parameters(&mut step, Location::Query, node, scope, notes),
                "headers" => self.parameters(&mut step, Location::Header, node, scope, notes),
                "cookies" => self.parameters(&mut step, Location::Cookie, node, scope, notes),
                "body" => step.body = Some(self.body(&step.operation, node, scope, notes)),
                "raw" => {
                    step.body = Some(Sending::Raw(self.template(node, scope, notes)));
                }
                "content-type" => step.media_type = notes.text(node, "`content-type`"),
                "status" => step.statuses = statuses(node, notes),
                "capture" => {
                    for (name, member) in notes.entries(node, "`capture`") {
                        if let Some(expression) = expression(&member.node, notes) {
                            step.capture.insert(name.to_owned(), expression);
                            captured.push(name.to_owned());
                        }
                    }
                }
                "once" => step.is_once = notes.flag(node, "`once`"),
                _ => {}
            }
        }
        for name in document::path_parameters(&step.operation.path) {
            let is_given = step
                .parameters
                .iter()
                .any(|(location, known, _)| *location == Location::Path && known == name);
            if !is_given {
                notes.problem(
                    node,
                    format!(
                        "the path parameter `{name}` of {} has no value",
                        step.operation.label
                    ),
                );
            }
        }
        for name in captured {
            scope.add(name);
        }
        // What is expected may name what the very answer gave.
        if let Some((_, node)) = members.iter().find(|(name, _)| *name == "expect") {
            step.assertions = self.assertions(node, scope, notes);
        }
        step
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

    fn parameters(
        self,
        step: &mut Step,
        location: Location,
        node: &Node,
        scope: &Scope,
        notes: &mut Notes<'_>,
    ) {
        for (name, member) in notes.entries(node, "parameters") {
            // Headers that no document declares (`Accept`, a trace) may be sent; others would not arrive.
            let is_declared = step.operation.parameter(location, name).is_some();
            if !is_declared && location == Location::Path {
                notes.problem(
                    &member.node,
                    format!(
                        "{} has no {location} parameter `{name}`",
                        step.operation.label
                    ),
                );
                continue;
            }
            let value = self.template(&member.node, scope, notes);
            step.parameters.push((location, name.to_owned(), value));
        }
    }

    fn body(
        self,
        operation: &Operation,
        node: &Node,
        scope: &Scope,
        notes: &mut Notes<'_>,
    ) -> Sending {
        let example = node.as_str().and_then(|text| {
            let name = text.strip_prefix("{{example")?.strip_suffix("}}")?;
            name.strip_prefix('.').or(name.is_empty().then_some(""))
        });
        let Some(name) = example else {
            return Sending::Value(self.template(node, scope, notes));
        };
        let media = operation.body.iter().flat_map(|body| body.media.values());
        let mut examples = media.flat_map(|media| &media.examples);
        if !examples.any(|example| name.is_empty() || example.name == name) {
            notes.problem(
                node,
                format!(
                    "the body of {} has no example `{name}` in the document",
                    operation.label
                ),
            );
        }
        Sending::Example(name.to_owned())
    }
}

/// A runtime expression; a JSON pointer alone leads into the answer's body.
pub(super) fn expression(node: &Node, notes: &mut Notes<'_>) -> Option<Expression> {
    let text = notes.text(node, "a runtime expression")?;
    let whole = if text.starts_with('/') {
        format!("$response.body#{text}")
    } else {
        text
    };
    Expression::parse(&whole)
        .map_err(|problem| notes.problem(node, problem))
        .ok()
}

fn statuses(node: &Node, notes: &mut Notes<'_>) -> Vec<StatusPattern> {
    let items = node.as_array().unwrap_or(std::slice::from_ref(node));
    let mut statuses = Vec::new();
    for item in items {
        let text = crate::expression::text_of(&item.to_json());
        match StatusPattern::parse(&text) {
            Some(pattern) if pattern != StatusPattern::Default => statuses.push(pattern),
            _ => notes.problem(
                item,
                format!("`{text}` is no status: write one like 404 or 4XX"),
            ),
        }
    }
    statuses
}
