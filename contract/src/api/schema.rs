//! Schemas as JSON Schema 2020-12, with the place of every keyword.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, OnceLock},
};

use indexmap::IndexMap;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::document::Place;

/// The address under which schemas that others refer to are known.
const BASE: &str = "urn:contract:schemas";
/// What every reference begins with, after normalising.
const PREFIX: &str = "urn:contract:schemas#/$defs/";

/// Whose schema it is: `readOnly` properties are not sent, `writeOnly` ones do not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Of a request.
    Request,
    /// Of an answer.
    Response,
}

/// The schemas that others refer to, by the name under which `$ref` finds them.
#[derive(Debug, Default)]
pub struct Schemas {
    pub(super) definitions: IndexMap<String, Value>,
    pub(super) places: HashMap<String, Arc<HashMap<String, Place>>>,
}

/// A schema at a place where a value is described.
#[derive(Clone)]
pub struct Schema {
    /// The schema; references are `urn:contract:schemas#/$defs/NAME`, see [`Schemas::follow`].
    pub value: Value,
    /// Where it stands.
    pub place: Place,
    pub(super) places: Arc<HashMap<String, Place>>,
    pub(super) registry: Arc<OnceLock<Registry<'static>>>,
    pub(super) validator: Arc<OnceLock<Result<Validator, String>>>,
    pub(super) without_formats: Arc<OnceLock<Result<Validator, String>>>,
}

/// A rule that a value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer to the part of the value; empty for the whole.
    pub instance: String,
    /// The keyword that is broken.
    pub keyword: String,
    /// What is wrong, for people.
    pub message: String,
    /// Path of keywords to the broken one, through references.
    pub path: String,
}

impl Schemas {
    /// What a schema means, references followed. A reference that leads nowhere stays where it is.
    #[must_use]
    pub fn follow<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let mut at = schema;
        for _ in 0..100 {
            let Some(next) = self.step(at) else { break };
            at = next;
        }
        at
    }

    /// The target of a schema's own reference, one step.
    #[must_use]
    pub fn step(&self, schema: &Value) -> Option<&Value> {
        self.definitions.get(Self::name(schema)?)
    }

    /// The name of the definition that a schema refers to.
    #[must_use]
    pub fn name(schema: &Value) -> Option<&str> {
        schema.get("$ref")?.as_str()?.strip_prefix(PREFIX)
    }

    /// A definition, with its name as it lives here.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&str, &Value)> {
        let (name, schema) = self.definitions.get_key_value(name)?;
        Some((name, schema))
    }

    /// The reference to a definition.
    #[must_use]
    pub fn reference(name: &str) -> String {
        format!("{PREFIX}{name}")
    }

    /// Every definition by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.definitions
            .iter()
            .map(|(name, schema)| (name.as_str(), schema))
    }

    /// The place of a part of a definition, by JSON pointer.
    #[must_use]
    pub fn place(&self, name: &str, pointer: &str) -> Option<&Place> {
        self.places.get(name)?.get(pointer)
    }

    pub(super) fn registry(&self) -> Result<Registry<'static>, String> {
        let resource = json!({ "$defs": self.definitions });
        Registry::new()
            .add(BASE, resource)
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|error| error.to_string())
    }
}

impl Schema {
    /// The rules that a value breaks; formats count.
    ///
    /// # Errors
    /// Why the schema itself cannot be used (a pattern that is no regular expression, for example).
    pub fn violations(&self, value: &Value) -> Result<Vec<Violation>, &str> {
        Ok(violations(self.validator()?, value))
    }

    /// The rules that a value breaks, formats left aside.
    ///
    /// # Errors
    /// As [`Schema::violations`].
    pub fn violations_without_formats(&self, value: &Value) -> Result<Vec<Violation>, &str> {
        let compiled = self.without_formats.get_or_init(|| {
            let registry = self.registry.get().ok_or_else(|| UNREAD.to_owned())?;
            compile(&self.value, registry, false)
        });
        compiled
            .as_ref()
            .map(|validator| violations(validator, value))
            .map_err(String::as_str)
    }

    /// Whether a value breaks no rule. A schema that cannot be used takes everything.
    #[must_use]
    pub fn takes(&self, value: &Value) -> bool {
        self.validator()
            .map_or(true, |validator| validator.is_valid(value))
    }

    /// The compiled schema.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn validator(&self) -> Result<&Validator, &str> {
        let compiled = self.validator.get_or_init(|| {
            let registry = self.registry.get().ok_or_else(|| UNREAD.to_owned())?;
            compile(&self.value, registry, true)
        });
        compiled.as_ref().map_err(String::as_str)
    }

    /// Compiles a schema that refers to the same definitions as this one (a part of it, a changed copy).
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn compile_beside(&self, schema: &Value) -> Result<Validator, String> {
        let registry = self.registry.get().ok_or_else(|| UNREAD.to_owned())?;
        compile(schema, registry, true)
    }

    /// The same definitions around another schema at the same place: a property, an item, a changed copy.
    #[must_use]
    pub fn beside(&self, value: Value) -> Self {
        Self {
            value,
            place: self.place.clone(),
            places: Arc::default(),
            registry: Arc::clone(&self.registry),
            validator: Arc::default(),
            without_formats: Arc::default(),
        }
    }

    /// The place of a part, by JSON pointer inside [`Schema::value`]; the schema's own place when it is not known.
    #[must_use]
    pub fn place_of(&self, pointer: &str) -> &Place {
        self.places.get(pointer).unwrap_or(&self.place)
    }

    /// The place of a broken rule, by [`Violation::path`]: as near to the keyword as places are known.
    #[must_use]
    pub fn place_of_rule<'s>(&'s self, schemas: &'s Schemas, path: &str) -> &'s Place {
        let (mut at, mut name) = (&self.value, None);
        let mut pointer = String::new();
        let mut place = &self.place;
        for segment in path.split('/').skip(1) {
            if segment == "$ref" {
                let Some(next) = Schemas::name(at) else { break };
                let Some(target) = schemas.definitions.get(next) else {
                    break;
                };
                (at, name) = (target, Some(next));
                pointer.clear();
            } else {
                pointer.push('/');
                pointer.push_str(segment);
                let step = format!("/{segment}");
                let Some(next) = at.pointer(&step) else { break };
                at = next;
            }
            let known = match name {
                Some(name) => schemas.place(name, &pointer),
                None => self.places.get(&pointer),
            };
            place = known.unwrap_or(place);
        }
        place
    }
}

const UNREAD: &str = "its document was not read to the end";

fn violations(validator: &Validator, value: &Value) -> Vec<Violation> {
    let errors = validator.iter_errors(value);
    errors
        .map(|error| Violation {
            instance: error.instance_path().to_string(),
            keyword: error.kind().keyword().to_owned(),
            message: error.to_string(),
            path: error.evaluation_path().to_string(),
        })
        .collect()
}

fn compile(
    schema: &Value,
    registry: &Registry<'static>,
    has_formats: bool,
) -> Result<Validator, String> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_registry(registry)
        .should_validate_formats(has_formats)
        .should_ignore_unknown_formats(true)
        .build(schema)
        .map_err(|error| error.to_string())
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("value", &self.value)
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}
