//! Values that a schema takes.

mod parts;

use std::collections::{BTreeMap, HashMap};

use jsonschema::Validator;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

pub(super) use parts::item;

use super::{
    node::{At, Node, Source},
    shape::{Choice, Held, Kind, Shape},
    text,
};
use crate::{api::Schemas, pool::Pool};

/// How deep values nest at most.
const DEPTH: usize = 24;
/// How many parts a value has at most.
const PARTS: usize = 4_000;
/// How often a value is tried that only a validator can judge.
const TRIES: usize = 24;

/// Which of the many values is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A small one, as the document's examples show it.
    Usual,
    /// What is required and nothing else.
    Required,
    /// Everything that is allowed, once.
    Full,
    /// Any.
    Random,
}

/// Makes values of a schema.
#[derive(Debug)]
pub struct Maker<'s> {
    /// The schema.
    pub source: Source<'s>,
    /// Where randomness comes from.
    pub rng: ChaCha8Rng,
    pool: Option<&'s Pool>,
    /// Values of the document that parts of a value may be taken from.
    hints: Vec<&'s Value>,
    /// Branches that must be taken.
    pub(super) fixed: BTreeMap<At<'s>, usize>,
    validators: HashMap<Vec<At<'s>>, Option<Validator>>,
    parts: usize,
    /// How often the value was tried before; moves on from what failed.
    attempt: usize,
}

impl<'s> Maker<'s> {
    /// A maker of values. `hints` are whole values that the document gives as examples.
    #[must_use]
    pub fn new(
        source: Source<'s>,
        seed: u64,
        hints: Vec<&'s Value>,
        pool: Option<&'s Pool>,
    ) -> Self {
        Self {
            source,
            rng: ChaCha8Rng::seed_from_u64(seed),
            pool,
            hints,
            fixed: BTreeMap::new(),
            validators: HashMap::new(),
            parts: 0,
            attempt: 0,
        }
    }

    /// A value that the schema takes; `None` when none was found.
    pub fn valid(&mut self, style: Style) -> Option<Value> {
        let root = self.source.root();
        let found = (0..TRIES).find_map(|attempt| {
            // What the document suggests does not fit together: anything goes.
            let style = if attempt < TRIES / 2 || style == Style::Full {
                style
            } else {
                Style::Random
            };
            self.attempt = attempt;
            self.parts = 0;
            let hints = if attempt < 4 {
                self.hints.clone()
            } else {
                Vec::new()
            };
            let value = self.make(&root, &hints, None, style, &mut Vec::new())?;
            self.source.schema.takes(&value).then_some(value)
        });
        self.attempt = 0;
        found
    }

    /// A value for a part of the schema, checked against that part.
    pub fn part(&mut self, node: &Node<'s>, style: Style) -> Option<Value> {
        let found = (0..TRIES).find_map(|attempt| {
            self.attempt = attempt;
            self.parts = 0;
            let value = self.make(node, &[], None, style, &mut Vec::new())?;
            self.fits(node, &value).then_some(value)
        });
        self.attempt = 0;
        found
    }

    /// Takes a branch from now on, or any again.
    pub(super) fn set_branch(&mut self, at: &At<'s>, branch: Option<usize>) {
        match branch {
            Some(branch) => self.fixed.insert(at.clone(), branch),
            None => self.fixed.remove(at),
        };
    }

    /// Whether a part of the schema takes a value.
    pub fn fits(&mut self, node: &Node<'s>, value: &Value) -> bool {
        let key: Vec<_> = node.parts.iter().map(|part| part.at.clone()).collect();
        let source = self.source;
        let validator = self
            .validators
            .entry(key)
            .or_insert_with(|| source.compile(node));
        validator
            .as_ref()
            .is_none_or(|validator| validator.is_valid(value))
    }

    /// A part of the schema laid flat, with the branches that values are made with.
    pub fn shape(&mut self, node: &Node<'s>, style: Style, depth: usize) -> Shape<'s> {
        let (source, attempt) = (self.source, self.attempt);
        let (fixed, rng) = (&self.fixed, &mut self.rng);
        Shape::of(source, node, |choice: &Choice<'s>| {
            let count = choice.branches.len().max(1);
            if let Some(branch) = fixed.get(&choice.at) {
                *branch
            } else if style == Style::Random && depth < 4 {
                rng.random_range(0..count)
            } else if depth >= 4 {
                (simplest(source, choice) + attempt) % count
            } else {
                attempt % count
            }
        })
    }

    /// A value for a part; an id that exists where one is known. One is made up all the same: what is drawn after it must
    /// not hang on what the server answered.
    fn make(
        &mut self,
        node: &Node<'s>,
        hints: &[&Value],
        name: Option<&str>,
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        let made = self.make_up(node, hints, style, above);
        let is_wanted = style != Style::Random || self.rng.random_ratio(1, 2);
        let known = self.pool.zip(name).filter(|_| is_wanted);
        let Some(known) = known.and_then(|(pool, name)| pool.value_named(name)) else {
            return made;
        };
        let number = serde_json::from_str(&known).ok();
        let values = [Some(Value::String(known)), number].into_iter().flatten();
        let found = values.into_iter().find(|value| self.fits(node, value));
        found.or(made)
    }

    fn make_up(
        &mut self,
        node: &Node<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        self.parts += 1;
        if above.len() > DEPTH || self.parts > PARTS {
            return None;
        }
        let shape = self.shape(node, style, above.len());
        if shape.is_never {
            return None;
        }
        if let Some(value) = self.suggested(node, &shape, hints, style) {
            return Some(value);
        }
        if let Some(values) = &shape.values {
            return self.listed(node, values, style);
        }
        let tries = if shape.is_hard { TRIES / 2 } else { 1 };
        let kind = self.kind(&shape, style)?;
        above.push(name_of(node));
        let mut made = None;
        for _ in 0..tries {
            made = self.of_kind(kind, node, &shape, hints, style, above);
            // What cannot be made now cannot be made by trying again; a branch is judged with the whole.
            let is_settled = made.as_ref().is_none_or(|value| {
                tries == 1 || !shape.choices.is_empty() || self.fits(node, value)
            });
            if is_settled {
                break;
            }
        }
        above.pop();
        made
    }

    /// A value that the document gives.
    fn suggested(
        &mut self,
        node: &Node<'s>,
        shape: &Shape<'s>,
        hints: &[&Value],
        style: Style,
    ) -> Option<Value> {
        if style == Style::Random && self.rng.random_ratio(3, 4) {
            return None;
        }
        let given = shape.given.iter().copied();
        let suggested: Vec<&Value> = hints.iter().copied().chain(given).collect();
        let takes_more = shape
            .kinds
            .as_ref()
            .is_some_and(|kinds| kinds.value.len() > 1);
        let is_whole = |value: &&Value| match value {
            Value::Array(_) | Value::Object(_) => style == Style::Usual,
            // Everything once: `null` hides what else may be there.
            Value::Null => style == Style::Usual || !takes_more,
            _ => true,
        };
        let found = suggested
            .into_iter()
            .filter(is_whole)
            .find(|value| self.fits(node, value));
        found.cloned()
    }

    fn listed(
        &mut self,
        node: &Node<'s>,
        values: &Held<'s, Vec<&'s Value>>,
        style: Style,
    ) -> Option<Value> {
        let count = values.value.len();
        let first = if style == Style::Random || self.attempt > 0 {
            self.rng.random_range(0..count.max(1))
        } else {
            0
        };
        let order = (0..count).map(|index| (first + index) % count);
        let found = order
            .filter_map(|index| values.value.get(index).copied())
            .find(|value| self.fits(node, value));
        found.cloned()
    }

    /// The type to make. One that is not `null` where there is a choice.
    fn kind(&mut self, shape: &Shape<'s>, style: Style) -> Option<Kind> {
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

    fn of_kind(
        &mut self,
        kind: Kind,
        node: &Node<'s>,
        shape: &Shape<'s>,
        hints: &[&Value],
        style: Style,
        above: &mut Vec<&'s str>,
    ) -> Option<Value> {
        match kind {
            Kind::Null => Some(Value::Null),
            Kind::Boolean => Some(Value::Bool(style != Style::Random || self.rng.random())),
            Kind::Integer | Kind::Number => {
                let mut limits = shape.limits();
                limits.is_whole |= kind == Kind::Integer;
                let range = limits.range()?;
                let value = if style == Style::Random || self.attempt > 0 {
                    range.random(&mut self.rng)
                } else {
                    range.usual()
                };
                Some(value.to_value())
            }
            Kind::String => self.text(node, shape, style),
            Kind::Array => self.array(shape, hints, style, above),
            Kind::Object => self.object(shape, hints, style, above),
        }
    }

    fn text(&mut self, node: &Node<'s>, shape: &Shape<'s>, style: Style) -> Option<Value> {
        let (least, most) = text::lengths(shape);
        let length =
            (style == Style::Random).then(|| text::random_length(least, most, &mut self.rng));
        let mut texts = text::texts(shape, length, &mut self.rng);
        if style == Style::Random && self.rng.random_ratio(1, 2) {
            texts.insert(0, text::random(shape, &mut self.rng));
        }
        let values = texts.into_iter().map(Value::String);
        values.into_iter().find(|value| self.fits(node, value))
    }
}

fn name_of<'s>(node: &Node<'s>) -> &'s str {
    let named = node.parts.iter().find_map(|part| Schemas::name(part.value));
    named.unwrap_or_default()
}

/// Whether a part leads back to a definition that it is in already. What is optional ends there.
fn leads_back(node: &Node<'_>, above: &[&str], style: Style) -> bool {
    let mut names = node.parts.iter().flat_map(|part| {
        let items = part.value.get("items");
        [Schemas::name(part.value), items.and_then(Schemas::name)]
    });
    let most = usize::from(style == Style::Full);
    above.len() > DEPTH / 2
        || names.any(|name| {
            name.is_some_and(|name| above.iter().filter(|known| **known == name).count() > most)
        })
}

/// The branch that ends soonest: a scalar before a list before an object.
fn simplest(source: Source<'_>, choice: &Choice<'_>) -> usize {
    let weight = |node: &Node<'_>| {
        let shape = Shape::of(source, node, |_| 0);
        let kinds = shape.kinds.as_ref().map(|kinds| &kinds.value);
        match kinds.and_then(|kinds| kinds.first()) {
            _ if shape.values.is_some() => 0,
            Some(Kind::Array) => 2 + shape.count("minItems").unwrap_or(0),
            Some(Kind::Object) | None => 3 + shape.required.len(),
            Some(_) => 1,
        }
    };
    let branches = choice.branches.iter().enumerate();
    let lightest = branches.min_by_key(|(_, node)| weight(node));
    lightest.map_or(0, |(index, _)| index)
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
