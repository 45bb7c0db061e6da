//! What is left of a use of a schema once references and wrappers that only describe are looked
//! through.

use super::Lowering;
use super::flat::{MAX_PARTS_DEPTH, Together};
use super::raw::Raw;
use crate::tree::{Node, Value};

impl<'d> Lowering<'d> {
    /// Looks through references and wrappers.
    pub(super) fn essence(&self, together: &[&'d Node]) -> Essence<'d> {
        let mut essence = Essence {
            nodes: Vec::new(),
            nullable: false,
            referenced: false,
            notes: Notes::default(),
        };
        let mut null_in_all = !together.is_empty();
        for node in together {
            let mut nullable = false;
            let mut at = *node;
            let mut seen = Vec::new();
            loop {
                let raw = self.raw(at);
                essence.notes.take(&raw);
                let Some(inner) = self
                    .looked_through(&raw, &mut nullable)
                    .filter(|_| !seen.contains(&at.id) && seen.len() < MAX_PARTS_DEPTH)
                else {
                    break;
                };
                essence.referenced |= raw.reference.is_some();
                seen.push(at.id);
                at = inner;
            }
            null_in_all &= nullable;
            if !essence.nodes.iter().any(|known| known.id == at.id) {
                essence.nodes.push(at);
            }
        }
        essence.nullable = null_in_all;
        essence
    }

    /// The one schema that `raw` wraps without restricting it.
    fn looked_through(&self, raw: &Raw<'d>, nullable: &mut bool) -> Option<&'d Node> {
        if !raw.only_annotations {
            return None;
        }
        let alternatives = raw
            .union
            .and_then(|member| member.node.as_array())
            .unwrap_or_default();
        match (raw.reference, raw.all_of, alternatives) {
            (Some(target), [], []) => Some(target),
            (None, [only], []) => {
                *nullable |= raw.null == Some(true);
                Some(only)
            }
            (None, [], alternatives) if !alternatives.is_empty() => {
                let (null, rest): (Vec<_>, Vec<_>) =
                    alternatives.iter().partition(|node| self.is_null(node));
                match rest.as_slice() {
                    [only] => {
                        *nullable |= !null.is_empty() || raw.null == Some(true);
                        Some(only)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a schema allows null and nothing else.
    pub(super) fn is_null(&self, node: &'d Node) -> bool {
        let raw = self.raw(node);
        raw.null == Some(true) && raw.kinds.as_ref().is_some_and(Vec::is_empty)
            || raw
                .constant
                .is_some_and(|value| matches!(value.value, Value::Null))
    }
}

/// Descriptions of a use: what stands at the use wins over what stands at its target.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes<'d> {
    pub title: Option<&'d str>,
    pub description: Option<&'d str>,
    pub deprecated: bool,
    pub read_only: Option<&'d Node>,
    pub write_only: Option<&'d Node>,
    pub default: Option<&'d Node>,
    pub source: Option<&'d Node>,
}

/// What is left of a use once references and wrappers that only describe are looked through.
#[derive(Debug, Clone)]
pub(super) struct Essence<'d> {
    /// The schemas; their identity is the identity of the type.
    pub nodes: Together<'d>,
    /// Whether a wrapper added null (`oneOf: [X, {type: 'null'}]`, `nullable` on `allOf: [X]`).
    pub nullable: bool,
    /// Whether a `$ref` was followed, so that the target gives the name.
    pub referenced: bool,
    pub notes: Notes<'d>,
}

impl<'d> Notes<'d> {
    fn take(&mut self, raw: &Raw<'d>) {
        self.title = self.title.or(raw.title);
        self.description = self.description.or(raw.description);
        self.deprecated |= raw.deprecated;
        self.read_only = self.read_only.or(raw.read_only);
        self.write_only = self.write_only.or(raw.write_only);
        self.default = self.default.or(raw.default);
        self.source = self.source.or(raw.source);
    }
}
