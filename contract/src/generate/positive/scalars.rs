//! Numbers and texts at every bound.

use serde_json::Value;

use super::{Idea, Room};
use crate::generate::{
    node::At,
    shape::{Kind, Shape},
    sites::Site,
    text,
    values::Maker,
};

pub(super) fn numbers<'s>(
    shape: &Shape<'s>,
    kind: Kind,
    at: Option<&At<'s>>,
    ideas: &mut Vec<Idea<'s>>,
) {
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

pub(super) fn texts<'s>(
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
