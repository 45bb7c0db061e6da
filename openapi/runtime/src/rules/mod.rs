//! Rules: what a schema demands of a value, as static data.
//!
//! A rule reads a value from a body's [`Node`] (slow path), from a parameter's text ([`TextRule`]),
//! and checks a value that serde has read already ([`Rule::holds`], fast path). All three agree,
//! because they are one rule.

mod collections;
mod floats;
mod integers;
mod text;
mod wrappers;

pub use collections::{Entries, List};
pub(crate) use collections::{check_size, entries};
pub use floats::{Float, Real};
pub use integers::{Int, Whole};
pub use text::{Parsed, Pattern, Text};
pub use wrappers::{Anything, Bool, Boxed, Nested, Nullable, Only};

use crate::{Node, Violations};

/// What a schema demands of a value.
pub trait Rule {
    /// The value.
    type Value;

    /// Reads the value from a body, noting everything that is wrong.
    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<Self::Value>;

    /// Whether a value that has its type already keeps the bounds. Allocates nothing.
    fn holds(&self, value: &Self::Value) -> bool;

    /// As [`Rule::holds`], where a value may be missing.
    fn holds_option(&self, value: Option<&Self::Value>) -> bool {
        value.is_none_or(|value| self.holds(value))
    }
}

/// A rule for values that are written as text in a parameter.
pub trait TextRule: Rule {
    /// Reads the value from a parameter, noting everything that is wrong.
    fn text(&self, text: &str, out: &mut Violations) -> Option<Self::Value>;
}
