//! An OpenAPI schema as a JSON Schema (2020-12) that stands alone, in one view.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use crate::read::Document;
use crate::resolve;
use crate::tree::{Node, NodeId, Object};

/// Which side of the wire a value is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum View {
    /// Sent by clients: `readOnly` properties are not there.
    Request,
    /// Sent by servers: `writeOnly` properties are not there.
    Response,
    /// Neither is known: an example that stands in a schema.
    Whole,
}

/// How many schemas may belong to one. Compiling follows references on the stack.
const MOST_DEFINITIONS: usize = 5_000;

/// The schema at `node` with everything that it refers to under `$defs`; `None` when that is more
/// than can be compiled.
pub(super) fn standalone(document: &Document, node: &Node, view: View) -> Option<Json> {
    let mut build = Build {
        document,
        view,
        open: Vec::new(),
        names: HashMap::new(),
    };
    let root = build.schema(node);
    let mut defs = Map::new();
    while let Some((name, target)) = build.open.pop() {
        let schema = build.schema(target);
        defs.insert(name, schema);
        if defs.len() > MOST_DEFINITIONS {
            return None;
        }
    }
    // `allOf` keeps keywords of the root apart from `$defs`, whatever the root is.
    Some(
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [root], "$defs": defs }),
    )
}

struct Build<'d> {
    document: &'d Document,
    view: View,
    open: Vec<(String, &'d Node)>,
    names: HashMap<NodeId, String>,
}

impl<'d> Build<'d> {
    fn schema(&mut self, node: &'d Node) -> Json {
        let Some(object) = node.as_object() else {
            return node.to_json();
        };
        let mut schema = Map::new();
        if let Some(reference) = self.reference(node) {
            schema.insert("$ref".to_owned(), reference.into());
        }
        for (key, member) in object {
            if let Some(value) = self.keyword(key, &member.node, object) {
                schema.insert(key.clone(), value);
            }
        }
        nullable(&mut schema, object);
        exclusive(&mut schema, "minimum", "exclusiveMinimum");
        exclusive(&mut schema, "maximum", "exclusiveMaximum");
        Json::Object(schema)
    }

    fn keyword(&mut self, key: &str, value: &'d Node, siblings: &'d Object) -> Option<Json> {
        match key {
            "properties" => {
                let properties = value.as_object()?.iter();
                let derived = properties.map(|(name, member)| {
                    let schema = if self.is_hidden(&member.node) {
                        false.into()
                    } else {
                        self.schema(&member.node)
                    };
                    (name.clone(), schema)
                });
                Some(Json::Object(derived.collect()))
            }
            "required" => {
                let properties = siblings.get("properties").map(|member| &member.node);
                let visible = |name: &&Node| {
                    let property = name.as_str().and_then(|name| properties?.get(name));
                    !property.is_some_and(|property| self.is_hidden(property))
                };
                Some(
                    value
                        .as_array()?
                        .iter()
                        .filter(visible)
                        .map(Node::to_json)
                        .collect(),
                )
            }
            "items" | "additionalProperties" | "not" => Some(self.schema(value)),
            "allOf" | "anyOf" | "oneOf" | "prefixItems" => Some(
                value
                    .as_array()?
                    .iter()
                    .map(|schema| self.schema(schema))
                    .collect(),
            ),
            "$ref" | "$id" | "$schema" | "$anchor" | "example" | "examples" | "default"
            | "description" | "nullable" | "discriminator" => None,
            _ => Some(value.to_json()),
        }
    }

    /// Whether a property is not there in this view.
    fn is_hidden(&self, property: &Node) -> bool {
        let keyword = match self.view {
            View::Request => "readOnly",
            View::Response => "writeOnly",
            View::Whole => return false,
        };
        let is_set = |node: &Node| node.get(keyword).and_then(Node::as_bool) == Some(true);
        is_set(property) || resolve::follow(self.document, property).is_ok_and(is_set)
    }

    fn reference(&mut self, node: &'d Node) -> Option<String> {
        let target = resolve::step(self.document, node).ok()??;
        let next = format!("s{}", self.names.len());
        let name = self.names.entry(target.id).or_insert_with(|| {
            self.open.push((next.clone(), target));
            next
        });
        Some(format!("#/$defs/{name}"))
    }
}

/// The `nullable` of OpenAPI 3.0. A null in an `enum` beside it is allowed then too.
fn nullable(schema: &mut Map<String, Json>, object: &Object) {
    if object
        .get("nullable")
        .and_then(|member| member.node.as_bool())
        != Some(true)
    {
        return;
    }
    if let Some(kind) = schema.get_mut("type")
        && kind.is_string()
    {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(Json::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Json::Null)
    {
        values.push(Json::Null);
    }
}

/// The exclusive flags of OpenAPI 3.0.
fn exclusive(schema: &mut Map<String, Json>, bound: &str, flag: &str) {
    match schema.get(flag) {
        Some(Json::Bool(true)) => {
            if let Some(limit) = schema.remove(bound) {
                schema.insert(flag.to_owned(), limit);
            }
        }
        Some(Json::Bool(false)) => {
            schema.remove(flag);
        }
        _ => {}
    }
}
