//! Values that break a schema in exactly one way, each with the keyword that it breaks.

use serde_json::{Map, Value, json};

use super::{
    format,
    node::{At, Node},
    pattern::Pattern,
    positive::{Idea, Room, Variant, described},
    shape::{Kind, Shape},
    sites::{self, Site},
    text,
    values::{Maker, Style},
};

/// The name of a property that no document has.
const UNKNOWN: &str = "x-unknown-property";

/// Every deviation that is worth trying, from everything that the schema takes. Each was held against the schema, and
/// breaks it.
pub fn deviations(maker: &mut Maker<'_>, room: Room) -> Vec<Variant> {
    let Some(full) = maker
        .valid(Style::Full)
        .or_else(|| maker.valid(Style::Usual))
    else {
        return Vec::new();
    };
    let mut found = deviations_of(maker, &full, room);
    for branch in other_branches(maker, &full) {
        let before = maker.fixed.insert(branch.at.clone(), branch.index);
        for variant in deviations_of(maker, &branch.value, room) {
            // What lies beside the branch was tried already.
            if variant.pointer.starts_with(&branch.pointer) && !is_known(&found, &variant) {
                found.push(variant);
            }
        }
        maker.set_branch(&branch.at, before);
    }
    found
}

/// The whole value with another branch of a choice.
struct Branch<'s> {
    value: Value,
    pointer: String,
    at: At<'s>,
    index: usize,
}

fn is_known(found: &[Variant], variant: &Variant) -> bool {
    found.iter().any(|known| known.value == variant.value)
}

fn other_branches<'s>(maker: &mut Maker<'s>, full: &Value) -> Vec<Branch<'s>> {
    let mut found = Vec::new();
    for site in sites::walk(maker, full) {
        for choice in &site.shape.choices {
            for index in (0..choice.branches.len()).filter(|index| *index != choice.taken) {
                let before = maker.fixed.insert(choice.at.clone(), index);
                let part = maker.part(&site.node, Style::Full);
                maker.set_branch(&choice.at, before);
                let value = part.and_then(|part| sites::replaced(full, &site.pointer, part));
                if let Some(value) = value.filter(|value| maker.source.schema.takes(value)) {
                    found.push(Branch {
                        value,
                        pointer: site.pointer.clone(),
                        at: choice.at.clone(),
                        index,
                    });
                }
            }
        }
    }
    found
}

fn deviations_of(maker: &mut Maker<'_>, full: &Value, room: Room) -> Vec<Variant> {
    let mut found: Vec<Variant> = Vec::new();
    let sites = sites::walk(maker, full);
    for site in &sites {
        let pruned = sites::around(&sites, full, &site.pointer);
        let base = if maker.source.schema.takes(&pruned) {
            &pruned
        } else {
            full
        };
        for idea in ideas(maker, site, room) {
            let Some(value) = sites::replaced(base, &site.pointer, idea.value) else {
                continue;
            };
            if maker.source.schema.takes(&value) {
                continue;
            }
            let variant = Variant {
                value,
                scenario: idea.scenario,
                description: described(&idea.description, &site.pointer),
                pointer: site.pointer.clone(),
                keyword: idea.keyword,
                place: idea.at.map(|at| maker.source.place(&at)),
            };
            if !is_known(&found, &variant) {
                found.push(variant);
            }
        }
    }
    found
}

fn ideas<'s>(maker: &mut Maker<'s>, site: &Site<'s>, room: Room) -> Vec<Idea<'s>> {
    let shape = &site.shape;
    let mut ideas = Vec::new();
    wrong_types(shape, &site.value, &mut ideas);
    if shape.values.is_some() {
        unlisted(shape, &site.value, &mut ideas);
        return ideas;
    }
    let lets = |kind| shape.kinds.is_some() && shape.lets(kind);
    if site.value.is_number() || lets(Kind::Integer) {
        numbers(shape, &mut ideas);
    }
    if site.value.is_string() || lets(Kind::String) {
        texts(maker, site, room, &mut ideas);
    }
    match &site.value {
        Value::Array(items) => arrays(maker, site, items, room, &mut ideas),
        Value::Object(members) => objects(maker, site, members, &mut ideas),
        _ => {}
    }
    for part in &site.node.parts {
        if let Some(not) = part.member("not")
            && let Some(value) = maker.part(&Node::from(not.clone()), Style::Usual)
        {
            ideas.push(Idea::new(
                value,
                "forbidden_value",
                "Value that `not` forbids",
                "not",
                Some(&not.at),
            ));
        }
    }
    ideas
}

fn wrong_types<'s>(shape: &Shape<'s>, own: &Value, ideas: &mut Vec<Idea<'s>>) {
    let at = shape.kinds.as_ref().map(|held| &held.at);
    let at = at.or_else(|| shape.values.as_ref().map(|held| &held.at));
    let keyword = if shape.kinds.is_some() {
        "type"
    } else {
        "enum"
    };
    let wrong = [
        (Kind::Null, Value::Null),
        (Kind::Boolean, json!(true)),
        (Kind::Number, json!(1.5)),
        (Kind::Integer, json!(42)),
        (Kind::String, json!("wrong type")),
        // What a lenient reader takes for the value itself.
        (Kind::String, as_text(own)),
        (Kind::Array, json!([])),
        (Kind::Array, json!([own])),
        (Kind::Object, json!({})),
    ];
    for (kind, value) in wrong {
        let is_let = shape.lets(kind) || (kind == Kind::Integer && shape.lets(Kind::Number));
        // Without `type` only a list of values forbids types.
        let is_said = shape.kinds.is_some() || shape.values.is_some();
        if is_said && !(is_let && shape.kinds.is_some()) {
            let what = format!("Incorrect type: {}", kind.as_str());
            ideas.push(Idea::new(value, "incorrect_type", what, keyword, at));
        }
    }
}

fn as_text(value: &Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => Value::String(value.to_string()),
        _ => json!("1"),
    }
}

/// A value beside those that are listed, of a type that is listed.
fn unlisted<'s>(shape: &Shape<'s>, own: &Value, ideas: &mut Vec<Idea<'s>>) {
    let Some(held) = &shape.values else { return };
    let keyword = if held.at.pointer.ends_with("/const") {
        "const"
    } else {
        "enum"
    };
    let mut add = |value: Value, what: &str| {
        if !held.value.contains(&&value) {
            ideas.push(Idea::new(
                value,
                "invalid_enum_value",
                what,
                keyword,
                Some(&held.at),
            ));
        }
    };
    match own {
        Value::String(text) => {
            add(json!(format!("{text}_UNKNOWN")), "Value outside the list");
            add(json!(""), "Empty text outside the list");
            let turned: String = text
                .chars()
                .map(|c| {
                    if c.is_ascii_lowercase() {
                        c.to_ascii_uppercase()
                    } else {
                        c.to_ascii_lowercase()
                    }
                })
                .collect();
            add(json!(turned), "Listed value in letters of the other case");
        }
        Value::Number(_) => {
            let numbers = held.value.iter().filter_map(|value| value.as_i64());
            let most = numbers.max().unwrap_or(0);
            add(json!(most.saturating_add(1)), "Number outside the list");
        }
        Value::Bool(value) => add(json!(!value), "The other boolean"),
        _ => {}
    }
}

fn numbers<'s>(shape: &Shape<'s>, ideas: &mut Vec<Idea<'s>>) {
    let Some(range) = shape.limits().range() else {
        return;
    };
    let sides = [
        (
            &shape.low,
            range.below(),
            "value_below_minimum",
            "Value smaller than the minimum",
            ["minimum", "exclusiveMinimum"],
        ),
        (
            &shape.high,
            range.above(),
            "value_above_maximum",
            "Value greater than the maximum",
            ["maximum", "exclusiveMaximum"],
        ),
    ];
    for (held, value, scenario, what, [keyword, excluded]) in sides {
        let Some(held) = held else { continue };
        let keyword = if held.value.1 { excluded } else { keyword };
        let at = Some(&held.at);
        if held.value.1 {
            let what = "The excluded bound itself";
            ideas.push(Idea::new(
                held.value.0.to_value(),
                scenario,
                what,
                keyword,
                at,
            ));
        }
        ideas.push(Idea::new(value.to_value(), scenario, what, keyword, at));
    }
    for held in &shape.multiples {
        let what = "Not a multiple of what is asked for";
        ideas.push(Idea::new(
            range.between().to_value(),
            "not_multiple_of",
            what,
            "multipleOf",
            Some(&held.at),
        ));
    }
}

fn texts<'s>(maker: &mut Maker<'s>, site: &Site<'s>, room: Room, ideas: &mut Vec<Idea<'s>>) {
    let shape = &site.shape;
    let (least, most) = text::lengths(shape);
    if let Some(held) = shape.counts.get("minLength").filter(|_| least > 0) {
        let value = of_length(maker, site, least - 1);
        ideas.push(Idea::new(
            value,
            "string_below_min_length",
            "String smaller than minLength",
            "minLength",
            Some(&held.at),
        ));
    }
    if let (Some(held), Some(most)) = (shape.counts.get("maxLength"), most)
        && most <= room.text
    {
        let value = of_length(maker, site, most + 1);
        ideas.push(Idea::new(
            value,
            "string_above_max_length",
            "String larger than maxLength",
            "maxLength",
            Some(&held.at),
        ));
    }
    let in_bounds = |text: &str| {
        let count = text.chars().count();
        count >= least && most.is_none_or(|most| count <= most)
    };
    for held in &shape.patterns {
        let wrong = unmatched(shape, held.value, &mut maker.rng);
        let wrong = wrong.into_iter().filter(|text| in_bounds(text));
        let what = format!("Value not matching the '{}' pattern", held.value);
        for text in wrong.take(2) {
            ideas.push(Idea::new(
                text.into(),
                "invalid_pattern",
                what.clone(),
                "pattern",
                Some(&held.at),
            ));
        }
    }
    if let Some(held) = &shape.format {
        let what = format!("Value not matching the '{}' format", held.value);
        let wrong = format::wrong(held.value)
            .iter()
            .map(|text| (*text).to_owned());
        let fitting: Vec<String> = wrong.filter(|text| in_bounds(text)).collect();
        for text in fitting.into_iter().take(2) {
            ideas.push(Idea::new(
                text.into(),
                "invalid_format",
                what.clone(),
                "format",
                Some(&held.at),
            ));
        }
    }
}

/// A text of a length that keeps to format and pattern if any does.
fn of_length<'s>(maker: &mut Maker<'s>, site: &Site<'s>, length: usize) -> Value {
    let texts = text::texts(&site.shape, Some(length), &mut maker.rng);
    let is_met = |text: &&String| text.chars().count() == length;
    let found = texts.iter().find(is_met).cloned();
    found
        .unwrap_or_else(|| format::letters(length, &mut maker.rng))
        .into()
}

/// Texts that a pattern may not match: the validator judges.
fn unmatched(shape: &Shape<'_>, pattern: &str, rng: &mut rand_chacha::ChaCha8Rng) -> Vec<String> {
    let (least, most) = text::lengths(shape);
    let length = 4.clamp(least, most.unwrap_or(usize::MAX).max(least));
    let mut texts = Vec::new();
    if let Some(pattern) = Pattern::read(pattern) {
        let base = pattern.text(length, rng);
        for odd in ['!', ' ', '\u{1}', 'é', 'a', 'A', '0', '\0', '-'] {
            let mut letters: Vec<char> = base.chars().collect();
            if letters.is_empty() {
                texts.push(odd.to_string());
                continue;
            }
            let middle = letters.len() / 2;
            if let Some(letter) = letters.get_mut(middle) {
                *letter = odd;
            }
            texts.push(letters.iter().collect());
            texts.push(letters.iter().map(|_| odd).collect());
        }
    } else {
        for odd in ["!", " ", "a", "A", "0"] {
            texts.push(odd.repeat(length.max(1)));
        }
    }
    let regex = jsonschema_regex::to_rust_regex(pattern).ok();
    if let Some(regex) = regex.and_then(|pattern| regex::Regex::new(&pattern).ok()) {
        texts.retain(|text| !regex.is_match(text));
    }
    texts
}

fn arrays<'s>(
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
    let is_closed = |part: &super::node::Part<'_>| part.value == false;
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

fn objects<'s>(
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
