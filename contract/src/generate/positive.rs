//! Values worth trying that a schema takes: at every bound, every listed value, every branch, with and without every
//! optional part.

use serde_json::{Map, Value};

use super::{
    node::At,
    shape::{Kind, Shape},
    sites::{self, Site},
    text,
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
pub(super) struct Idea<'s> {
    pub(super) value: Value,
    pub(super) scenario: &'static str,
    pub(super) description: String,
    pub(super) keyword: &'static str,
    pub(super) at: Option<At<'s>>,
}

impl<'s> Idea<'s> {
    pub(super) fn new(
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

fn add(variants: &mut Vec<Variant>, variant: Variant) {
    let is_known = variants.iter().any(|known| {
        known.value == variant.value
            && (known.keyword == variant.keyword || variant.keyword.is_empty())
    });
    if !is_known {
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

fn numbers<'s>(shape: &Shape<'s>, kind: Kind, at: Option<&At<'s>>, ideas: &mut Vec<Idea<'s>>) {
    let Some(range) = shape.limits().range() else {
        return;
    };
    let usual = range.usual().to_value();
    if kind == Kind::Integer
        && let Ok(value) = serde_json::from_str::<Value>(&format!("{usual}.0"))
    {
        let what = "Whole number written with a point";
        ideas.push(Idea::new(value, "valid_number", what, "type", at));
    }
    let multiple = shape.multiples.first().map(|held| &held.at);
    let keyword = if multiple.is_some() {
        "multipleOf"
    } else {
        "type"
    };
    ideas.push(Idea::new(
        usual,
        "valid_number",
        "Number",
        keyword,
        multiple.or(at),
    ));
    let low = shape.low.as_ref();
    let high = shape.high.as_ref();
    let sides = [
        (
            range.lowest(),
            low,
            "minimum_value",
            "Minimum value",
            ["minimum", "exclusiveMinimum"],
        ),
        (
            range.highest(),
            high,
            "maximum_value",
            "Maximum value",
            ["maximum", "exclusiveMaximum"],
        ),
    ];
    for (bound, held, scenario, what, [keyword, excluded]) in sides {
        let Some((value, next)) = bound else { continue };
        let is_excluded = held.is_some_and(|held| held.value.1);
        let keyword = if is_excluded { excluded } else { keyword };
        let at = held.map(|held| &held.at);
        ideas.push(Idea::new(value.to_value(), scenario, what, keyword, at));
        if let Some(next) = next {
            let what = "Near-boundary number";
            ideas.push(Idea::new(
                next.to_value(),
                "near_boundary_number",
                what,
                keyword,
                at,
            ));
        }
    }
}

fn texts<'s>(
    maker: &mut Maker<'s>,
    site: &Site<'s>,
    at: Option<&At<'s>>,
    room: Room,
    ideas: &mut Vec<Idea<'s>>,
) {
    let shape = &site.shape;
    let pattern = shape.patterns.first().map(|held| &held.at);
    let format = shape.format.as_ref().map(|held| &held.at);
    let mut lengths = vec![(None, "valid_string", "Valid string", "type", at)];
    lengths.extend(format.map(|at| {
        (
            None,
            "valid_string",
            "Text of the format",
            "format",
            Some(at),
        )
    }));
    lengths.extend(pattern.map(|at| {
        (
            None,
            "valid_string",
            "Text of the pattern",
            "pattern",
            Some(at),
        )
    }));
    let (least, most) = text::lengths(shape);
    if let Some(held) = shape.counts.get("minLength") {
        let at = Some(&held.at);
        lengths.push((
            Some(least),
            "minimum_length_string",
            "Minimum length string",
            "minLength",
            at,
        ));
        let next = (
            Some(least + 1),
            "near_boundary_length_string",
            "Near-boundary length string",
            "minLength",
            at,
        );
        lengths.push(next);
    }
    if let (Some(held), Some(most)) = (shape.counts.get("maxLength"), most)
        && most <= room.text
    {
        let at = Some(&held.at);
        lengths.push((
            Some(most),
            "maximum_length_string",
            "Maximum length string",
            "maxLength",
            at,
        ));
        let before = most.saturating_sub(1);
        lengths.push((
            Some(before),
            "near_boundary_length_string",
            "Near-boundary length string",
            "maxLength",
            at,
        ));
    }
    for (length, scenario, what, keyword, at) in lengths {
        let texts = text::texts(shape, length, &mut maker.rng);
        let is_met = |value: &Value| {
            let count = value.as_str().map_or(0, |text| text.chars().count());
            length.is_none_or(|length| length == count)
        };
        let values = texts.into_iter().map(Value::String).filter(is_met);
        if let Some(value) = values
            .into_iter()
            .find(|value| maker.fits(&site.node, value))
        {
            ideas.push(Idea::new(value, scenario, what, keyword, at));
        }
    }
}

fn arrays<'s>(maker: &mut Maker<'s>, site: &Site<'s>, room: Room, ideas: &mut Vec<Idea<'s>>) {
    let shape = &site.shape;
    let mut counts = Vec::new();
    if let Some(held) = shape.counts.get("minItems") {
        counts.push((
            held.value,
            "minimum_items_array",
            "Minimum items array",
            "minItems",
            &held.at,
        ));
        let next = held.value + 1;
        counts.push((
            next,
            "near_boundary_items_array",
            "Near-boundary items array",
            "minItems",
            &held.at,
        ));
    }
    if let Some(held) = shape
        .counts
        .get("maxItems")
        .filter(|held| held.value <= room.items)
    {
        counts.push((
            held.value,
            "maximum_items_array",
            "Maximum items array",
            "maxItems",
            &held.at,
        ));
        let before = held.value.saturating_sub(1);
        counts.push((
            before,
            "near_boundary_items_array",
            "Near-boundary items array",
            "maxItems",
            &held.at,
        ));
    }
    if let Some(at) = &shape.unique {
        counts.push((
            2,
            "unique_items_array",
            "Unique items array",
            "uniqueItems",
            at,
        ));
    }
    for (count, scenario, what, keyword, at) in counts {
        if let Some(value) = maker.list(&site.shape, &site.value, count) {
            ideas.push(Idea::new(value, scenario, what, keyword, Some(at)));
        }
    }
    let Some(items) = &shape.items else { return };
    let inner = maker.shape(items, Style::Full, 1);
    let own = site.value.as_array().cloned().unwrap_or_default();
    for value in inner.values.iter().flat_map(|held| &held.value) {
        let mut listed = own.clone();
        match listed.last_mut() {
            Some(last) => (*value).clone_into(last),
            None => listed.push((*value).clone()),
        }
        let what = "Enum value in a list";
        let at = inner.values.as_ref().map(|held| &held.at);
        ideas.push(Idea::new(
            listed.into(),
            "enum_value_items_array",
            what,
            "enum",
            at,
        ));
    }
}

fn objects<'s>(maker: &mut Maker<'s>, site: &Site<'s>, ideas: &mut Vec<Idea<'s>>) {
    let shape = &site.shape;
    let Value::Object(members) = &site.value else {
        return;
    };
    let is_required =
        |name: &str| shape.required.contains_key(name) || shape.discriminated.contains_key(name);
    let mut least: Map<String, Value> = members.clone();
    least.retain(|name, _| is_required(name));
    let at = shape.required.values().next();
    let only = Value::Object(least.clone());
    ideas.push(Idea::new(
        only,
        "object_only_required",
        "Only what is required",
        "required",
        at,
    ));
    ideas.push(Idea::new(
        site.value.clone(),
        "object_required_and_optional",
        "Everything that is optional",
        "properties",
        None,
    ));
    for (name, member) in members.iter().filter(|(name, _)| !is_required(name)) {
        let mut one = least.clone();
        one.insert(name.clone(), member.clone());
        let what = format!("What is required and `{name}`");
        let node = shape.properties.get(name.as_str());
        let at = node
            .and_then(|node| node.parts.first())
            .map(|part| &part.at);
        ideas.push(Idea::new(
            one.into(),
            "object_required_and_optional",
            what,
            "properties",
            at,
        ));
    }
    if let Some(additional) = shape.additional.as_ref().filter(|part| part.value != false)
        && let Some(name) = maker.other_name(shape, members.len())
    {
        let node = super::node::Node::from(additional.clone());
        if let Some(value) = maker.part(&node, Style::Usual) {
            let mut more = least.clone();
            more.insert(name, value);
            let what = "Additional property";
            ideas.push(Idea::new(
                more.into(),
                "object_additional_property",
                what,
                "additionalProperties",
                Some(&additional.at),
            ));
        }
    }
    for (keyword, scenario) in [
        ("minProperties", "minimum_properties_object"),
        ("maxProperties", "maximum_properties_object"),
    ] {
        let Some(held) = shape.counts.get(keyword) else {
            continue;
        };
        if let Some(value) = maker.sized(shape, members, held.value) {
            let what = format!("Object with {} properties", held.value);
            ideas.push(Idea::new(value, scenario, what, keyword, Some(&held.at)));
        }
    }
}
