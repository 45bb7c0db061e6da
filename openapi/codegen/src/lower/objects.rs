//! Filling queued definitions: objects with their members.

use super::Lowering;
use super::drafts::{Direction, Pending};
use super::essence::Notes;
use super::flat::{Flat, Together};
use super::types::Lowered;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{
    Additional, Doc, Field, FieldContent, Ident, Literal, Presence, Source, Struct, TypeKind,
};
use crate::names;
use crate::tree::{Node, Value};

impl<'d> Lowering<'d> {
    /// Fills in everything that is queued; filling may queue more.
    pub(super) fn drain(&mut self) {
        while let Some(pending) = self.queue.pop_front() {
            let flat = self.flatten(&pending.nodes);
            let kind = match flat.union {
                Some((member, schema)) => self
                    .union(&pending, &flat, member, schema)
                    .map(TypeKind::Union),
                None => Some(TypeKind::Struct(self.structure(&pending, &flat))),
            };
            if let Some(draft) = self.drafts.get_mut(pending.id.0) {
                draft.kind = kind;
            }
        }
    }

    fn structure(&mut self, pending: &Pending<'d>, flat: &Flat<'d>) -> Struct {
        self.ordered_counts(flat.min_properties, flat.max_properties);
        let mut fields = Vec::new();
        for (name, together) in &flat.properties {
            fields.extend(self.field(name, together, flat, pending));
        }
        self.distinct_fields(&mut fields);
        // The runtime appends what it knows, so those members come last on the wire too.
        fields.sort_by_key(|field| matches!(field.content, FieldContent::Source(_)));
        let additional = self.additional(flat, &fields, pending);
        Struct {
            fields,
            additional,
            min_properties: flat.min_properties.map(|(count, _)| count),
            max_properties: flat.max_properties.map(|(count, _)| count),
        }
    }

    fn field(
        &mut self,
        name: &str,
        together: &Together<'d>,
        flat: &Flat<'d>,
        pending: &Pending<'d>,
    ) -> Option<Field> {
        let first = *together.first()?;
        let essence = self.essence(together);
        let notes = essence.notes.clone();
        if let (Some(read), Some(write)) = (notes.read_only, notes.write_only) {
            self.report(
                Diagnostic::at(
                    codes::ACCESS_CONFLICT,
                    write,
                    format!("`{name}` is both readOnly and writeOnly"),
                )
                .related(read.span, "the other one")
                .help("keep the one that is meant"),
            );
        }
        let hidden = match pending.direction {
            Direction::Request => notes.read_only.is_some(),
            Direction::Response => notes.write_only.is_some(),
        };
        if hidden {
            return None;
        }
        let required = flat.required.iter().any(|node| node.as_str() == Some(name));
        let content = match notes.source {
            Some(node) => FieldContent::Source(self.source(node, together, pending.direction)?),
            None => match self.constant(together) {
                Some(value) => FieldContent::Constant { value, required },
                None => self.value(name, together, required, pending)?,
            },
        };
        Some(Field {
            wire: name.to_owned(),
            content,
            doc: doc(&notes),
            deprecated: notes.deprecated,
            place: self.place(first),
        })
    }

    fn value(
        &mut self,
        name: &str,
        together: &Together<'d>,
        required: bool,
        pending: &Pending<'d>,
    ) -> Option<FieldContent> {
        let first = *together.first()?;
        let Some(ident) = names::field_name(name) else {
            self.no_name(first, "property", name);
            return None;
        };
        let lowered = self.lower_use(together, pending.direction, &pending.hint.part(name))?;
        let presence = self.presence(&lowered, required, pending.direction);
        let mut ty = lowered.ty;
        ty.nullable = false;
        Some(FieldContent::Value {
            ident,
            ty,
            presence,
        })
    }

    /// What absence and null mean.
    fn presence(
        &mut self,
        lowered: &Lowered<'d>,
        required: bool,
        direction: Direction,
    ) -> Presence {
        let nullable = lowered.ty.nullable;
        let default = lowered.essence.notes.default;
        let default = default.and_then(|node| self.literal(node, &lowered.ty));
        match (required, direction, default) {
            (true, _, _) if nullable => Presence::Nullable,
            (true, _, _) => Presence::Required,
            (false, Direction::Request, Some(value)) => Presence::Defaulted { value, nullable },
            (false, _, _) if nullable => Presence::ThreeState,
            (false, _, _) => Presence::Optional,
        }
    }

    /// The one value that a member can have, when its schema leaves no choice.
    fn constant(&self, together: &Together<'d>) -> Option<Literal> {
        let essence = self.essence(together);
        if essence.nullable {
            // A fixed value or null: that is a choice.
            return None;
        }
        let flat = self.flatten(&essence.nodes);
        let referenced = essence.referenced;
        let only_null = flat.kinds.as_ref().is_some_and(Vec::is_empty) && flat.null == Some(true);
        if only_null {
            return Some(Literal::Null);
        }
        let one_value = match flat.values.as_slice() {
            // A named enum of one value is expected to grow.
            [[only]] if !referenced => Some(only),
            _ => None,
        };
        let node = flat.constant.or(one_value)?;
        self.check_fits_type(node, &flat);
        match &node.value {
            Value::Null => Some(Literal::Null),
            Value::Bool(value) => Some(Literal::Bool(*value)),
            Value::String(text) => Some(Literal::String(text.clone())),
            Value::Number(number) if number.as_i64().is_some() => number
                .as_i64()
                .map(|int| Literal::Number(crate::ir::Number::Int(int))),
            _ => {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        node,
                        "a constant of this type is not supported yet",
                    )
                    .label(format!("this is {}", node.kind()))
                    .help("constants are texts, booleans, integers and null"),
                );
                Some(Literal::Null)
            }
        }
    }

    fn source(
        &mut self,
        node: &'d Node,
        together: &Together<'d>,
        direction: Direction,
    ) -> Option<Source> {
        let source = match node.as_str() {
            Some("request-id") => Source::RequestId,
            Some("timestamp") => Source::Timestamp,
            _ => {
                self.wrong(
                    codes::INVALID_VALUE,
                    node,
                    "x-source",
                    "request-id or timestamp",
                );
                return None;
            }
        };
        let essence = self.essence(together);
        let flat = self.flatten(&essence.nodes);
        let text =
            flat.kinds.as_deref() == Some(&[super::raw::Kind::String]) && flat.null != Some(true);
        if direction == Direction::Request || !text {
            let message = if text {
                "a request cannot have an `x-source` property"
            } else {
                "`x-source` stands on a property that is no string"
            };
            self.report(
                Diagnostic::at(codes::BAD_SOURCE, node, message)
                    .note("the runtime writes the value into answers")
                    .help("remove `x-source`, or use a schema of its own for answers"),
            );
        }
        Some(source)
    }

    fn additional(
        &mut self,
        flat: &Flat<'d>,
        fields: &[Field],
        pending: &Pending<'d>,
    ) -> Additional {
        let all: Vec<&'d Node> = flat
            .additional
            .iter()
            .copied()
            .chain(flat.unevaluated)
            .collect();
        if all
            .iter()
            .any(|node| matches!(node.value, Value::Bool(false)))
        {
            return Additional::Deny;
        }
        let schemas: Vec<&'d Node> = all
            .into_iter()
            .filter(|node| !matches!(node.value, Value::Bool(true)))
            .collect();
        if schemas.is_empty() {
            return Additional::Ignore;
        }
        let Some(lowered) = self.lower_use(
            &schemas,
            pending.direction,
            &pending.hint.part("Additional"),
        ) else {
            return Additional::Ignore;
        };
        let mut name = "additional".to_owned();
        while fields.iter().any(|field| matches!(&field.content, FieldContent::Value { ident, .. } if ident.as_str() == name)) {
            name.push('_');
        }
        Additional::Typed {
            ident: Ident::from_valid(name),
            values: Box::new(lowered.ty),
        }
    }

    /// Reports members that would share a field name, and leaves the first.
    fn distinct_fields(&self, fields: &mut Vec<Field>) {
        let mut seen: Vec<(Ident, crate::ir::Place)> = Vec::new();
        fields.retain(|field| {
            let FieldContent::Value { ident, .. } = &field.content else {
                return true;
            };
            let taken = seen.iter().find(|(known, _)| known == ident);
            if let Some((_, place)) = taken {
                self.collision(&field.place, place, "property", ident.as_str());
                return false;
            }
            seen.push((ident.clone(), field.place.clone()));
            true
        });
    }

    /// Says that a name has nothing that an identifier could be made of.
    pub(super) fn no_name(&self, node: &Node, what: &str, name: &str) {
        self.report(
            Diagnostic::at(
                codes::NO_NAME,
                node,
                format!("the {what} `{name}` has no name in Rust"),
            )
            .note("an identifier needs at least one letter or digit")
            .help("rename it"),
        );
    }
}

/// Title and description as documentation.
pub(super) fn doc(notes: &Notes<'_>) -> Doc {
    Doc {
        summary: notes.title.map(str::to_owned),
        description: notes.description.map(str::to_owned),
    }
}
