//! An operation with everything that belongs to it.

use openapi_codegen::tree::Node;

use super::{Reader, extensions, flag, security};
use crate::{
    api::{Location, Operation, Parameter, Requirement},
    document,
};

impl<'d> Reader<'d> {
    pub(super) fn operation(
        &mut self,
        index: usize,
        found: &document::Operation<'d>,
        shared: Option<&[Requirement]>,
    ) -> Operation {
        let node = found.node;
        let parameters = found.parameters.iter();
        let parameters: Vec<_> = parameters.filter_map(|node| self.parameter(node)).collect();
        self.check_path(found, &parameters);
        let body = node.get("requestBody").map(|node| self.body(node));
        let answers = self.answers(node);
        let own = node.get("security").map(security::requirements);
        let tags = node
            .get("tags")
            .and_then(Node::as_array)
            .unwrap_or_default();
        Operation {
            index,
            label: format!("{} {}", found.method, found.path),
            id: found.id.map(str::to_owned),
            method: found.method.clone(),
            path: found.path.clone(),
            place: self.document.place(node),
            tags: tags
                .iter()
                .filter_map(Node::as_str)
                .map(str::to_owned)
                .collect(),
            is_deprecated: flag(node, "deprecated"),
            parameters,
            body,
            answers,
            security: own.unwrap_or_else(|| shared.unwrap_or_default().to_vec()),
            extensions: extensions(node),
        }
    }

    /// Every name in the template needs a parameter.
    fn check_path(&mut self, found: &document::Operation<'d>, parameters: &[Parameter]) {
        for name in document::path_parameters(&found.path) {
            if !parameters
                .iter()
                .any(|known| known.location == Location::Path && known.name == name)
            {
                self.problem(found.node, &format!("`{name}` stands in the path `{}` and is no path parameter of the operation", found.path));
            }
        }
    }
}
