//! Compiled schemas and the verdict on one example.

use std::collections::HashMap;

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};

use super::schema::{View, standalone};
use crate::diagnostics::{Diagnostic, codes};
use crate::read::Document;
use crate::resolve;
use crate::tree::{Node, NodeId, Value};

/// How many problems of one example are told; what is wrong all over is wrong once.
const MOST_PER_EXAMPLE: usize = 10;

pub(super) struct Checker<'d> {
    document: &'d Document,
    /// By schema and view. `None`: the schema itself is broken, which lowering reports.
    compiled: HashMap<(NodeId, View), Option<Validator>>,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'d> Checker<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            compiled: HashMap::new(),
            problems: Vec::new(),
        }
    }

    pub(super) fn check(&mut self, schema: &'d Node, view: View, example: &Node) {
        // A plain reference is its target, so that every use shares one compiled schema.
        let is_plain_reference = schema
            .as_object()
            .is_some_and(|object| object.len() == 1 && object.contains_key("$ref"));
        let schema = if is_plain_reference {
            resolve::follow(self.document, schema).unwrap_or(schema)
        } else {
            schema
        };
        let document = self.document;
        let problems = &mut self.problems;
        let validator = self.compiled.entry((schema.id, view)).or_insert_with(|| {
            let Some(schema) = standalone(document, schema, view) else {
                problems.push(
                    Diagnostic::at(
                        codes::TOO_LARGE,
                        schema,
                        "this schema refers to too many others to check its examples",
                    )
                    .help("split the schema, or remove its examples"),
                );
                return None;
            };
            jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .ok()
        });
        let Some(validator) = validator else { return };
        let instance = example.to_json();
        for error in validator.iter_errors(&instance).take(MOST_PER_EXAMPLE) {
            let place = descend(example, &error);
            self.problems.push(
                Diagnostic::at(
                    codes::BAD_EXAMPLE,
                    place,
                    "the example does not fit its schema",
                )
                .label(reason(&error))
                .related(schema.span, "the schema")
                .help("correct the example, or the schema if the example is right"),
            );
        }
    }
}

/// The node of the example that an error speaks of; the nearest one there is.
fn descend<'n>(example: &'n Node, error: &ValidationError<'_>) -> &'n Node {
    let pointer = error.instance_path().as_str();
    let mut at = example;
    for key in pointer.split('/').skip(1) {
        let key = key.replace("~1", "/").replace("~0", "~");
        let next = match &at.value {
            Value::Object(object) => object.get(&key).map(|member| &member.node),
            Value::Array(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        };
        let Some(next) = next else { break };
        at = next;
    }
    at
}

fn reason(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!(
                "`{}` is required here",
                property.as_str().unwrap_or_default()
            )
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            format!("the schema knows no `{}`", unexpected.join("`, `"))
        }
        ValidationErrorKind::FalseSchema => {
            "no value may stand here in this direction (readOnly, writeOnly)".to_owned()
        }
        ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::AnyOf { .. } => {
            "none of the alternatives fits".to_owned()
        }
        ValidationErrorKind::OneOfMultipleValid { .. } => {
            "more than one of the alternatives fits".to_owned()
        }
        _ => error.to_string(),
    }
}
