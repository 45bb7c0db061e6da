//! Schemas with the places where they stand.

use jsonschema::Validator;
use openapi_codegen::tree::escape_pointer;
use serde_json::{Value, json};

use crate::{
    api::{Schema, Schemas},
    document::Place,
};

/// A schema and the definitions that it refers to.
#[derive(Debug, Clone, Copy)]
pub struct Source<'s> {
    /// The schema.
    pub schema: &'s Schema,
    /// The definitions.
    pub schemas: &'s Schemas,
}

/// Where a part of a schema stands: in a definition, or in the schema itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At<'s> {
    /// The definition; `None` for the schema itself.
    pub definition: Option<&'s str>,
    /// JSON pointer.
    pub pointer: String,
}

/// A part of a schema.
#[derive(Debug, Clone)]
pub struct Part<'s> {
    /// As it is written.
    pub value: &'s Value,
    /// Where it stands.
    pub at: At<'s>,
}

/// What is to be held at one place of a value: all of these parts.
#[derive(Debug, Clone, Default)]
pub struct Node<'s> {
    /// The parts.
    pub parts: Vec<Part<'s>>,
}

impl<'s> Source<'s> {
    /// The whole schema.
    #[must_use]
    pub fn root(self) -> Node<'s> {
        Node::from(Part {
            value: &self.schema.value,
            at: At {
                definition: None,
                pointer: String::new(),
            },
        })
    }

    /// The place of a part.
    #[must_use]
    pub fn place(self, at: &At<'_>) -> Place {
        let found = match at.definition {
            Some(name) => self.schemas.place(name, &at.pointer),
            None => Some(self.schema.place_of(&at.pointer)),
        };
        found.unwrap_or(&self.schema.place).clone()
    }

    /// What a part's own reference leads to.
    #[must_use]
    pub fn step(self, part: &Part<'s>) -> Option<Part<'s>> {
        let name = Schemas::name(part.value)?;
        let (name, value) = self.schemas.get(name)?;
        Some(Part {
            value,
            at: At {
                definition: Some(name),
                pointer: String::new(),
            },
        })
    }

    /// The validator of a node; `None` when it cannot be compiled.
    #[must_use]
    pub fn compile(self, node: &Node<'_>) -> Option<Validator> {
        self.schema.compile_beside(&node.to_schema()).ok()
    }
}

impl<'s> Part<'s> {
    /// A member of it.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<Self> {
        Some(Self {
            value: self.value.get(key)?,
            at: self.at.below(key),
        })
    }

    /// The items of a member that is a list.
    #[must_use]
    pub fn items(&self, key: &str) -> Vec<Self> {
        let items = self.value.get(key).and_then(Value::as_array);
        let items = items.into_iter().flatten().enumerate();
        items
            .map(|(index, value)| Self {
                value,
                at: self.at.below(key).below(&index.to_string()),
            })
            .collect()
    }

    /// The members of a member that is an object.
    #[must_use]
    pub fn members(&self, key: &str) -> Vec<(&'s str, Self)> {
        let members = self.value.get(key).and_then(Value::as_object);
        let members = members.into_iter().flatten();
        members
            .map(|(name, value)| {
                let part = Self {
                    value,
                    at: self.at.below(key).below(name),
                };
                (name.as_str(), part)
            })
            .collect()
    }
}

impl At<'_> {
    /// The place of a member.
    #[must_use]
    pub fn below(&self, key: &str) -> Self {
        Self {
            definition: self.definition,
            pointer: format!("{}/{}", self.pointer, escape_pointer(key)),
        }
    }
}

impl<'s> From<Part<'s>> for Node<'s> {
    fn from(part: Part<'s>) -> Self {
        Self { parts: vec![part] }
    }
}

impl Node<'_> {
    /// As one schema.
    #[must_use]
    pub fn to_schema(&self) -> Value {
        match self.parts.as_slice() {
            [] => Value::Bool(true),
            [part] => part.value.clone(),
            parts => {
                let values: Vec<_> = parts.iter().map(|part| part.value.clone()).collect();
                json!({ "allOf": values })
            }
        }
    }
}
