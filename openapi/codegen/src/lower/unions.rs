//! `oneOf` and `anyOf`: alternatives that a reader can tell apart.

use super::Lowering;
use super::drafts::Pending;
use super::flat::Flat;
use super::keywords::DISCRIMINATOR;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Choice, Type, Union, UnionVariant};
use crate::names;
use crate::resolve::Reference;
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

    fn tagged(
        &mut self,
        pending: &Pending<'d>,
        alternatives: &[&'d Node],
        node: &'d Node,
    ) -> Option<Union> {
        let object = self.object(node, DISCRIMINATOR)?;
        let Some(property) = object
            .get("propertyName")
            .and_then(|member| self.text(Some(&member.node)))
        else {
            self.report(
                Diagnostic::at(
                    codes::MISSING_KEYWORD,
                    node,
                    "a discriminator needs `propertyName`",
                )
                .help("name the property that tells the alternatives apart"),
            );
            return None;
        };
        let mapping = object.get("mapping").map(|member| &member.node);
        let mut mapped: Vec<(&'d str, &'d Node, &'d Node)> = Vec::new();
        if let Some(map) = mapping.and_then(|node| self.object_of(node, "mapping")) {
            for (tag, member) in map {
                if let Some(target) = self.mapping_target(&member.node) {
                    mapped.push((tag, target, &member.node));
                }
            }
        }
        let mut variants = Vec::new();
        for alternative in alternatives {
            variants.extend(self.tagged_variant(pending, alternative, property, &mapped));
        }
        self.check_mapping(alternatives, &mapped);
        self.distinct_tags(&variants);
        self.finish_union(
            variants,
            Choice::Discriminator {
                property: property.to_owned(),
            },
        )
    }

    fn mapping_target(&self, node: &'d Node) -> Option<&'d Node> {
        let text = self.text(Some(node))?;
        // A bare name means a component; anything with `#` or `/` or a file's ending is a reference.
        let reference = if text.contains(['#', '/', '.']) {
            text.to_owned()
        } else {
            format!("#/components/schemas/{text}")
        };
        let parsed = Reference::parse(&reference).ok()?;
        match crate::resolve::locate(self.document, node.span.file, &parsed) {
            Some(target) => Some(target),
            None => {
                self.report(
                    Diagnostic::at(
                        codes::UNRESOLVED_REF,
                        node,
                        format!("the mapping to `{text}` leads nowhere"),
                    )
                    .help("name a schema that exists: \"#/components/schemas/…\""),
                );
                None
            }
        }
    }

    fn tagged_variant(
        &mut self,
        pending: &Pending<'d>,
        alternative: &'d Node,
        property: &str,
        mapped: &[(&'d str, &'d Node, &'d Node)],
    ) -> Option<UnionVariant> {
        let essence = self.essence(&[alternative]);
        let target = *essence.nodes.first()?;
        let flat = self.flatten(&essence.nodes);
        let Some(together) = flat.properties.get(property) else {
            self.bad_alternative(
                alternative,
                &format!("this alternative does not declare the property `{property}`"),
            );
            return None;
        };
        let inner = self.flatten(&self.essence(together).nodes);
        let fixed = inner.constant.or_else(|| match inner.values.as_slice() {
            [[only]] => Some(only),
            _ => None,
        });
        let Some(tag) = fixed.and_then(Node::as_str) else {
            self.bad_alternative(
                alternative,
                &format!("`{property}` has no fixed value in this alternative"),
            );
            return None;
        };
        if !flat
            .required
            .iter()
            .any(|node| node.as_str() == Some(property))
        {
            self.bad_alternative(
                alternative,
                &format!("`{property}` is not required in this alternative"),
            );
        }
        for (key, _, node) in mapped
            .iter()
            .filter(|(_, mapped, _)| self.same_schema(mapped, target))
        {
            if *key != tag {
                self.report(
                    Diagnostic::at(
                        codes::BAD_DISCRIMINATOR,
                        node,
                        format!("the mapping says \"{key}\" where the schema says \"{tag}\""),
                    )
                    .related(fixed.unwrap_or(target).span, "the fixed value")
                    .help("make the two agree"),
                );
            }
        }
        let hint = self
            .component_name(target, essence.referenced)
            .unwrap_or_else(|| tag.to_owned());
        let lowered =
            self.lower_use(&[alternative], pending.direction, &pending.hint.part(&hint))?;
        let ident = names::type_ident(&names::type_name(&hint)?);
        Some(UnionVariant {
            ident,
            ty: lowered.ty,
            tag: tag.to_owned(),
            place: self.place(alternative),
        })
    }

    fn same_schema(&self, a: &'d Node, b: &'d Node) -> bool {
        let ids = |node| {
            self.essence(&[node])
                .nodes
                .iter()
                .map(|node| node.id)
                .collect::<Vec<_>>()
        };
        ids(a) == ids(b)
    }

    fn check_mapping(&self, alternatives: &[&'d Node], mapped: &[(&'d str, &'d Node, &'d Node)]) {
        for (key, target, node) in mapped {
            if !alternatives
                .iter()
                .any(|alternative| self.same_schema(alternative, target))
            {
                self.report(
                    Diagnostic::at(
                        codes::BAD_DISCRIMINATOR,
                        node,
                        format!("the mapping of \"{key}\" is not among the alternatives"),
                    )
                    .help("list the schema under `oneOf`, or remove it here"),
                );
            }
        }
    }

    fn bad_alternative(&self, node: &Node, message: &str) {
        self.report(
            Diagnostic::at(codes::BAD_DISCRIMINATOR, node, message)
                .note("the discriminator tells alternatives apart by a required property with one fixed value in each")
                .help("declare it in the alternative: `kind: {type: string, const: …}`, and list it under `required`"),
        );
    }

    fn distinct_tags(&self, variants: &[UnionVariant]) {
        for (at, variant) in variants.iter().enumerate() {
            if let Some(before) = variants
                .iter()
                .take(at)
                .find(|before| before.tag == variant.tag)
            {
                let message = format!("two alternatives have the tag \"{}\"", variant.tag);
                self.report(
                    self.diagnostic_at(codes::AMBIGUOUS_UNION, &variant.place, message)
                        .related(self.span_of(&before.place), "the other one")
                        .help("give each alternative a value of its own"),
                );
            }
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
        let kind = match flat.kinds.as_deref() {
            Some([kind]) => *kind,
            _ => {
                self.report(
                    Diagnostic::at(
                        codes::NO_TYPE,
                        alternative,
                        "an alternative without one `type`",
                    )
                    .help("give every alternative a `type`"),
                );
                return None;
            }
        };
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

    fn finish_union(&self, variants: Vec<UnionVariant>, choice: Choice) -> Option<Union> {
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
