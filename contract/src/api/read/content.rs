//! What a body holds: its media types, and the examples of each.

use openapi_codegen::tree::Node;

use super::{Reader, flag, members};
use crate::api::{Body, Direction, Example, Media};

impl<'d> Reader<'d> {
    pub(super) fn body(&mut self, node: &'d Node) -> Body {
        let node = self.follow(node);
        let media = members(node.get("content"));
        Body {
            is_required: flag(node, "required"),
            media: media
                .map(|(name, member)| (name.clone(), self.media(&member.node, Direction::Request)))
                .collect(),
            place: self.document.place(node),
        }
    }

    pub(super) fn media(&mut self, node: &'d Node, direction: Direction) -> Media {
        let mut examples = self.examples(node);
        if examples.is_empty() {
            examples = self.schema_examples(node.get("schema"));
        }
        Media {
            schema: node
                .get("schema")
                .map(|schema| self.schemas.schema(schema, direction)),
            examples,
            encoding: node.get("encoding").map(Node::to_json),
            place: self.document.place(node),
        }
    }

    pub(super) fn examples(&mut self, node: &'d Node) -> Vec<Example> {
        let mut examples = Vec::new();
        if let Some(example) = node.get("example") {
            examples.push(self.example(String::new(), example));
        }
        for (name, member) in members(node.get("examples")) {
            let example = self.follow(&member.node);
            if let Some(value) = example.get("value") {
                examples.push(self.example(name.clone(), value));
            }
        }
        examples
    }

    pub(super) fn schema_examples(&mut self, schema: Option<&'d Node>) -> Vec<Example> {
        let Some(schema) = schema else {
            return Vec::new();
        };
        let schema = self.follow(schema);
        let listed = schema
            .get("examples")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let values = schema.get("example").into_iter().chain(listed);
        values
            .map(|value| self.example(String::new(), value))
            .collect()
    }

    fn example(&self, name: String, value: &Node) -> Example {
        Example {
            name,
            value: value.to_json(),
            place: self.document.place(value),
        }
    }
}
