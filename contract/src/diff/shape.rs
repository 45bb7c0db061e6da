//! What a schema means, whichever way it is written: `allOf` is merged, `nullable` is a type, `const` is a list of one,
//! an exclusive bound of an integer is the inclusive one beside it.

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

pub(super) const COUNTS: [&str; 6] = [
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
];

/// How deep `allOf` may nest; deeper ones are nobody's intention.
const DEEPEST: usize = 32;

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

    fn take(&mut self, document: &'d Document, schema: &'d Node, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let target = document.resolve(schema);
        if !std::ptr::eq(target, schema) {
            self.take(document, target, depth + 1);
            // Beside a reference 3.0 ignores everything; 3.1 adds it.
            if document.is_3_0() {
                return;
            }
        }
        if let Value::Bool(false) = schema.value {
            self.types = Types::NONE;
        }
        for branch in schema
            .get("allOf")
            .and_then(Node::as_array)
            .unwrap_or_default()
        {
            self.take(document, branch, depth + 1);
        }
        self.take_types(document, schema);
        self.take_values(schema);
        self.take_bounds(document, schema);
        self.take_object(schema);
        self.items.extend(schema.get("items"));
        let one_of = self.choice(document, schema, "oneOf");
        self.one_of.extend(one_of);
        let any_of = self.choice(document, schema, "anyOf");
        self.any_of.extend(any_of);
        for keyword in RESTRICTIONS {
            if let Some(node) = schema.get(keyword) {
                self.restrictions.insert(keyword, node);
            }
        }
        self.take_notes(schema);
    }

    /// The branches of a choice; `anyOf: [X, null]` is how some write a nullable X, and is taken as one.
    fn choice(&mut self, document: &'d Document, schema: &'d Node, keyword: &str) -> Vec<&'d Node> {
        let branches = schema
            .get(keyword)
            .and_then(Node::as_array)
            .unwrap_or_default();
        let is_null = |branch: &&Node| branch.get("type").and_then(Node::as_str) == Some("null");
        let rest: Vec<&Node> = branches.iter().filter(|branch| !is_null(branch)).collect();
        if let [only] = rest.as_slice()
            && rest.len() < branches.len()
        {
            let mut inner = Self::of(document, &[*only]);
            inner.types = inner.types.union(Types::NULL);
            self.absorb(inner);
            return Vec::new();
        }
        branches.iter().collect()
    }

    /// Takes over what one branch means that stands for the whole.
    fn absorb(&mut self, inner: Self) {
        let types = self.types.intersection(inner.types);
        let (is_read_only, is_write_only) = (self.is_read_only, self.is_write_only);
        let (is_deprecated, sunset, default) = (self.is_deprecated, self.sunset, self.default);
        *self = Self {
            types,
            is_read_only: is_read_only || inner.is_read_only,
            is_write_only: is_write_only || inner.is_write_only,
            is_deprecated: is_deprecated || inner.is_deprecated,
            sunset: sunset.or(inner.sunset),
            default: default.or(inner.default),
            ..inner
        };
    }

    fn take_types(&mut self, document: &Document, schema: &'d Node) {
        let Some(node) = schema.get("type") else {
            return;
        };
        let mut types = match &node.value {
            Value::String(name) => Types::named(name),
            Value::Array(names) => names
                .iter()
                .filter_map(Node::as_str)
                .fold(Types::NONE, |all, name| all.union(Types::named(name))),
            _ => Types::ANY,
        };
        let is_nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
        if document.is_3_0() && is_nullable {
            types = types.union(Types::NULL);
        }
        self.types = self.types.intersection(types);
    }

    fn take_values(&mut self, schema: &'d Node) {
        let listed = schema.get("enum").and_then(Node::as_array);
        let listed: Option<Vec<&Node>> = match (schema.get("const"), listed) {
            (Some(only), _) => Some(vec![only]),
            (None, Some(values)) => Some(values.iter().collect()),
            (None, None) => None,
        };
        if let Some(listed) = listed {
            self.values = Some(match self.values.take() {
                None => listed,
                Some(before) => before
                    .into_iter()
                    .filter(|value| listed.iter().any(|other| value.same_value(other)))
                    .collect(),
            });
        }
        self.patterns
            .extend(schema.get("pattern").and_then(Node::as_str));
        self.format = schema.get("format").and_then(Node::as_str).or(self.format);
    }

    fn take_bounds(&mut self, document: &Document, schema: &'d Node) {
        let number = |key: &str| match &schema.get(key)?.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        };
        let flag = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
        let mut bounds = |plain: &str, exclusive: &str, is_max: bool| {
            let mut found: Vec<Bound> = Vec::new();
            if let Some(value) = number(plain) {
                let is_exclusive = document.is_3_0() && flag(exclusive);
                found.push(Bound {
                    value,
                    is_exclusive,
                });
            }
            if let Some(value) = number(exclusive) {
                found.push(Bound {
                    value,
                    is_exclusive: true,
                });
            }
            let slot = if is_max { &mut self.max } else { &mut self.min };
            for bound in found {
                let is_tighter = slot.is_none_or(|before| bound.is_tighter(before, is_max));
                if is_tighter {
                    *slot = Some(bound);
                }
            }
        };
        bounds("maximum", "exclusiveMaximum", true);
        bounds("minimum", "exclusiveMinimum", false);
        self.multiple_of = number("multipleOf").or(self.multiple_of);
        self.has_unique_items |= flag("uniqueItems");
        for (slot, key) in self.counts.iter_mut().zip(COUNTS) {
            let Some(Value::Number(number)) = schema.get(key).map(|node| &node.value) else {
                continue;
            };
            let Some(count) = number.as_i64() else {
                continue;
            };
            let is_max = key.starts_with("max");
            *slot = Some(match *slot {
                None => count,
                Some(before) if is_max => before.min(count),
                Some(before) => before.max(count),
            });
        }
    }

    fn take_object(&mut self, schema: &'d Node) {
        let properties = schema.get("properties").and_then(Node::as_object);
        for (name, member) in properties.into_iter().flatten() {
            self.properties.entry(name).or_default().push(&member.node);
        }
        let required = schema
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or_default();
        self.required
            .extend(required.iter().filter_map(Node::as_str));
        match schema.get("additionalProperties") {
            Some(node) if node.as_bool() == Some(false) => self.is_closed = true,
            Some(node) if node.as_object().is_some_and(|object| !object.is_empty()) => {
                self.additional.push(node);
            }
            _ => {}
        }
    }

    fn take_notes(&mut self, schema: &'d Node) {
        let flag = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
        self.is_read_only |= flag("readOnly");
        self.is_write_only |= flag("writeOnly");
        self.is_deprecated |= flag("deprecated");
        self.sunset = schema.get("x-sunset").or(self.sunset);
        self.default = schema.get("default").or(self.default);
        self.discriminator = schema
            .get("discriminator")
            .and_then(|node| node.get("propertyName"))
            .and_then(Node::as_str)
            .or(self.discriminator);
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
