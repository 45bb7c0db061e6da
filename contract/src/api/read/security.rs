//! What callers must show: requirements of operations, and the schemes that they name.

use indexmap::IndexMap;
use openapi_codegen::tree::Node;

use super::{Reader, members};
use crate::api::{Operation, Requirement, Scheme};

/// The alternatives that `security` lists.
pub(super) fn requirements(node: &Node) -> Vec<Requirement> {
    let alternatives = node.as_array().unwrap_or_default();
    alternatives
        .iter()
        .map(|alternative| Requirement {
            schemes: members(Some(alternative))
                .map(|(name, member)| {
                    let names = member.node.as_array().unwrap_or_default();
                    let names = names.iter().filter_map(Node::as_str).map(str::to_owned);
                    (name.clone(), names.collect())
                })
                .collect(),
        })
        .collect()
}

impl<'d> Reader<'d> {
    pub(super) fn schemes(
        &mut self,
        root: &'d Node,
        operations: &[Operation],
    ) -> IndexMap<String, Scheme> {
        let declared = root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let mut schemes = IndexMap::new();
        for (name, member) in members(declared) {
            let node = self.follow(&member.node);
            match Scheme::read(&node.to_json()) {
                Some(scheme) => {
                    schemes.insert(name.clone(), scheme);
                }
                None => self.problem(
                    node,
                    &format!(
                        "security scheme `{name}` is of no known `type`, or a part of it is missing"
                    ),
                ),
            }
        }
        for operation in operations {
            let asked = operation
                .security
                .iter()
                .flat_map(|alternative| &alternative.schemes);
            for (name, _) in asked {
                if !schemes.contains_key(name) {
                    self.problems.push(format!("{}: `security` names `{name}`, which `components.securitySchemes` does not have", operation.place));
                }
            }
        }
        schemes
    }
}
