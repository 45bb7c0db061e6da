//! What an operation may answer: its statuses, and the headers and media types of each.

use indexmap::IndexMap;
use openapi_codegen::tree::Node;

use super::{Reader, extensions, flag, members};
use crate::api::{Answer, Direction, Header, StatusPattern};

impl<'d> Reader<'d> {
    pub(super) fn answers(&mut self, operation: &'d Node) -> IndexMap<StatusPattern, Answer> {
        let mut answers = IndexMap::new();
        for (key, member) in members(operation.get("responses")) {
            if key.starts_with("x-") {
                continue;
            }
            let Some(pattern) = StatusPattern::parse(key) else {
                self.problem(
                    &member.node,
                    &format!("`{key}` is no status: write one like 404, 4XX or default"),
                );
                continue;
            };
            answers.insert(pattern, self.answer(&member.node));
        }
        answers
    }

    fn answer(&mut self, node: &'d Node) -> Answer {
        let node = self.follow(node);
        let headers = members(node.get("headers"));
        let headers = headers
            // A `Content-Type` here is ignored: `content` says it.
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .map(|(name, member)| (name.clone(), self.header(&member.node)))
            .collect();
        let content = members(node.get("content"));
        let content = content
            .map(|(name, member)| (name.clone(), self.media(&member.node, Direction::Response)))
            .collect();
        let links = members(node.get("links"));
        Answer {
            headers,
            content,
            links: links
                .filter_map(|(name, member)| self.link(name, &member.node))
                .collect(),
            extensions: extensions(node),
            place: self.document.place(node),
        }
    }

    fn header(&mut self, node: &'d Node) -> Header {
        let node = self.follow(node);
        let schema = node
            .get("schema")
            .map(|schema| self.schemas.schema(schema, Direction::Response));
        Header {
            is_required: flag(node, "required"),
            schema,
            explode: flag(node, "explode"),
            place: self.document.place(node),
        }
    }
}
