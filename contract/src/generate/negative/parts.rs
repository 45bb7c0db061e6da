//! Deviations of lists and objects.

use serde_json::{Map, Value, json};

use crate::generate::{
    node::{At, Part},
    positive::{Idea, Room},
    shape::Shape,
    sites::Site,
    values::{Maker, Style},
};

/// The name of a property that no document has.
const UNKNOWN: &str = "x-unknown-property";

pub(super) fn arrays<'s>(
    maker: &mut Maker<'s>,
    site: &Site<'s>,
    items: &[Value],
    room: Room,
    ideas: &mut Vec<Idea<'s>>,
) {
    let shape = &site.shape;
    let own = &site.value;
    if let Some(held) = shape.counts.get("minItems").filter(|held| held.value > 0)
        && let Some(value) = maker.list(shape, own, held.value - 1)
    {
        let what = "Array with fewer items than minItems";
        ideas.push(Idea::new(
            value,
            "array_below_min_items",
            what,
            "minItems",
            Some(&held.at),
        ));
    }
    if let Some(held) = shape
        .counts
        .get("maxItems")
        .filter(|held| held.value <= room.items)
    {
        // Where all items differ there may not be so many: copies of one break two rules, and one of them surely.
        let listed = maker.list(shape, own, held.value + 1);
        let copies = items
            .first()
            .map(|first| Value::from(vec![first.clone(); held.value + 1]));
        if let Some(value) = listed.or(copies) {
            let what = "Array with more items than allowed by maxItems";
            ideas.push(Idea::new(
                value,
                "array_above_max_items",
                what,
                "maxItems",
                Some(&held.at),
            ));
        }
    }
    if let (Some(at), Some(first)) = (&shape.unique, items.first()) {
        let mut twice = items.to_vec();
        twice.push(first.clone());
        ideas.push(Idea::new(
            twice.into(),
            "non_unique_items",
            "Non-unique items",
            "uniqueItems",
            Some(at),
        ));
    }
    if let Some(contains) = &shape.contains {
        let at = contains.parts.first().map(|part| &part.at);
        let mut others = shape.clone();
        others.contains = None;
        others.counts.remove("minContains");
        for value in [json!([]), json!([null]), json!(["other"]), json!([0])] {
            ideas.push(Idea::new(
                value,
                "array_without_contained_item",
                "No item of what must be contained",
                "contains",
                at,
            ));
        }
        if let Some(held) = shape.counts.get("maxContains") {
            let one = items.first().cloned().unwrap_or_default();
            let many = vec![one; held.value + 1];
            let what = "More items than maxContains of what is contained";
            ideas.push(Idea::new(
                many.into(),
                "array_above_max_contains",
                what,
                "maxContains",
                Some(&held.at),
            ));
        }
    }
    let is_closed = |part: &Part<'_>| part.value == false;
    let closed = shape
        .items
        .as_ref()
        .and_then(|node| node.parts.iter().find(|part| is_closed(part)));
    if let Some(closed) = closed {
        let mut more = items.to_vec();
        more.push(json!("unexpected"));
        let what = "Item behind the last that is allowed";
        ideas.push(Idea::new(
            more.into(),
            "array_unexpected_items",
            what,
            "items",
            Some(&closed.at),
        ));
    }
}

pub(super) fn objects<'s>(
    maker: &mut Maker<'s>,
    site: &Site<'s>,
    members: &Map<String, Value>,
    ideas: &mut Vec<Idea<'s>>,
) {
    let shape = &site.shape;
    let needed: Map<String, Value> = members
        .iter()
        .filter(|(name, _)| {
            shape.required.contains_key(name.as_str())
                || shape.discriminated.contains_key(name.as_str())
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    for (name, at) in &shape.required {
        let mut fewer = needed.clone();
        fewer.remove(*name);
        let what = format!("Missing required property: {name}");
        ideas.push(Idea::new(
            fewer.into(),
            "object_missing_required_property",
            what,
            "required",
            Some(at),
        ));
    }
    if let Some(closed) = shape.additional.as_ref().filter(|part| part.value == false) {
        let mut more = needed.clone();
        more.insert(UNKNOWN.to_owned(), json!("unexpected"));
        let what = "Object with unexpected properties";
        ideas.push(Idea::new(
            more.into(),
            "object_unexpected_properties",
            what,
            keyword_of(&closed.at),
            Some(&closed.at),
        ));
    }
    for held in &shape.dependent {
        let (name, others) = &held.value;
        for other in others
            .iter()
            .filter(|other| !shape.required.contains_key(*other))
        {
            let mut fewer = members.clone();
            fewer.remove(*other);
            let what = format!("`{name}` without `{other}`");
            ideas.push(Idea::new(
                fewer.into(),
                "object_missing_dependent_property",
                what,
                "dependentRequired",
                Some(&held.at),
            ));
        }
    }
    if let Some(held) = shape
        .counts
        .get("minProperties")
        .filter(|held| held.value > 0)
    {
        let mut fewer = members.clone();
        fewer.retain(|name, _| needed.contains_key(name));
        let kept: Vec<String> = members.keys().take(held.value - 1).cloned().collect();
        if fewer.len() >= held.value {
            fewer.retain(|name, _| kept.contains(name));
        }
        let what = "Object with fewer properties than minProperties";
        ideas.push(Idea::new(
            fewer.into(),
            "object_below_min_properties",
            what,
            "minProperties",
            Some(&held.at),
        ));
    }
    if let Some(held) = shape.counts.get("maxProperties")
        && let Some(value) = maker.sized(shape, members, held.value + 1)
    {
        let what = "Object with more properties than allowed by maxProperties";
        ideas.push(Idea::new(
            value,
            "object_above_max_properties",
            what,
            "maxProperties",
            Some(&held.at),
        ));
    }
    names(maker, shape, &needed, ideas);
}

/// Names of properties that `propertyNames` refuses.
fn names<'s>(
    maker: &mut Maker<'s>,
    shape: &Shape<'s>,
    needed: &Map<String, Value>,
    ideas: &mut Vec<Idea<'s>>,
) {
    let Some(first) = shape.names.parts.first() else {
        return;
    };
    let tried = ["", "a", "A", "0", "!", "not a name", UNKNOWN];
    let long = "a".repeat(300);
    let wrong = tried
        .into_iter()
        .chain([long.as_str()])
        .find(|name| !maker.fits(&shape.names, &json!(name)));
    if let Some(name) = wrong {
        let node = shape.property(name).unwrap_or_default();
        let value = maker.part(&node, Style::Usual).unwrap_or(Value::Null);
        let mut more = needed.clone();
        more.insert(name.to_owned(), value);
        let what = format!("Object with the invalid property name '{}'", short(name));
        ideas.push(Idea::new(
            more.into(),
            "object_invalid_property_name",
            what,
            "propertyNames",
            Some(&first.at),
        ));
    }
}

fn keyword_of(at: &At<'_>) -> &'static str {
    if at.pointer.ends_with("/unevaluatedProperties") {
        "unevaluatedProperties"
    } else {
        "additionalProperties"
    }
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}
