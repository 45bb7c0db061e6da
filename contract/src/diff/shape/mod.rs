//! What a schema means, whichever way it is written: `allOf` is merged, `nullable` is a type, `const` is a list of one,
//! an exclusive bound of an integer is the inclusive one beside it.

mod bounds;
mod keywords;
mod merge;

use indexmap::{IndexMap, IndexSet};
use openapi_codegen::tree::{Node, Value};

use super::types::{Bound, Types, shifted, type_of};
use crate::document::Document;

/// Keywords that only ever forbid and whose inside is compared as a text.
pub(super) const RESTRICTIONS: [&str; 15] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "patternProperties",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// Keywords that count something.
pub(super) const COUNTS: [&str; 6] = [
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
];

/// Several schemas that hold at once: a property that two branches of an `allOf` describe has two.
pub(super) type Schemas<'d> = Vec<&'d Node>;

/// The meaning of a schema, one level deep.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a keyword of its own"
)]
pub(super) struct Shape<'d> {
    pub(super) types: Types,
    pub(super) values: Option<Vec<&'d Node>>,
    pub(super) max: Option<Bound>,
    pub(super) min: Option<Bound>,
    /// `maxLength`, `minLength`, `maxItems`, `minItems`, `maxProperties`, `minProperties`.
    pub(super) counts: [Option<i64>; 6],
    pub(super) multiple_of: Option<f64>,
    pub(super) has_unique_items: bool,
    pub(super) patterns: IndexSet<&'d str>,
    pub(super) format: Option<&'d str>,
    pub(super) properties: IndexMap<&'d str, Schemas<'d>>,
    pub(super) required: IndexSet<&'d str>,
    pub(super) is_closed: bool,
    pub(super) additional: Schemas<'d>,
    pub(super) items: Schemas<'d>,
    pub(super) one_of: Vec<&'d Node>,
    pub(super) any_of: Vec<&'d Node>,
    pub(super) restrictions: IndexMap<&'static str, &'d Node>,
    pub(super) discriminator: Option<&'d str>,
    pub(super) default: Option<&'d Node>,
    pub(super) is_read_only: bool,
    pub(super) is_write_only: bool,
    pub(super) is_deprecated: bool,
    pub(super) sunset: Option<&'d Node>,
}

impl<'d> Shape<'d> {
    /// What `schemas` mean together.
    pub(super) fn of(document: &'d Document, schemas: &[&'d Node]) -> Self {
        let mut shape = Self {
            types: Types::ANY,
            values: None,
            max: None,
            min: None,
            counts: [None; 6],
            multiple_of: None,
            has_unique_items: false,
            patterns: IndexSet::new(),
            format: None,
            properties: IndexMap::new(),
            required: IndexSet::new(),
            is_closed: false,
            additional: Vec::new(),
            items: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            restrictions: IndexMap::new(),
            discriminator: None,
            default: None,
            is_read_only: false,
            is_write_only: false,
            is_deprecated: false,
            sunset: None,
        };
        for schema in schemas {
            shape.take(document, schema, 0);
        }
        shape.settle();
        shape
    }

    /// What can only be said once everything was taken.
    fn settle(&mut self) {
        if let Some(values) = &mut self.values {
            // Listed values have types of their own, and 3.0 lists null among them where 3.1 names a type.
            let known = values
                .iter()
                .fold(Types::NONE, |all, value| all.union(type_of(value)));
            self.types = self.types.intersection(known);
            values.retain(|value| !matches!(value.value, Value::Null));
            if values.is_empty() && self.types == Types::NULL {
                self.values = None;
            }
        }
        if self.types.is_integer() {
            // An exclusive bound of an integer is the inclusive one beside it.
            for (bound, step) in [(&mut self.max, -1.0), (&mut self.min, 1.0)] {
                if let Some(bound) = bound
                    && bound.is_exclusive
                    && bound.value.fract().abs() < f64::EPSILON
                {
                    bound.value = shifted(bound.value, step);
                    bound.is_exclusive = false;
                }
            }
        }
        // A least count of zero says nothing.
        for (slot, key) in self.counts.iter_mut().zip(COUNTS) {
            if key.starts_with("min") && *slot == Some(0) {
                *slot = None;
            }
        }
    }
}
