//! Several schemas that must hold at once (`$ref` with siblings, `allOf`) as one.

use indexmap::IndexMap;

use super::Lowering;
use super::raw::{Count, Kind, Limit, Raw};
use crate::diagnostics::{Diagnostic, codes};
use crate::tree::{Decimal, Member, Node};

/// How deep `allOf` may nest through references.
pub(super) const MAX_PARTS_DEPTH: usize = 200;

/// Schemas that hold together at one place. Almost always just one.
pub(super) type Together<'d> = Vec<&'d Node>;

/// What schemas say together.
#[derive(Debug, Default)]
pub(super) struct Flat<'d> {
    /// The allowed types without null; `None` when no part says any.
    pub kinds: Option<Vec<Kind>>,
    /// Whether null is allowed; `None` when no part says.
    pub null: Option<bool>,
    pub format: Option<&'d Node>,
    /// Every `enum`; values must be in all of them.
    pub values: Vec<&'d [Node]>,
    pub constant: Option<&'d Node>,
    pub min_length: Count<'d>,
    pub max_length: Count<'d>,
    pub min_items: Count<'d>,
    pub max_items: Count<'d>,
    pub min_properties: Count<'d>,
    pub max_properties: Count<'d>,
    pub unique_items: Option<&'d Node>,
    pub patterns: Vec<&'d Node>,
    pub minimum: Limit<'d>,
    pub maximum: Limit<'d>,
    pub exclusive_minimum: Limit<'d>,
    pub exclusive_maximum: Limit<'d>,
    pub multiple_of: Limit<'d>,
    pub items: Together<'d>,
    pub properties: IndexMap<&'d str, Together<'d>>,
    pub required: Vec<&'d Node>,
    /// Every `additionalProperties`, with how many parts there are that it does not see.
    pub additional: Vec<&'d Node>,
    pub unevaluated: Option<&'d Node>,
    pub union: Option<(&'d Member, &'d Node)>,
    pub discriminator: Option<&'d Node>,
    pub state_machine: Option<&'d Node>,
}

impl<'d> Lowering<'d> {
    /// Combines schemas that must hold together, `$ref` and `allOf` included.
    pub(super) fn flatten(&self, nodes: &[&'d Node]) -> Flat<'d> {
        let mut flat = Flat::default();
        let mut open = Vec::new();
        let mut parts = 0;
        for node in nodes {
            self.merge(node, &mut flat, &mut open, &mut parts);
        }
        self.check_closed_parts(&flat, parts);
        self.check_required(&flat);
        flat
    }

    fn merge(
        &self,
        node: &'d Node,
        flat: &mut Flat<'d>,
        open: &mut Vec<&'d Node>,
        parts: &mut usize,
    ) {
        if open.iter().any(|outer| outer.id == node.id) {
            self.report(
                Diagnostic::at(
                    codes::INFINITE_TYPE,
                    node,
                    "this schema is a part of itself",
                )
                .label("its `allOf` or `$ref` leads back here")
                .help("let the cycle pass through a property, an item or an alternative"),
            );
            return;
        }
        if open.len() > MAX_PARTS_DEPTH {
            self.report(
                Diagnostic::at(codes::TOO_DEEP, node, "`allOf` nests too deeply")
                    .help("combine the schemas in fewer steps"),
            );
            return;
        }
        open.push(node);
        let raw = self.raw(node);
        if let Some(target) = raw.reference {
            self.merge(target, flat, open, parts);
        }
        for part in raw.all_of {
            self.merge(part, flat, open, parts);
        }
        open.pop();
        self.merge_types(&raw, flat);
        self.merge_limits(&raw, flat);
        self.merge_values(&raw, flat);
        merge_object(&raw, flat, parts);
    }

    fn merge_types(&self, raw: &Raw<'d>, flat: &mut Flat<'d>) {
        if let Some(kinds) = &raw.kinds {
            flat.kinds = Some(match flat.kinds.take() {
                None => kinds.clone(),
                Some(before) => {
                    let both = common(&before, kinds);
                    if both.is_empty() && !(before.is_empty() && kinds.is_empty()) {
                        self.contradiction(raw.node, "types that exclude each other");
                    }
                    both
                }
            });
        }
        if let Some(null) = raw.null {
            flat.null = Some(flat.null.unwrap_or(true) && null);
        }
        if let Some(format) = raw.format {
            match flat.format {
                Some(before) if before.as_str() != format.as_str() => self.report(
                    Diagnostic::at(codes::CONTRADICTION, format, "two formats for one value")
                        .related(before.span, "the other one")
                        .help("keep the one that is meant"),
                ),
                _ => flat.format = Some(format),
            }
        }
    }

    fn merge_limits(&self, raw: &Raw<'d>, flat: &mut Flat<'d>) {
        larger(&mut flat.min_length, raw.min_length);
        larger(&mut flat.min_items, raw.min_items);
        larger(&mut flat.min_properties, raw.min_properties);
        smaller(&mut flat.max_length, raw.max_length);
        smaller(&mut flat.max_items, raw.max_items);
        smaller(&mut flat.max_properties, raw.max_properties);
        tighter(&mut flat.minimum, raw.minimum, |new, old| new > old);
        tighter(
            &mut flat.exclusive_minimum,
            raw.exclusive_minimum,
            |new, old| new > old,
        );
        tighter(&mut flat.maximum, raw.maximum, |new, old| new < old);
        tighter(
            &mut flat.exclusive_maximum,
            raw.exclusive_maximum,
            |new, old| new < old,
        );
        match (flat.multiple_of, raw.multiple_of) {
            (Some((a, _)), Some((b, node))) if a.as_f64() != b.as_f64() => self.report(
                Diagnostic::at(
                    codes::UNSUPPORTED_VALUE,
                    node,
                    "two different `multipleOf` for one value are not supported",
                )
                .help("write their least common multiple once"),
            ),
            (None, new) => flat.multiple_of = new,
            _ => {}
        }
        flat.unique_items = flat.unique_items.or(raw.unique_items);
        flat.patterns.extend(
            raw.pattern
                .filter(|new| !flat.patterns.iter().any(|old| old.same_value(new))),
        );
    }

    fn merge_values(&self, raw: &Raw<'d>, flat: &mut Flat<'d>) {
        flat.values.extend(raw.values);
        match (flat.constant, raw.constant) {
            (Some(a), Some(b)) if !a.same_value(b) => {
                self.contradiction(b, "two different constants");
            }
            (None, new) => flat.constant = new,
            _ => {}
        }
        if let Some(member) = raw.union {
            if let Some((other, _)) = flat.union {
                self.report(
                    Diagnostic::at_key(
                        codes::UNSUPPORTED_VALUE,
                        member,
                        "two unions that must hold at once are not supported",
                    )
                    .related(other.key, "the other one")
                    .help("give each a property of its own"),
                );
            }
            flat.union = Some((member, raw.node));
        }
        if let Some(discriminator) = raw.discriminator {
            // In an `allOf` parent without alternatives the discriminator would name subtypes that
            // the parent does not list.
            if raw.union.is_none() {
                self.report(
                    Diagnostic::at(codes::BAD_DISCRIMINATOR, discriminator, "a discriminator without `oneOf` or `anyOf` beside it")
                        .note("which schemas extend this one by `allOf` is not written here")
                        .help("list the alternatives with `oneOf` in a schema of its own and put the discriminator there"),
                );
            }
            flat.discriminator = Some(discriminator);
        }
        flat.state_machine = flat.state_machine.or(raw.state_machine);
    }

    fn check_closed_parts(&self, flat: &Flat<'d>, parts: usize) {
        if parts < 2 {
            return;
        }
        for node in flat
            .additional
            .iter()
            .filter(|node| node.as_bool() == Some(false))
        {
            self.report(
                Diagnostic::at(codes::CONTRADICTION, node, "`additionalProperties: false` in one part of an `allOf` forbids the properties of the others")
                    .label("this sees only the properties beside it")
                    .help("write `unevaluatedProperties: false` on the schema that has the `allOf` (OpenAPI 3.1), or leave the parts open"),
            );
        }
    }

    fn check_required(&self, flat: &Flat<'d>) {
        if flat.union.is_some() {
            return;
        }
        for name in &flat.required {
            let text = name.as_str().unwrap_or_default();
            if flat.properties.contains_key(text) {
                continue;
            }
            let near = crate::resolve::nearest(text, flat.properties.keys().copied());
            self.report(
                Diagnostic::at(
                    codes::REQUIRED_UNDECLARED,
                    name,
                    format!("the required property `{text}` is not declared"),
                )
                .label("`properties` has no such name")
                .help(near.map_or_else(
                    || format!("declare `{text}` under `properties`, or remove it here"),
                    |near| format!("did you mean `{near}`?"),
                )),
            );
        }
    }

    pub(super) fn contradiction(&self, node: &Node, what: &str) {
        self.report(
            Diagnostic::at(
                codes::CONTRADICTION,
                node,
                format!("schemas that hold together have {what}"),
            )
            .note("no value satisfies all of them")
            .help("change one of them, or do not combine them"),
        );
    }
}

fn merge_object<'d>(raw: &Raw<'d>, flat: &mut Flat<'d>, parts: &mut usize) {
    flat.items.extend(raw.items);
    if let Some(properties) = raw.properties {
        *parts += usize::from(!properties.is_empty());
        for (name, member) in properties {
            let together = flat.properties.entry(name.as_str()).or_default();
            if !together.iter().any(|known| known.id == member.node.id) {
                together.push(&member.node);
            }
        }
    }
    flat.required
        .extend(raw.required.iter().filter(|node| node.as_str().is_some()));
    flat.additional.extend(raw.additional);
    flat.unevaluated = flat.unevaluated.or(raw.unevaluated);
}

fn common(a: &[Kind], b: &[Kind]) -> Vec<Kind> {
    let mut both = Vec::new();
    for kind in a {
        match kind {
            Kind::Number if b.contains(&Kind::Integer) && !b.contains(&Kind::Number) => {
                both.push(Kind::Integer);
            }
            Kind::Integer if b.contains(&Kind::Number) => both.push(Kind::Integer),
            kind if b.contains(kind) => both.push(*kind),
            _ => {}
        }
    }
    both.dedup();
    both
}

fn larger<'d>(into: &mut Count<'d>, new: Count<'d>) {
    if new.is_some_and(|(new, _)| into.is_none_or(|(old, _)| new > old)) {
        *into = new;
    }
}

fn smaller<'d>(into: &mut Count<'d>, new: Count<'d>) {
    if new.is_some_and(|(new, _)| into.is_none_or(|(old, _)| new < old)) {
        *into = new;
    }
}

fn tighter<'d>(into: &mut Limit<'d>, new: Limit<'d>, wins: fn(f64, f64) -> bool) {
    let value = |number: &Decimal| number.as_f64().unwrap_or_default();
    if new.is_some_and(|(new, _)| into.is_none_or(|(old, _)| wins(value(new), value(old)))) {
        *into = new;
    }
}
