//! Free-form JSON: what a schema without constraints takes and gives.

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use crate::{Node, Reason, Violations};

/// Any JSON value. Read from requests without repeated keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(pub serde_json::Value);

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let node = Node::deserialize(deserializer)?;
        Self::from_node(&node, &mut Violations::new())
            .ok_or_else(|| D::Error::custom("a name is given more than once"))
    }
}

impl Json {
    /// Takes a node over; repeated keys, NUL and numbers that JSON cannot hold are violations.
    pub(crate) fn from_node(node: &Node<'_>, out: &mut Violations) -> Option<Self> {
        use serde_json::Value;
        Some(Self(match node {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Integer(value) => Value::from(*value),
            Node::Large(value) => Value::from(*value),
            Node::Number(value) => Value::from(*value),
            Node::Text(text) => {
                if text.contains('\0') {
                    out.invalid_format("Must not contain NUL");
                    return None;
                }
                Value::from(text.as_ref())
            }
            Node::List(items) => {
                let taken: Vec<Option<Self>> = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| out.at_index(index, |out| Self::from_node(item, out)))
                    .collect();
                Value::Array(
                    taken
                        .into_iter()
                        .map(|item| item.map(|json| json.0))
                        .collect::<Option<_>>()?,
                )
            }
            Node::Object(members) => Value::Object(Self::members(members, out)?),
        }))
    }

    fn members(
        members: &[(std::borrow::Cow<'_, str>, Node<'_>)],
        out: &mut Violations,
    ) -> Option<serde_json::Map<String, serde_json::Value>> {
        let mut object = serde_json::Map::with_capacity(members.len());
        let mut all_good = true;
        for (name, node) in members {
            let value = out.at(name, |out| {
                if name.contains('\0') {
                    out.invalid_format("Must not contain NUL");
                    return None;
                }
                if object.contains_key(name.as_ref()) {
                    out.add(Reason::Duplicate, "Given more than once");
                    return None;
                }
                Self::from_node(node, out)
            });
            match value {
                Some(Self(value)) => {
                    object.insert(name.clone().into_owned(), value);
                }
                None => all_good = false,
            }
        }
        all_good.then_some(object)
    }
}
