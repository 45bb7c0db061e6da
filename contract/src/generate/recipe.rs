//! Whole requests: an operation's usual one, and the same with one part changed.

use indexmap::IndexMap;
use jsonschema::Validator;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::{
    body,
    node::Source,
    shape::{Kind, Shape},
    sites, text,
    values::{Maker, Style},
    wire::{self, Pairs},
};
use crate::{
    api::{Api, Location, Media, Operation, Parameter, Schema},
    case::{Case, Content, Mode, Payload},
    config::Settings,
    document::Place,
    pool::Pool,
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

/// What every case of a run is made from.
#[derive(Debug, Clone, Copy)]
pub struct Kitchen<'r> {
    /// The document.
    pub api: &'r Api,
    /// What the run was told.
    pub settings: &'r Settings,
    /// What exists at the server.
    pub pool: &'r Pool,
    /// What makes keys of this run differ from those of every other one.
    pub nonce: &'r str,
}

/// The usual request of an operation.
#[derive(Debug)]
pub struct Recipe<'r> {
    kitchen: Kitchen<'r>,
    operation: &'r Operation,
    /// What is sent for each parameter that is always sent; without ids that only the pool knows.
    usual: IndexMap<(Location, &'r str), Pairs>,
    /// The usual body.
    body: Option<Payload>,
    /// Texts of the body that must be new in every case.
    unique: Vec<Unique<'r>>,
    /// What could not be made: why, and the place.
    pub notes: Vec<(String, Place)>,
}

/// A text of a body that must be new in every case.
#[derive(Debug)]
struct Unique<'r> {
    pointer: String,
    shape: Shape<'r>,
    validator: Validator,
}

/// How a case differs from the usual request.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Another method.
    pub method: Option<String>,
    /// Parameters with texts of their own.
    pub set: Vec<(Location, String, Pairs)>,
    /// Parameters that are left out.
    pub without: Vec<(Location, String)>,
    /// Another body; `Some(None)` for none at all.
    pub body: Option<Option<Payload>>,
    /// Headers beside those of parameters.
    pub headers: Vec<(String, String)>,
    /// Where the texts of the body stay as they are.
    pub pointer: Option<String>,
    /// Whether the whole keeps to the document.
    pub is_negative: bool,
    /// The kind in reports.
    pub scenario: &'static str,
    /// For people.
    pub description: String,
    /// The part of the request that it is about.
    pub location: Option<Location>,
    /// The parameter or the pointer.
    pub parameter: Option<String>,
    /// The place of the keyword.
    pub place: Option<Place>,
}

impl<'r> Kitchen<'r> {
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

impl<'r> Recipe<'r> {
    /// Works out the usual request.
    #[must_use]
    pub fn new(kitchen: Kitchen<'r>, operation: &'r Operation) -> Self {
        let mut recipe = Self {
            kitchen,
            operation,
            usual: IndexMap::new(),
            body: None,
            unique: Vec::new(),
            notes: Vec::new(),
        };
        for parameter in &operation.parameters {
            recipe.settle(parameter);
        }
        recipe.settle_body();
        recipe
    }

    /// The value that is configured for a parameter.
    #[must_use]
    pub fn configured(&self, parameter: &Parameter) -> Option<&'r Value> {
        let location = parameter.location.as_str();
        self.kitchen
            .settings
            .parameter(self.operation, location, &parameter.name)
    }

    /// Whether a header's value must be new in every case.
    #[must_use]
    pub fn is_key(parameter: &Parameter) -> bool {
        parameter.location == Location::Header
            && parameter.name.eq_ignore_ascii_case("idempotency-key")
    }

    fn settle(&mut self, parameter: &'r Parameter) {
        let configured = self.configured(parameter);
        if !parameter.is_required && configured.is_none() {
            return;
        }
        let mut maker = self.kitchen.parameter(self.operation, parameter);
        let mut candidates: Vec<Value> = configured.into_iter().cloned().collect();
        candidates.extend(maker.valid(Style::Usual));
        candidates.extend((0..8).filter_map(|_| maker.valid(Style::Random)));
        let found = candidates
            .iter()
            .filter_map(|value| wire::write(parameter, value))
            .find(|pairs| {
                let is_carried = |(_, text): &(String, String)| {
                    wire::is_carried(parameter.location, text, Mode::Positive)
                };
                !pairs.is_empty() && pairs.iter().all(is_carried)
            });
        match found {
            Some(pairs) => {
                let key = (parameter.location, parameter.name.as_str());
                self.usual.insert(key, pairs);
            }
            None => self.notes.push((
                format!(
                    "no value was found that the schema of the {} parameter `{}` takes and that can be sent there: give one under `parameters` in the configuration",
                    parameter.location, parameter.name
                ),
                parameter.schema.place.clone(),
            )),
        }
    }

    fn settle_body(&mut self) {
        let Some(declared) = &self.operation.body else {
            return;
        };
        for (media_type, media) in &declared.media {
            if body::Kind::of(media_type).is_none() {
                let text = format!(
                    "bodies of the media type `{media_type}` cannot be made here and are left out"
                );
                self.notes.push((text, media.place.clone()));
                continue;
            }
            let made = self.usual_body(media_type, media);
            match made {
                Some(payload) => {
                    self.body.get_or_insert(payload);
                }
                None => self.notes.push((
                    format!("no value was found that the schema of the body `{media_type}` takes: is it satisfiable?"),
                    media.schema.as_ref().map_or(&media.place, |schema| &schema.place).clone(),
                )),
            }
        }
    }

    fn usual_body(&mut self, media_type: &str, media: &'r Media) -> Option<Payload> {
        let Some(schema) = &media.schema else {
            let example = media.examples.first().map(|example| &example.value);
            let made = example.and_then(|value| body::write(media_type, media, value));
            return made.or_else(|| {
                let content = match body::Kind::of(media_type)? {
                    body::Kind::Json | body::Kind::Yaml => Content::Bytes("{}".into()),
                    _ => Content::Bytes(body::sample().into()),
                };
                let media_type = media_type.to_owned();
                Some(Payload {
                    media_type,
                    content,
                })
            });
        };
        let mut maker = self
            .kitchen
            .media(self.operation, media_type, media, schema);
        let value = maker.valid(Style::Usual)?;
        if let Some(full) = maker.valid(Style::Full) {
            for site in sites::walk(&mut maker, &full) {
                if is_unique(&site)
                    && let Some(validator) = maker.source.compile(&site.node)
                {
                    self.unique.push(Unique {
                        pointer: site.pointer,
                        shape: site.shape,
                        validator,
                    });
                }
            }
        }
        body::write(media_type, media, &value)
    }

    /// Whether anything can be sent at all.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let parameters = self.operation.parameters.iter();
        let mut needed = parameters.filter(|parameter| parameter.is_required);
        let has_parameters = needed.all(|parameter| {
            self.usual
                .contains_key(&(parameter.location, parameter.name.as_str()))
        });
        let needs_body = self
            .operation
            .body
            .as_ref()
            .is_some_and(|body| body.is_required);
        has_parameters && (!needs_body || self.body.is_some())
    }

    /// The usual body.
    #[must_use]
    pub fn body(&self) -> Option<&Payload> {
        self.body.as_ref()
    }

    /// Whether the operation may be called without a body.
    #[must_use]
    pub fn has_optional_body(&self) -> bool {
        self.operation
            .body
            .as_ref()
            .is_some_and(|body| !body.is_required)
    }

    /// Puts the usual request with a draft's changes into an empty case. `salt` tells cases apart.
    pub fn fill(&self, case: &mut Case, draft: &Draft, salt: &str) {
        if let Some(method) = &draft.method {
            case.method.clone_from(method);
        }
        for parameter in &self.operation.parameters {
            let is_this = |location: &Location, name: &String| {
                *location == parameter.location && *name == parameter.name
            };
            if draft
                .without
                .iter()
                .any(|(location, name)| is_this(location, name))
            {
                continue;
            }
            let set = draft
                .set
                .iter()
                .find(|(location, name, _)| is_this(location, name));
            let pairs = match set {
                Some((.., pairs)) => Some(pairs.clone()),
                None => self.pairs(parameter, salt),
            };
            for (name, text) in pairs.into_iter().flatten() {
                put(case, parameter, name, text);
            }
        }
        for (name, value) in &draft.headers {
            case.set_header(name, value.clone());
        }
        // An undeclared method says nothing about bodies.
        let usual = self.body.clone().filter(|_| draft.method.is_none());
        case.body = draft.body.clone().unwrap_or(usual);
        self.renew(case, draft, salt);
        self.describe(case, draft);
    }

    /// The texts of a parameter that is always sent.
    fn pairs(&self, parameter: &Parameter, salt: &str) -> Option<Pairs> {
        let usual = self
            .usual
            .get(&(parameter.location, parameter.name.as_str()))?;
        if self.configured(parameter).is_some() {
            return Some(usual.clone());
        }
        if Self::is_key(parameter) {
            let key = self.key(parameter, usual.first().map_or("", |(_, text)| text), salt);
            return Some(vec![(parameter.name.clone(), key)]);
        }
        let known = self.kitchen.pool.value_for(self.operation, parameter);
        let known = known.filter(|text| wire::is_carried(parameter.location, text, Mode::Positive));
        known
            .and_then(|text| wire::write(parameter, &Value::String(text)))
            .or_else(|| Some(usual.clone()))
    }

    /// A key that nobody used before.
    #[must_use]
    pub fn key(&self, parameter: &Parameter, like: &str, salt: &str) -> String {
        let bare = format!("{}-{salt}", self.kitchen.nonce);
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
        let mut maker = self.kitchen.parameter(self.operation, parameter);
        maker.rng = ChaCha8Rng::seed_from_u64(self.kitchen.seed(&[self.kitchen.nonce, salt]));
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
    fn renew(&self, case: &mut Case, draft: &Draft, salt: &str) {
        let Some(Payload {
            content: Content::Json(value),
            ..
        }) = &mut case.body
        else {
            return;
        };
        for unique in &self.unique {
            let is_target = draft.pointer.as_ref().is_some_and(|target| {
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
            let seed = self.kitchen.seed(&[&unique.pointer, salt]);
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let texts = text::texts(&unique.shape, None, &mut rng);
            if let Some(new) = texts.into_iter().find(is_valid) {
                *old = new;
            }
        }
    }

    fn describe(&self, case: &mut Case, draft: &Draft) {
        let mode = if draft.is_negative {
            Mode::Negative
        } else {
            Mode::Positive
        };
        let origin = &mut case.origin;
        origin.mode = mode;
        draft.scenario.clone_into(&mut origin.scenario);
        origin.description.clone_from(&draft.description);
        origin.location = draft.location;
        origin.parameter.clone_from(&draft.parameter);
        origin.place.clone_from(&draft.place);
        for parameter in &self.operation.parameters {
            origin.components.insert(parameter.location, Mode::Positive);
        }
        if case.body.is_some() {
            origin.components.insert(Location::Body, Mode::Positive);
        }
        if let Some(location) = draft.location {
            origin.components.insert(location, mode);
        }
    }
}

/// Writes a pair where its parameter travels.
pub fn put(case: &mut Case, parameter: &Parameter, name: String, text: String) {
    match parameter.location {
        Location::Path => {
            case.path.insert(name, text);
        }
        Location::Query => case.query.push((name, text)),
        Location::Header => case.headers.push((name, text)),
        Location::Cookie | Location::Body => case.cookies.push((name, text)),
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
