//! Parameters: each with every value that is worth trying, left out, and sent twice.

use serde_json::Value;

use crate::{
    api::{Location, Operation, Parameter},
    case::Mode,
    generate::{
        negative,
        positive::{self, Room, Variant},
        template::{Context, Template, Variation},
        wire::{self, Pairs},
    },
};

/// How large a parameter may become.
fn room(location: Location) -> Room {
    let text = match location {
        Location::Path => 200,
        _ => 4_000,
    };
    Room { text, items: 50 }
}

pub(super) fn positive<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    template: &Template<'r>,
    variations: &mut Vec<Variation>,
) {
    let mut optional = Vec::new();
    for parameter in &operation.parameters {
        if template.configured(parameter).is_some() {
            continue;
        }
        let mut known: Vec<Pairs> = Vec::new();
        for (variant, pairs) in variants(context, operation, parameter, Mode::Positive) {
            // A short key was surely used before, and its answer is given again.
            if operation.is_key(parameter) && pairs.iter().any(|(_, text)| text.len() < 16) {
                continue;
            }
            if known.contains(&pairs) {
                continue;
            }
            known.push(pairs.clone());
            variations.push(variation(parameter, &variant, pairs, false));
        }
        let first = known.into_iter().next();
        if !parameter.is_required && !operation.is_key(parameter) {
            optional.extend(first.map(|pairs| (parameter.location, parameter.name.clone(), pairs)));
        }
    }
    if optional.len() > 1 {
        let location = optional.first().map(|(location, ..)| *location);
        variations.push(Variation {
            set: optional,
            scenario: "object_required_and_optional",
            description: "All optional parameters at once".to_owned(),
            location,
            ..Variation::default()
        });
    }
}

pub(super) fn negative<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    template: &Template<'r>,
    variations: &mut Vec<Variation>,
) {
    for parameter in &operation.parameters {
        let is_free = template.configured(parameter).is_none();
        let mut known: Vec<Pairs> = Vec::new();
        for (variant, pairs) in variants(context, operation, parameter, Mode::Negative) {
            if is_free && !known.contains(&pairs) {
                known.push(pairs.clone());
                variations.push(variation(parameter, &variant, pairs, true));
            }
        }
        if parameter.location == Location::Query && is_free {
            variations.extend(twice(context, operation, parameter));
        }
        if parameter.is_required && parameter.location != Location::Path {
            variations.push(Variation {
                without: vec![(parameter.location, parameter.name.clone())],
                is_negative: true,
                scenario: "missing_parameter",
                description: format!("Missing `{}` at {}", parameter.name, parameter.location),
                location: Some(parameter.location),
                parameter: Some(parameter.name.clone()),
                place: Some(parameter.place.clone()),
                ..Variation::default()
            });
        }
    }
}

fn variation(
    parameter: &Parameter,
    variant: &Variant,
    pairs: Pairs,
    is_negative: bool,
) -> Variation {
    Variation {
        set: vec![(parameter.location, parameter.name.clone(), pairs)],
        is_negative,
        scenario: variant.scenario,
        description: variant.description.clone(),
        location: Some(parameter.location),
        parameter: Some(parameter.name.clone()),
        place: Some(
            variant
                .place
                .clone()
                .unwrap_or_else(|| parameter.place.clone()),
        ),
        ..Variation::default()
    }
}

/// The values that are worth trying, as they travel. What its texts do not show is left out: a text that can be read as
/// valid is no deviation.
fn variants<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    parameter: &'r Parameter,
    mode: Mode,
) -> Vec<(Variant, Pairs)> {
    let mut maker = context.parameter(operation, parameter);
    let room = room(parameter.location);
    let variants = match mode {
        Mode::Positive => positive::variants(&mut maker, room),
        Mode::Negative => negative::deviations(&mut maker, room),
    };
    let mut written = Vec::new();
    for variant in variants {
        let Some(pairs) = wire::write(parameter, &variant.value) else {
            continue;
        };
        let is_carried = !pairs.is_empty()
            && pairs
                .iter()
                .all(|(_, text)| wire::is_carried(parameter.location, text, mode));
        if !is_carried
            || (mode == Mode::Positive && (variant.value.is_null() || has_point(&variant.value)))
        {
            continue;
        }
        // Whether a text like `1.0` is an integer is a matter of taste.
        if mode == Mode::Positive
            && variant.value.is_f64()
            && pairs.iter().any(|(_, text)| text.ends_with(".0"))
        {
            continue;
        }
        let is_meant = match mode {
            Mode::Positive => wire::is_readable(&mut maker, parameter, &pairs),
            Mode::Negative => !wire::may_be_readable(&mut maker, parameter, &pairs),
        };
        if is_meant && leads_here(context, operation, parameter, &pairs) {
            written.push((variant, pairs));
        }
    }
    written
}

/// `1.0` is an integer to a schema. Readers of texts differ there, and no rule says which of them is right.
fn has_point(value: &Value) -> bool {
    value.is_f64() && value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether a path with this value is still one of the operation's: `me` may be a path of its own.
fn leads_here(
    context: Context<'_>,
    operation: &Operation,
    parameter: &Parameter,
    pairs: &Pairs,
) -> bool {
    let (Location::Path, Some((_, text))) = (parameter.location, pairs.first()) else {
        return true;
    };
    let own = format!("{{{}}}", parameter.name);
    context.api.operations.iter().all(|other| {
        let mut segments = operation.path.split('/').zip(other.path.split('/'));
        operation.path.split('/').count() != other.path.split('/').count()
            || !segments.all(|(ours, theirs)| ours == theirs || (ours == own && theirs == text))
            || operation.path == other.path
    })
}

/// A parameter that is sent twice, though it holds one value.
fn twice<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    parameter: &'r Parameter,
) -> Option<Variation> {
    let mut maker = context.parameter(operation, parameter);
    let value = maker.valid(crate::generate::values::Style::Usual)?;
    if matches!(value, Value::Array(_) | Value::Object(_))
        && parameter.media_type.is_none()
        && parameter.explode
    {
        return None;
    }
    let once = wire::write(parameter, &value)?;
    let pairs = once.iter().chain(&once).cloned().collect();
    Some(Variation {
        set: vec![(parameter.location, parameter.name.clone(), pairs)],
        is_negative: true,
        scenario: "duplicate_parameter",
        description: format!("Duplicate `{}` query parameter", parameter.name),
        location: Some(parameter.location),
        parameter: Some(parameter.name.clone()),
        place: Some(parameter.place.clone()),
        ..Variation::default()
    })
}
