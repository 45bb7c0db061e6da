//! A walk through a value beside its schema: every property at every depth, and one item of every list.

use std::{collections::HashMap, rc::Rc};

use openapi_codegen::tree::escape_pointer;
use serde_json::{Map, Value};

use super::{
    node::{Node, Source},
    shape::Shape,
    values::{self, Maker, Style},
};
use crate::api::Schemas;

/// So many sites of a value are looked at.
const MOST: usize = 500;

/// A part of a value and what holds for it.
#[derive(Debug, Clone)]
pub struct Site<'s> {
    /// JSON pointer to the part; empty for the whole.
    pub pointer: String,
    /// What holds for it, as it is written.
    pub node: Node<'s>,
    /// What holds for it, laid flat.
    pub shape: Shape<'s>,
    /// The part itself.
    pub value: Value,
}

/// Every site of a value. What lies inside of something of its own kind (a box inside of a box) is one site: what holds
/// for its parts was said already.
pub fn walk<'s>(maker: &mut Maker<'s>, value: &Value) -> Vec<Site<'s>> {
    let mut sites = Vec::new();
    let around: Rc<[&str]> = Rc::default();
    let mut waiting = vec![(String::new(), maker.source.root(), value, 0, around)];
    while let Some((pointer, node, value, depth, around)) = waiting.pop() {
        if sites.len() >= MOST {
            break;
        }
        let shape = maker.shape(&node, Style::Full, depth);
        let own = definitions(maker.source, &node);
        let is_recursive = own.iter().any(|name| around.contains(name));
        let around: Rc<[&str]> = around.iter().copied().chain(own).collect();
        let mut inner = Vec::new();
        match value {
            _ if is_recursive => {}
            Value::Object(members) => {
                for (name, member) in members {
                    let Some(node) = shape.property(name) else {
                        continue;
                    };
                    let pointer = format!("{pointer}/{}", escape_pointer(name));
                    inner.push((pointer, node, member, depth + 1, Rc::clone(&around)));
                }
            }
            Value::Array(items) => {
                let looked_at = shape.prefix.len().max(1);
                for (index, item) in items.iter().take(looked_at).enumerate() {
                    let node = values::item(&shape, index, false);
                    let pointer = format!("{pointer}/{index}");
                    inner.push((pointer, node, item, depth + 1, Rc::clone(&around)));
                }
            }
            _ => {}
        }
        waiting.extend(inner.into_iter().rev());
        sites.push(Site {
            pointer,
            node,
            shape,
            value: value.clone(),
        });
    }
    sites
}

/// The definitions that hold for a part as a whole: by reference, all of several, or one of several.
fn definitions<'s>(source: Source<'s>, node: &Node<'s>) -> Vec<&'s str> {
    let mut names = Vec::new();
    let mut parts = node.parts.clone();
    while let Some(part) = parts.pop() {
        if let Some(name) = Schemas::name(part.value) {
            if names.contains(&name) {
                continue;
            }
            names.push(name);
            parts.extend(source.step(&part));
        }
        parts.extend(
            ["allOf", "anyOf", "oneOf"]
                .iter()
                .flat_map(|key| part.items(key)),
        );
    }
    names
}

/// A value without what is optional and does not lie on the way to a site: a deviation there stands alone.
#[must_use]
pub fn around(sites: &[Site<'_>], value: &Value, pointer: &str) -> Value {
    let required: HashMap<&str, &Shape<'_>> = sites
        .iter()
        .map(|site| (site.pointer.as_str(), &site.shape))
        .collect();
    prune(value, "", pointer, &required)
}

fn prune(value: &Value, at: &str, target: &str, shapes: &HashMap<&str, &Shape<'_>>) -> Value {
    match value {
        Value::Object(members) => {
            let Some(shape) = shapes.get(at) else {
                return value.clone();
            };
            let mut kept = Map::new();
            for (name, member) in members {
                let inner = format!("{at}/{}", escape_pointer(name));
                let is_on_the_way = target == inner || target.starts_with(&format!("{inner}/"));
                let is_needed = shape.required.contains_key(name.as_str())
                    || shape.discriminated.contains_key(name.as_str());
                if is_on_the_way || is_needed {
                    kept.insert(name.clone(), prune(member, &inner, target, shapes));
                }
            }
            Value::Object(kept)
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, item)| prune(item, &format!("{at}/{index}"), target, shapes))
                .collect()
        }
        other => other.clone(),
    }
}

/// A value with another one at a place.
#[must_use]
pub fn replaced(value: &Value, pointer: &str, with: Value) -> Option<Value> {
    let mut changed = value.clone();
    *changed.pointer_mut(pointer)? = with;
    Some(changed)
}
