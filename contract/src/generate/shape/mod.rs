//! A schema laid flat: everything that holds at one place of a value, references and `allOf` merged, a branch taken
//! wherever there is a choice.

mod kind;
mod lay;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

pub use kind::Kind;

use super::{
    node::{At, Node, Part, Source},
    number::{Decimal, Limits},
};

/// A keyword's value with the place of the keyword.
#[derive(Debug, Clone)]
pub struct Held<'s, T> {
    /// What it says.
    pub value: T,
    /// Where it stands.
    pub at: At<'s>,
}

/// A choice between branches.
#[derive(Debug, Clone)]
pub struct Choice<'s> {
    /// `oneOf`, `anyOf` or `if`.
    pub keyword: &'static str,
    /// Where it stands.
    pub at: At<'s>,
    /// The branches. Those of `if`: it holds, it does not.
    pub branches: Vec<Node<'s>>,
    /// The branch that was taken.
    pub taken: usize,
}

/// Everything that holds at one place.
#[derive(Debug, Clone, Default)]
pub struct Shape<'s> {
    /// Nothing can be here (`false`).
    pub is_never: bool,
    /// The types; `None`: all.
    pub kinds: Option<Held<'s, BTreeSet<Kind>>>,
    /// The only values (`enum`, `const`).
    pub values: Option<Held<'s, Vec<&'s Value>>>,
    /// `minimum` or `exclusiveMinimum`.
    pub low: Option<Held<'s, (Decimal, bool)>>,
    /// `maximum` or `exclusiveMaximum`.
    pub high: Option<Held<'s, (Decimal, bool)>>,
    /// `multipleOf`.
    pub multiples: Vec<Held<'s, Decimal>>,
    /// Keywords with a count: `minLength` to `maxProperties`, the strictest of each.
    pub counts: BTreeMap<&'static str, Held<'s, usize>>,
    /// `pattern`.
    pub patterns: Vec<Held<'s, &'s str>>,
    /// `format`.
    pub format: Option<Held<'s, &'s str>>,
    /// `properties`.
    pub properties: IndexMap<&'s str, Node<'s>>,
    /// `required`.
    pub required: IndexMap<&'s str, At<'s>>,
    /// `patternProperties`.
    pub pattern_properties: Vec<(&'s str, Node<'s>)>,
    /// `additionalProperties` or `unevaluatedProperties`.
    pub additional: Option<Part<'s>>,
    /// `propertyNames`.
    pub names: Node<'s>,
    /// `dependentRequired`.
    pub dependent: Vec<Held<'s, (&'s str, Vec<&'s str>)>>,
    /// `prefixItems`.
    pub prefix: Vec<Node<'s>>,
    /// `items`.
    pub items: Option<Node<'s>>,
    /// `contains`.
    pub contains: Option<Node<'s>>,
    /// `uniqueItems: true`.
    pub unique: Option<At<'s>>,
    /// Set when parts hold that only a validator knows (`not`, a condition that must fail).
    pub is_hard: bool,
    /// The choices that were made.
    pub choices: Vec<Choice<'s>>,
    /// Values that a discriminator sets.
    pub discriminated: IndexMap<&'s str, String>,
    /// Values that the document gives: `default` first, then `examples`.
    pub given: Vec<&'s Value>,
    /// `default` alone.
    pub default: Option<Held<'s, &'s Value>>,
}

impl<'s> Shape<'s> {
    /// Lays a node flat. `take` says which branch of a choice is taken.
    pub fn of(
        source: Source<'s>,
        node: &Node<'s>,
        mut take: impl FnMut(&Choice<'s>) -> usize,
    ) -> Self {
        let mut shape = Self::default();
        let mut waiting: Vec<Part<'s>> = node.parts.iter().rev().cloned().collect();
        let mut seen = BTreeSet::new();
        while let Some(part) = waiting.pop() {
            // A definition that holds twice holds once; one that refers to itself alone ends here.
            if !seen.insert(part.at.clone()) {
                continue;
            }
            let mut more = Vec::new();
            if let Some(target) = source.step(&part) {
                more.push(target);
            }
            more.extend(part.items("allOf"));
            more.extend(
                part.members("dependentSchemas")
                    .into_iter()
                    .map(|(_, part)| part),
            );
            shape.lay(&part);
            for mut choice in lay::choices(&part) {
                choice.taken = take(&choice).min(choice.branches.len().saturating_sub(1));
                if let Some(branch) = choice.branches.get(choice.taken) {
                    more.extend(branch.parts.iter().cloned());
                }
                shape.discriminate(source, &part, &choice);
                shape.is_hard |= choice.keyword != "anyOf";
                shape.choices.push(choice);
            }
            waiting.extend(more.into_iter().rev());
        }
        shape
    }

    /// The strictest of a count.
    #[must_use]
    pub fn count(&self, keyword: &str) -> Option<usize> {
        self.counts.get(keyword).map(|held| held.value)
    }

    /// Whether a type is let in.
    #[must_use]
    pub fn lets(&self, kind: Kind) -> bool {
        self.kinds
            .as_ref()
            .is_none_or(|kinds| kinds.value.contains(&kind))
    }

    /// What numbers must keep to. Formats of OpenAPI bound them as well.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let is_whole = !self.lets(Kind::Number);
        let (mut low, mut high) = (
            self.low.as_ref().map(|held| held.value),
            self.high.as_ref().map(|held| held.value),
        );
        let bounds = match self.format.as_ref().map(|held| held.value) {
            Some("int32") => Some((i128::from(i32::MIN), i128::from(i32::MAX))),
            Some("int64") => Some((i128::from(i64::MIN), i128::from(i64::MAX))),
            _ => None,
        };
        if let Some((least, most)) = bounds {
            let (least, most) = (Decimal::whole(least), Decimal::whole(most));
            if low.is_none_or(|(bound, _)| bound.compare(least).is_lt()) {
                low = Some((least, false));
            }
            if high.is_none_or(|(bound, _)| bound.compare(most).is_gt()) {
                high = Some((most, false));
            }
        }
        Limits {
            low,
            high,
            multiples: self.multiples.iter().map(|held| held.value).collect(),
            is_whole,
        }
    }

    /// The node of a property: its own, those of patterns that its name fits, else the one for all others.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<Node<'s>> {
        let mut node = self.properties.get(name).cloned().unwrap_or_default();
        for (pattern, inner) in &self.pattern_properties {
            let regex = jsonschema_regex::to_rust_regex(pattern).ok();
            let regex = regex.and_then(|pattern| regex::Regex::new(&pattern).ok());
            if regex.is_some_and(|regex| regex.is_match(name)) {
                node.parts.extend(inner.parts.iter().cloned());
            }
        }
        if node.parts.is_empty() {
            return self.additional.clone().map(Node::from);
        }
        Some(node)
    }
}
