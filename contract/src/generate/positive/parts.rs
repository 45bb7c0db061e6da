//! Lists with every number of items, objects with and without every part.

use serde_json::{Map, Value};

use super::{Idea, Room};
use crate::generate::{
    node::Node,
    sites::Site,
    values::{Maker, Style},
};

pub(super) fn arrays<'s>(
    maker: &mut Maker<'s>,
    site: &Site<'s>,
    room: Room,
    ideas: &mut Vec<Idea<'s>>,
) {
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

pub(super) fn objects<'s>(maker: &mut Maker<'s>, site: &Site<'s>, ideas: &mut Vec<Idea<'s>>) {
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
        let node = Node::from(additional.clone());
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
