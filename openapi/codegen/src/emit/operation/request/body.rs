//! The body of a request.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Part;
use crate::emit::docs::{Docs, code};
use crate::emit::layout::whole;
use crate::emit::names::{Names, shouty};
use crate::emit::rules::Statics;
use crate::emit::rust_type::{adaptor, is_secret, rust_type};
use crate::emit::scope::Scope;
use crate::ir::{Operation, RequestBody};

/// The field of the body and how it is read; what it needs beside it goes into `before`.
pub(super) fn body_part(
    scope: &Scope<'_>,
    operation: &Operation,
    body: &RequestBody,
    statics: &mut Statics,
    locals: &mut Names,
    before: &mut TokenStream,
) -> Part {
    let value = rust_type(scope, &body.ty);
    let ty = if body.required {
        value.clone()
    } else {
        quote!(Option<#value>)
    };
    let read = if body.required {
        quote!(body)
    } else {
        quote!(optional_body)
    };
    let read = if whole(scope.api(), &body.ty).is_some() {
        quote!(input.#read::<#value>())
    } else {
        let holder = format_ident!("{}BodyForm", operation.request_type.bare());
        before.extend(holder_of(scope, operation, body, &holder, statics));
        if body.required {
            quote!(input.#read::<#holder>().map(|body| body.0))
        } else {
            quote!(input.#read::<#holder>().map(|body| body.map(|body| body.0)))
        }
    };
    let docs =
        Docs::line(format!("The body. ({})", body.place)).text(body.doc.description.as_deref());
    Part {
        field: format_ident!("body"),
        local: locals.take("body"),
        docs,
        ty,
        read,
        secret: is_secret(&body.ty),
    }
}

/// A body that is no object of its own: a private holder lends it the two ways of reading.
fn holder_of(
    scope: &Scope<'_>,
    operation: &Operation,
    body: &RequestBody,
    holder: &Ident,
    statics: &mut Statics,
) -> TokenStream {
    let rule = statics.rule(
        scope,
        &format!("{}_BODY", shouty(operation.name.bare())),
        &body.ty,
    );
    let value = rust_type(scope, &body.ty);
    let exact = adaptor(&body.ty).unwrap_or_else(|| quote!(rt::fast::Same));
    let docs = Docs::line(format!("Reads the body of {}.", code(&operation.id)));
    quote! {
        #docs
        struct #holder(#value);

        impl<'de> serde::Deserialize<'de> for #holder {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                rt::fast::read::<#exact, _, _>(deserializer).map(Self)
            }
        }

        impl rt::Parse for #holder {
            fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
                use rt::Rule as _;
                #rule.node(node, out).map(Self)
            }

            fn holds(&self) -> bool {
                use rt::Rule as _;
                #rule.holds(&self.0)
            }
        }
    }
}
