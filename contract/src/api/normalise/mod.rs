//! From the schemas of OpenAPI 3.0 and 3.1 to JSON Schema 2020-12.
//!
//! `nullable` becomes a type, boolean bounds become numbers, what travels in the other direction only is taken out, and
//! every reference, in whichever file, becomes one to a flat list of definitions.

mod dialect;
mod direction;
mod discriminator;
mod references;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, OnceLock},
};

use indexmap::IndexMap;
use jsonschema::Registry;
use openapi_codegen::tree::{Member, Node, NodeId, Value as Tree, escape_pointer};
use serde_json::{Map, Value};

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
    problems: Vec<String>,
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

    /// Turns what was referred to into definitions, and what those refer to in turn.
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
            let needs_a_choice = dialect::refuses_its_null(&schema);
            dialect::upgrade(&mut schema);
            if needs_a_choice {
                schema = dialect::or_null(schema, pointer, places);
            }
        }
        Value::Object(schema)
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
}

fn members(node: &Node) -> impl Iterator<Item = (&String, &Member)> {
    match &node.value {
        Tree::Object(object) => Some(object.iter()),
        _ => None,
    }
    .into_iter()
    .flatten()
}
