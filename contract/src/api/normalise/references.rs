//! What schemas refer to: every reference, in whichever file, becomes one to a definition with a name of its own.

use openapi_codegen::tree::Node;

use super::Normaliser;
use crate::api::{Direction, Schemas};

impl<'d> Normaliser<'d> {
    pub(super) fn reference(&mut self, node: &'d Node, direction: Direction) -> String {
        match self.document.step(node) {
            Ok(Some(target)) => Schemas::reference(&self.name(target, direction)),
            Ok(None) => String::new(),
            Err(problem) => {
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
                Schemas::reference("unknown")
            }
        }
    }

    /// The name of the definition for a node; a node that was not met yet is put in line.
    pub(super) fn name(&mut self, target: &'d Node, direction: Direction) -> String {
        if let Some(name) = self.names.get(&(target.id, direction)) {
            return name.clone();
        }
        let last = target.pointer.rsplit('/').next().unwrap_or_default();
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let mut base: String = last.chars().filter(is_plain).collect();
        if base.is_empty() {
            base.push_str("schema");
        }
        let suffix = match direction {
            Direction::Request => "request",
            Direction::Response => "response",
        };
        let taken = |name: &String| self.names.values().any(|known| known == name);
        let mut name = format!("{base}.{suffix}");
        let mut number = 2;
        while taken(&name) {
            name = format!("{base}{number}.{suffix}");
            number += 1;
        }
        self.names.insert((target.id, direction), name.clone());
        self.waiting.push_back((name.clone(), target, direction));
        name
    }
}
