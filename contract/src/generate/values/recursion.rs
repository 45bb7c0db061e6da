//! How values of a schema that leads back to itself come to an end.

use super::{DEPTH, Style};
use crate::{
    api::Schemas,
    generate::{
        node::{Node, Source},
        shape::{Choice, Kind, Shape},
    },
};

/// The name of the definition that a part stands in; empty when it has none.
pub(super) fn name_of<'s>(node: &Node<'s>) -> &'s str {
    let named = node.parts.iter().find_map(|part| Schemas::name(part.value));
    named.unwrap_or_default()
}

/// Whether a part leads back to a definition that it is in already. What is optional ends there.
pub(super) fn leads_back(node: &Node<'_>, above: &[&str], style: Style) -> bool {
    let mut names = node.parts.iter().flat_map(|part| {
        let items = part.value.get("items");
        [Schemas::name(part.value), items.and_then(Schemas::name)]
    });
    let most = usize::from(style == Style::Full);
    above.len() > DEPTH / 2
        || names.any(|name| {
            name.is_some_and(|name| above.iter().filter(|known| **known == name).count() > most)
        })
}

/// The branch that ends soonest: a scalar before a list before an object.
pub(super) fn simplest(source: Source<'_>, choice: &Choice<'_>) -> usize {
    let weight = |node: &Node<'_>| {
        let shape = Shape::of(source, node, |_| 0);
        let kinds = shape.kinds.as_ref().map(|kinds| &kinds.value);
        match kinds.and_then(|kinds| kinds.first()) {
            _ if shape.values.is_some() => 0,
            Some(Kind::Array) => 2 + shape.count("minItems").unwrap_or(0),
            Some(Kind::Object) | None => 3 + shape.required.len(),
            Some(_) => 1,
        }
    };
    let branches = choice.branches.iter().enumerate();
    let lightest = branches.min_by_key(|(_, node)| weight(node));
    lightest.map_or(0, |(index, _)| index)
}
