//! Lists and objects.

use rand::RngExt as _;
use serde_json::{Map, Value};

use super::{Maker, PARTS, Style, TRIES, recursion::leads_back};
use crate::generate::{node::Node, pattern::Pattern, shape::Shape};

/// The most items of a list that is made without being asked for them.
const ITEMS: usize = 4;

impl<'s> Maker<'s> {
    pub(super) fn array(
        &mut self,
        shape: &Shape<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        let least = shape.count("minItems").unwrap_or(0);
        let most = shape.count("maxItems").unwrap_or(usize::MAX);
        let wanted = match style {
            Style::Usual | Style::Required => least,
            Style::Full => least.max(1).max(shape.prefix.len()),
            Style::Random => least + self.rng.random_range(0..=ITEMS),
        };
        let contained = shape.count("minContains").unwrap_or(1);
        let contained = shape.contains.as_ref().map_or(0, |_| contained);
        let wanted = wanted.max(contained).min(most);
        let mut items: Vec<Value> = Vec::new();
        for index in 0..wanted {
            let node = item(
                shape,
                index,
                index >= shape.prefix.len() && index < shape.prefix.len() + contained,
            );
            let hints: Vec<_> = hints
                .iter()
                .filter_map(|hint| hint.get(index).or_else(|| hint.get(0)))
                .collect();
            let is_optional = items.len() >= least.max(contained);
            if is_optional && leads_back(&node, above, style) {
                break;
            }
            match self.item(
                &node,
                &hints,
                style,
                above,
                shape.unique.is_some().then_some(&items),
            ) {
                Some(value) => items.push(value),
                None if is_optional => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    /// An item, other than those that are there when they must differ.
    fn item(
        &mut self,
        node: &Node<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
        others: Option<&Vec<Value>>,
    ) -> Option<Value> {
        let Some(others) = others else {
            return self.make(node, hints, None, style, above);
        };
        let first = self.make(node, hints, None, style, above);
        if let Some(first) = first.filter(|value| !others.contains(value)) {
            return Some(first);
        }
        (0..TRIES).find_map(|_| {
            let value = self.make(node, &[], None, Style::Random, above)?;
            (!others.contains(&value)).then_some(value)
        })
    }

    /// A list with so many items, made from one that there is. Items differ where they must.
    pub(in crate::generate) fn list(
        &mut self,
        shape: &Shape<'s>,
        from: &Value,
        count: usize,
    ) -> Option<Value> {
        let mut items = from.as_array().cloned().unwrap_or_default();
        items.truncate(count);
        while items.len() < count {
            let index = items.len();
            let node = item(shape, index, false);
            let others = shape.unique.is_some().then_some(&items);
            self.parts = 0;
            let value = match (others, items.get(shape.prefix.len())) {
                // Copies are the plainest items that are surely taken.
                (None, Some(first)) => first.clone(),
                _ => self.item(&node, &[], Style::Full, &mut Vec::new(), others)?,
            };
            items.push(value);
        }
        Some(Value::Array(items))
    }

    /// An object with so many properties, made from one that there is.
    pub(in crate::generate) fn sized(
        &mut self,
        shape: &Shape<'s>,
        from: &Map<String, Value>,
        count: usize,
    ) -> Option<Value> {
        let mut members = from.clone();
        let optional: Vec<String> = members
            .keys()
            .filter(|name| !shape.required.contains_key(name.as_str()))
            .cloned()
            .collect();
        for name in optional.iter().rev() {
            if members.len() <= count {
                break;
            }
            members.remove(name);
        }
        let missing = shape.properties.keys().map(|name| (*name).to_owned());
        let missing: Vec<String> = missing.filter(|name| !members.contains_key(name)).collect();
        let mut names = missing.into_iter();
        for number in 0..=count.min(PARTS) {
            if members.len() >= count {
                break;
            }
            let name = match names.next() {
                Some(name) => name,
                None => self.other_name(shape, number)?,
            };
            let node = shape.property(&name).unwrap_or_default();
            let value = self.part(&node, Style::Usual)?;
            members.insert(name, value);
        }
        (members.len() == count).then_some(Value::Object(members))
    }

    pub(super) fn object(
        &mut self,
        shape: &Shape<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        let mut object = Map::new();
        let names = self.names(shape, style);
        for (name, is_required) in names {
            if let Some(value) = shape.discriminated.get(name.as_str()) {
                object.insert(name, Value::String(value.clone()));
                continue;
            }
            let node = shape.property(&name).unwrap_or_default();
            if !is_required && leads_back(&node, above, style) {
                continue;
            }
            let hints: Vec<_> = hints.iter().filter_map(|hint| hint.get(&name)).collect();
            match self.make(&node, &hints, Some(&name), style, above) {
                Some(value) => {
                    object.insert(name, value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        Some(Value::Object(object))
    }

    /// The names of the properties to be made, and whether each must be there.
    fn names(&mut self, shape: &Shape<'s>, style: Style) -> Vec<(String, bool)> {
        let mut names: Vec<(String, bool)> = shape
            .required
            .keys()
            .map(|name| ((*name).to_owned(), true))
            .collect();
        for name in shape.discriminated.keys() {
            push(&mut names, name, true);
        }
        let least = shape.count("minProperties").unwrap_or(0);
        let most = shape.count("maxProperties").unwrap_or(usize::MAX);
        for name in shape.properties.keys() {
            let is_wanted = match style {
                Style::Usual | Style::Required => false,
                Style::Full => true,
                Style::Random => self.rng.random_ratio(1, 2),
            };
            if (is_wanted || names.len() < least) && names.len() < most {
                let is_needed = names.len() < least;
                push(&mut names, name, is_needed);
            }
        }
        let has_others = shape
            .additional
            .as_ref()
            .is_some_and(|part| part.value.is_object())
            || !shape.pattern_properties.is_empty();
        let mut more = usize::from(style == Style::Full && has_others);
        while (names.len() < least || more > 0) && names.len() < most && names.len() < PARTS {
            let is_needed = names.len() < least;
            let Some(name) = self.other_name(shape, names.len()) else {
                break;
            };
            push(&mut names, &name, is_needed);
            more = more.saturating_sub(1);
        }
        for held in &shape.dependent {
            let (name, needed) = &held.value;
            if names.iter().any(|(known, _)| known == name) {
                for needed in needed {
                    push(&mut names, needed, true);
                }
            }
        }
        names
    }

    /// A name that the document does not list and that the schema takes.
    pub fn other_name(&mut self, shape: &Shape<'s>, number: usize) -> Option<String> {
        if shape.names.parts.is_empty() && shape.pattern_properties.is_empty() {
            return Some(format!("extra{number}"));
        }
        for (pattern, _) in &shape.pattern_properties {
            let Some(pattern) = Pattern::read(pattern) else {
                continue;
            };
            let name = pattern.text(8 + number, &mut self.rng);
            if self.fits(&shape.names, &Value::String(name.clone()))
                && shape.property(&name).is_some()
            {
                return Some(name);
            }
        }
        let mut node = shape.names.clone();
        let text = self.part(&node, Style::Random);
        node.parts.clear();
        match text {
            Some(Value::String(name)) => Some(name),
            _ => None,
        }
    }
}

fn push(names: &mut Vec<(String, bool)>, name: &str, is_required: bool) {
    match names.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => *known |= is_required,
        None => names.push((name.to_owned(), is_required)),
    }
}

/// What holds for an item.
pub(in crate::generate) fn item<'s>(
    shape: &Shape<'s>,
    index: usize,
    is_contained: bool,
) -> Node<'s> {
    let own = shape.prefix.get(index).or(shape.items.as_ref());
    let mut node = own.cloned().unwrap_or_default();
    if is_contained && let Some(contained) = &shape.contains {
        node.parts.extend(contained.parts.iter().cloned());
    }
    node
}
