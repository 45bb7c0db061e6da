//! What single keywords add to the meaning: types, listed values and texts, properties, notes.

use openapi_codegen::tree::{Node, Value};

use super::{Shape, merge::is_nullable};
use crate::{diff::types::Types, document::Document};

impl<'d> Shape<'d> {
    pub(super) fn take_types(&mut self, document: &Document, schema: &'d Node) {
        let Some(node) = schema.get("type") else {
            return;
        };
        let mut types = match &node.value {
            Value::String(name) => Types::named(name),
            Value::Array(names) => names
                .iter()
                .filter_map(Node::as_str)
                .fold(Types::NONE, |all, name| all.union(Types::named(name))),
            _ => Types::ANY,
        };
        if is_nullable(document, schema) {
            types = types.union(Types::NULL);
        }
        self.types = self.types.intersection(types);
    }

    pub(super) fn take_values(&mut self, schema: &'d Node) {
        let listed = schema.get("enum").and_then(Node::as_array);
        let listed: Option<Vec<&Node>> = match (schema.get("const"), listed) {
            (Some(only), _) => Some(vec![only]),
            (None, Some(values)) => Some(values.iter().collect()),
            (None, None) => None,
        };
        if let Some(listed) = listed {
            self.values = Some(match self.values.take() {
                None => listed,
                Some(before) => before
                    .into_iter()
                    .filter(|value| listed.iter().any(|other| value.same_value(other)))
                    .collect(),
            });
        }
        self.patterns
            .extend(schema.get("pattern").and_then(Node::as_str));
        self.format = schema.get("format").and_then(Node::as_str).or(self.format);
    }

    pub(super) fn take_object(&mut self, schema: &'d Node) {
        let properties = schema.get("properties").and_then(Node::as_object);
        for (name, member) in properties.into_iter().flatten() {
            self.properties.entry(name).or_default().push(&member.node);
        }
        let required = schema
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or_default();
        self.required
            .extend(required.iter().filter_map(Node::as_str));
        match schema.get("additionalProperties") {
            Some(node) if node.as_bool() == Some(false) => self.is_closed = true,
            Some(node) if node.as_object().is_some_and(|object| !object.is_empty()) => {
                self.additional.push(node);
            }
            _ => {}
        }
    }

    pub(super) fn take_notes(&mut self, schema: &'d Node) {
        let flag = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
        self.is_read_only |= flag("readOnly");
        self.is_write_only |= flag("writeOnly");
        self.is_deprecated |= flag("deprecated");
        self.sunset = schema.get("x-sunset").or(self.sunset);
        self.default = schema.get("default").or(self.default);
        self.discriminator = schema
            .get("discriminator")
            .and_then(|node| node.get("propertyName"))
            .and_then(Node::as_str)
            .or(self.discriminator);
    }
}
