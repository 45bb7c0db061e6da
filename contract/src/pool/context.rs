//! What an `id` in an answer is the id of.

use super::{key::Key, names::singular};
use crate::document::path_shape;

/// Members that hold the resource itself in place of another one.
const ENVELOPES: [&str; 9] = [
    "data", "items", "results", "result", "content", "value", "values", "entries", "records",
];

/// What an `id` in an answer is the id of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Context {
    /// Of the collection at a template, with its name.
    Collection(String, String),
    /// Of something with a name.
    Named(String),
    /// Of nothing that is known.
    Unknown,
}

impl Context {
    /// What an operation with this template answers: `/orders` and `/orders/{id}` answer orders, `/orders/{id}/pay`
    /// answers something else.
    pub(super) fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        let (head, last) = path.rsplit_once('/').unwrap_or(("", path));
        let collection = if last.starts_with('{') { head } else { path };
        let name = collection.rsplit('/').next().unwrap_or_default();
        if name.is_empty() || name.contains('{') {
            return Self::Unknown;
        }
        Self::Collection(path_shape(collection), singular(name))
    }

    /// What a member of it holds the ids of.
    pub(super) fn inside(&self, member: &str) -> Self {
        if ENVELOPES.contains(&member.to_ascii_lowercase().as_str()) {
            return self.clone();
        }
        Self::Named(singular(member))
    }

    /// What an `id` in there is known by.
    pub(super) fn keys(&self) -> Vec<Key> {
        match self {
            Self::Collection(path, name) => vec![
                Key::Template(format!("{path}/{{}}")),
                Key::Name(format!("{name}id")),
            ],
            Self::Named(name) => vec![Key::Name(format!("{name}id"))],
            Self::Unknown => Vec::new(),
        }
    }
}
