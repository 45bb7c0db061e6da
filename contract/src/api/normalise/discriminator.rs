//! How alternatives are told apart: the values of a discriminator's mapping become references like all others.

use openapi_codegen::tree::Node;
use serde_json::{Map, Value};

use super::{Normaliser, members};
use crate::api::{Direction, Schemas};

impl<'d> Normaliser<'d> {
    /// The mapping's values become references; bare names mean schemas of the document. The alternatives beside the
    /// discriminator stand in the mapping by their own names, whether it is written or not.
    pub(super) fn discriminator(
        &mut self,
        schema: &'d Node,
        node: &'d Node,
        direction: Direction,
    ) -> Value {
        let mut discriminator = node.to_json();
        let mut meant = self.written(node, direction);
        for (own, reference) in self.implied(schema, direction) {
            meant.entry(own).or_insert_with(|| reference.into());
        }
        if let Some(object) = discriminator.as_object_mut()
            && !meant.is_empty()
        {
            object.insert("mapping".to_owned(), Value::Object(meant));
        }
        discriminator
    }

    /// What the mapping of a discriminator says.
    fn written(&mut self, node: &'d Node, direction: Direction) -> Map<String, Value> {
        let mut meant = Map::new();
        let mapping = node.get("mapping");
        for (key, member) in mapping.into_iter().flat_map(members) {
            let Some(text) = member.node.as_str() else {
                continue;
            };
            let name = text.rsplit('/').next().unwrap_or_default();
            let target = self
                .document
                .root()
                .and_then(|root| root.get("components")?.get("schemas")?.get(name));
            if let Some(target) = target {
                let name = self.name(target, direction);
                meant.insert(key.clone(), Schemas::reference(&name).into());
            } else {
                let place = self.document.place(&member.node);
                self.problems.push(format!(
                    "{place}: `{text}` in a discriminator's mapping names no schema of `components.schemas`"
                ));
            }
        }
        meant
    }

    /// The alternatives of a schema by their own names.
    fn implied(&mut self, schema: &'d Node, direction: Direction) -> Vec<(String, String)> {
        let mut meant = Vec::new();
        for keyword in ["oneOf", "anyOf"] {
            let alternatives = schema.get(keyword).and_then(Node::as_array);
            for alternative in alternatives.unwrap_or_default() {
                // References that lead nowhere are told where the alternatives themselves are read.
                let Ok(Some(target)) = self.document.step(alternative) else {
                    continue;
                };
                let own = target.pointer.rsplit('/').next().unwrap_or_default();
                let own = own.replace("~1", "/").replace("~0", "~");
                let name = self.name(target, direction);
                meant.push((own, Schemas::reference(&name)));
            }
        }
        meant
    }
}
