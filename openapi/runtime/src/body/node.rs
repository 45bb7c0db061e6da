//! A JSON body as it was written: members in their order and with their repetitions, because the
//! slow path has to see what a map would hide.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer without fraction and exponent.
    Integer(i64),
    /// An integer above the range of `i64`.
    Large(u64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// An array.
    List(Vec<Node<'a>>),
    /// An object, its members in order, repeated ones repeated.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// What a [`Node`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Null.
    Null,
    /// A boolean.
    Bool,
    /// A number without a fraction, `1.0` and `1e0` included.
    Integer,
    /// Another number.
    Number,
    /// A text.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
}

impl Node<'_> {
    /// What the node is.
    #[must_use]
    pub fn kind(&self) -> NodeKind {
        match self {
            Self::Null => NodeKind::Null,
            Self::Bool(_) => NodeKind::Bool,
            Self::Integer(_) | Self::Large(_) => NodeKind::Integer,
            // JSON Schema takes 1.0 for an integer. No arithmetic on money: this looks at a type.
            Self::Number(number) if number.fract() == 0.0 => NodeKind::Integer,
            Self::Number(_) => NodeKind::Number,
            Self::Text(_) => NodeKind::Text,
            Self::List(_) => NodeKind::List,
            Self::Object(_) => NodeKind::Object,
        }
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(i64::try_from(value).map_or(Node::Large(value), Node::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node<'de>, A::Error> {
        let mut object = Vec::new();
        while let Some((Key(name), node)) = members.next_entry()? {
            object.push((name, node));
        }
        Ok(Node::Object(object))
    }
}

/// A member's name, borrowed where it has no escapes. (`Cow`'s own `Deserialize` always copies.)
pub(crate) struct Key<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_are_kept() {
        let node: Node<'_> = serde_json::from_str(
            r#"{"b":1,"a":[2.5,18446744073709551615],"b":null,"\u0061":true}"#,
        )
        .unwrap();
        let expected = Node::Object(vec![
            ("b".into(), Node::Integer(1)),
            (
                "a".into(),
                Node::List(vec![Node::Number(2.5), Node::Large(u64::MAX)]),
            ),
            ("b".into(), Node::Null),
            ("a".into(), Node::Bool(true)),
        ]);
        assert_eq!(node, expected);
    }
}
