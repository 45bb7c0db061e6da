//! Values that a schema takes.
//!
//! A [`Maker`] tries until one fits. `make` makes a value of a part, `parts` its lists and objects, `kind` chooses its type,
//! and `recursion` sees to it that a value of a schema that leads back to itself comes to an end.

mod kind;
mod make;
mod parts;
mod recursion;

use std::collections::{BTreeMap, HashMap};

use jsonschema::Validator;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

pub(super) use parts::item;

use recursion::simplest;

use super::{
    node::{At, Node, Source},
    shape::{Choice, Shape},
};
use crate::pool::Pool;

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
}
