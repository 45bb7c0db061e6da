//! What is sent for a parameter.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::source::{Source, deviate};
use crate::{
    api::{Location, Parameter},
    case::Mode,
    generate::{
        positive::Variant,
        template::Variation,
        values::Style,
        wire::{self, Pairs},
    },
};

/// Draws what is sent for a parameter: nothing, a value or a deviation. Of an id in the path mostly nothing, since the
/// usual request has one that exists.
pub(super) fn draw(
    source: &mut Source<'_, &Parameter>,
    deviates: bool,
    rng: &mut ChaCha8Rng,
    variation: &mut Variation,
) {
    let parameter = source.part;
    // An id that exists reaches further than one that was made up.
    let is_id = parameter.location == Location::Path && rng.random_ratio(2, 3);
    let is_absent = !parameter.is_required && rng.random_ratio(1, 2);
    if is_id || is_absent {
        return;
    }
    let location = parameter.location;
    let name = &parameter.name;
    if deviates
        && rng.random_ratio(1, 3)
        && let Some((variant, pairs)) = deviation(source, rng)
    {
        deviate(variation, location, Some(name.clone()), &variant);
        let place = variation.place.take();
        variation.place = Some(place.unwrap_or_else(|| parameter.place.clone()));
        variation.set.push((location, name.clone(), pairs));
        return;
    }
    if let Some(pairs) = value(source) {
        variation.set.push((location, name.clone(), pairs));
    }
}

/// A deviation that is still one in the text that is sent.
fn deviation(
    source: &mut Source<'_, &Parameter>,
    rng: &mut ChaCha8Rng,
) -> Option<(Variant, Pairs)> {
    let variant = source.deviation(rng)?;
    let pairs = written(source.part, &variant.value, Mode::Negative)?;
    let is_readable = wire::may_be_readable(&mut source.maker, source.part, &pairs);
    (!is_readable).then_some((variant, pairs))
}

/// A value that fits the schema, as text, too.
fn value(source: &mut Source<'_, &Parameter>) -> Option<Pairs> {
    let value = source.maker.valid(Style::Random)?;
    let pairs = written(source.part, &value, Mode::Positive)?;
    let is_whole_with_point = pairs.iter().any(|(_, text)| text.ends_with(".0"));
    let fits = !is_whole_with_point && wire::is_readable(&mut source.maker, source.part, &pairs);
    fits.then_some(pairs)
}

/// The texts of a value, where all of them can be sent.
fn written(parameter: &Parameter, value: &Value, mode: Mode) -> Option<Pairs> {
    let pairs = wire::write(parameter, value)?;
    let is_carried =
        |(_, text): &(String, String)| wire::is_carried(parameter.location, text, mode);
    (!pairs.is_empty() && !value.is_null() && pairs.iter().all(is_carried)).then_some(pairs)
}
