//! Where links of answers lead: their texts first, and the operations that they mean once all are known.

use openapi_codegen::tree::{Node, escape_pointer};
use percent_encoding::percent_decode_str;

use super::{Reader, members};
use crate::api::{Link, Operation};

impl<'d> Reader<'d> {
    /// The target is the text of `operationId` or `operationRef` until [`Reader::resolve_links`] finds the operation.
    pub(super) fn link(&mut self, name: &str, node: &'d Node) -> Option<Link> {
        let node = self.follow(node);
        let target = node.get("operationId").or_else(|| node.get("operationRef"));
        let Some(target) = target.and_then(Node::as_str) else {
            self.problem(
                node,
                &format!("the link `{name}` has neither an `operationId` nor an `operationRef`"),
            );
            return None;
        };
        let parameters = members(node.get("parameters"));
        Some(Link {
            name: name.to_owned(),
            target: target.to_owned(),
            parameters: parameters
                .map(|(name, member)| (name.clone(), member.node.to_json()))
                .collect(),
            body: node.get("requestBody").map(Node::to_json),
            place: self.document.place(node),
        })
    }

    /// Puts the label of the operation that is meant in the place of each target.
    pub(super) fn resolve_links(&mut self, operations: &mut [Operation]) {
        let known: Vec<_> = operations.iter().map(Target::of).collect();
        let answers = operations
            .iter_mut()
            .flat_map(|operation| operation.answers.values_mut());
        for link in answers.flat_map(|answer| &mut answer.links) {
            match known.iter().find(|known| known.is_meant_by(&link.target)) {
                Some(found) => link.target.clone_from(&found.label),
                None => self.problems.push(format!(
                    "{}: the link `{}` leads to `{}`, which is no operation of the document",
                    link.place, link.name, link.target
                )),
            }
        }
    }
}

/// What links name an operation by.
struct Target {
    id: Option<String>,
    /// `/paths/~1orders~1{id}/get`.
    pointer: String,
    label: String,
}

impl Target {
    fn of(operation: &Operation) -> Self {
        Self {
            id: operation.id.clone(),
            pointer: format!(
                "/paths/{}/{}",
                escape_pointer(&operation.path),
                operation.method.to_ascii_lowercase()
            ),
            label: operation.label.clone(),
        }
    }

    fn is_meant_by(&self, text: &str) -> bool {
        self.id.as_deref() == Some(text)
            // The reference may begin with the address of another document.
            || percent_decode_str(text)
                .decode_utf8_lossy()
                .ends_with(&self.pointer)
    }
}
