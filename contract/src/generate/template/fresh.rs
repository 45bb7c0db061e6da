//! What must be new in every case, since a server takes it once only: keys of requests, and texts of bodies like an
//! e-mail address.

use jsonschema::Validator;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::{Template, Variation};
use crate::{
    api::Parameter,
    case::{Case, Content, Mode, Payload},
    generate::{
        shape::{Kind, Shape},
        sites, text,
        values::{Maker, Style},
        wire,
    },
};

/// Properties whose values must not repeat as a rule: what was sent once may be taken the second time.
const UNIQUE: [&str; 14] = [
    "email",
    "mail",
    "username",
    "login",
    "handle",
    "nickname",
    "slug",
    "sku",
    "barcode",
    "externalid",
    "reference",
    "serialnumber",
    "phone",
    "idempotencykey",
];

/// A text of a body that must be new in every case.
#[derive(Debug)]
pub(super) struct Unique<'r> {
    pointer: String,
    shape: Shape<'r>,
    validator: Validator,
}

/// The texts of a body that must be new in every case.
pub(super) fn unique_texts<'r>(maker: &mut Maker<'r>) -> Vec<Unique<'r>> {
    let Some(full) = maker.valid(Style::Full) else {
        return Vec::new();
    };
    let mut unique = Vec::new();
    for site in sites::walk(maker, &full) {
        if is_unique(&site)
            && let Some(validator) = maker.source.compile(&site.node)
        {
            unique.push(Unique {
                pointer: site.pointer,
                shape: site.shape,
                validator,
            });
        }
    }
    unique
}

impl Template<'_> {
    /// A key that nobody used before.
    #[must_use]
    pub fn key(&self, parameter: &Parameter, like: &str, salt: &str) -> String {
        let bare = format!("{}-{salt}", self.context.nonce);
        let quoted = format!("\"{bare}\"");
        let padded = format!(
            "{bare}{}",
            "k".repeat(like.len().saturating_sub(bare.len()))
        );
        let order = if like.starts_with('"') {
            [quoted, bare, padded]
        } else {
            [bare, quoted, padded]
        };
        let fitting = order
            .into_iter()
            .find(|key| parameter.schema.takes(&Value::String(key.clone())));
        if let Some(key) = fitting {
            return key;
        }
        // Perhaps a UUID is wanted.
        let mut maker = self.context.parameter(self.operation, parameter);
        maker.rng = ChaCha8Rng::seed_from_u64(self.context.seed(&[self.context.nonce, salt]));
        match maker.valid(Style::Random) {
            Some(Value::String(key))
                if wire::is_carried(parameter.location, &key, Mode::Positive) =>
            {
                key
            }
            _ => like.to_owned(),
        }
    }

    /// Gives texts that must not repeat new values.
    pub(super) fn renew(&self, case: &mut Case, variation: &Variation, salt: &str) {
        let Some(Payload {
            content: Content::Json(value),
            ..
        }) = &mut case.body
        else {
            return;
        };
        for unique in &self.unique {
            let is_target = variation.pointer.as_ref().is_some_and(|target| {
                !target.is_empty() && unique.pointer.starts_with(target.as_str())
            });
            let Some(Value::String(old)) = value.pointer_mut(&unique.pointer) else {
                continue;
            };
            let is_valid = |text: &String| unique.validator.is_valid(&Value::String(text.clone()));
            // A text that breaks its schema is the deviation itself.
            if is_target || !is_valid(old) {
                continue;
            }
            let seed = self.context.seed(&[&unique.pointer, salt]);
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let texts = text::texts(&unique.shape, None, &mut rng);
            if let Some(new) = texts.into_iter().find(is_valid) {
                *old = new;
            }
        }
    }
}

fn is_unique(site: &sites::Site<'_>) -> bool {
    let name = site.pointer.rsplit('/').next().unwrap_or_default();
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    site.value.is_string()
        && site.shape.values.is_none()
        && site.shape.lets(Kind::String)
        && UNIQUE.contains(&plain.as_str())
}
