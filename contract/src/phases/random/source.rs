//! Where values of a part of a request come from, and how a case says that one of them deviates.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use crate::{
    api::Location,
    generate::{
        negative,
        positive::{Room, Variant},
        template::Variation,
        values::Maker,
    },
};

/// How large parts may become by deviations.
const ROOM: Room = Room {
    text: 20_000,
    items: 200,
};

/// Where values of a part of the request come from.
pub(super) struct Source<'r, P> {
    pub(super) part: P,
    pub(super) maker: Maker<'r>,
    /// Deviations, worked out when the first one is drawn.
    deviations: Option<Vec<Variant>>,
}

impl<'r, P> Source<'r, P> {
    /// What a part's values are drawn from.
    pub(super) fn new(part: P, maker: Maker<'r>) -> Self {
        Self {
            part,
            maker,
            deviations: None,
        }
    }

    /// One of the ways to break the schema of the part.
    pub(super) fn deviation(&mut self, rng: &mut ChaCha8Rng) -> Option<Variant> {
        let maker = &mut self.maker;
        let known = self
            .deviations
            .get_or_insert_with(|| negative::deviations(maker, ROOM));
        known.get(rng.random_range(0..known.len().max(1))).cloned()
    }
}

/// Says in a variation that a part deviates. The first one is the one that a case is about.
pub(super) fn deviate(
    variation: &mut Variation,
    location: Location,
    parameter: Option<String>,
    variant: &Variant,
) {
    if variation.is_negative {
        variation.description = format!("{}; {}", variation.description, variant.description);
        return;
    }
    variation.is_negative = true;
    variation.description.clone_from(&variant.description);
    variation.location = Some(location);
    variation.parameter = parameter;
    variation.place.clone_from(&variant.place);
}
