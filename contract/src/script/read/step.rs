//! One step: what it calls, what it sends, what it keeps of the answer and what it expects.

use std::sync::Arc;

use indexmap::IndexMap;
use openapi_codegen::tree::Node;

use super::Reader;
use crate::{
    api::{Location, Operation, StatusPattern},
    document,
    expression::{Expression, text_of},
    script::{Scope, Sending, Step, source::Notes},
};

impl Reader<'_> {
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
        for (name, node) in members {
            self.member(&mut step, name, node, scope, notes);
        }
        require_path_parameters(&step, node, notes);
        for name in step.capture.keys() {
            scope.add(name.as_str());
        }
        // What is expected may name what the very answer gave.
        if let Some((_, node)) = members.iter().find(|(name, _)| *name == "expect") {
            step.assertions = self.assertions(node, scope, notes);
        }
        step
    }

    /// Reads what a member says, `expect` left out.
    fn member(
        self,
        step: &mut Step,
        name: &str,
        node: &Node,
        scope: &Scope,
        notes: &mut Notes<'_>,
    ) {
        match name {
            "as" => step.caller = self.caller(node, scope, notes),
            "path" => self.parameters(step, Location::Path, node, scope, notes),
            "query" => self.parameters(step, Location::Query, node, scope, notes),
            "headers" => self.parameters(step, Location::Header, node, scope, notes),
            "cookies" => self.parameters(step, Location::Cookie, node, scope, notes),
            "body" => step.body = Some(self.body(&step.operation, node, scope, notes)),
            "raw" => {
                step.body = Some(Sending::Raw(self.template(node, scope, notes)));
            }
            "content-type" => step.media_type = notes.text(node, "`content-type`"),
            "status" => step.statuses = statuses(node, notes),
            "capture" => capture(step, node, notes),
            "once" => step.is_once = notes.flag(node, "`once`"),
            _ => {}
        }
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

/// Reads `capture`: what is kept of the exchange, by name.
fn capture(step: &mut Step, node: &Node, notes: &mut Notes<'_>) {
    for (name, member) in notes.entries(node, "`capture`") {
        if let Some(expression) = expression(&member.node, notes) {
            step.capture.insert(name.to_owned(), expression);
        }
    }
}

/// Every parameter of the path needs a value: nothing else gives one.
fn require_path_parameters(step: &Step, node: &Node, notes: &mut Notes<'_>) {
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
}

/// A runtime expression; a JSON pointer alone leads into the answer's body.
pub(in crate::script) fn expression(node: &Node, notes: &mut Notes<'_>) -> Option<Expression> {
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
        let text = text_of(&item.to_json());
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
