//! The lines of extensions.

use crate::{
    api::{Api, Operation},
    document::Place,
};

/// The place of a part of an operation, references followed (`responses`, `404`, `x-error-codes`); the operation's own
/// when there is no such part.
pub(super) fn in_operation(api: &Api, operation: &Operation, steps: &[&str]) -> Place {
    let find = || {
        let document = &api.document;
        let item = document.root()?.get("paths")?.get(&operation.path)?;
        let method = operation.method.to_ascii_lowercase();
        let mut node = document.resolve(item).get(&method)?;
        for step in steps {
            node = document.resolve(node).get(step)?;
        }
        Some(document.place(node))
    };
    find().unwrap_or_else(|| operation.place.clone())
}

/// The place of a member of the document's root.
pub(super) fn in_root(api: &Api, key: &str) -> Option<Place> {
    let node = api.document.root()?.get(key)?;
    Some(api.document.place(node))
}
