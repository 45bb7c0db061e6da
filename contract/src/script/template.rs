//! Values with holes: `{{name}}` is a value that was captured, `{{unique}}` a fresh one, `${NAME}` comes from the
//! environment. A hole that is the whole text keeps the type of its value.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapi_codegen::tree::{Node, Value as Tree};
use serde_json::Value;

use super::{Fresh, Values, source::Notes};
use crate::expression::text_of;

/// A value with holes.
#[derive(Debug, Clone)]
pub enum Template {
    /// No hole in it.
    Plain(Value),
    /// A text with holes.
    Text(Vec<Piece>),
    /// A list.
    List(Vec<Template>),
    /// An object.
    Object(IndexMap<String, Template>),
}

/// A piece of a text.
#[derive(Debug, Clone)]
pub enum Piece {
    /// As it is.
    Text(String),
    /// Something fresh at each use.
    Fresh(Fresh),
    /// A value by its name; what follows the dots leads into it.
    Value(String),
}

/// The environment, as templates see it.
pub type Environment<'e> = &'e dyn Fn(&str) -> Option<String>;

/// What names may stand in holes at a place.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    names: HashSet<String>,
}

impl Scope {
    /// Makes a name known.
    pub fn add(&mut self, name: impl Into<String>) {
        self.names.insert(name.into());
    }

    /// Whether a hole may name this, or the value that it leads into.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        let mut dots = name.match_indices('.').map(|(at, _)| at);
        let is_inside = dots.any(|at| {
            let outer = name.get(..at);
            outer.is_some_and(|outer| self.names.contains(outer))
        });
        is_inside || self.names.contains(name)
    }
}

impl Template {
    /// Reads a value.
    pub fn read(
        node: &Node,
        scope: &Scope,
        environment: Environment<'_>,
        notes: &mut Notes<'_>,
    ) -> Self {
        match &node.value {
            Tree::String(text) => Self::text(text, node, scope, environment, notes),
            Tree::Array(items) => Self::List(
                items
                    .iter()
                    .map(|item| Self::read(item, scope, environment, notes))
                    .collect(),
            ),
            Tree::Object(members) => Self::Object(
                members
                    .iter()
                    .map(|(name, member)| {
                        let value = Self::read(&member.node, scope, environment, notes);
                        (name.clone(), value)
                    })
                    .collect(),
            ),
            _ => Self::Plain(node.to_json()),
        }
    }

    fn text(
        text: &str,
        node: &Node,
        scope: &Scope,
        environment: Environment<'_>,
        notes: &mut Notes<'_>,
    ) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{").into_iter().chain(rest.find("${")).min() {
            let (before, hole) = rest.split_at(at);
            pieces.push(Piece::Text(before.to_owned()));
            let is_environment = hole.starts_with("${");
            let end = if is_environment { "}" } else { "}}" };
            let Some((inner, after)) = hole.get(2..).and_then(|hole| hole.split_once(end)) else {
                notes.problem(node, format!("`{hole}` has no end: write {end} behind it"));
                return Self::Plain(text.into());
            };
            rest = after;
            let name = inner.trim();
            if is_environment {
                match environment(name) {
                    Some(value) => pieces.push(Piece::Text(value)),
                    None => notes.problem(node, format!("the environment has no `{name}`")),
                }
            } else if let Some(fresh) = Fresh::parse(name) {
                pieces.push(Piece::Fresh(fresh));
            } else {
                if !scope.knows(name) {
                    notes.problem(
                        node,
                        format!("nothing before this place gives `{{{{{name}}}}}`"),
                    );
                }
                pieces.push(Piece::Value(name.to_owned()));
            }
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        match pieces.as_slice() {
            [] => Self::Plain(String::new().into()),
            [Piece::Text(text)] => Self::Plain(text.as_str().into()),
            _ => Self::Text(pieces),
        }
    }

    /// A captured value alone.
    #[must_use]
    pub fn captured(name: &str) -> Self {
        Self::Text(vec![Piece::Value(name.to_owned())])
    }

    /// Fills the holes.
    ///
    /// # Errors
    /// The name that has no value.
    pub fn fill(&self, values: &Values) -> Result<Value, String> {
        match self {
            Self::Plain(value) => Ok(value.clone()),
            Self::Text(pieces) => match pieces.as_slice() {
                [piece] => piece.fill(values),
                pieces => {
                    let mut text = String::new();
                    for piece in pieces {
                        text.push_str(&text_of(&piece.fill(values)?));
                    }
                    Ok(text.into())
                }
            },
            Self::List(items) => items.iter().map(|item| item.fill(values)).collect(),
            Self::Object(members) => members
                .iter()
                .map(|(name, value)| Ok((name.clone(), value.fill(values)?)))
                .collect::<Result<_, String>>()
                .map(Value::Object),
        }
    }

    /// Whether it is null, which means that a part is left out.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Plain(Value::Null))
    }
}

impl Piece {
    fn fill(&self, values: &Values) -> Result<Value, String> {
        match self {
            Self::Text(text) => Ok(text.as_str().into()),
            Self::Fresh(fresh) => Ok(fresh.make().into()),
            Self::Value(name) => values
                .get(name)
                .cloned()
                .ok_or_else(|| format!("`{name}` has no value")),
        }
    }
}
