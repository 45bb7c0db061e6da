//! Reading of structs: the exact fast path through serde, the accumulating slow path, the check of what serde read.

mod fast;
mod slow;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::ValueField;
use crate::emit::literals::{integer, text, typed};
use crate::emit::names::{Names, ident, shouty};
use crate::emit::rules::{Statics, has_words_beyond_its_format};
use crate::emit::rust_type::field_type;
use crate::emit::scope::Scope;
use crate::ir::{Additional, FieldContent, Literal, Number, Presence, Struct, TypeDef};

/// What reading a struct needs beside its definition; names are settled here, once, for all parts.
pub(super) struct Reading<'a> {
    def: &'a TypeDef,
    of: &'a Struct,
    members: Vec<Member<'a>>,
    /// The field, local and rule of the undeclared properties that are kept.
    rest: Option<(Ident, Ident, Ident)>,
    functions: TokenStream,
}

/// A member that a request may or must bring.
struct Member<'a> {
    wire: &'a str,
    local: Ident,
    rule: Ident,
    kind: MemberKind<'a>,
}

enum MemberKind<'a> {
    /// A field, with the function that makes its default.
    Value {
        value: ValueField<'a>,
        default: Option<Ident>,
    },
    /// A constant, with the function that reads it in the twin.
    Constant { required: bool, function: Ident },
}

impl<'a> Reading<'a> {
    /// Names and collects everything; rules go into `statics`.
    pub(super) fn new(
        scope: &Scope<'_>,
        def: &'a TypeDef,
        of: &'a Struct,
        statics: &mut Statics,
    ) -> Self {
        let mut reading = Self {
            def,
            of,
            members: Vec::new(),
            rest: None,
            functions: TokenStream::new(),
        };
        let mut locals = Names::default();
        for taken in ["node", "out", "object"] {
            locals.take(taken);
        }
        for field in &of.fields {
            match &field.content {
                FieldContent::Value {
                    ident: name,
                    ty,
                    presence,
                } => {
                    let value = ValueField {
                        field,
                        ident: ident(name),
                        ty,
                        presence,
                    };
                    reading.value(scope, value, &mut locals, statics);
                }
                FieldContent::Constant { value, required } => {
                    let rule = statics.only(&reading.name_of(&field.wire), &only(scope, value));
                    let function = statics.reserve(&rule.to_string().to_lowercase());
                    let kind = MemberKind::Constant {
                        required: *required,
                        function,
                    };
                    let local = locals.take(&format!("constant_{}", reading.members.len() + 1));
                    reading.members.push(Member {
                        wire: &field.wire,
                        local,
                        rule,
                        kind,
                    });
                }
                FieldContent::Source(_) => {}
            }
        }
        if let Additional::Typed {
            ident: name,
            values,
        } = &of.additional
        {
            let rule = statics.rule(scope, &reading.name_of(name.bare()), values);
            reading.rest = Some((ident(name), locals.local(name.as_str()), rule));
        }
        reading
    }

    fn value(
        &mut self,
        scope: &Scope<'_>,
        value: ValueField<'a>,
        locals: &mut Names,
        statics: &mut Statics,
    ) {
        let rule_name = self.name_of(value.ident.to_string().trim_start_matches("r#"));
        let mut default = None;
        let rule = match value.presence {
            Presence::Defaulted {
                value: literal,
                nullable,
            } => {
                let name = statics.reserve(&format!("{}_default", rule_name.to_lowercase()));
                let ty = field_type(scope, value.ty, value.presence);
                let expr = typed(scope, literal, value.ty);
                // A function that says `Some` in every case would be one that need not (`unnecessary_wraps`); serde wants it.
                let expr = if *nullable && *literal != Literal::Null {
                    quote!(Option::from(#expr))
                } else {
                    expr
                };
                self.functions.extend(quote!(fn #name() -> #ty { #expr }));
                default = Some(name);
                if *nullable {
                    statics.nullable_rule(scope, &rule_name, value.ty)
                } else {
                    statics.rule(scope, &rule_name, value.ty)
                }
            }
            _ => statics.rule(scope, &rule_name, value.ty),
        };
        let local = locals.local(&value.ident.to_string());
        let wire = &value.field.wire;
        self.members.push(Member {
            wire,
            local,
            rule,
            kind: MemberKind::Value { value, default },
        });
    }

    fn name_of(&self, member: &str) -> String {
        format!("{}_{}", shouty(self.def.name.bare()), shouty(member))
    }

    /// Whether `Deserialize` is derived on the struct itself. Constants are no fields, so a struct that has some is
    /// read through a private twin that has them.
    pub(super) fn is_derived(&self) -> bool {
        !self.is_declined() && !self.has_constants()
    }

    /// Whether serde cannot be exact, so that the slow path decides alone: undeclared properties that are kept, or
    /// that count towards a bound without being kept; texts that are judged before they become values.
    fn is_declined(&self) -> bool {
        let is_judged_as_text = |member: &Member<'_>| match &member.kind {
            MemberKind::Value { value, .. } => has_words_beyond_its_format(value.ty),
            MemberKind::Constant { .. } => false,
        };
        self.rest.is_some()
            || (self.has_size() && self.of.additional == Additional::Ignore)
            || self.members.iter().any(is_judged_as_text)
    }

    fn has_size(&self) -> bool {
        self.of.min_properties.is_some() || self.of.max_properties.is_some()
    }

    fn has_constants(&self) -> bool {
        self.members
            .iter()
            .any(|member| matches!(member.kind, MemberKind::Constant { .. }))
    }

    /// `Deserialize` and `Parse`.
    pub(super) fn emit(&self, scope: &Scope<'_>) -> TokenStream {
        let functions = &self.functions;
        let deserialize = self.deserialize(scope);
        let parse = self.parse();
        let holds = self.holds();
        let name = ident(&self.def.name);
        quote! {
            #functions
            #deserialize
            impl rt::Parse for #name {
                fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
                    #parse
                }

                fn holds(&self) -> bool {
                    #holds
                }
            }
        }
    }
}

/// The rule of a constant. The front end lets only these kinds through in requests.
fn only(scope: &Scope<'_>, value: &Literal) -> TokenStream {
    match value {
        Literal::Null => quote!(rt::rules::Only::null()),
        Literal::Bool(value) => quote!(rt::rules::Only::boolean(#value)),
        Literal::Number(Number::Int(value)) => {
            let value = integer((*value).into());
            quote!(rt::rules::Only::integer(#value))
        }
        other => {
            let text = text(scope, other).unwrap_or_default();
            quote!(rt::rules::Only::text(#text))
        }
    }
}

/// A type name of the file that no schema has.
fn twin_name(scope: &Scope<'_>, def: &TypeDef) -> Ident {
    let mut name = format!("{}Wire", def.name.bare());
    while scope
        .api()
        .types
        .iter()
        .any(|other| other.name.bare() == name)
    {
        name.push_str("Form");
    }
    format_ident!("{name}")
}
