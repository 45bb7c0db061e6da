//! Sets of JSON types, and bounds of numbers.

use openapi_codegen::tree::{Node, Value};

/// A set of JSON types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

const NAMES: [(&str, u8); 7] = [
    ("null", 1),
    ("boolean", 2),
    // Every integer is a number.
    ("integer", 4),
    ("number", 4 | 8),
    ("string", 16),
    ("array", 32),
    ("object", 64),
];

impl Types {
    pub(super) const ANY: Self = Self(127);
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);

    pub(super) fn named(name: &str) -> Self {
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map_or(Self(0), |(_, bits)| Self(*bits))
    }

    pub(super) fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) fn has_null(self) -> bool {
        self.0 & 1 != 0
    }

    pub(super) fn without_null(self) -> Self {
        Self(self.0 & !1)
    }

    pub(super) fn is_integer(self) -> bool {
        self.without_null() == Self(4)
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn describe(self) -> String {
        if self == Self::ANY {
            return "anything".to_owned();
        }
        let has_number = self.0 & 8 != 0;
        let names: Vec<&str> = NAMES
            .iter()
            .filter(|(name, bits)| self.0 & bits == *bits && !(*name == "integer" && has_number))
            .map(|(name, _)| *name)
            .collect();
        if names.is_empty() {
            "nothing".to_owned()
        } else {
            names.join(" or ")
        }
    }
}

/// A bound of a number. Exclusive bounds of numbers that are no integers lie just beside their value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bound {
    pub(super) value: f64,
    pub(super) is_exclusive: bool,
}

impl Bound {
    /// Whether this bound allows less than another one.
    pub(super) fn is_tighter(self, other: Self, is_max: bool) -> bool {
        if self.value.total_cmp(&other.value).is_eq() {
            return self.is_exclusive && !other.is_exclusive;
        }
        if is_max {
            self.value < other.value
        } else {
            self.value > other.value
        }
    }
}

#[expect(
    clippy::float_arithmetic,
    reason = "a bound of a document; no money comes near it"
)]
pub(super) fn shifted(value: f64, step: f64) -> f64 {
    value + step
}

/// The types that a value has.
pub(super) fn type_of(value: &Node) -> Types {
    match &value.value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::named("boolean"),
        Value::Number(number) if number.as_i64().is_some() => Types::named("integer"),
        Value::Number(_) => Types::named("number"),
        Value::String(_) => Types::named("string"),
        Value::Array(_) => Types::named("array"),
        Value::Object(_) => Types::named("object"),
    }
}
