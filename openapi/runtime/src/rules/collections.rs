//! Lists and maps.

use std::borrow::Cow;
use std::fmt;

use super::{Rule, Text, TextRule};
use crate::{Map, Node, Reason, Violations};

/// Finds the place of an item that was there before.
type FindRepetition<V> = fn(&[V]) -> Option<usize>;

/// An array.
#[derive(Clone, Copy)]
pub struct List<R: Rule> {
    item: R,
    min: usize,
    max: usize,
    repeated: Option<FindRepetition<R::Value>>,
}

impl<R: Rule> List<R> {
    /// Any number of items.
    #[must_use]
    pub const fn new(item: R) -> Self {
        Self {
            item,
            min: 0,
            max: usize::MAX,
            repeated: None,
        }
    }

    /// Bounds of the number of items.
    #[must_use]
    pub const fn items(mut self, min: usize, max: usize) -> Self {
        self.min = min;
        self.max = max;
        self
    }

    /// No two items may be equal.
    #[must_use]
    pub const fn unique(mut self) -> Self
    where
        R::Value: PartialEq,
    {
        self.repeated = Some(first_repetition::<R::Value>);
        self
    }

    /// Reads the items of a parameter.
    pub(crate) fn texts<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
        out: &mut Violations,
    ) -> Option<Vec<R::Value>>
    where
        R: TextRule,
    {
        let before = out.count();
        let mut values = Vec::new();
        let mut count = 0;
        for (index, text) in texts.enumerate() {
            count += 1;
            values.extend(out.at_index(index, |out| self.item.text(text, out)));
        }
        self.judge(count, &values, out);
        (out.count() == before).then_some(values)
    }

    fn judge(&self, count: usize, values: &[R::Value], out: &mut Violations) {
        if count < self.min {
            out.add(
                Reason::TooFewItems,
                format!("Must have at least {}", plural(self.min, "item")),
            );
        }
        if count > self.max {
            out.add(
                Reason::TooManyItems,
                format!("Must have at most {}", plural(self.max, "item")),
            );
        }
        // Comparing everything with everything is only done within the bounds, and places are only
        // right when no item is missing.
        if count <= self.max
            && count == values.len()
            && let Some(index) = self.repeated.and_then(|repeated| repeated(values))
        {
            out.at_index(index, |out| {
                out.add(Reason::Duplicate, "Is in the list more than once");
            });
        }
    }
}

impl<R: Rule + fmt::Debug> fmt::Debug for List<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("item", &self.item)
            .field("min", &self.min)
            .field("max", &self.max)
            .finish_non_exhaustive()
    }
}

/// The place of the first item that was there before.
fn first_repetition<V: PartialEq>(values: &[V]) -> Option<usize> {
    (1..values.len()).find(|&index| {
        let (before, rest) = values.split_at(index);
        rest.first().is_some_and(|value| before.contains(value))
    })
}

impl<R: Rule> Rule for List<R> {
    type Value = Vec<R::Value>;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<Self::Value> {
        let Node::List(nodes) = node else {
            out.invalid_type("an array");
            return None;
        };
        let before = out.count();
        let mut values = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            values.extend(out.at_index(index, |out| self.item.node(node, out)));
        }
        self.judge(nodes.len(), &values, out);
        (out.count() == before).then_some(values)
    }

    fn holds(&self, values: &Self::Value) -> bool {
        values.len() >= self.min
            && values.len() <= self.max
            && values.iter().all(|value| self.item.holds(value))
            && self
                .repeated
                .is_none_or(|repeated| repeated(values).is_none())
    }
}

/// A map from texts.
#[derive(Debug, Clone, Copy)]
pub struct Entries<R> {
    value: R,
    min: usize,
    max: usize,
    key: Option<Text>,
}

impl<R: Rule> Entries<R> {
    /// Any number of entries.
    #[must_use]
    pub const fn new(value: R) -> Self {
        Self {
            value,
            min: 0,
            max: usize::MAX,
            key: None,
        }
    }

    /// Bounds of the number of entries.
    #[must_use]
    pub const fn size(mut self, min: usize, max: usize) -> Self {
        self.min = min;
        self.max = max;
        self
    }

    /// What names look like.
    #[must_use]
    pub const fn keys(mut self, key: Text) -> Self {
        self.key = Some(key);
        self
    }
}

impl<R: Rule> Rule for Entries<R> {
    type Value = Map<R::Value>;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<Self::Value> {
        let Node::Object(members) = node else {
            out.invalid_type("an object");
            return None;
        };
        let before = out.count();
        let map = entries(members.iter(), &self.value, self.key.as_ref(), out);
        check_size(members.len(), self.min, self.max, out);
        map.filter(|_| out.count() == before)
    }

    fn holds(&self, map: &Self::Value) -> bool {
        map.len() >= self.min
            && map.len() <= self.max
            && map.iter().all(|(name, value)| {
                self.key.as_ref().is_none_or(|key| key.holds(name)) && self.value.holds(value)
            })
    }
}

/// Names that come from the client are judged like any text: NUL is refused whatever the schema says.
const ANY_NAME: Text = Text::new();

/// Reads members into a map, noting repeated names.
pub(crate) fn entries<'n, 'a: 'n, R: Rule>(
    members: impl Iterator<Item = &'n (Cow<'a, str>, Node<'a>)>,
    rule: &R,
    key: Option<&Text>,
    out: &mut Violations,
) -> Option<Map<R::Value>> {
    let before = out.count();
    let mut map = Map::new();
    let mut seen = std::collections::HashSet::new();
    for (name, node) in members {
        out.at(name, |out| {
            if !seen.insert(name.as_ref()) {
                out.add(Reason::Duplicate, "Given more than once");
                return;
            }
            let name = key.unwrap_or(&ANY_NAME).text(name, out);
            if let (Some(name), Some(value)) = (name, rule.node(node, out)) {
                map.insert(name, value);
            }
        });
    }
    (out.count() == before).then_some(map)
}

/// Checks the number of an object's members.
pub(crate) fn check_size(count: usize, min: usize, max: usize, out: &mut Violations) {
    if count < min {
        out.add(
            Reason::TooFewItems,
            format!("Must have at least {}", plural(min, "field")),
        );
    }
    if count > max {
        out.add(
            Reason::TooManyItems,
            format!("Must have at most {}", plural(max, "field")),
        );
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Int;

    static NUMBERS: List<Int<i64>> = List::new(Int::new(0, 9)).items(1, 3).unique();
    static LIMITS: Entries<Int<i64>> = Entries::new(Int::new(0, 9))
        .size(1, 2)
        .keys(Text::new().length(1, 3));

    fn found<R: Rule>(rule: &R, json: &str) -> Vec<String> {
        let mut out = Violations::new();
        let value = rule.node(&serde_json::from_str(json).unwrap(), &mut out);
        assert_eq!(value.is_some(), out.is_empty());
        assert!(value.is_none_or(|value| rule.holds(&value)));
        out.details()
            .iter()
            .map(|detail| format!("{} {}", detail.field, detail.reason.as_str()))
            .collect()
    }

    #[test]
    fn lists_name_the_items_that_are_wrong() {
        assert!(found(&NUMBERS, "[1,2]").is_empty());
        assert_eq!(found(&NUMBERS, "[]"), [" too_few_items"]);
        assert_eq!(found(&NUMBERS, "[1,2,1]"), ["[2] duplicate"]);
        assert_eq!(
            found(&NUMBERS, "[1,10,null,2]"),
            ["[1] too_big", "[2] invalid_type", " too_many_items"]
        );
        assert_eq!(found(&NUMBERS, "{}"), [" invalid_type"]);
        assert!(!NUMBERS.holds(&vec![1, 1]));
    }

    #[test]
    fn maps_name_the_entries_that_are_wrong() {
        assert!(found(&LIMITS, r#"{"a":1}"#).is_empty());
        assert_eq!(found(&LIMITS, r#"{"a":1,"a":2}"#), ["a duplicate"]);
        assert_eq!(
            found(&LIMITS, r#"{"abcd":1,"b":10,"c":1}"#),
            ["abcd too_long", "b too_big", " too_many_items"]
        );
        assert_eq!(found(&LIMITS, r#"{"a\u0000":1}"#), ["a\0 invalid_format"]);
    }
}
