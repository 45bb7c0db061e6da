//! Definitions before they have names and before request and response views are compared.

use super::flat::Together;
use crate::ir::{Doc, Place, TypeId, TypeKind};
use crate::tree::NodeId;

/// Which view of a schema is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// What clients send: no `readOnly` properties, defaults filled in.
    Request,
    /// What the server answers: no `writeOnly` properties.
    Response,
}

/// Where a name comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    /// The document's name, or the names on the way joined.
    pub name: String,
    /// Whether the name is a component's own.
    pub component: bool,
}

impl Hint {
    /// The name of a component.
    pub(super) fn component(name: String) -> Self {
        Self {
            name,
            component: true,
        }
    }

    /// A name made of where a schema stands.
    pub(super) fn inline(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            component: false,
        }
    }

    /// The name of a part of what this hint names.
    pub(super) fn part(&self, part: &str) -> Self {
        Self::inline(format!("{} {part}", self.name))
    }
}

/// A definition without its final name.
#[derive(Debug)]
pub(super) struct Draft {
    pub hint: Hint,
    /// Identity of the schemas behind it: equal for the two views of one schema.
    pub key: Vec<NodeId>,
    pub direction: Direction,
    pub doc: Doc,
    pub deprecated: bool,
    /// `None` until the queue has come to it, and for good when that failed.
    pub kind: Option<TypeKind>,
    pub place: Place,
}

/// A struct or union that waits to be filled in.
#[derive(Debug)]
pub(super) struct Pending<'d> {
    pub id: TypeId,
    pub nodes: Together<'d>,
    pub direction: Direction,
    pub hint: Hint,
}
