//! Components that nothing uses: they are judged all the same.

use super::drafts::{Direction, Hint};
use super::keywords::{COMPONENTS, EXAMPLE, PATH_ITEM, RESPONSE};
use super::{Lowering, RefKind};
use crate::tree::{Node, Object};

impl<'d> Lowering<'d> {
    /// Looks at every component, so that a problem in an unused one is found as well.
    pub(super) fn unused_components(&mut self, root: &'d Node) {
        let Some(node) = root.get("components") else {
            return;
        };
        let Some(components) = self.object(node, COMPONENTS) else {
            return;
        };
        for (key, member) in self.section(components, "schemas") {
            let id = self
                .essence(&[member])
                .nodes
                .iter()
                .map(|node| node.id)
                .collect::<Vec<_>>();
            let used = [Direction::Request, Direction::Response]
                .iter()
                .any(|way| self.known.contains_key(&(id.clone(), *way)));
            // Constants and nulls only become something as members of an object.
            let flat = self.flatten(&self.essence(&[member]).nodes);
            let constant =
                flat.constant.is_some() || flat.kinds.as_ref().is_some_and(Vec::is_empty);
            if !used && !constant {
                self.lower_use(
                    &[member],
                    Direction::Response,
                    &Hint::component(key.to_owned()),
                );
            }
        }
        for (key, node) in self.section(components, "parameters") {
            self.parameter(node, key);
        }
        for (key, node) in self.section(components, "headers") {
            self.header(key, node, &Hint::inline(key));
        }
        for (key, node) in self.section(components, "requestBodies") {
            if let Some(found) = self.deref(node, RefKind::RequestBody) {
                self.body_of(found.node, &Hint::inline(key));
            }
        }
        for (key, node) in self.section(components, "responses") {
            if let Some(found) = self.deref(node, RefKind::Response)
                && let Some(object) = self.object(found.node, RESPONSE)
            {
                self.reply(
                    200,
                    found.node,
                    object,
                    &Hint::inline(format!("{key} body")),
                    None,
                );
            }
        }
        for (_, node) in self.section(components, "examples") {
            if let Some(found) = self.deref(node, RefKind::Example) {
                self.object(found.node, EXAMPLE);
            }
        }
        for (_, node) in self.section(components, "links") {
            self.link(node);
        }
        for (_, node) in self.section(components, "pathItems") {
            self.object(node, PATH_ITEM);
        }
    }

    fn section(&self, components: &'d Object, key: &str) -> Vec<(&'d str, &'d Node)> {
        let section = components
            .get(key)
            .and_then(|member| self.object_of(&member.node, key));
        section
            .into_iter()
            .flatten()
            .map(|(key, member)| (key.as_str(), &member.node))
            .collect()
    }
}
