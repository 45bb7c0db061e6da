//! Values of keywords, read as the type that the specification gives them.

use super::Lowering;
use crate::diagnostics::{Code, Diagnostic, codes};
use crate::tree::{Node, Object};

impl<'d> Lowering<'d> {
    /// Says that the value of `key` is not what it has to be.
    pub(super) fn wrong(&self, code: &'static Code, node: &Node, key: &str, wanted: &str) {
        self.report(
            Diagnostic::at(code, node, format!("`{key}` must be {wanted}"))
                .label(format!("this is {}", node.brief()))
                .help(format!("write {wanted}")),
        );
    }

    /// The text of a member, if it is there and one.
    pub(super) fn text(&self, node: Option<&'d Node>) -> Option<&'d str> {
        let node = node?;
        if node.as_str().is_none() {
            let key = node.pointer.rsplit('/').next().unwrap_or_default();
            self.report(
                Diagnostic::at(codes::WRONG_TYPE, node, format!("`{key}` must be a string"))
                    .label(format!("this is {}", node.brief()))
                    .help("put it in quotes"),
            );
        }
        node.as_str()
    }

    /// The node of a flag that is `true`.
    pub(super) fn flag(&self, node: Option<&'d Node>) -> Option<&'d Node> {
        let node = node?;
        if node.as_bool().is_none() {
            let key = node.pointer.rsplit('/').next().unwrap_or_default();
            self.wrong(codes::WRONG_TYPE, node, key, "true or false");
        }
        (node.as_bool() == Some(true)).then_some(node)
    }

    /// The items of a member that must be a list with something in it.
    pub(super) fn list(&self, node: Option<&'d Node>) -> Option<&'d [Node]> {
        let node = node?;
        let key = node.pointer.rsplit('/').next().unwrap_or_default();
        match node.as_array() {
            Some([]) if key != "required" => {
                self.wrong(
                    codes::INVALID_VALUE,
                    node,
                    key,
                    "a list with at least one entry",
                );
                None
            }
            Some(items) => Some(items),
            None => {
                self.wrong(codes::WRONG_TYPE, node, key, "a list");
                None
            }
        }
    }

    /// The members of a map such as `properties`, whose keys are free.
    pub(super) fn object_of(&self, node: &'d Node, key: &str) -> Option<&'d Object> {
        if node.as_object().is_none() {
            self.wrong(codes::WRONG_TYPE, node, key, "an object");
        }
        node.as_object()
    }
}
