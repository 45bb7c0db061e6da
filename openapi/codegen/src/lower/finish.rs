//! The last steps: views that are equal become one, names, boxes, order.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::drafts::{Direction, Draft};
use super::graph::{components, each_use, each_use_mut, finite, leads_to, reach};
use super::views::{joined_views, renumber_kind, renumber_operation};
use super::{Lowering, Seen};
use crate::diagnostics::codes;
use crate::ir::{
    Api, Doc, DocumentInfo, FieldContent, Ident, Operation, Place, Tag, Type, TypeDef, TypeId,
    TypeKind, TypeUse, Usage,
};
use crate::names;
use crate::tree::Node;

impl<'d> Lowering<'d> {
    /// Puts the finished parts together. `None` after a reported problem.
    pub(super) fn finish(&mut self, info: DocumentInfo, root: &'d Node) -> Option<Api> {
        let mut drafts = std::mem::take(&mut self.drafts);
        let mut operations = std::mem::take(&mut self.operations);
        let same = joined_views(&drafts);
        let canonical = |id: TypeId| same.get(id.0).copied().unwrap_or(id);
        let mut kinds: Vec<TypeKind> = drafts
            .iter_mut()
            .map(|draft| draft.kind.take())
            .collect::<Option<_>>()?;
        for kind in &mut kinds {
            renumber_kind(kind, &canonical);
        }
        for operation in &mut operations {
            renumber_operation(operation, &canonical);
        }
        let usage = self.usage(&kinds, &operations, &canonical);
        let kept = order(&drafts, &usage, &canonical);
        let position: HashMap<TypeId, TypeId> = kept
            .iter()
            .enumerate()
            .map(|(at, id)| (*id, TypeId(at)))
            .collect();
        let moved = |id: TypeId| position.get(&id).copied().unwrap_or(id);
        let used_views: HashSet<(Vec<_>, Direction)> = kept
            .iter()
            .filter_map(|id| drafts.get(id.0))
            .map(|draft| (draft.key.clone(), draft.direction))
            .collect();
        let names = self.type_names(&drafts, &kept, &used_views, &operations)?;
        let mut types = Vec::with_capacity(kept.len());
        for (at, (id, name)) in kept.iter().zip(names).enumerate() {
            let (draft, kind) = (drafts.get(id.0)?, kinds.get(id.0)?);
            let mut kind = kind.clone();
            renumber_kind(&mut kind, &moved);
            types.push(TypeDef {
                id: TypeId(at),
                name,
                schema_name: draft.hint.name.clone(),
                doc: draft.doc.clone(),
                kind,
                usage: usage.get(id.0).copied().unwrap_or_default(),
                deprecated: draft.deprecated,
                place: draft.place.clone(),
            });
        }
        for operation in &mut operations {
            renumber_operation(operation, &moved);
        }
        self.box_cycles(&mut types);
        self.check_sources(&types, &operations);
        let error_codes = self
            .error_enum
            .as_ref()
            .map(|(id, _)| moved(canonical(*id)));
        let tags = self.tag_list(root, &operations);
        Some(Api {
            document: info,
            module: self.module(),
            types,
            tags,
            schemes: self.schemes.clone(),
            error_codes,
        })
    }

    fn usage(
        &self,
        kinds: &[TypeKind],
        operations: &[Operation],
        canonical: &dyn Fn(TypeId) -> TypeId,
    ) -> Vec<Usage> {
        let kinds: Vec<&TypeKind> = kinds.iter().collect();
        let mut request = Seen::new();
        let mut response = Seen::new();
        let mut error = Seen::new();
        for operation in operations {
            let parameters = operation
                .parameters
                .iter()
                .chain(&operation.runtime_parameters);
            let uses = parameters
                .map(|parameter| &parameter.ty)
                .chain(operation.body.iter().map(|body| &body.ty));
            reach(&kinds, uses.filter_map(leads_to), &mut request);
            let replies = operation.replies.iter().chain(&operation.typed_errors);
            let uses = replies.flat_map(|reply| {
                reply
                    .body
                    .iter()
                    .map(|body| &body.ty)
                    .chain(reply.headers.iter().map(|header| &header.ty))
            });
            reach(&kinds, uses.filter_map(leads_to), &mut response);
        }
        let roots = self
            .error_roots
            .iter()
            .copied()
            .chain(self.error_enum.as_ref().map(|(id, _)| *id));
        reach(&kinds, roots.map(canonical), &mut error);
        (0..kinds.len())
            .map(TypeId)
            .map(|id| Usage {
                request: request.contains(&id),
                response: response.contains(&id),
                error: error.contains(&id),
            })
            .collect()
    }

    /// The name of every kept definition. Names of operations come first, as handlers rely on them.
    fn type_names(
        &self,
        drafts: &[Draft],
        kept: &[TypeId],
        views: &HashSet<(Vec<crate::tree::NodeId>, Direction)>,
        operations: &[Operation],
    ) -> Option<Vec<Ident>> {
        let mut taken: BTreeMap<String, Place> = BTreeMap::new();
        for operation in operations {
            for name in [
                &operation.request_type,
                &operation.ok_type,
                &operation.error_type,
            ] {
                taken.insert(name.as_str().to_owned(), operation.place.clone());
            }
            if let Some(tag) = names::type_name(&operation.tag) {
                taken.insert(format!("{tag}Api"), operation.place.clone());
                taken.insert(format!("{tag}Routes"), operation.place.clone());
            }
        }
        let reserved: HashSet<String> = taken.keys().cloned().collect();
        let mut out = Vec::new();
        let mut fine = true;
        for id in kept {
            let draft = drafts.get(id.0)?;
            let Some(mut name) = names::type_name(&draft.hint.name) else {
                self.report(
                    self.diagnostic_at(
                        codes::NO_NAME,
                        &draft.place,
                        format!("the schema `{}` has no name in Rust", draft.hint.name),
                    )
                    .help("rename it"),
                );
                return None;
            };
            if draft.direction == Direction::Request
                && views.contains(&(draft.key.clone(), Direction::Response))
            {
                name.push_str("Input");
            }
            if reserved.contains(&name) {
                name.push_str("Body");
            }
            if let Some(first) = taken.get(&name) {
                self.collision(&draft.place, first, "schema", &name);
                fine = false;
            }
            taken.insert(name.clone(), draft.place.clone());
            out.push(names::type_ident(&name));
        }
        fine.then_some(out)
    }

    /// Boxes what closes a cycle, and refuses types without an end.
    fn box_cycles(&self, types: &mut [TypeDef]) {
        let kinds: Vec<&TypeKind> = types.iter().map(|def| &def.kind).collect();
        let component = components(&kinds);
        let finite = finite(&kinds);
        for (def, finite) in types.iter().zip(&finite) {
            if !finite {
                self.report(
                    self.diagnostic_at(
                        codes::INFINITE_TYPE,
                        &def.place,
                        format!(
                            "every value of `{}` would contain another one",
                            def.schema_name
                        ),
                    )
                    .note("no value has an end")
                    .help("make a link of the cycle optional, nullable or an array"),
                );
            }
        }
        for (at, def) in types.iter_mut().enumerate() {
            let own = component.get(at).copied();
            each_use_mut(&mut def.kind, &mut |ty| {
                if let Type::Named(id) = ty.ty {
                    ty.boxed = component.get(id.0).copied() == own;
                }
            });
        }
    }

    /// `x-source` members only work where the runtime writes: at the top of a response body.
    fn check_sources(&self, types: &[TypeDef], operations: &[Operation]) {
        let source = |id: TypeId| match types.get(id.0).map(|def| &def.kind) {
            Some(TypeKind::Struct(structure)) => structure
                .fields
                .iter()
                .find(|field| matches!(field.content, FieldContent::Source(_))),
            _ => None,
        };
        let nested = |ty: &TypeUse, top: bool| {
            let direct = top && matches!(ty.ty, Type::Named(_)) && !ty.nullable;
            let Some(field) = leads_to(ty).and_then(source).filter(|_| !direct) else {
                return;
            };
            self.report(
                self.diagnostic_at(
                    codes::BAD_SOURCE,
                    &field.place,
                    format!(
                        "`{}` stands in an object that is nested in an answer",
                        field.wire
                    ),
                )
                .related(self.span_of(&ty.place), "nested here")
                .note("the runtime writes only at the top level of a body")
                .help("remove `x-source`, or use a schema of its own for the nested object"),
            );
        };
        for def in types
            .iter()
            .filter(|def| def.usage.request || def.usage.response)
        {
            each_use(&def.kind, &mut |ty, _| nested(ty, false));
        }
        for reply in operations
            .iter()
            .flat_map(|operation| operation.replies.iter().chain(&operation.typed_errors))
        {
            if let Some(body) = &reply.body {
                nested(&body.ty, true);
            }
        }
    }

    fn tag_list(&self, root: &'d Node, operations: &[Operation]) -> Vec<Tag> {
        let declared = root
            .get("tags")
            .and_then(Node::as_array)
            .unwrap_or_default();
        let mut tags: Vec<Tag> = Vec::new();
        let mut wanted: Vec<(String, Option<String>, Place)> = declared
            .iter()
            .filter_map(|tag| {
                let name = tag.get("name")?.as_str()?.to_owned();
                Some((
                    name,
                    tag.get("description")
                        .and_then(Node::as_str)
                        .map(str::to_owned),
                    self.place(tag),
                ))
            })
            .collect();
        for operation in operations {
            if !wanted.iter().any(|(name, _, _)| *name == operation.tag) {
                wanted.push((operation.tag.clone(), None, operation.place.clone()));
            }
        }
        for (name, description, place) in wanted {
            let own: Vec<Operation> = operations
                .iter()
                .filter(|operation| operation.tag == name)
                .cloned()
                .collect();
            if own.is_empty() {
                continue;
            }
            let (Some(module), Some(base)) = (names::module_name(&name), names::type_name(&name))
            else {
                self.report(
                    self.diagnostic_at(
                        codes::NO_NAME,
                        &place,
                        format!("the tag `{name}` has no name in Rust"),
                    )
                    .help("rename it"),
                );
                continue;
            };
            if let Some(known) = tags.iter().find(|known| known.module == module) {
                self.collision(&place, &known.place, "tag", module.as_str());
            }
            tags.push(Tag {
                name,
                module,
                trait_name: names::type_ident(&format!("{base}Api")),
                routes_name: names::type_ident(&format!("{base}Routes")),
                doc: Doc {
                    summary: None,
                    description,
                },
                operations: own,
                place,
            });
        }
        tags
    }
}

/// The definitions that are used, in the order of the document: components, then the rest.
fn order(drafts: &[Draft], usage: &[Usage], canonical: &dyn Fn(TypeId) -> TypeId) -> Vec<TypeId> {
    let used = |id: &TypeId| {
        usage
            .get(id.0)
            .is_some_and(|usage| usage.request || usage.response || usage.error)
    };
    let mut kept: Vec<TypeId> = (0..drafts.len())
        .map(TypeId)
        .filter(|id| canonical(*id) == *id && used(id))
        .collect();
    kept.sort_by_key(|id| {
        drafts.get(id.0).map(|draft| {
            let place = &draft.place;
            let outside = !place.pointer.starts_with("/components/schemas/");
            (
                outside,
                place.file.to_string(),
                place.line,
                place.column,
                draft.direction == Direction::Request,
                id.0,
            )
        })
    });
    kept
}
