//! The type of a value, where a schema leaves a choice or says nothing.

use rand::RngExt as _;

use super::{Maker, Style};
use crate::generate::shape::{Kind, Shape};

impl<'s> Maker<'s> {
    /// The type to make. One that is not `null` where there is a choice.
    pub(super) fn kind(&mut self, shape: &Shape<'s>, style: Style) -> Option<Kind> {
        let allowed: Vec<Kind> = match &shape.kinds {
            Some(kinds) => kinds.value.iter().copied().rev().collect(),
            None => vec![likeliest(shape)],
        };
        if style == Style::Random {
            return allowed
                .get(self.rng.random_range(0..allowed.len().max(1)))
                .copied();
        }
        allowed.into_iter().next()
    }
}

/// The type that a schema without `type` is about.
fn likeliest(shape: &Shape<'_>) -> Kind {
    let has = |keyword| shape.counts.contains_key(keyword);
    if !shape.properties.is_empty()
        || !shape.required.is_empty()
        || has("minProperties")
        || !shape.pattern_properties.is_empty()
        || shape.additional.is_some()
    {
        Kind::Object
    } else if shape.items.is_some()
        || !shape.prefix.is_empty()
        || has("minItems")
        || shape.contains.is_some()
    {
        Kind::Array
    } else if shape.low.is_some() || shape.high.is_some() || !shape.multiples.is_empty() {
        if shape.multiples.is_empty() {
            Kind::Integer
        } else {
            Kind::Number
        }
    } else {
        Kind::String
    }
}
