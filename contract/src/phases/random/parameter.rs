//! What is sent for a parameter.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::source::{Source, deviate};
use crate::{
    api::{Location, Parameter},
    case::Mode,
    generate::{
        recipe::Draft,
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
    draft: &mut Draft,
) {
    let parameter = source.part;
    // An id that exists reaches further than one that was made up.
    let is_id = parameter.location == Location::Path && rng.random_ratio(2, 3);
    let is_absent = !parameter.is_required && rng.random_ratio(1, 2);
    if is_id || is_absent {
        return;
    }
    if deviates
        && rng.random_ratio(1, 3)
        && let Some(variant) = source.deviation(rng)
        && let Some(pairs) = written(parameter, &variant.value, Mode::Negative)
        && !wire::is_readable(&mut source.maker, parameter, &pairs)
    {
        deviate(
            draft,
            parameter.location,
            Some(parameter.name.clone()),
            &variant,
        );
        let place = draft.place.take();
        draft.place = Some(place.unwrap_or_else(|| parameter.place.clone()));
        draft
            .set
            .push((parameter.location, parameter.name.clone(), pairs));
        return;
    }
    let value = source.maker.valid(Style::Random);
    let pairs = value.and_then(|value| written(parameter, &value, Mode::Positive));
    let pairs = pairs.filter(|pairs| {
        let is_whole_with_point = pairs.iter().any(|(_, text)| text.ends_with(".0"));
        !is_whole_with_point && wire::is_readable(&mut source.maker, parameter, pairs)
    });
    if let Some(pairs) = pairs {
        draft
            .set
            .push((parameter.location, parameter.name.clone(), pairs));
    }
}

/// The texts of a value, where all of them can be sent.
fn written(parameter: &Parameter, value: &Value, mode: Mode) -> Option<Pairs> {
    let pairs = wire::write(parameter, value)?;
    let is_carried =
        |(_, text): &(String, String)| wire::is_carried(parameter.location, text, mode);
    (!pairs.is_empty() && !value.is_null() && pairs.iter().all(is_carried)).then_some(pairs)
}
