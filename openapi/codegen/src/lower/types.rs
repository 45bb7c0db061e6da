//! From schemas to uses of types.
//!
//! Structs and unions are queued when they are first met and filled in later, so that recursive
//! schemas end and long chains of references need no stack.

use super::Lowering;
use super::drafts::{Direction, Draft, Hint, Pending};
use super::essence::Essence;
use super::flat::Flat;
use super::raw::Kind;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Constraints, Doc, Enum, Type, TypeId, TypeKind, TypeUse};
use crate::tree::{Node, Value};

/// How deep arrays and maps may nest in each other through references.
const MAX_NESTING: usize = 100;

/// A type use before its optionality is decided.
#[derive(Debug, Clone)]
pub(super) struct Lowered<'d> {
    /// The type; `nullable` is what the schema says.
    pub ty: TypeUse,
    /// What describes the use.
    pub essence: Essence<'d>,
}

impl<'d> Lowering<'d> {
    /// The type of the schemas that hold together at one place. `None` after a reported problem.
    pub(super) fn lower_use(
        &mut self,
        together: &[&'d Node],
        direction: Direction,
        hint: &Hint,
    ) -> Option<Lowered<'d>> {
        let first = *together.first()?;
        let essence = self.essence(together);
        let place = self.place(first);
        if self.nesting.len() > MAX_NESTING || self.in_progress(&essence) {
            self.report(
                Diagnostic::at(
                    codes::INFINITE_TYPE,
                    first,
                    "this array or map contains itself with no object in between",
                )
                .help("put an object with a property into the cycle"),
            );
            return None;
        }
        self.nesting
            .push(essence.nodes.iter().map(|node| node.id).collect());
        let found = self.lower_essence(&essence, direction, hint);
        self.nesting.pop();
        let (ty, constraints, null) = found?;
        let ty = TypeUse {
            ty,
            nullable: null || essence.nullable,
            boxed: false,
            constraints,
            place,
        };
        Some(Lowered { ty, essence })
    }

    fn in_progress(&self, essence: &Essence<'d>) -> bool {
        let ids: Vec<_> = essence.nodes.iter().map(|node| node.id).collect();
        self.nesting.contains(&ids)
    }

    fn lower_essence(
        &mut self,
        essence: &Essence<'d>,
        direction: Direction,
        hint: &Hint,
    ) -> Option<(Type, Constraints, bool)> {
        let first = *essence.nodes.first()?;
        let flat = self.flatten(&essence.nodes);
        let null = flat.null == Some(true);
        if let Some((member, _)) = flat.union {
            let alternatives = member.node.as_array().unwrap_or_default();
            let listed = alternatives.iter().any(|node| self.is_null(node));
            // `nullable` of 3.0 stands beside `oneOf`; a `type` without null there rules it out.
            let null = listed && flat.null != Some(false) || null && flat.kinds.is_none();
            return Some((
                Type::Named(self.queued(essence, direction, hint)),
                Constraints::default(),
                null,
            ));
        }
        if !flat.values.is_empty() || flat.constant.is_some() {
            let id = self.enumeration(essence, &flat, direction, hint)?;
            return Some((Type::Named(id), Constraints::default(), null));
        }
        let Some(kinds) = flat.kinds.as_deref() else {
            return self.untyped(first, &flat);
        };
        let kind = match kinds {
            [kind] => *kind,
            [Kind::Integer, Kind::Number] | [Kind::Number, Kind::Integer] => Kind::Number,
            [] => {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        first,
                        "a value that can only be null is not supported here",
                    )
                    .note("only properties may be null alone")
                    .help("leave it out"),
                );
                return None;
            }
            _ => {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        first,
                        "several types in one schema are not supported yet",
                    )
                    .help("write `oneOf` with one schema per type, or one type and 'null'"),
                );
                return None;
            }
        };
        self.check_applicable(&flat, kind, first);
        let ty = match kind {
            Kind::Bool => Type::Bool,
            Kind::Integer => self.integer(&flat),
            Kind::Number => self.float(&flat),
            Kind::String => Type::String(self.format(&flat, direction)),
            Kind::Array => {
                let items = flat.items.clone();
                if items.is_empty() {
                    self.report(
                        Diagnostic::at(codes::MISSING_KEYWORD, first, "an array without `items`")
                            .help("say what it holds: `items: {type: string}`"),
                    );
                    return None;
                }
                let inner = self.lower_use(&items, direction, &hint.part("Item"))?;
                Type::Array(Box::new(inner.ty))
            }
            Kind::Object if is_map(&flat) => self.map(&flat, first, direction, hint)?,
            Kind::Object => {
                let id = self.queued(essence, direction, hint);
                return Some((Type::Named(id), Constraints::default(), null));
            }
        };
        let constraints = self.constraints(&flat, kind, &ty);
        Some((ty, constraints, null))
    }

    fn map(
        &mut self,
        flat: &Flat<'d>,
        first: &'d Node,
        direction: Direction,
        hint: &Hint,
    ) -> Option<Type> {
        let schemas: Vec<&Node> = flat
            .additional
            .iter()
            .copied()
            .filter(|node| node.as_object().is_some())
            .collect();
        if schemas.is_empty() {
            let place = self.place(first);
            let any = TypeUse {
                ty: Type::Any,
                nullable: false,
                boxed: false,
                constraints: Constraints::default(),
                place,
            };
            return Some(Type::Map(Box::new(any)));
        }
        Some(Type::Map(Box::new(
            self.lower_use(&schemas, direction, &hint.part("Value"))?.ty,
        )))
    }

    fn untyped(&self, first: &'d Node, flat: &Flat<'d>) -> Option<(Type, Constraints, bool)> {
        let says_something = !flat.properties.is_empty()
            || !flat.items.is_empty()
            || !flat.additional.is_empty()
            || !flat.required.is_empty()
            || flat.format.is_some()
            || !flat.patterns.is_empty()
            || [
                flat.min_length,
                flat.max_length,
                flat.min_items,
                flat.max_items,
                flat.min_properties,
                flat.max_properties,
            ]
            .iter()
            .any(Option::is_some)
            || [
                flat.minimum,
                flat.maximum,
                flat.exclusive_minimum,
                flat.exclusive_maximum,
                flat.multiple_of,
            ]
            .iter()
            .any(Option::is_some);
        if !says_something {
            return Some((Type::Any, Constraints::default(), false));
        }
        let help = if !flat.properties.is_empty() || !flat.additional.is_empty() {
            "add `type: object`"
        } else if !flat.items.is_empty() {
            "add `type: array`"
        } else {
            "add the `type` that is meant"
        };
        self.report(
            Diagnostic::at(codes::NO_TYPE, first, "a schema without `type`")
                .label("values of every other type pass")
                .note("without `type` these keywords only act on values that happen to fit")
                .help(help),
        );
        None
    }

    /// The definition of a struct or union, queued at the first use.
    fn queued(&mut self, essence: &Essence<'d>, direction: Direction, hint: &Hint) -> TypeId {
        let key = (
            essence.nodes.iter().map(|node| node.id).collect(),
            direction,
        );
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = self.draft(essence, direction, hint, None);
        self.known.insert(key, id);
        self.queue.push_back(Pending {
            id,
            nodes: essence.nodes.clone(),
            direction,
            hint: self.hint_of(essence, hint),
        });
        id
    }

    /// Reserves a definition; the kind may come later.
    fn draft(
        &mut self,
        essence: &Essence<'d>,
        direction: Direction,
        hint: &Hint,
        kind: Option<TypeKind>,
    ) -> TypeId {
        let id = TypeId(self.drafts.len());
        let first = essence.nodes.first().copied();
        let own = first
            .map(|node| self.essence(&[node]).notes)
            .unwrap_or_default();
        let place = first.map_or_else(|| self.nowhere(), |node| self.place(node));
        self.drafts.push(Draft {
            hint: self.hint_of(essence, hint),
            key: essence.nodes.iter().map(|node| node.id).collect(),
            direction,
            doc: Doc {
                summary: own.title.map(str::to_owned),
                description: own.description.map(str::to_owned),
            },
            deprecated: own.deprecated,
            kind,
            place,
        });
        id
    }

    /// A component's own name where there is one, else where the schema stands.
    pub(super) fn hint_of(&self, essence: &Essence<'d>, hint: &Hint) -> Hint {
        match essence.nodes.as_slice() {
            [node] => self
                .component_name(node, essence.referenced)
                .map_or_else(|| hint.clone(), Hint::component),
            _ => hint.clone(),
        }
    }

    /// The name that a schema has by where it stands: a component's key, a file's stem, or for a
    /// target of `$ref` anywhere else the last key of its pointer.
    pub(super) fn component_name(&self, node: &Node, referenced: bool) -> Option<String> {
        let unescape = |key: &str| key.replace("~1", "/").replace("~0", "~");
        if let Some(key) = node
            .pointer
            .strip_prefix("/components/schemas/")
            .filter(|key| !key.contains('/'))
        {
            return Some(unescape(key));
        }
        if node.pointer.is_empty() {
            let name = self.document.sources.name(node.span.file);
            let file = name.rsplit('/').next().unwrap_or_default();
            return Some(file.split('.').next().unwrap_or_default().to_owned());
        }
        let last = node.pointer.rsplit('/').next().map(unescape)?;
        (referenced && !last.bytes().all(|byte| byte.is_ascii_digit())).then_some(last)
    }

    fn enumeration(
        &mut self,
        essence: &Essence<'d>,
        flat: &Flat<'d>,
        direction: Direction,
        hint: &Hint,
    ) -> Option<TypeId> {
        let key = (
            essence.nodes.iter().map(|node| node.id).collect(),
            direction,
        );
        if let Some(id) = self.known.get(&key) {
            return Some(*id);
        }
        let variants = self.variants(flat, essence)?;
        let state_machine = flat
            .state_machine
            .and_then(|node| self.state_machine(node, &variants));
        let kind = TypeKind::Enum(Enum {
            variants,
            state_machine,
        });
        let id = self.draft(essence, direction, hint, Some(kind));
        self.known.insert(key, id);
        Some(id)
    }
}

/// Whether an object has no declared properties and lets others in.
fn is_map(flat: &Flat<'_>) -> bool {
    let closed = flat
        .additional
        .iter()
        .chain(flat.unevaluated.iter())
        .any(|node| matches!(node.value, Value::Bool(false)));
    flat.properties.is_empty() && !closed
}
