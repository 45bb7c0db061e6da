//! Serialisation of structs: constants inlined, absent members left out.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::layout::sources;
use crate::emit::literals::written;
use crate::emit::names::ident;
use crate::emit::scope::Scope;
use crate::ir::{Additional, Field, FieldContent, Presence, Source, Struct, TypeDef};

/// `Serialize`, and `ReplyBody` for a type that is a whole answer.
pub(super) fn emit(scope: &Scope<'_>, def: &TypeDef, of: &Struct) -> TokenStream {
    let name = ident(&def.name);
    let entries: Vec<_> = of.fields.iter().map(|field| entry(scope, field)).collect();
    let rest = match &of.additional {
        Additional::Typed { ident: name, .. } => {
            let name = ident(name);
            quote! {
                for (name, value) in &self.#name {
                    map.serialize_entry(name, value)?;
                }
            }
        }
        Additional::Deny | Additional::Ignore => TokenStream::new(),
    };
    let is_empty = rest.is_empty() && entries.iter().all(TokenStream::is_empty);
    let body = if is_empty {
        quote!(serializer.serialize_map(Some(0))?.end())
    } else {
        quote! {
            let mut map = serializer.serialize_map(None)?;
            #(#entries)*
            #rest
            map.end()
        }
    };
    let reply_body = scope
        .layout()
        .is_reply_body(def.id)
        .then(|| reply_body(def));
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                #body
            }
        }
        #reply_body
    }
}

fn entry(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let wire = &field.wire;
    match &field.content {
        FieldContent::Source(_) => TokenStream::new(),
        FieldContent::Constant { value, .. } => {
            let value = written(scope, value);
            quote!(map.serialize_entry(#wire, &#value)?;)
        }
        FieldContent::Value {
            ident: name,
            presence,
            ..
        } => {
            let name = ident(name);
            match presence {
                Presence::Required | Presence::Nullable | Presence::Defaulted { .. } => {
                    quote!(map.serialize_entry(#wire, &self.#name)?;)
                }
                Presence::Optional => quote! {
                    if let Some(value) = &self.#name {
                        map.serialize_entry(#wire, value)?;
                    }
                },
                Presence::ThreeState => quote! {
                    if !self.#name.is_absent() {
                        map.serialize_entry(#wire, &self.#name.value())?;
                    }
                },
            }
        }
    }
}

/// Marks the type as a whole answer and names the members that the runtime adds.
pub(in crate::emit) fn reply_body(def: &TypeDef) -> TokenStream {
    let name = ident(&def.name);
    let sources = sources(def);
    if sources.is_empty() {
        return quote!(impl rt::ReplyBody for #name {});
    }
    let sources = sources.iter().map(|(wire, source)| {
        let source = match source {
            Source::RequestId => quote!(RequestId),
            Source::Timestamp => quote!(Timestamp),
        };
        quote!((#wire, rt::Source::#source))
    });
    quote! {
        impl rt::ReplyBody for #name {
            const SOURCES: &'static [(&'static str, rt::Source)] = &[#(#sources),*];
        }
    }
}
