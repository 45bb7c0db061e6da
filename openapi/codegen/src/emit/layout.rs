//! Where every generated type lives.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::names::{Names, shouty, type_module};
use crate::ir::{Api, FieldContent, Type, TypeDef, TypeId, TypeKind, TypeUse};

/// The module of the enum of error codes.
pub(super) const CODES: &str = "codes";

/// A file below `types/`, or `codes.rs`.
#[derive(Debug)]
pub(super) struct TypeModule {
    /// File name without extension.
    pub(super) name: String,
    /// What it holds, in document order.
    pub(super) types: Vec<TypeId>,
}

/// The distribution of types over files, and the statics that describe them.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    api: &'a Api,
    modules: Vec<TypeModule>,
    /// For each type the index of its module; `None` when nothing needs the type.
    homes: Vec<Option<usize>>,
    /// For each type the static with its self-description.
    schemas: Vec<Ident>,
    /// The types that some operation describes itself with.
    described: HashSet<TypeId>,
    /// The types that are a whole body of an answer.
    reply_bodies: HashSet<TypeId>,
}

impl<'a> Layout<'a> {
    /// Places every type that a request or an answer needs.
    pub(super) fn new(api: &'a Api) -> Self {
        let mut modules: Vec<TypeModule> = Vec::new();
        let mut homes = vec![None; api.types.len()];
        for def in &api.types {
            let is_codes = api.error_codes == Some(def.id);
            if !(def.usage.request || def.usage.response || is_codes) {
                continue;
            }
            let name = if is_codes {
                CODES.to_owned()
            } else {
                type_module(component(def))
            };
            let index = modules
                .iter()
                .position(|module| module.name == name)
                .unwrap_or_else(|| {
                    modules.push(TypeModule {
                        name,
                        types: Vec::new(),
                    });
                    modules.len() - 1
                });
            if let Some(module) = modules.get_mut(index) {
                module.types.push(def.id);
            }
            if let Some(home) = homes.get_mut(def.id.0) {
                *home = Some(index);
            }
        }
        let mut names = Names::default();
        let schemas = api
            .types
            .iter()
            .map(|def| names.take(&format!("{}_SCHEMA", shouty(def.name.bare()))))
            .collect();
        Self {
            api,
            modules,
            homes,
            schemas,
            described: described(api),
            reply_bodies: reply_bodies(api),
        }
    }

    /// The document.
    pub(super) fn api(&self) -> &'a Api {
        self.api
    }

    /// The files below `types/`, by name.
    pub(super) fn type_modules(&self) -> Vec<&TypeModule> {
        let mut modules: Vec<_> = self
            .modules
            .iter()
            .filter(|module| module.name != CODES)
            .collect();
        modules.sort_by(|a, b| a.name.cmp(&b.name));
        modules
    }

    /// The file with the enum of error codes.
    pub(super) fn codes(&self) -> Option<&TypeModule> {
        self.modules.iter().find(|module| module.name == CODES)
    }

    /// The static that describes the type; `None` when no operation refers to it.
    pub(super) fn schema(&self, id: TypeId) -> Option<&Ident> {
        self.schemas
            .get(id.0)
            .filter(|_| self.described.contains(&id))
    }

    /// Whether the type is a whole body of an answer.
    pub(super) fn is_reply_body(&self, id: TypeId) -> bool {
        self.reply_bodies.contains(&id)
    }

    /// The module that a type lives in.
    pub(super) fn module_of(&self, id: TypeId) -> Option<&str> {
        let index = (*self.homes.get(id.0)?)?;
        self.modules.get(index).map(|module| module.name.as_str())
    }
}

/// The component schema that a type belongs to: its own, or the one that it stands inside.
fn component(def: &TypeDef) -> &str {
    def.place
        .pointer
        .strip_prefix("/components/schemas/")
        .and_then(|rest| rest.split('/').next())
        .filter(|name| !name.is_empty())
        .unwrap_or(&def.schema_name)
}

fn reply_bodies(api: &Api) -> HashSet<TypeId> {
    api.operations()
        .flat_map(|operation| operation.replies.iter().chain(&operation.typed_errors))
        .filter_map(|reply| reply.body.as_ref())
        .filter_map(|body| whole(api, &body.ty))
        .collect()
}

/// The types that parameters and bodies are made of.
fn described(api: &Api) -> HashSet<TypeId> {
    let mut open: Vec<&TypeUse> = Vec::new();
    for operation in api.operations() {
        open.extend(
            operation
                .parameters
                .iter()
                .chain(&operation.runtime_parameters)
                .map(|parameter| &parameter.ty),
        );
        open.extend(operation.body.as_ref().map(|body| &body.ty));
        let replies = operation.replies.iter().chain(&operation.typed_errors);
        open.extend(
            replies
                .filter_map(|reply| reply.body.as_ref())
                .map(|body| &body.ty),
        );
    }
    let mut found = HashSet::new();
    while let Some(ty) = open.pop() {
        match &ty.ty {
            Type::Array(of) | Type::Map(of) => open.push(of),
            Type::Named(id) if found.insert(*id) => {
                let Some(def) = api.type_def(*id) else {
                    continue;
                };
                match &def.kind {
                    TypeKind::Struct(of) => {
                        open.extend(of.fields.iter().filter_map(|field| match &field.content {
                            FieldContent::Value { ty, .. } => Some(ty),
                            FieldContent::Constant { .. } | FieldContent::Source(_) => None,
                        }));
                    }
                    TypeKind::Union(of) => {
                        open.extend(of.variants.iter().map(|variant| &variant.ty));
                    }
                    TypeKind::Enum(_) => {}
                }
            }
            _ => {}
        }
    }
    found
}

/// The struct or union that a body is, when it is nothing but that.
pub(super) fn whole(api: &Api, ty: &TypeUse) -> Option<TypeId> {
    match ty.ty {
        Type::Named(id) if !ty.nullable && !ty.boxed => api
            .type_def(id)
            .filter(|def| !matches!(def.kind, TypeKind::Enum(_)))
            .map(|def| def.id),
        _ => None,
    }
}

/// Whether the type has members that the runtime writes.
pub(super) fn sources(def: &TypeDef) -> Vec<(&str, crate::ir::Source)> {
    let TypeKind::Struct(of) = &def.kind else {
        return Vec::new();
    };
    of.fields
        .iter()
        .filter_map(|field| match field.content {
            FieldContent::Source(source) => Some((field.wire.as_str(), source)),
            _ => None,
        })
        .collect()
}
