//! What travels in one direction only: read-only properties are not sent, write-only ones do not come back.

use openapi_codegen::tree::{Node, escape_pointer};
use serde_json::{Map, Value, json};

use super::{Normaliser, Places, members};
use crate::api::Direction;

impl<'d> Normaliser<'d> {
    pub(super) fn properties(
        &mut self,
        node: &'d Node,
        direction: Direction,
        pointer: &str,
        places: &mut Places,
    ) -> Value {
        let mut properties = Map::new();
        for (key, member) in members(node) {
            let at = format!("{pointer}/{}", escape_pointer(key));
            if self.is_of_the_other_direction(&member.node, direction) {
                if direction == Direction::Response {
                    properties.insert(key.clone(), json!({ "not": {} }));
                    places.insert(at, self.document.place(&member.node));
                }
                continue;
            }
            let value = self.value(&member.node, direction, &at, places);
            properties.insert(key.clone(), value);
        }
        Value::Object(properties)
    }

    pub(super) fn required(&self, schema: &'d Node, node: &'d Node, direction: Direction) -> Value {
        let properties = schema.get("properties");
        let is_asked = |name: &&Node| {
            let property = name
                .as_str()
                .and_then(|name| properties.and_then(|properties| properties.get(name)));
            property.is_none_or(|property| !self.is_of_the_other_direction(property, direction))
        };
        let names = node.as_array().unwrap_or_default();
        names.iter().filter(is_asked).map(Node::to_json).collect()
    }

    fn is_of_the_other_direction(&self, property: &'d Node, direction: Direction) -> bool {
        let flag = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
        };
        let own = property.get(flag);
        let meant = own.or_else(|| self.document.resolve(property).get(flag));
        meant.and_then(Node::as_bool) == Some(true)
    }
}
