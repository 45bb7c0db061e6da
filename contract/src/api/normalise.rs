//! From the schemas of OpenAPI 3.0 and 3.1 to JSON Schema 2020-12.
//!
//! `nullable` becomes a type, boolean bounds become numbers, what travels in the other direction only is taken out, and
//! every reference, in whichever file, becomes one to a flat list of definitions.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, OnceLock},
};

use indexmap::IndexMap;
use jsonschema::Registry;
use openapi_codegen::tree::{Member, Node, NodeId, Value as Tree, escape_pointer};
use serde_json::{Map, Value, json};

use super::{Direction, Schema, Schemas};
use crate::document::{Document, Place};

/// Keywords that hold one schema.
const ONE: [&str; 12] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
    "additionalItems",
];
/// Keywords that hold a list of schemas.
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords that hold schemas by name.
const NAMED: [&str; 4] = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
];

type Places = HashMap<String, Place>;

/// Turns schemas into their normal form and collects what they refer to.
pub(super) struct Normaliser<'d> {
    document: &'d Document,
    definitions: IndexMap<String, Value>,
    places: HashMap<String, Arc<Places>>,
    names: HashMap<(NodeId, Direction), String>,
    waiting: VecDeque<(String, &'d Node, Direction)>,
    registry: Arc<OnceLock<Registry<'static>>>,
    pub(super) problems: Vec<String>,
}

impl<'d> Normaliser<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            definitions: IndexMap::new(),
            places: HashMap::new(),
            names: HashMap::new(),
            waiting: VecDeque::new(),
            registry: Arc::default(),
            problems: Vec::new(),
        }
    }

    /// The schema at a node.
    pub(super) fn schema(&mut self, node: &'d Node, direction: Direction) -> Schema {
        let mut places = Places::new();
        let value = self.value(node, direction, "", &mut places);
        self.work_off();
        Schema {
            value,
            place: self.document.place(node),
            places: Arc::new(places),
            registry: Arc::clone(&self.registry),
            validator: Arc::default(),
            without_formats: Arc::default(),
        }
    }

    /// Ends the collection: from now on schemas can be compiled.
    pub(super) fn finish(mut self) -> (Schemas, Vec<String>) {
        let schemas = Schemas {
            definitions: std::mem::take(&mut self.definitions),
            places: std::mem::take(&mut self.places),
        };
        match schemas.registry() {
            Ok(registry) => {
                // Nobody else sets it.
                let _ = self.registry.set(registry);
            }
            Err(problem) => self
                .problems
                .push(format!("{}: {problem}", self.document.name())),
        }
        (schemas, self.problems)
    }

    fn work_off(&mut self) {
        while let Some((name, node, direction)) = self.waiting.pop_front() {
            let mut places = Places::new();
            let value = self.value(node, direction, "", &mut places);
            self.definitions.insert(name.clone(), value);
            self.places.insert(name, Arc::new(places));
        }
    }

    fn value(
        &mut self,
        node: &'d Node,
        direction: Direction,
        pointer: &str,
        places: &mut Places,
    ) -> Value {
        places.insert(pointer.to_owned(), self.document.place(node));
        let Some(object) = node.as_object() else {
            return node.to_json();
        };
        let mut schema = Map::new();
        if object.contains_key("$ref") {
            schema.insert("$ref".to_owned(), self.reference(node, direction).into());
            if self.document.is_3_0() {
                return Value::Object(schema);
            }
        }
        for (key, member) in object {
            let at = format!("{pointer}/{}", escape_pointer(key));
            places.insert(at.clone(), self.document.place(&member.node));
            let value = match key.as_str() {
                "$ref" => continue,
                "discriminator" => self.discriminator(node, &member.node, direction),
                "properties" => self.properties(&member.node, direction, &at, places),
                key if NAMED.contains(&key) => self.named(&member.node, direction, &at, places),
                key if ONE.contains(&key) => self.value(&member.node, direction, &at, places),
                key if LIST.contains(&key) => self.list(&member.node, direction, &at, places),
                "required" => self.required(node, &member.node, direction),
                _ => member.node.to_json(),
            };
            schema.insert(key.clone(), value);
        }
        if self.document.is_3_0() {
            upgrade(&mut schema);
        }
        Value::Object(schema)
    }

    fn reference(&mut self, node: &'d Node, direction: Direction) -> String {
        match self.document.step(node) {
            Ok(Some(target)) => Schemas::reference(&self.name(target, direction)),
            Ok(None) => String::new(),
            Err(problem) => {
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
                Schemas::reference("unknown")
            }
        }
    }

    /// The name of the definition for a node; a node that was not met yet is put in line.
    fn name(&mut self, target: &'d Node, direction: Direction) -> String {
        if let Some(name) = self.names.get(&(target.id, direction)) {
            return name.clone();
        }
        let last = target.pointer.rsplit('/').next().unwrap_or_default();
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let mut base: String = last.chars().filter(is_plain).collect();
        if base.is_empty() {
            base.push_str("schema");
        }
        let suffix = match direction {
            Direction::Request => "request",
            Direction::Response => "response",
        };
        let taken = |name: &String| self.names.values().any(|known| known == name);
        let mut name = format!("{base}.{suffix}");
        let mut number = 2;
        while taken(&name) {
            name = format!("{base}{number}.{suffix}");
            number += 1;
        }
        self.names.insert((target.id, direction), name.clone());
        self.waiting.push_back((name.clone(), target, direction));
        name
    }

    fn list(
        &mut self,
        node: &'d Node,
        direction: Direction,
        pointer: &str,
        places: &mut Places,
    ) -> Value {
        let Some(items) = node.as_array() else {
            return node.to_json();
        };
        let schemas = items.iter().enumerate();
        schemas
            .map(|(index, item)| self.value(item, direction, &format!("{pointer}/{index}"), places))
            .collect()
    }

    fn named(
        &mut self,
        node: &'d Node,
        direction: Direction,
        pointer: &str,
        places: &mut Places,
    ) -> Value {
        let mut named = Map::new();
        for (key, member) in members(node) {
            let at = format!("{pointer}/{}", escape_pointer(key));
            let value = self.value(&member.node, direction, &at, places);
            named.insert(key.clone(), value);
        }
        Value::Object(named)
    }

    fn properties(
        &mut self,
        node: &'d Node,
        direction: Direction,
        pointer: &str,
        places: &mut Places,
    ) -> Value {
        let mut properties = Map::new();
        for (key, member) in members(node) {
            let at = format!("{pointer}/{}", escape_pointer(key));
            if self.is_of_the_other_direction(&member.node, direction) {
                if direction == Direction::Response {
                    properties.insert(key.clone(), json!({ "not": {} }));
                    places.insert(at, self.document.place(&member.node));
                }
                continue;
            }
            let value = self.value(&member.node, direction, &at, places);
            properties.insert(key.clone(), value);
        }
        Value::Object(properties)
    }

    fn required(&self, schema: &'d Node, node: &'d Node, direction: Direction) -> Value {
        let properties = schema.get("properties");
        let is_asked = |name: &&Node| {
            let property = name
                .as_str()
                .and_then(|name| properties.and_then(|properties| properties.get(name)));
            property.is_none_or(|property| !self.is_of_the_other_direction(property, direction))
        };
        let names = node.as_array().unwrap_or_default();
        names.iter().filter(is_asked).map(Node::to_json).collect()
    }

    fn is_of_the_other_direction(&self, property: &'d Node, direction: Direction) -> bool {
        let flag = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let own = property.get(flag);
        let meant = own.or_else(|| self.document.resolve(property).get(flag));
        meant.and_then(Node::as_bool) == Some(true)
    }

    /// The mapping's values become references; bare names mean schemas of the document. The alternatives beside the
    /// discriminator stand in the mapping by their own names, whether it is written or not.
    fn discriminator(&mut self, schema: &'d Node, node: &'d Node, direction: Direction) -> Value {
        let mut discriminator = node.to_json();
        let mut meant = Map::new();
        let mapping = node.get("mapping");
        for (key, member) in mapping.into_iter().flat_map(members) {
            let Some(text) = member.node.as_str() else {
                continue;
            };
            let name = text.rsplit('/').next().unwrap_or_default();
            let target = self
                .document
                .root()
                .and_then(|root| root.get("components")?.get("schemas")?.get(name));
            if let Some(target) = target {
                let name = self.name(target, direction);
                meant.insert(key.clone(), Schemas::reference(&name).into());
            } else {
                let place = self.document.place(&member.node);
                self.problems.push(format!(
                    "{place}: `{text}` in a discriminator's mapping names no schema of `components.schemas`"
                ));
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            let alternatives = schema.get(keyword).and_then(Node::as_array);
            for alternative in alternatives.unwrap_or_default() {
                // References that lead nowhere are told where the alternatives themselves are read.
                let Ok(Some(target)) = self.document.step(alternative) else {
                    continue;
                };
                let own = target.pointer.rsplit('/').next().unwrap_or_default();
                let own = own.replace("~1", "/").replace("~0", "~");
                let name = self.name(target, direction);
                meant
                    .entry(own)
                    .or_insert_with(|| Schemas::reference(&name).into());
            }
        }
        if let Some(object) = discriminator.as_object_mut()
            && !meant.is_empty()
        {
            object.insert("mapping".to_owned(), Value::Object(meant));
        }
        discriminator
    }
}

fn members(node: &Node) -> impl Iterator<Item = (&String, &Member)> {
    match &node.value {
        Tree::Object(object) => Some(object.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}

/// From the dialect of OpenAPI 3.0 to 2020-12.
fn upgrade(schema: &mut Map<String, Value>) {
    if schema.remove("nullable") == Some(Value::Bool(true)) {
        if let Some(Value::String(kind)) = schema.get("type").cloned() {
            schema.insert("type".to_owned(), json!([kind, "null"]));
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                schema.remove(exclusive);
                if let Some(limit) = schema.remove(bound) {
                    schema.insert(exclusive.to_owned(), limit);
                }
            }
            Some(Value::Bool(false)) => {
                schema.remove(exclusive);
            }
            _ => {}
        }
    }
    if let Some(example) = schema.remove("example") {
        schema.insert("examples".to_owned(), json!([example]));
    }
}
