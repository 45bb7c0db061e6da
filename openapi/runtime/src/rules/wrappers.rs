//! Rules without bounds of their own: booleans, generated types, null, constants, anything.

use std::marker::PhantomData;

use super::{Rule, TextRule};
use crate::{Json, Node, Parse, Violations};

/// A boolean.
#[derive(Debug, Clone, Copy)]
pub struct Bool;

impl Rule for Bool {
    type Value = bool;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<bool> {
        let Node::Bool(value) = node else {
            out.invalid_type("a boolean");
            return None;
        };
        Some(*value)
    }

    fn holds(&self, _value: &bool) -> bool {
        true
    }
}

impl TextRule for Bool {
    fn text(&self, text: &str, out: &mut Violations) -> Option<bool> {
        match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                out.invalid_type("true or false");
                None
            }
        }
    }
}

/// A generated type.
#[derive(Debug)]
pub struct Nested<T>(PhantomData<fn() -> T>);

impl<T> Nested<T> {
    /// The type's own rules.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T> Default for Nested<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Parse> Rule for Nested<T> {
    type Value = T;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<T> {
        T::parse(node, out)
    }

    fn holds(&self, value: &T) -> bool {
        value.holds()
    }
}

/// A value behind a pointer, so that a type can hold itself.
#[derive(Debug, Clone, Copy)]
pub struct Boxed<R>(R);

impl<R: Rule> Boxed<R> {
    /// The inner rule.
    #[must_use]
    pub const fn new(rule: R) -> Self {
        Self(rule)
    }
}

impl<R: Rule> Rule for Boxed<R> {
    type Value = Box<R::Value>;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<Self::Value> {
        self.0.node(node, out).map(Box::new)
    }

    fn holds(&self, value: &Self::Value) -> bool {
        self.0.holds(value)
    }
}

/// A value or null.
#[derive(Debug, Clone, Copy)]
pub struct Nullable<R>(R);

impl<R: Rule> Nullable<R> {
    /// The inner rule.
    #[must_use]
    pub const fn new(rule: R) -> Self {
        Self(rule)
    }
}

impl<R: Rule> Rule for Nullable<R> {
    type Value = Option<R::Value>;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<Self::Value> {
        match node {
            Node::Null => Some(None),
            node => self.0.node(node, out).map(Some),
        }
    }

    fn holds(&self, value: &Self::Value) -> bool {
        self.0.holds_option(value.as_ref())
    }
}

/// One possible value.
#[derive(Debug, Clone, Copy)]
pub struct Only(Constant);

#[derive(Debug, Clone, Copy)]
enum Constant {
    Text(&'static str),
    Boolean(bool),
    Integer(i64),
    Null,
}

impl Only {
    /// This text.
    #[must_use]
    pub const fn text(text: &'static str) -> Self {
        Self(Constant::Text(text))
    }

    /// This boolean.
    #[must_use]
    pub const fn boolean(value: bool) -> Self {
        Self(Constant::Boolean(value))
    }

    /// This integer.
    #[must_use]
    pub const fn integer(value: i64) -> Self {
        Self(Constant::Integer(value))
    }

    /// Null.
    #[must_use]
    pub const fn null() -> Self {
        Self(Constant::Null)
    }

    /// Whether the node is the value.
    pub(crate) fn is(&self, node: &Node<'_>) -> bool {
        match (self.0, node) {
            (Constant::Text(text), Node::Text(found)) => text == found.as_ref(),
            (Constant::Boolean(value), Node::Bool(found)) => value == *found,
            (Constant::Integer(value), Node::Integer(found)) => value == *found,
            (Constant::Integer(_), Node::Number(_)) => {
                let Constant::Integer(value) = self.0 else {
                    return false;
                };
                super::Int::new(value, value)
                    .node(node, &mut Violations::new())
                    .is_some()
            }
            (Constant::Null, Node::Null) => true,
            _ => false,
        }
    }
}

impl Rule for Only {
    type Value = ();

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<()> {
        if self.is(node) {
            return Some(());
        }
        match self.0 {
            Constant::Text(text) => out.not_in_enum(&[text]),
            Constant::Boolean(value) => out.not_in_enum(&[if value { "true" } else { "false" }]),
            Constant::Integer(value) => out.not_in_enum(&[value.to_string().as_str()]),
            Constant::Null => out.not_in_enum(&["null"]),
        }
        None
    }

    fn holds(&self, _value: &()) -> bool {
        true
    }
}

/// Any JSON.
#[derive(Debug, Clone, Copy)]
pub struct Anything;

impl Rule for Anything {
    type Value = Json;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<Json> {
        Json::from_node(node, out)
    }

    fn holds(&self, _value: &Json) -> bool {
        true
    }
}
