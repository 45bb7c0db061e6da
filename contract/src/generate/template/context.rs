//! What the cases of a run are made from, and makers of values that draw from the run's seed.

use crate::{
    api::{Api, Media, Operation, Parameter, Schema},
    config::Settings,
    generate::{node::Source, values::Maker},
    pool::Pool,
};

/// What every case of a run is made from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'r> {
    /// The document.
    pub api: &'r Api,
    /// What the run was told.
    pub settings: &'r Settings,
    /// What exists at the server.
    pub pool: &'r Pool,
    /// What makes keys of this run differ from those of every other one.
    pub nonce: &'r str,
}

impl<'r> Context<'r> {
    /// A seed for a purpose: the same for the same run seed and the same words.
    #[must_use]
    pub fn seed(&self, words: &[&str]) -> u64 {
        // FNV-1a: what matters is that it never changes.
        let mut seed = 0xcbf2_9ce4_8422_2325_u64 ^ self.settings.seed;
        for byte in words.iter().flat_map(|word| word.bytes().chain([0])) {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        seed
    }

    /// A maker of a parameter's values.
    #[must_use]
    pub fn parameter(&self, operation: &Operation, parameter: &'r Parameter) -> Maker<'r> {
        let source = Source {
            schema: &parameter.schema,
            schemas: &self.api.schemas,
        };
        let location = parameter.location.as_str();
        let seed = self.seed(&[&operation.label, location, &parameter.name]);
        let hints = parameter.examples.iter().map(|example| &example.value);
        Maker::new(source, seed, hints.collect(), None)
    }

    /// A maker of a body's values.
    #[must_use]
    pub fn media(
        &self,
        operation: &Operation,
        media_type: &str,
        media: &'r Media,
        schema: &'r Schema,
    ) -> Maker<'r> {
        let source = Source {
            schema,
            schemas: &self.api.schemas,
        };
        let seed = self.seed(&[&operation.label, media_type]);
        let hints = media.examples.iter().map(|example| &example.value);
        Maker::new(source, seed, hints.collect(), Some(self.pool))
    }
}
