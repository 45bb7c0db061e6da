//! Deviations of single values: types, lists of values, bounds, lengths, patterns, formats.

use serde_json::{Value, json};

use crate::generate::{
    format,
    pattern::Pattern,
    positive::{Idea, Room},
    shape::{Kind, Shape},
    sites::Site,
    text,
    values::Maker,
};

pub(super) fn wrong_types<'s>(shape: &Shape<'s>, own: &Value, ideas: &mut Vec<Idea<'s>>) {
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
pub(super) fn unlisted<'s>(shape: &Shape<'s>, own: &Value, ideas: &mut Vec<Idea<'s>>) {
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

pub(super) fn numbers<'s>(shape: &Shape<'s>, ideas: &mut Vec<Idea<'s>>) {
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

pub(super) fn texts<'s>(
    maker: &mut Maker<'s>,
    site: &Site<'s>,
    room: Room,
    ideas: &mut Vec<Idea<'s>>,
) {
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
