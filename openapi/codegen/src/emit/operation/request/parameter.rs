//! The parameters of a request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Part;
use crate::emit::docs::{Docs, code};
use crate::emit::literals::typed;
use crate::emit::names::{Names, ident, shouty};
use crate::emit::operation::spec::location;
use crate::emit::rules::Statics;
use crate::emit::rust_type::{field_type, is_secret, rust_type};
use crate::emit::scope::Scope;
use crate::ir::{Format, Literal, Location, Operation, Parameter, Presence, Style, Type, TypeUse};

/// The field of a parameter and how it is read.
pub(super) fn parameter(
    scope: &Scope<'_>,
    operation: &Operation,
    parameter: &Parameter,
    statics: &mut Statics,
    locals: &mut Names,
) -> Part {
    let rule = rule(scope, operation, parameter, statics);
    let opening = format!(
        "The {} parameter {}",
        parameter.location.as_str(),
        code(&parameter.wire)
    );
    let docs = Docs::line(format!("{opening}. ({})", parameter.place))
        .text(parameter.doc.description.as_deref());
    let docs = if parameter.deprecated {
        docs.and("Deprecated.")
    } else {
        docs
    };
    // An absent list is an empty one.
    let is_list = matches!(parameter.ty.ty, Type::Array(_));
    let ty = match parameter.presence {
        Presence::Optional if is_list => rust_type(scope, &parameter.ty),
        _ => field_type(scope, &parameter.ty, &parameter.presence),
    };
    let read = if is_list {
        read_list(scope, parameter, &rule)
    } else {
        read_one(scope, parameter, &rule)
    };
    let field = ident(&parameter.ident);
    let local = locals.local(parameter.ident.as_str());
    Part {
        field,
        local,
        docs,
        ty,
        read,
        secret: is_secret(&parameter.ty),
    }
}

/// How a header that the runtime reads by itself is held against its schema; it is no field.
pub(super) fn judged_header(
    scope: &Scope<'_>,
    operation: &Operation,
    parameter: &Parameter,
    statics: &mut Statics,
) -> TokenStream {
    let rule = rule(scope, operation, parameter, statics);
    let wire = &parameter.wire;
    let required = parameter.presence == Presence::Required;
    if matches!(parameter.ty.ty, Type::Array(_)) {
        quote!(input.judge_header_list(#wire, #required, &#rule);)
    } else {
        quote!(input.judge_header(#wire, #required, &#rule);)
    }
}

/// The static that parses and checks a parameter.
fn rule(
    scope: &Scope<'_>,
    operation: &Operation,
    parameter: &Parameter,
    statics: &mut Statics,
) -> Ident {
    let name = format!(
        "{}_{}",
        shouty(operation.name.bare()),
        shouty(parameter.ident.bare())
    );
    statics.rule(scope, &name, &parameter.ty)
}

fn read_one(scope: &Scope<'_>, parameter: &Parameter, rule: &Ident) -> TokenStream {
    let wire = &parameter.wire;
    let place = location(parameter.location);
    match (
        &parameter.presence,
        parameter.location,
        &parameter.not_found_code,
    ) {
        (_, Location::Path, Some(code)) => quote!(input.path_or(#wire, &#rule, #code)),
        (_, Location::Path, None) => quote!(input.path(#wire, &#rule)),
        (Presence::Defaulted { value, .. }, ..) => {
            let default = default(scope, value, &parameter.ty);
            quote!(input.with_default(#place, #wire, &#rule, #default))
        }
        (Presence::Optional | Presence::ThreeState, ..) => {
            quote!(input.optional(#place, #wire, &#rule))
        }
        (Presence::Required | Presence::Nullable, ..) => {
            quote!(input.required(#place, #wire, &#rule))
        }
    }
}

fn read_list(scope: &Scope<'_>, parameter: &Parameter, rule: &Ident) -> TokenStream {
    let wire = &parameter.wire;
    let place = location(parameter.location);
    let style = match parameter.style {
        Style::Form if parameter.explode => quote!(rt::Style::Exploded),
        Style::Form | Style::Simple => quote!(rt::Style::Comma),
    };
    match &parameter.presence {
        Presence::Defaulted { value, .. } => {
            let default = default(scope, value, &parameter.ty);
            quote!(input.list_with_default(#place, #wire, #style, &#rule, #default))
        }
        Presence::Optional | Presence::ThreeState => {
            quote!(input.list(#place, #wire, #style, &#rule))
        }
        Presence::Required | Presence::Nullable => {
            quote!(input.required_list(#place, #wire, #style, &#rule))
        }
    }
}

/// The closure that makes a default, or the function where clippy would ask for one.
fn default(scope: &Scope<'_>, value: &Literal, ty: &TypeUse) -> TokenStream {
    let is_empty = matches!(value, Literal::Array(items) if items.is_empty());
    if is_empty {
        return quote!(Vec::new);
    }
    if matches!((value, &ty.ty), (Literal::String(text), Type::String(Format::Plain)) if text.is_empty())
    {
        return quote!(String::new);
    }
    let expr = typed(scope, value, ty);
    quote!(|| #expr)
}
