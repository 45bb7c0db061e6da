//! How schemas that hold at once become one meaning: references are followed, `allOf` is merged, and a choice between
//! one schema and null is that schema.

use openapi_codegen::tree::{Node, Value};

use super::{RESTRICTIONS, Shape};
use crate::{diff::types::Types, document::Document};

/// How deep `allOf` may nest; deeper ones are nobody's intention.
const DEEPEST: usize = 32;

/// Whether 3.0 says of a schema that it takes null.
pub(super) fn is_nullable(document: &Document, schema: &Node) -> bool {
    document.is_3_0() && schema.get("nullable").and_then(Node::as_bool) == Some(true)
}

impl<'d> Shape<'d> {
    pub(super) fn take(&mut self, document: &'d Document, schema: &'d Node, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let before = self.types;
        let target = document.resolve(schema);
        if !std::ptr::eq(target, schema) {
            self.take(document, target, depth + 1);
            // Beside a reference 3.0 ignores everything; 3.1 adds it.
            if document.is_3_0() {
                return;
            }
        }
        if let Value::Bool(false) = schema.value {
            self.types = Types::NONE;
        }
        for branch in schema
            .get("allOf")
            .and_then(Node::as_array)
            .unwrap_or_default()
        {
            self.take(document, branch, depth + 1);
        }
        self.take_types(document, schema);
        self.take_values(schema);
        self.take_bounds(document, schema);
        self.take_counts(schema);
        self.take_object(schema);
        self.items.extend(schema.get("items"));
        let one_of = self.choice(document, schema, "oneOf");
        self.one_of.extend(one_of);
        let any_of = self.choice(document, schema, "anyOf");
        self.any_of.extend(any_of);
        for keyword in RESTRICTIONS {
            if let Some(node) = schema.get(keyword) {
                self.restrictions.insert(keyword, node);
            }
        }
        self.take_notes(schema);
        // To the letter, `nullable` means nothing without a type beside it; whoever writes it beside `allOf` means this.
        if is_nullable(document, schema) && schema.get("allOf").is_some() {
            self.types = self.types.union(before.intersection(Types::NULL));
        }
    }

    /// The branches of a choice; `anyOf: [X, null]` is how some write a nullable X, and is taken as one.
    fn choice(&mut self, document: &'d Document, schema: &'d Node, keyword: &str) -> Vec<&'d Node> {
        let branches = schema
            .get(keyword)
            .and_then(Node::as_array)
            .unwrap_or_default();
        let is_null = |branch: &&Node| branch.get("type").and_then(Node::as_str) == Some("null");
        let rest: Vec<&Node> = branches.iter().filter(|branch| !is_null(branch)).collect();
        if let [only] = rest.as_slice()
            && rest.len() < branches.len()
        {
            let mut inner = Self::of(document, &[*only]);
            inner.types = inner.types.union(Types::NULL);
            self.absorb(inner);
            return Vec::new();
        }
        branches.iter().collect()
    }

    /// Takes over what one branch means that stands for the whole.
    fn absorb(&mut self, inner: Self) {
        let types = self.types.intersection(inner.types);
        let (is_read_only, is_write_only) = (self.is_read_only, self.is_write_only);
        let (is_deprecated, sunset, default) = (self.is_deprecated, self.sunset, self.default);
        *self = Self {
            types,
            is_read_only: is_read_only || inner.is_read_only,
            is_write_only: is_write_only || inner.is_write_only,
            is_deprecated: is_deprecated || inner.is_deprecated,
            sunset: sunset.or(inner.sunset),
            default: default.or(inner.default),
            ..inner
        };
    }
}
