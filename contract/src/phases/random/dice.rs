//! The cases of an operation, drawn one after the other.

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use super::{body, parameter, source::Source};
use crate::{
    api::{Media, Operation, Parameter},
    generate::{
        self,
        template::{Context, Template, Variation},
    },
};

/// Draws the cases of an operation.
pub(super) struct Dice<'r> {
    seed: u64,
    rng: ChaCha8Rng,
    parameters: Vec<Source<'r, &'r Parameter>>,
    bodies: Vec<Source<'r, (&'r str, &'r Media)>>,
}

impl<'r> Dice<'r> {
    pub(super) fn new(context: Context<'r>, operation: &'r Operation) -> Self {
        let free = operation.parameters.iter().filter(|parameter| {
            let location = parameter.location.as_str();
            let configured = context
                .settings
                .parameter(operation, location, &parameter.name);
            configured.is_none() && !operation.is_key(parameter)
        });
        let parameters = free.map(|parameter| {
            let maker = context.parameter(operation, parameter);
            Source::new(parameter, maker)
        });
        let media = operation.body.iter().flat_map(|body| &body.media);
        let bodies = media.filter_map(|(media_type, media)| {
            generate::body::Kind::of(media_type)?;
            let maker = context.media(operation, media_type, media, media.schema.as_ref()?);
            Some(Source::new((media_type.as_str(), media), maker))
        });
        let seed = context.seed(&["random", &operation.label]);
        Self {
            seed,
            rng: ChaCha8Rng::seed_from_u64(seed),
            parameters: parameters.collect(),
            bodies: bodies.collect(),
        }
    }

    /// The next case. Every second one deviates, some in several ways.
    pub(super) fn variation(&mut self, template: &Template<'_>, number: usize) -> Variation {
        let mut variation = Variation::default();
        // Each case has numbers of its own: what the server answered to others does not change them.
        let seed = self
            .seed
            .wrapping_add(u64::try_from(number).unwrap_or_default());
        self.rng = ChaCha8Rng::seed_from_u64(seed);
        let makers = self.parameters.iter_mut().map(|source| &mut source.maker);
        for maker in makers.chain(self.bodies.iter_mut().map(|source| &mut source.maker)) {
            maker.rng = ChaCha8Rng::seed_from_u64(self.rng.random());
        }
        let deviates = self.rng.random_ratio(1, 2);
        for source in &mut self.parameters {
            parameter::draw(source, deviates, &mut self.rng, &mut variation);
        }
        let is_left_out = template.has_optional_body() && self.rng.random_ratio(1, 5);
        let which = self.rng.random_range(0..self.bodies.len().max(1));
        if is_left_out {
            variation.body = Some(None);
        } else if let Some(source) = self.bodies.get_mut(which) {
            let needs_one = deviates && !variation.is_negative;
            let is_wrong = deviates && (needs_one || self.rng.random_ratio(1, 3));
            body::draw(source, is_wrong, &mut self.rng, &mut variation);
        }
        if variation.is_negative {
            variation.scenario = "random_deviation";
        } else {
            variation.scenario = "random_value";
            "Random value".clone_into(&mut variation.description);
            variation.location = None;
            variation.parameter = None;
            variation.place = None;
        }
        variation
    }
}
