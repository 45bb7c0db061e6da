//! Whether what a consumer needs can be what a schema describes.
//!
//! A consumer may need fewer fields than the schema has, never others and none of another type. Where it accepts more
//! than its example (a matcher), the example need not keep the schema's bounds; where it accepts texts of a pattern, one
//! of the schema's words must fit the pattern.

mod at;
mod members;
mod scalar;

use std::cell::Cell;

use serde_json::Value;

use super::matchers::{Rules, Step};
use crate::{
    api::{Schema, Schemas},
    document::Place,
};
use at::{At, Parts, Path, item_of, listed};

/// How far schemas are followed into each other.
const DEPTH: usize = 64;
/// How many combinations of alternatives are tried for one body.
const TRIES: u32 = 20_000;

/// What does not fit.
#[derive(Debug, Clone)]
pub(super) struct Misfit {
    pub(super) kind: Kind,
    /// JSON pointer into the value.
    pub(super) pointer: String,
    pub(super) message: String,
    pub(super) place: Place,
}

/// How it does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Unknown,
    Invalid,
    /// It fits, and may be left out.
    Optional,
    /// The alternatives of the schema are too many to be tried.
    Endless,
}

/// Everything about `needed` that `schema` does not give.
pub(super) fn misfits(
    needed: &Value,
    rules: &Rules,
    schema: &Schema,
    schemas: &Schemas,
) -> Vec<Misfit> {
    let fit = Fit {
        rules,
        root: schema,
        schemas,
        tries: Cell::new(TRIES),
    };
    let whole = At {
        schema: &schema.value,
        home: None,
        pointer: String::new(),
    };
    let mut found = Vec::new();
    fit.value(needed, &mut Path::default(), vec![whole], 0, &mut found);
    if fit.tries.get() == 0 {
        found = vec![Misfit {
            kind: Kind::Endless,
            pointer: String::new(),
            message: "the alternatives of the schema are too many to be tried".to_owned(),
            place: schema.place.clone(),
        }];
    }
    found
}

struct Fit<'a> {
    rules: &'a Rules,
    root: &'a Schema,
    schemas: &'a Schemas,
    tries: Cell<u32>,
}

impl<'a> Fit<'a> {
    fn place(&self, at: &At<'_>, keyword: &str) -> Place {
        let pointer = if keyword.is_empty() {
            at.pointer.clone()
        } else {
            format!("{}/{keyword}", at.pointer)
        };
        match at.home {
            None => self.root.place_of(&pointer).clone(),
            Some(name) => {
                let place = self.schemas.place(name, &pointer);
                place.unwrap_or(&self.root.place).clone()
            }
        }
    }

    fn value(
        &self,
        needed: &Value,
        path: &mut Path,
        schemas: Vec<At<'a>>,
        depth: usize,
        found: &mut Vec<Misfit>,
    ) {
        let mut parts = Parts::default();
        for at in schemas {
            self.take_apart(at, 0, &mut parts);
        }
        self.parts(needed, path, parts, depth, found);
    }

    /// Follows references and `allOf`, and sets alternatives aside.
    fn take_apart(&self, at: At<'a>, depth: usize, parts: &mut Parts<'a>) {
        if depth > DEPTH {
            return;
        }
        if let Some(name) = Schemas::name(at.schema)
            && let Some(target) = self.schemas.step(at.schema)
        {
            let named = At {
                schema: target,
                home: Some(name),
                pointer: String::new(),
            };
            self.take_apart(named, depth + 1, parts);
        }
        for part in listed(&at, "allOf") {
            self.take_apart(part, depth + 1, parts);
        }
        for key in ["oneOf", "anyOf"] {
            let group = listed(&at, key);
            if !group.is_empty() {
                parts.groups.push(group);
            }
        }
        parts.together.push(at);
    }

    /// Takes of each group the schema that fits best.
    fn parts(
        &self,
        needed: &Value,
        path: &mut Path,
        mut parts: Parts<'a>,
        depth: usize,
        found: &mut Vec<Misfit>,
    ) {
        self.tries.set(self.tries.get().saturating_sub(1));
        if depth > DEPTH || self.tries.get() == 0 {
            return;
        }
        let Some(group) = parts.groups.pop() else {
            self.together(needed, path, &parts.together, depth, found);
            return;
        };
        let mut best: Option<Vec<Misfit>> = None;
        for alternative in group {
            let mut tried = parts.clone();
            self.take_apart(alternative, 0, &mut tried);
            let mut misfits = Vec::new();
            self.parts(needed, path, tried, depth + 1, &mut misfits);
            if best
                .as_ref()
                .is_none_or(|best| badness(&misfits) < badness(best))
            {
                best = Some(misfits);
            }
        }
        found.extend(best.unwrap_or_default());
    }

    fn together(
        &self,
        needed: &Value,
        path: &mut Path,
        schemas: &[At<'a>],
        depth: usize,
        found: &mut Vec<Misfit>,
    ) {
        let matcher = self.rules.at(&path.steps);
        let misfit = self.type_misfit(needed, matcher, path, schemas);
        if let Some(misfit) = misfit.or_else(|| self.bound_misfit(needed, matcher, path, schemas)) {
            found.push(misfit);
            return;
        }
        match needed {
            Value::Object(members) => {
                for (name, member) in members {
                    path.enter(Step::Name(name.clone()), name);
                    self.member(name, member, path, schemas, depth, found);
                    path.leave();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let inner = schemas.iter().filter_map(|at| item_of(at, index)).collect();
                    path.enter(Step::Index(index), &index.to_string());
                    self.value(item, path, inner, depth + 1, found);
                    path.leave();
                }
            }
            _ => {}
        }
    }
}

fn badness(misfits: &[Misfit]) -> (usize, usize) {
    let errors = misfits
        .iter()
        .filter(|misfit| misfit.kind != Kind::Optional);
    (errors.count(), misfits.len())
}
