//! A schema laid flat: everything that holds at one place of a value, references and `allOf` merged, a branch taken
//! wherever there is a choice.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    node::{At, Node, Part, Source},
    number::{Decimal, Limits},
};

/// The types of JSON, `integer` apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` and `false`.
    Boolean,
    /// Whole numbers.
    Integer,
    /// All numbers.
    Number,
    /// Texts.
    String,
    /// Lists.
    Array,
    /// Objects.
    Object,
}

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

/// The keywords with a count; whether the larger one is the stricter.
const COUNTS: [(&str, bool); 8] = [
    ("minLength", true),
    ("maxLength", false),
    ("minItems", true),
    ("maxItems", false),
    ("minProperties", true),
    ("maxProperties", false),
    ("minContains", true),
    ("maxContains", false),
];

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
            for mut choice in choices(&part) {
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

    fn lay(&mut self, part: &Part<'s>) {
        if part.value == &Value::Bool(false) {
            self.is_never = true;
        }
        self.is_hard |= part.value.get("not").is_some();
        self.lay_values(part);
        self.lay_numbers(part);
        for (keyword, larger) in COUNTS {
            let Some(member) = part.member(keyword) else {
                continue;
            };
            let Some(count) = member
                .value
                .as_u64()
                .and_then(|count| usize::try_from(count).ok())
            else {
                continue;
            };
            let is_stricter = self.counts.get(keyword).is_none_or(|known| {
                if larger {
                    count > known.value
                } else {
                    count < known.value
                }
            });
            if is_stricter {
                self.counts.insert(
                    keyword,
                    Held {
                        value: count,
                        at: member.at,
                    },
                );
            }
        }
        if let Some(held) = text(part, "pattern") {
            self.patterns.push(held);
        }
        if let Some(held) = text(part, "format") {
            self.format.get_or_insert(held);
        }
        self.lay_object(part);
        self.lay_array(part);
    }

    fn lay_values(&mut self, part: &Part<'s>) {
        if let Some(member) = part.member("type") {
            let listed = member.value.as_array();
            let one = std::slice::from_ref(member.value);
            let names = listed.map_or(one, Vec::as_slice).iter();
            let mut kinds: BTreeSet<Kind> = names
                .filter_map(Value::as_str)
                .filter_map(Kind::parse)
                .collect();
            if kinds.contains(&Kind::Number) {
                kinds.insert(Kind::Integer);
            }
            if let Some(known) = &self.kinds {
                kinds = kinds.intersection(&known.value).copied().collect();
                self.is_never |= kinds.is_empty();
            }
            self.kinds = Some(Held {
                value: kinds,
                at: member.at,
            });
        }
        for keyword in ["enum", "const"] {
            let Some(member) = part.member(keyword) else {
                continue;
            };
            let mut values: Vec<&Value> = match (keyword, member.value) {
                ("enum", Value::Array(values)) => values.iter().collect(),
                (_, value) => vec![value],
            };
            if let Some(known) = &self.values {
                values.retain(|value| known.value.contains(value));
                self.is_never |= values.is_empty();
            }
            self.values = Some(Held {
                value: values,
                at: member.at,
            });
        }
        if let Some(member) = part.member("default") {
            self.given.insert(0, member.value);
            self.default.get_or_insert(Held {
                value: member.value,
                at: member.at,
            });
        }
        self.given.extend(part.value.get("example"));
        let examples = part.value.get("examples").and_then(Value::as_array);
        self.given.extend(examples.into_iter().flatten());
    }

    fn lay_numbers(&mut self, part: &Part<'s>) {
        for (keyword, is_low, is_excluded) in [
            ("minimum", true, false),
            ("exclusiveMinimum", true, true),
            ("maximum", false, false),
            ("exclusiveMaximum", false, true),
        ] {
            let Some(member) = part.member(keyword) else {
                continue;
            };
            let Some(bound) = Decimal::of(member.value) else {
                continue;
            };
            let known = if is_low {
                &mut self.low
            } else {
                &mut self.high
            };
            let is_stricter = known.as_ref().is_none_or(|known| {
                let order = bound.compare(known.value.0);
                let order = if is_low { order } else { order.reverse() };
                order.is_gt() || (order.is_eq() && is_excluded)
            });
            if is_stricter {
                *known = Some(Held {
                    value: (bound, is_excluded),
                    at: member.at,
                });
            }
        }
        if let Some(member) = part.member("multipleOf")
            && let Some(value) = Decimal::of(member.value)
        {
            self.multiples.push(Held {
                value,
                at: member.at,
            });
        }
    }

    fn lay_object(&mut self, part: &Part<'s>) {
        for (name, property) in part.members("properties") {
            self.properties
                .entry(name)
                .or_default()
                .parts
                .push(property);
        }
        for (pattern, part) in part.members("patternProperties") {
            self.pattern_properties.push((pattern, part.into()));
        }
        for item in part.items("required") {
            if let Some(name) = item.value.as_str() {
                let at = part.at.below("required");
                self.required.entry(name).or_insert(at);
            }
        }
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if let Some(member) = part.member(keyword) {
                let is_closed = self
                    .additional
                    .as_ref()
                    .is_some_and(|known| known.value == false);
                if !is_closed {
                    self.additional = Some(member);
                }
            }
        }
        self.names.parts.extend(part.member("propertyNames"));
        for (name, member) in part.members("dependentRequired") {
            let names = member.value.as_array().into_iter().flatten();
            let names = names.filter_map(Value::as_str).collect();
            self.dependent.push(Held {
                value: (name, names),
                at: member.at,
            });
        }
    }

    fn lay_array(&mut self, part: &Part<'s>) {
        for (index, item) in part.items("prefixItems").into_iter().enumerate() {
            if let Some(known) = self.prefix.get_mut(index) {
                known.parts.push(item);
            } else {
                self.prefix.push(item.into());
            }
        }
        if let Some(items) = part.member("items") {
            self.items.get_or_insert_default().parts.push(items);
        }
        if let Some(wanted) = part.member("contains") {
            self.contains.get_or_insert_default().parts.push(wanted);
        }
        if let Some(member) = part
            .member("uniqueItems")
            .filter(|member| member.value == true)
        {
            self.unique.get_or_insert(member.at);
        }
    }

    fn discriminate(&mut self, source: Source<'s>, part: &Part<'s>, choice: &Choice<'s>) {
        let discriminator = part.value.get("discriminator");
        let name = discriminator.and_then(|found| found.get("propertyName")?.as_str());
        let branch = choice.branches.get(choice.taken);
        let (Some(name), Some(branch)) = (name, branch.and_then(|branch| branch.parts.first()))
        else {
            return;
        };
        let Some(reference) = branch.value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        let mapping = discriminator.and_then(|found| found.get("mapping")?.as_object());
        let mapped = mapping
            .into_iter()
            .flatten()
            .find(|(_, target)| **target == reference);
        let value = match mapped {
            Some((key, _)) => Some(key.clone()),
            // Without a mapping the name of the schema is the value.
            None => source.step(branch).and_then(|target| {
                let definition = target.at.definition?;
                Some(definition.split('.').next()?.to_owned())
            }),
        };
        if let Some(value) = value {
            self.discriminated.insert(name, value);
        }
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

fn text<'s>(part: &Part<'s>, keyword: &str) -> Option<Held<'s, &'s str>> {
    let member = part.member(keyword)?;
    Some(Held {
        value: member.value.as_str()?,
        at: member.at,
    })
}

fn choices<'s>(part: &Part<'s>) -> Vec<Choice<'s>> {
    let mut choices = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        let branches: Vec<Node<'s>> = part.items(keyword).into_iter().map(Node::from).collect();
        if !branches.is_empty() {
            choices.push(Choice {
                keyword,
                at: part.at.below(keyword),
                branches,
                taken: 0,
            });
        }
    }
    if let Some(condition) = part.member("if") {
        let mut holds = Node::from(condition);
        holds.parts.extend(part.member("then"));
        let fails = Node {
            parts: part.member("else").into_iter().collect(),
        };
        choices.push(Choice {
            keyword: "if",
            at: part.at.below("if"),
            branches: vec![holds, fails],
            taken: 0,
        });
    }
    choices
}

impl Kind {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Number,
        Self::String,
        Self::Array,
        Self::Object,
    ];

    /// As schemas write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// From a schema's `type`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The type of a value; whole numbers are integers.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
}
