//! The answers of an operation below 400.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::{Docs, brief_of, code};
use crate::emit::layout::whole;
use crate::emit::names::ident;
use crate::emit::rust_type::{is_string, rust_type};
use crate::emit::scope::Scope;
use crate::ir::{Operation, Reply, ReplyBody, ReplyHeader, Type};

/// The `…Ok` enum.
pub(super) fn emit(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.ok_type);
    let docs = Docs::line(format!(
        "The answers of {} below 400. ({})",
        code(&operation.id),
        operation.place
    ));
    let variants = operation.replies.iter().map(|reply| variant(scope, reply));
    let arms = operation.replies.iter().map(|reply| {
        let (pattern, rendered) = (pattern(reply), rendered(scope, operation, reply));
        quote!(#pattern => #rendered,)
    });
    let is_replayed = operation.idempotency.is_some();
    let replayed = is_replayed.then(|| {
        quote! {
            /// The answer stored under the same idempotency key.
            Replayed(rt::StoredReply),
        }
    });
    let replayed_arm =
        is_replayed.then(|| quote!(Self::Replayed(stored) => rt::Rendered::replayed(stored),));
    let holders = operation
        .replies
        .iter()
        .chain(&operation.typed_errors)
        .filter_map(|reply| holder(scope, operation, reply));
    quote! {
        #docs
        #[derive(Debug, Clone)]
        pub enum #name {
            #(#variants)*
            #replayed
        }

        impl rt::Reply for #name {
            fn render(&self) -> rt::Rendered {
                match self {
                    #(#arms)*
                    #replayed_arm
                }
            }
        }

        impl #name {
            /// The answer as it is stored under an idempotency key.
            #[must_use]
            pub fn store(&self, cx: &rt::ReplyContext) -> rt::StoredReply {
                rt::store_reply(self, cx)
            }
        }

        #(#holders)*
    }
}

/// The variant of a declared answer.
pub(super) fn variant(scope: &Scope<'_>, reply: &Reply) -> TokenStream {
    let docs = Docs::line(format!(
        "{}: {} ({})",
        reply.status,
        brief_of(&reply.doc),
        reply.place
    ));
    let name = ident(&reply.variant);
    let body = reply.body.as_ref().map(|body| {
        let ty = rust_type(scope, &body.ty);
        quote! {
            /// The body.
            body: #ty,
        }
    });
    let headers = reply.headers.iter().map(|header| {
        let docs = Docs::line(format!(
            "The {} header. ({})",
            code(&header.wire),
            header.place
        ))
        .text(header.doc.description.as_deref());
        let (name, ty) = (ident(&header.ident), rust_type(scope, &header.ty));
        let ty = if header.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
        quote!(#docs #name: #ty,)
    });
    if reply.body.is_none() && reply.headers.is_empty() {
        return quote!(#docs #name,);
    }
    quote!(#docs #name { #body #(#headers)* },)
}

/// The pattern that takes a variant apart.
pub(super) fn pattern(reply: &Reply) -> TokenStream {
    let name = ident(&reply.variant);
    let body = reply.body.as_ref().map(|_| format_ident!("body"));
    let fields = body
        .into_iter()
        .chain(reply.headers.iter().map(|header| ident(&header.ident)));
    if reply.body.is_none() && reply.headers.is_empty() {
        return quote!(Self::#name);
    }
    quote!(Self::#name { #(#fields),* })
}

/// The variant as an answer.
pub(super) fn rendered(scope: &Scope<'_>, operation: &Operation, reply: &Reply) -> TokenStream {
    let status = crate::emit::literals::integer(reply.status.into());
    let start = match &reply.body {
        None => quote!(rt::Rendered::empty(#status)),
        Some(body) if whole(scope.api(), &body.ty).is_some() => {
            quote!(rt::Rendered::json(#status, body))
        }
        Some(_) => {
            let holder = holder_name(operation, reply);
            quote!(rt::Rendered::json(#status, &#holder(body)))
        }
    };
    let headers = reply.headers.iter().map(header);
    quote!(#start #(#headers)*)
}

fn header(header: &ReplyHeader) -> TokenStream {
    let (wire, name) = (&header.wire, ident(&header.ident));
    match (header.required, is_string(&header.ty)) {
        (true, true) => quote!(.header(#wire, #name)),
        (true, false) => quote!(.header(#wire, #name.to_string())),
        (false, true) => quote!(.header_option(#wire, #name.as_deref())),
        (false, false) => {
            quote!(.header_option(#wire, #name.as_ref().map(ToString::to_string).as_deref()))
        }
    }
}

/// A body that is no type of its own, such as an array, is written through a private holder.
fn holder(scope: &Scope<'_>, operation: &Operation, reply: &Reply) -> Option<TokenStream> {
    let body = reply.body.as_ref()?;
    if whole(scope.api(), &body.ty).is_some() {
        return None;
    }
    let name = holder_name(operation, reply);
    let ty = borrowed(scope, body);
    let docs = Docs::line(format!(
        "Writes the body of {} with status {}.",
        code(&operation.id),
        reply.status
    ));
    Some(quote! {
        #docs
        struct #name<'a>(&'a #ty);

        impl serde::Serialize for #name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self.0, serializer)
            }
        }

        impl rt::ReplyBody for #name<'_> {}
    })
}

/// The body's type behind a reference; lists and texts as clippy wants to see them borrowed.
fn borrowed(scope: &Scope<'_>, body: &ReplyBody) -> TokenStream {
    match &body.ty.ty {
        Type::Array(of) if !body.ty.nullable => {
            let of = rust_type(scope, of);
            quote!([#of])
        }
        Type::String(_) if !body.ty.nullable && is_string(&body.ty) => quote!(str),
        _ => rust_type(scope, &body.ty),
    }
}

fn holder_name(operation: &Operation, reply: &Reply) -> Ident {
    format_ident!("{}{}Form", operation.ok_type.bare(), reply.variant.bare())
}
