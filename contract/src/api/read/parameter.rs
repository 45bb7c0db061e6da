//! What an operation takes beside its body: parameters, and how their values are written.

use openapi_codegen::tree::Node;

use super::{Reader, flag, members};
use crate::api::{Direction, Example, Location, Parameter, Schema};

/// These are said by other parts of the document; what stands in a parameter is ignored (OpenAPI 3.1, 4.8.12.1).
const SAID_ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'d> Reader<'d> {
    pub(super) fn parameter(&mut self, node: &'d Node) -> Option<Parameter> {
        let node = self.follow(node);
        let name = node.get("name").and_then(Node::as_str);
        let location = node
            .get("in")
            .and_then(Node::as_str)
            .and_then(Location::parse);
        let (Some(name), Some(location)) = (name, location) else {
            self.problem(
                node,
                "a parameter needs a `name`, and `in` as one of path, query, header, cookie",
            );
            return None;
        };
        if location == Location::Header && is_said_elsewhere(name) {
            return None;
        }
        let (schema, media_type, mut examples) = self.value(node);
        let Some(schema) = schema else {
            self.problem(
                node,
                &format!("parameter `{name}` has neither a `schema` nor a `content`"),
            );
            return None;
        };
        if examples.is_empty() {
            examples = self.schema_examples(node.get("schema"));
        }
        let style = node.get("style").and_then(Node::as_str);
        let style = style.unwrap_or_else(|| usual_style(location));
        let explode = node.get("explode").and_then(Node::as_bool);
        Some(Parameter {
            name: name.to_owned(),
            location,
            is_required: location == Location::Path || flag(node, "required"),
            schema,
            style: style.to_owned(),
            explode: explode.unwrap_or(style == "form"),
            media_type,
            examples,
            place: self.document.place(node),
        })
    }

    /// The schema, the media type that the value is written in when `content` names one, and the examples beside them.
    fn value(&mut self, node: &'d Node) -> (Option<Schema>, Option<String>, Vec<Example>) {
        if let Some((media_type, member)) = members(node.get("content")).next() {
            let media = self.media(&member.node, Direction::Request);
            return (media.schema, Some(media_type.clone()), media.examples);
        }
        let schema = node
            .get("schema")
            .map(|schema| self.schemas.schema(schema, Direction::Request));
        (schema, None, self.examples(node))
    }
}

fn is_said_elsewhere(name: &str) -> bool {
    SAID_ELSEWHERE
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// The style of a parameter that does not name one.
fn usual_style(location: Location) -> &'static str {
    match location {
        Location::Query | Location::Cookie => "form",
        _ => "simple",
    }
}
