//! Definitions as a graph: what uses what, which cycles need a box, what has no end.

use super::Seen;
use crate::ir::{Additional, FieldContent, Presence, Type, TypeId, TypeKind, TypeUse};

/// Calls `visit` with every use in a definition, outermost first; the flag says whether a value
/// cannot exist without one of that use.
pub(super) fn each_use<'a>(kind: &'a TypeKind, visit: &mut dyn FnMut(&'a TypeUse, bool)) {
    match kind {
        TypeKind::Struct(structure) => {
            for field in &structure.fields {
                if let FieldContent::Value { ty, presence, .. } = &field.content {
                    visit(ty, matches!(presence, Presence::Required));
                }
            }
            if let Additional::Typed { values, .. } = &structure.additional {
                visit(values, false);
            }
        }
        TypeKind::Enum(_) => {}
        TypeKind::Union(union) => {
            for variant in &union.variants {
                visit(&variant.ty, false);
            }
        }
    }
}

/// The same for changing uses.
pub(super) fn each_use_mut(kind: &mut TypeKind, visit: &mut dyn FnMut(&mut TypeUse)) {
    match kind {
        TypeKind::Struct(structure) => {
            for field in &mut structure.fields {
                if let FieldContent::Value { ty, .. } = &mut field.content {
                    visit(ty);
                }
            }
            if let Additional::Typed { values, .. } = &mut structure.additional {
                visit(values);
            }
        }
        TypeKind::Enum(_) => {}
        TypeKind::Union(union) => {
            for variant in &mut union.variants {
                visit(&mut variant.ty);
            }
        }
    }
}

/// The definition that a use leads to, through arrays and maps.
pub(super) fn leads_to(ty: &TypeUse) -> Option<TypeId> {
    match &ty.ty {
        Type::Named(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) => leads_to(inner),
        _ => None,
    }
}

/// The definition that a use holds in place, with no heap in between.
fn holds(ty: &TypeUse) -> Option<TypeId> {
    match ty.ty {
        Type::Named(id) => Some(id),
        _ => None,
    }
}

/// Adds everything that can be reached from `start` to `seen`.
pub(super) fn reach(kinds: &[&TypeKind], start: impl IntoIterator<Item = TypeId>, seen: &mut Seen) {
    let mut open: Vec<TypeId> = start.into_iter().collect();
    while let Some(id) = open.pop() {
        let Some(kind) = kinds.get(id.0).filter(|_| seen.insert(id)) else {
            continue;
        };
        each_use(kind, &mut |ty, _| open.extend(leads_to(ty)));
    }
}

/// The strongly connected component of each definition, counting only what is held in place.
/// Tarjan's algorithm with a stack of its own, as chains of definitions may be long.
pub(super) fn components(kinds: &[&TypeKind]) -> Vec<usize> {
    let edges: Vec<Vec<usize>> = kinds
        .iter()
        .map(|kind| {
            let mut out = Vec::new();
            each_use(kind, &mut |ty, _| out.extend(holds(ty).map(|id| id.0)));
            out
        })
        .collect();
    let mut search = Search {
        edges: &edges,
        index: vec![usize::MAX; kinds.len()],
        low: vec![0; kinds.len()],
        component: vec![usize::MAX; kinds.len()],
        stack: Vec::new(),
        next: 0,
        found: 0,
    };
    for node in 0..kinds.len() {
        search.from(node);
    }
    search.component
}

struct Search<'a> {
    edges: &'a [Vec<usize>],
    index: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    stack: Vec<usize>,
    next: usize,
    found: usize,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        if at(&self.index, start) != usize::MAX {
            return;
        }
        let mut open = vec![(start, 0)];
        self.enter(start);
        while let Some((node, edge)) = open.pop() {
            let target = self
                .edges
                .get(node)
                .and_then(|edges| edges.get(edge))
                .copied();
            if let Some(target) = target {
                open.push((node, edge + 1));
                if at(&self.index, target) == usize::MAX {
                    self.enter(target);
                    open.push((target, 0));
                } else if at(&self.component, target) == usize::MAX {
                    let low = at(&self.low, node).min(at(&self.index, target));
                    set(&mut self.low, node, low);
                }
            } else {
                self.leave(node);
                if let Some((parent, _)) = open.last() {
                    let low = at(&self.low, *parent).min(at(&self.low, node));
                    set(&mut self.low, *parent, low);
                }
            }
        }
    }

    fn enter(&mut self, node: usize) {
        set(&mut self.index, node, self.next);
        set(&mut self.low, node, self.next);
        self.next += 1;
        self.stack.push(node);
    }

    fn leave(&mut self, node: usize) {
        if at(&self.low, node) != at(&self.index, node) {
            return;
        }
        while let Some(member) = self.stack.pop() {
            set(&mut self.component, member, self.found);
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}

fn at(list: &[usize], index: usize) -> usize {
    list.get(index).copied().unwrap_or(usize::MAX)
}

fn set(list: &mut [usize], index: usize, value: usize) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

/// Which definitions have values of finite size. A struct needs all its required members to be
/// finite, a union one of its alternatives.
pub(super) fn finite(kinds: &[&TypeKind]) -> Vec<bool> {
    // Each definition waits for others; when one becomes finite, those that wait are told.
    let mut waiting: Vec<Vec<usize>> = vec![Vec::new(); kinds.len()];
    let mut missing: Vec<usize> = vec![0; kinds.len()];
    let mut finite = vec![false; kinds.len()];
    let mut ready = Vec::new();
    for (own, kind) in kinds.iter().enumerate() {
        let mut needs = Vec::new();
        let mut free = false;
        let union = matches!(kind, TypeKind::Union(_));
        each_use(
            kind,
            &mut |ty, required| match holds(ty).filter(|_| !ty.nullable) {
                Some(id) if required || union => needs.push(id.0),
                None if union => free = true,
                _ => {}
            },
        );
        let count = if union {
            usize::from(!free)
        } else {
            needs.len()
        };
        set(&mut missing, own, count);
        if count == 0 {
            ready.push(own);
        }
        for need in needs {
            if let Some(list) = waiting.get_mut(need) {
                list.push(own);
            }
        }
    }
    while let Some(done) = ready.pop() {
        let Some(flag) = finite.get_mut(done).filter(|flag| !**flag) else {
            continue;
        };
        *flag = true;
        for waiter in waiting
            .get_mut(done)
            .map(std::mem::take)
            .unwrap_or_default()
        {
            let left = at(&missing, waiter).saturating_sub(1);
            set(&mut missing, waiter, left);
            if left == 0 {
                ready.push(waiter);
            }
        }
    }
    finite
}
