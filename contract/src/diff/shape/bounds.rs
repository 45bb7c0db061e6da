//! How large and how many: of bounds that hold at once the tightest one counts.

use openapi_codegen::tree::{Node, Value};

use super::{COUNTS, Shape};
use crate::{diff::types::Bound, document::Document};

impl Shape<'_> {
    pub(super) fn take_bounds(&mut self, document: &Document, schema: &Node) {
        let number = |key: &str| match &schema.get(key)?.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        };
        let flag = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
        let mut bounds = |plain: &str, exclusive: &str, is_max: bool| {
            let mut found: Vec<Bound> = Vec::new();
            if let Some(value) = number(plain) {
                let is_exclusive = document.is_3_0() && flag(exclusive);
                found.push(Bound {
                    value,
                    is_exclusive,
                });
            }
            if let Some(value) = number(exclusive) {
                found.push(Bound {
                    value,
                    is_exclusive: true,
                });
            }
            let slot = if is_max { &mut self.max } else { &mut self.min };
            for bound in found {
                let is_tighter = slot.is_none_or(|before| bound.is_tighter(before, is_max));
                if is_tighter {
                    *slot = Some(bound);
                }
            }
        };
        bounds("maximum", "exclusiveMaximum", true);
        bounds("minimum", "exclusiveMinimum", false);
        self.multiple_of = number("multipleOf").or(self.multiple_of);
        self.has_unique_items |= flag("uniqueItems");
    }

    pub(super) fn take_counts(&mut self, schema: &Node) {
        for (slot, key) in self.counts.iter_mut().zip(COUNTS) {
            let Some(Value::Number(number)) = schema.get(key).map(|node| &node.value) else {
                continue;
            };
            let Some(count) = number.as_i64() else {
                continue;
            };
            let is_max = key.starts_with("max");
            *slot = Some(match *slot {
                None => count,
                Some(before) if is_max => before.min(count),
                Some(before) => before.max(count),
            });
        }
    }
}
