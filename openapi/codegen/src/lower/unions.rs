//! `oneOf` and `anyOf`: alternatives that a reader can tell apart.

use super::Lowering;
use super::drafts::Pending;
use super::flat::Flat;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Choice, Type, Union, UnionVariant};
use crate::names;
use crate::tree::{Member, Node};

impl<'d> Lowering<'d> {
    /// A queued union.
    pub(super) fn union(
        &mut self,
        pending: &Pending<'d>,
        flat: &Flat<'d>,
        member: &'d Member,
        schema: &'d Node,
    ) -> Option<Union> {
        if let Some(node) = beside(flat) {
            self.report(
                Diagnostic::at(
                    codes::UNSUPPORTED_VALUE,
                    node,
                    "keywords beside `oneOf` or `anyOf` are not supported yet",
                )
                .related(member.key, "the alternatives")
                .help("repeat them in every alternative, for objects by `allOf`"),
            );
            return None;
        }
        let only_objects = flat.kinds.as_deref() == Some(&[super::raw::Kind::Object]);
        if flat.kinds.is_some() && !(only_objects && flat.discriminator.is_some()) {
            self.report(
                Diagnostic::at_key(
                    codes::UNSUPPORTED_VALUE,
                    member,
                    "`type` beside alternatives is not supported yet",
                )
                .related(schema.span, "in this schema")
                .help("write the `type` in each alternative only"),
            );
            return None;
        }
        let alternatives: Vec<&'d Node> = member
            .node
            .as_array()?
            .iter()
            .filter(|node| !self.is_null(node))
            .collect();
        match flat.discriminator {
            Some(node) => self.tagged(pending, &alternatives, node),
            None => self.by_type(pending, &alternatives, member, schema),
        }
    }

    fn by_type(
        &mut self,
        pending: &Pending<'d>,
        alternatives: &[&'d Node],
        member: &'d Member,
        schema: &'d Node,
    ) -> Option<Union> {
        let mut variants: Vec<(&'static str, UnionVariant)> = Vec::new();
        let mut complete = true;
        for alternative in alternatives {
            let Some((kind, variant)) = self.typed_variant(pending, alternative) else {
                complete = false;
                continue;
            };
            let same = |known: &str| {
                known == kind
                    || matches!((known, kind), ("Integer", "Number") | ("Number", "Integer"))
            };
            if let Some((_, before)) = variants.iter().find(|(known, _)| same(known)) {
                let objects = kind == "Object";
                self.report(
                    Diagnostic::at(codes::AMBIGUOUS_UNION, alternative, "two alternatives have the same JSON type")
                        .label("cannot be told from the other one")
                        .related(self.span_of(&before.place), "the other one")
                        .note("which of them a value is must be plain from the value alone")
                        .help(if objects {
                            "add a `discriminator` whose property has one fixed value (`const`) in each alternative"
                        } else {
                            "join them into one schema, or wrap them into objects with a discriminator"
                        }),
                );
                complete = false;
            } else {
                variants.push((kind, variant));
            }
        }
        if !complete {
            return None;
        }
        if variants.is_empty() {
            self.report(
                Diagnostic::at_key(codes::CONTRADICTION, member, "no alternative but null")
                    .related(schema.span, "in this schema")
                    .help("list what the value can be"),
            );
            return None;
        }
        self.finish_union(
            variants.into_iter().map(|(_, variant)| variant).collect(),
            Choice::JsonType,
        )
    }

    fn typed_variant(
        &mut self,
        pending: &Pending<'d>,
        alternative: &'d Node,
    ) -> Option<(&'static str, UnionVariant)> {
        let flat = self.flatten(&self.essence(&[alternative]).nodes);
        if flat.union.is_some() {
            self.report(
                Diagnostic::at(
                    codes::UNSUPPORTED_VALUE,
                    alternative,
                    "a union inside a union is not supported yet",
                )
                .help("list all alternatives in one `oneOf`"),
            );
            return None;
        }
        let Some([kind]) = flat.kinds.as_deref() else {
            self.report(
                Diagnostic::at(
                    codes::NO_TYPE,
                    alternative,
                    "an alternative without one `type`",
                )
                .help("give every alternative a `type`"),
            );
            return None;
        };
        let kind = *kind;
        let name = match kind {
            super::raw::Kind::Bool => "Boolean",
            super::raw::Kind::Integer => "Integer",
            super::raw::Kind::Number => "Number",
            super::raw::Kind::String => "Text",
            super::raw::Kind::Array => "List",
            super::raw::Kind::Object => "Object",
        };
        let lowered =
            self.lower_use(&[alternative], pending.direction, &pending.hint.part(name))?;
        let ident = match &lowered.ty.ty {
            Type::Named(_) => {
                self.component_name(*lowered.essence.nodes.first()?, lowered.essence.referenced)
            }
            _ => None,
        };
        let ident = names::type_ident(
            &ident
                .as_deref()
                .and_then(names::type_name)
                .unwrap_or_else(|| name.to_owned()),
        );
        Some((
            name,
            UnionVariant {
                ident,
                ty: lowered.ty,
                tag: String::new(),
                place: self.place(alternative),
            },
        ))
    }

    pub(super) fn finish_union(
        &self,
        variants: Vec<UnionVariant>,
        choice: Choice,
    ) -> Option<Union> {
        for (at, variant) in variants.iter().enumerate() {
            if let Some(before) = variants
                .iter()
                .take(at)
                .find(|before| before.ident == variant.ident)
            {
                self.collision(
                    &variant.place,
                    &before.place,
                    "alternative",
                    variant.ident.as_str(),
                );
                return None;
            }
        }
        (!variants.is_empty()).then_some(Union { choice, variants })
    }
}

/// A keyword beside the alternatives that would have to hold as well.
fn beside<'d>(flat: &Flat<'d>) -> Option<&'d Node> {
    let property = flat
        .properties
        .values()
        .next()
        .and_then(|together| together.first().copied());
    property
        .or(flat.additional.first().copied())
        .or(flat.unevaluated)
        .or(flat.items.first().copied())
        .or(flat.patterns.first().copied())
        .or(flat.format)
        .or(flat.values.first().and_then(|values| values.first()))
        .or(flat.constant)
        .or(flat.required.first().copied())
        .or(flat.state_machine)
}
