//! How a part's keywords are laid over those of the other parts: the strictest holds.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Choice, Held, Kind, Shape};
use crate::generate::{
    node::{Node, Part, Source},
    number::Decimal,
};

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
    pub(super) fn lay(&mut self, part: &Part<'s>) {
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

    pub(super) fn discriminate(
        &mut self,
        source: Source<'s>,
        part: &Part<'s>,
        choice: &Choice<'s>,
    ) {
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
}

fn text<'s>(part: &Part<'s>, keyword: &str) -> Option<Held<'s, &'s str>> {
    let member = part.member(keyword)?;
    Some(Held {
        value: member.value.as_str()?,
        at: member.at,
    })
}

pub(super) fn choices<'s>(part: &Part<'s>) -> Vec<Choice<'s>> {
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
