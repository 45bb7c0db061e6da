//! What is sent as a body.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::source::{Source, deviate};
use crate::{
    api::{Location, Media},
    case::{Content, Payload},
    generate::{body, positive::Variant, sites, template::Variation, values::Style},
};

/// Draws a body, or a deviation where the case is to have one.
pub(super) fn draw(
    source: &mut Source<'_, (&str, &Media)>,
    is_wrong: bool,
    rng: &mut ChaCha8Rng,
    variation: &mut Variation,
) {
    let (media_type, media) = source.part;
    let is_json = body::Kind::of(media_type) == Some(body::Kind::Json);
    // In a form everything is text: whether a deviation is one there, only the coverage phase works out.
    if is_wrong
        && is_json
        && let Some(variant) = source.deviation(rng)
    {
        let second = second_deviation(source, &variant, rng);
        let value = second.unwrap_or_else(|| variant.value.clone());
        deviate(
            variation,
            Location::Body,
            (!variant.pointer.is_empty()).then(|| variant.pointer.clone()),
            &variant,
        );
        variation.place.get_or_insert_with(|| media.place.clone());
        variation.pointer = Some(variant.pointer);
        variation.body = Some(Some(Payload {
            media_type: media_type.to_owned(),
            content: Content::Json(value),
        }));
        return;
    }
    let made = source.maker.valid(Style::Random);
    if let Some(payload) = made.and_then(|value| body::write(media_type, media, &value)) {
        variation.body = Some(Some(payload));
    }
}

/// A deviation with another one on top, where it is drawn and finds its place.
fn second_deviation(
    source: &mut Source<'_, (&str, &Media)>,
    first: &Variant,
    rng: &mut ChaCha8Rng,
) -> Option<Value> {
    if !rng.random_ratio(1, 3) {
        return None;
    }
    let other = source.deviation(rng)?;
    let part = other.value.pointer(&other.pointer)?;
    let changed = sites::replaced(&first.value, &other.pointer, part.clone())?;
    let (_, media) = source.part;
    let schema = media.schema.as_ref()?;
    (!schema.takes(&changed)).then_some(changed)
}
