//! Values worth trying that a schema takes: at every bound, every listed value, every branch, with and without every
//! optional part.

mod parts;
mod scalars;

use std::collections::HashSet;

use serde_json::Value;

use self::{
    parts::{arrays, objects},
    scalars::{numbers, texts},
};
use super::{
    node::At,
    shape::Kind,
    sites::{self, Site},
    values::{Maker, Style},
};
use crate::document::Place;

/// A whole value that is worth sending, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The value.
    pub value: Value,
    /// Its kind in reports.
    pub scenario: &'static str,
    /// What is special, for people.
    pub description: String,
    /// JSON pointer to the part that is special.
    pub pointer: String,
    /// The keyword that it is about; empty for none.
    pub keyword: &'static str,
    /// Where that keyword stands.
    pub place: Option<Place>,
}

/// A part of a value that is worth trying.
pub(in crate::generate) struct Idea<'s> {
    pub(in crate::generate) value: Value,
    pub(in crate::generate) scenario: &'static str,
    pub(in crate::generate) description: String,
    pub(in crate::generate) keyword: &'static str,
    pub(in crate::generate) at: Option<At<'s>>,
}

impl<'s> Idea<'s> {
    pub(in crate::generate) fn new(
        value: Value,
        scenario: &'static str,
        description: impl Into<String>,
        keyword: &'static str,
        at: Option<&At<'s>>,
    ) -> Self {
        Self {
            value,
            scenario,
            description: description.into(),
            keyword,
            at: at.cloned(),
        }
    }
}

/// How large a value may become to be worth sending.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// The longest text, in characters.
    pub text: usize,
    /// The longest list.
    pub items: usize,
}

/// Every value that is worth trying. The first one is the usual one.
pub fn variants(maker: &mut Maker<'_>, room: Room) -> Vec<Variant> {
    let mut variants = Vec::new();
    let mut known = HashSet::new();
    for (style, scenario, description) in [
        (Style::Usual, "default_positive_test", "Valid value"),
        (
            Style::Required,
            "object_only_required",
            "Only what is required",
        ),
        (
            Style::Full,
            "object_required_and_optional",
            "Everything that is optional",
        ),
    ] {
        let Some(value) = maker.valid(style) else {
            continue;
        };
        if style == Style::Required && !value.is_object() {
            continue;
        }
        add(
            &mut variants,
            &mut known,
            Variant {
                value,
                scenario,
                description: description.to_owned(),
                pointer: String::new(),
                keyword: if style == Style::Usual {
                    ""
                } else {
                    "required"
                },
                place: None,
            },
        );
    }
    let Some(full) = maker.valid(Style::Full) else {
        return variants;
    };
    let sites = sites::walk(maker, &full);
    for site in &sites {
        let mut ideas = ideas(maker, site, room);
        ideas.extend(branches(maker, site));
        let base = sites::around(&sites, &full, &site.pointer);
        for idea in ideas {
            let tried = [&base, &full]
                .into_iter()
                .filter_map(|base| sites::replaced(base, &site.pointer, idea.value.clone()))
                .find(|value| maker.source.schema.takes(value));
            let Some(value) = tried else { continue };
            add(
                &mut variants,
                &mut known,
                Variant {
                    value,
                    scenario: idea.scenario,
                    description: described(&idea.description, &site.pointer),
                    pointer: site.pointer.clone(),
                    keyword: idea.keyword,
                    place: idea.at.map(|at| maker.source.place(&at)),
                },
            );
        }
        variants.extend(without_one(maker, site, &full));
    }
    variants
}

pub(super) fn described(description: &str, pointer: &str) -> String {
    if pointer.is_empty() {
        description.to_owned()
    } else {
        format!("{description} at {pointer}")
    }
}

/// Adds what is new: each value once for a keyword.
fn add(variants: &mut Vec<Variant>, known: &mut HashSet<(String, &'static str)>, variant: Variant) {
    let text = variant.value.to_string();
    let mut is_new = known.insert((text.clone(), ""));
    if !variant.keyword.is_empty() {
        is_new = known.insert((text, variant.keyword));
    }
    if is_new {
        variants.push(variant);
    }
}

/// The whole with the site's optional properties, each left out once.
fn without_one(maker: &mut Maker<'_>, site: &Site<'_>, full: &Value) -> Vec<Variant> {
    let Value::Object(members) = &site.value else {
        return Vec::new();
    };
    let optional = members
        .keys()
        .filter(|name| !site.shape.required.contains_key(name.as_str()));
    if optional.clone().count() < 2 {
        return Vec::new();
    }
    let mut variants = Vec::new();
    for name in optional {
        let mut fewer = members.clone();
        fewer.remove(name);
        let Some(value) = sites::replaced(full, &site.pointer, Value::Object(fewer)) else {
            continue;
        };
        if maker.source.schema.takes(&value) {
            let node = site.shape.properties.get(name.as_str());
            let at = node
                .and_then(|node| node.parts.first())
                .map(|part| &part.at);
            variants.push(Variant {
                value,
                scenario: "object_required_and_optional",
                description: described(&format!("Everything but `{name}`"), &site.pointer),
                pointer: site.pointer.clone(),
                keyword: "required",
                place: at.map(|at| maker.source.place(at)),
            });
        }
    }
    variants
}

/// The other branches of the site's choices.
fn branches<'s>(maker: &mut Maker<'s>, site: &Site<'s>) -> Vec<Idea<'s>> {
    let mut ideas = Vec::new();
    for choice in &site.shape.choices {
        for index in 0..choice.branches.len() {
            let before = maker.fixed.insert(choice.at.clone(), index);
            for style in [Style::Required, Style::Full] {
                if let Some(value) = maker.part(&site.node, style) {
                    ideas.push(Idea::new(
                        value,
                        "valid_object",
                        format!("Branch {index} of {}", choice.keyword),
                        choice.keyword,
                        Some(&choice.at),
                    ));
                }
            }
            maker.set_branch(&choice.at, before);
        }
    }
    ideas
}

fn ideas<'s>(maker: &mut Maker<'s>, site: &Site<'s>, room: Room) -> Vec<Idea<'s>> {
    let shape = &site.shape;
    let mut ideas = Vec::new();
    if let Some(held) = &shape.values {
        for value in &held.value {
            let (scenario, keyword, what) = if held.at.pointer.ends_with("/const") {
                ("const_value", "const", "Const value")
            } else {
                ("enum_value", "enum", "Enum value")
            };
            ideas.push(Idea::new(
                (*value).clone(),
                scenario,
                what,
                keyword,
                Some(&held.at),
            ));
        }
        return ideas;
    }
    if let Some(held) = &shape.default {
        let value = held.value.clone();
        ideas.push(Idea::new(
            value,
            "default_value",
            "Default value",
            "default",
            Some(&held.at),
        ));
    }
    for value in &shape.given {
        ideas.push(Idea::new(
            (*value).clone(),
            "example_value",
            "Example value",
            "",
            None,
        ));
    }
    for kind in Kind::ALL {
        if shape.kinds.is_none() && Kind::of(&site.value) != kind {
            continue;
        }
        if !shape.lets(kind) {
            continue;
        }
        let at = shape.kinds.as_ref().map(|held| &held.at);
        match kind {
            Kind::Null => ideas.push(Idea::new(Value::Null, "null_value", "Null", "type", at)),
            Kind::Boolean => {
                for value in [true, false] {
                    ideas.push(Idea::new(
                        value.into(),
                        "valid_boolean",
                        "Boolean",
                        "type",
                        at,
                    ));
                }
            }
            Kind::Integer if shape.lets(Kind::Number) => {}
            Kind::Integer | Kind::Number => numbers(shape, kind, at, &mut ideas),
            Kind::String => texts(maker, site, at, room, &mut ideas),
            Kind::Array => arrays(maker, site, room, &mut ideas),
            Kind::Object => objects(maker, site, &mut ideas),
        }
    }
    ideas
}
