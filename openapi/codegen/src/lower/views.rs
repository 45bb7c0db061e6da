//! Request and response views: equal ones become one, and ids follow.

use std::collections::HashMap;

use super::drafts::{Direction, Draft};
use super::graph::each_use_mut;
use crate::ir::{
    FieldContent, Literal, Operation, Presence, Reply, Type, TypeId, TypeKind, TypeUse,
};

/// For each draft the one that stands for it: equal views of one schema share the response's.
/// Begins with all pairs equal and parts those that differ, until nothing changes.
pub(super) fn joined_views(drafts: &[Draft]) -> Vec<TypeId> {
    let mut same: Vec<TypeId> = (0..drafts.len()).map(TypeId).collect();
    let responses: HashMap<&Vec<crate::tree::NodeId>, usize> = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.direction == Direction::Response)
        .map(|(at, draft)| (&draft.key, at))
        .collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, draft) in drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.direction == Direction::Request)
    {
        if let Some(response) = responses.get(&draft.key) {
            pairs.push((at, *response));
            if let Some(slot) = same.get_mut(at) {
                *slot = TypeId(*response);
            }
        }
    }
    loop {
        let canonical = |id: TypeId| same.get(id.0).copied().unwrap_or(id);
        let view = |at: usize| {
            let mut kind = drafts.get(at).and_then(|draft| draft.kind.clone());
            if let Some(kind) = &mut kind {
                renumber_kind(kind, &canonical);
            }
            kind
        };
        let (equal, parted): (Vec<_>, Vec<_>) = pairs
            .iter()
            .partition(|(request, response)| view(*request) == view(*response));
        if parted.is_empty() {
            return same;
        }
        for (request, _) in parted {
            if let Some(slot) = same.get_mut(request) {
                *slot = TypeId(request);
            }
        }
        pairs = equal;
    }
}

fn renumber_use(ty: &mut TypeUse, to: &dyn Fn(TypeId) -> TypeId) {
    match &mut ty.ty {
        Type::Named(id) => *id = to(*id),
        Type::Array(inner) | Type::Map(inner) => renumber_use(inner, to),
        _ => {}
    }
}

fn renumber_literal(literal: &mut Literal, to: &dyn Fn(TypeId) -> TypeId) {
    match literal {
        Literal::Variant { ty, .. } => *ty = to(*ty),
        Literal::Array(items) => items.iter_mut().for_each(|item| renumber_literal(item, to)),
        Literal::Object(members) => members
            .iter_mut()
            .for_each(|(_, item)| renumber_literal(item, to)),
        Literal::Null | Literal::Bool(_) | Literal::Number(_) | Literal::String(_) => {}
    }
}

fn renumber_presence(presence: &mut Presence, to: &dyn Fn(TypeId) -> TypeId) {
    if let Presence::Defaulted { value, .. } = presence {
        renumber_literal(value, to);
    }
}

pub(super) fn renumber_kind(kind: &mut TypeKind, to: &dyn Fn(TypeId) -> TypeId) {
    each_use_mut(kind, &mut |ty| renumber_use(ty, to));
    if let TypeKind::Struct(structure) = kind {
        for field in &mut structure.fields {
            if let FieldContent::Value { presence, .. } = &mut field.content {
                renumber_presence(presence, to);
            }
        }
    }
}

pub(super) fn renumber_operation(operation: &mut Operation, to: &dyn Fn(TypeId) -> TypeId) {
    for parameter in operation
        .parameters
        .iter_mut()
        .chain(&mut operation.runtime_parameters)
    {
        renumber_use(&mut parameter.ty, to);
        renumber_presence(&mut parameter.presence, to);
    }
    if let Some(body) = &mut operation.body {
        renumber_use(&mut body.ty, to);
    }
    for reply in operation
        .replies
        .iter_mut()
        .chain(&mut operation.typed_errors)
    {
        renumber_reply(reply, to);
    }
}

fn renumber_reply(reply: &mut Reply, to: &dyn Fn(TypeId) -> TypeId) {
    if let Some(body) = &mut reply.body {
        renumber_use(&mut body.ty, to);
    }
    for header in &mut reply.headers {
        renumber_use(&mut header.ty, to);
    }
}
