//! Rules: the statics that parse and check values.

mod numbers;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use self::numbers::{floating, int};
use super::literals::integer;
use super::names::Names;
use super::rust_type::{is_enum, rust_type, string_type};
use super::scope::Scope;
use crate::ir::{Constraints, Format, Type, TypeUse};

/// A rule as its type and the expression that builds it.
pub(super) struct Rule {
    pub(super) ty: TokenStream,
    pub(super) expr: TokenStream,
}

/// The statics of one generated file: rules and the patterns that they refer to.
#[derive(Default)]
pub(super) struct Statics {
    names: Names,
    items: TokenStream,
}

impl Statics {
    /// Takes a name of the file's value namespace.
    pub(super) fn reserve(&mut self, name: &str) -> Ident {
        self.names.take(name)
    }

    /// Adds the rule of a value under `name` and tells the name it got.
    pub(super) fn rule(&mut self, scope: &Scope<'_>, name: &str, ty: &TypeUse) -> Ident {
        let name = self.names.take(name);
        let Rule { ty, expr } = self.build(scope, &name, ty);
        self.items.extend(quote!(static #name: #ty = #expr;));
        name
    }

    /// Adds the rule of a value that may be null as a whole.
    pub(super) fn nullable_rule(&mut self, scope: &Scope<'_>, name: &str, ty: &TypeUse) -> Ident {
        let mut ty = ty.clone();
        ty.nullable = true;
        self.rule(scope, name, &ty)
    }

    /// Adds the rule of a member with one possible value.
    pub(super) fn only(&mut self, name: &str, expr: &TokenStream) -> Ident {
        let name = self.names.take(name);
        self.items
            .extend(quote!(static #name: rt::rules::Only = #expr;));
        name
    }

    /// Everything added since the last call.
    pub(super) fn take_items(&mut self) -> TokenStream {
        std::mem::take(&mut self.items)
    }

    fn build(&mut self, scope: &Scope<'_>, name: &Ident, ty: &TypeUse) -> Rule {
        let mut rule = match &ty.ty {
            Type::Bool => Rule {
                ty: quote!(rt::rules::Bool),
                expr: quote!(rt::rules::Bool),
            },
            Type::I32 => int(
                &quote!(i32),
                i32::MIN.into(),
                i32::MAX.into(),
                &ty.constraints,
            ),
            Type::I64 => int(&quote!(i64), i64::MIN, i64::MAX, &ty.constraints),
            Type::F32 => floating(&quote!(f32), &ty.constraints),
            Type::F64 => floating(&quote!(f64), &ty.constraints),
            Type::String(format) => self.string(name, *format, &ty.constraints),
            Type::Array(of) => self.list(scope, name, of, &ty.constraints),
            Type::Map(of) => self.entries(scope, name, of, &ty.constraints),
            Type::Named(_) if is_enum(scope, ty) => parsed(&bare(scope, ty)),
            Type::Named(_) => {
                let of = bare(scope, ty);
                Rule {
                    ty: quote!(rt::rules::Nested<#of>),
                    expr: quote!(rt::rules::Nested::new()),
                }
            }
            Type::Any => Rule {
                ty: quote!(rt::rules::Anything),
                expr: quote!(rt::rules::Anything),
            },
        };
        if ty.boxed {
            rule = rule.wrapped(&quote!(Boxed));
        }
        if ty.nullable {
            rule = rule.wrapped(&quote!(Nullable));
        }
        rule
    }

    fn string(&mut self, name: &Ident, format: Format, constraints: &Constraints) -> Rule {
        let checked = match format {
            Format::Plain => None,
            Format::Password => Some(quote!(rt::Format::Password)),
            Format::Email => Some(quote!(rt::Format::Email)),
            Format::Uri => Some(quote!(rt::Format::Uri)),
            Format::Hostname => Some(quote!(rt::Format::Hostname)),
            Format::Byte => Some(quote!(rt::Format::Byte)),
            _ => {
                let mut rule = parsed(&string_type(format));
                if has_words(format, constraints) {
                    let text = self.text(name, None, constraints);
                    let expr = &rule.expr;
                    rule.expr = quote!(#expr.written(#text));
                }
                return rule;
            }
        };
        Rule {
            ty: quote!(rt::rules::Text),
            expr: self.text(name, checked, constraints),
        }
    }

    /// The expression of a rule for the text itself: its length, its patterns, its format.
    fn text(
        &mut self,
        name: &Ident,
        checked: Option<TokenStream>,
        constraints: &Constraints,
    ) -> TokenStream {
        let mut expr = quote!(rt::rules::Text::new());
        if constraints.min_length.is_some() || constraints.max_length.is_some() {
            let range = range(constraints.min_length, constraints.max_length);
            expr = quote!(#expr.length(#range));
        }
        for pattern in &constraints.patterns {
            let pattern_name = self.names.take(&format!("{name}_PATTERN"));
            self.items
                .extend(quote!(static #pattern_name: rt::Pattern = rt::Pattern::new(#pattern);));
            expr = quote!(#expr.pattern(&#pattern_name));
        }
        if let Some(format) = checked {
            expr = quote!(#expr.format(#format));
        }
        expr
    }

    fn list(
        &mut self,
        scope: &Scope<'_>,
        name: &Ident,
        of: &TypeUse,
        constraints: &Constraints,
    ) -> Rule {
        let mut rule = self.build(scope, name, of).wrapped(&quote!(List));
        let expr = &rule.expr;
        if constraints.min_items.is_some() || constraints.max_items.is_some() {
            let range = range(constraints.min_items, constraints.max_items);
            rule.expr = quote!(#expr.items(#range));
        }
        if constraints.unique_items {
            let expr = &rule.expr;
            rule.expr = quote!(#expr.unique());
        }
        rule
    }

    fn entries(
        &mut self,
        scope: &Scope<'_>,
        name: &Ident,
        of: &TypeUse,
        constraints: &Constraints,
    ) -> Rule {
        let mut rule = self.build(scope, name, of).wrapped(&quote!(Entries));
        if constraints.min_properties.is_some() || constraints.max_properties.is_some() {
            let range = range(constraints.min_properties, constraints.max_properties);
            let expr = &rule.expr;
            rule.expr = quote!(#expr.size(#range));
        }
        rule
    }
}

impl Rule {
    fn wrapped(self, with: &TokenStream) -> Self {
        let Self { ty, expr } = self;
        Self {
            ty: quote!(rt::rules::#with<#ty>),
            expr: quote!(rt::rules::#with::new(#expr)),
        }
    }
}

/// The named type itself, without `Box` and `Option`.
fn bare(scope: &Scope<'_>, ty: &TypeUse) -> TokenStream {
    rust_type(
        scope,
        &TypeUse {
            nullable: false,
            boxed: false,
            ..ty.clone()
        },
    )
}

/// Whether values of a type, or parts of them, are parsed from texts that must satisfy more than their format: the value
/// alone does not show whether they did.
pub(super) fn has_words_beyond_its_format(ty: &TypeUse) -> bool {
    match &ty.ty {
        Type::String(format) => has_words(*format, &ty.constraints),
        Type::Array(of) | Type::Map(of) => has_words_beyond_its_format(of),
        _ => false,
    }
}

/// Whether a text of a format can break constraints that the format does not imply.
fn has_words(format: Format, constraints: &Constraints) -> bool {
    // The shortest and the longest text of the format.
    let (shortest, longest) = match format {
        Format::Uuid => (36, 36),
        Format::Date => (10, 10),
        Format::DateTime => (20, u64::MAX),
        Format::Ipv4 => (7, 15),
        Format::Ipv6 | Format::Ip => (2, 45),
        // Checked as texts, and kept as what was written.
        Format::Plain
        | Format::Password
        | Format::Email
        | Format::Uri
        | Format::Hostname
        | Format::Byte => return false,
    };
    !constraints.patterns.is_empty()
        || constraints.min_length.is_some_and(|min| min > shortest)
        || constraints.max_length.is_some_and(|max| max < longest)
}

fn parsed(of: &TokenStream) -> Rule {
    Rule {
        ty: quote!(rt::rules::Parsed<#of>),
        expr: quote!(rt::rules::Parsed::new()),
    }
}

/// `min, max` for a count, open ends as the widest possible.
pub(super) fn range(min: Option<u64>, max: Option<u64>) -> TokenStream {
    let min = integer(min.unwrap_or(0).into());
    let max = max.map_or_else(|| quote!(usize::MAX), |max| integer(max.into()));
    quote!(#min, #max)
}
