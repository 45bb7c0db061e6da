//! Unions with a discriminator.

use super::Lowering;
use super::drafts::Pending;
use super::keywords::DISCRIMINATOR;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Choice, Union, UnionVariant};
use crate::names;
use crate::resolve::Reference;
use crate::tree::Node;

impl<'d> Lowering<'d> {
    pub(super) fn tagged(
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
        let target = crate::resolve::locate(self.document, node.span.file, &parsed);
        if target.is_none() {
            let message = format!("the mapping to `{text}` leads nowhere");
            self.report(
                Diagnostic::at(codes::UNRESOLVED_REF, node, message)
                    .help("name a schema that exists: \"#/components/schemas/…\""),
            );
        }
        target
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
        let fixed = inner.constant.or(match inner.values.as_slice() {
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
}
