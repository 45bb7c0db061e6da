//! The fast path: serde straight into the struct, exact or declined.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::ValueField;
use super::{MemberKind, Reading, twin_name};
use crate::emit::names::ident;
use crate::emit::rust_type::{adaptor, field_type};
use crate::emit::scope::Scope;
use crate::ir::{Additional, Presence};

impl Reading<'_> {
    /// The serde attribute of the struct.
    pub(in super::super) fn container_attribute(&self) -> TokenStream {
        if self.of.additional == Additional::Deny {
            quote!(#[serde(remote = "Self", deny_unknown_fields)])
        } else {
            quote!(#[serde(remote = "Self")])
        }
    }

    /// The serde attribute of a field, if it needs one.
    pub(in super::super) fn field_attribute(&self, field: &ValueField<'_>) -> TokenStream {
        let default = self.members.iter().find_map(|member| match &member.kind {
            MemberKind::Value { value, default } if value.ident == field.ident => default.as_ref(),
            _ => None,
        });
        let default = match (default, field.presence) {
            (Some(function), _) => {
                let path = function.to_string();
                Some(quote!(default = #path))
            }
            (None, Presence::Optional | Presence::ThreeState) => Some(quote!(default)),
            (None, _) => None,
        };
        let through = through(field).map(|through| {
            let path = format!("rt::fast::read::<{through}, _, _>");
            quote!(deserialize_with = #path)
        });
        let wire = &field.field.wire;
        let rename = (field.ident.to_string().trim_start_matches("r#") != wire)
            .then(|| quote!(rename = #wire));
        let parts: Vec<_> = [rename, default, through].into_iter().flatten().collect();
        if parts.is_empty() {
            TokenStream::new()
        } else {
            quote!(#[serde(#(#parts),*)])
        }
    }

    pub(super) fn deserialize(&self, scope: &Scope<'_>) -> TokenStream {
        let name = ident(&self.def.name);
        let (before, body) = if self.is_declined() {
            (TokenStream::new(), quote!(rt::fast::decline(deserializer)))
        } else if self.has_constants() {
            self.twin(scope)
        } else {
            (
                TokenStream::new(),
                quote!(Self::deserialize(rt::fast::object(deserializer))),
            )
        };
        quote! {
            #before
            impl<'de> serde::Deserialize<'de> for #name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    #body
                }
            }
        }
    }

    /// A private twin of a struct with constants, which reads and checks them, and the way from it to the struct.
    fn twin(&self, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
        let twin = twin_name(scope, self.def);
        let deny =
            (self.of.additional == Additional::Deny).then(|| quote!(#[serde(deny_unknown_fields)]));
        let mut functions = TokenStream::new();
        let mut fields = TokenStream::new();
        let mut moves = TokenStream::new();
        for member in &self.members {
            match &member.kind {
                MemberKind::Value { value, .. } => {
                    let attribute = self.field_attribute(value);
                    let name = &value.ident;
                    let ty = field_type(scope, value.ty, value.presence);
                    fields.extend(quote!(#attribute #name: #ty,));
                    moves.extend(quote!(#name: wire.#name,));
                }
                MemberKind::Constant { required, function } => {
                    let (wire, rule, path) = (member.wire, &member.rule, function.to_string());
                    let default = (!required).then(|| quote!(default,));
                    let name = format_ident!("_{}", member.local);
                    fields.extend(quote!(#[serde(rename = #wire, #default deserialize_with = #path)] #name: (),));
                    functions.extend(quote! {
                        fn #function<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
                            rt::fast::only(deserializer, &#rule)
                        }
                    });
                }
            }
        }
        let binding = if moves.is_empty() {
            quote!(_)
        } else {
            quote!(wire)
        };
        let comment = format!(
            " What `{}` is on the wire, its constants included.",
            self.def.name.bare()
        );
        let before = quote! {
            #[doc = #comment]
            #[derive(serde::Deserialize)]
            #deny
            struct #twin { #fields }
            #functions
        };
        let body = quote! {
            let #binding = <#twin as serde::Deserialize>::deserialize(rt::fast::object(deserializer))?;
            Ok(Self { #moves })
        };
        (before, body)
    }
}

/// The adaptor of a field as the text of a path; `None` where the field's type reads itself exactly.
fn through(field: &ValueField<'_>) -> Option<String> {
    let exact = adaptor(field.ty).map(|tokens| tokens.to_string().replace(' ', ""));
    let within = |outer: &str, exact: Option<String>| {
        let exact = exact.unwrap_or_else(|| "rt::fast::Same".to_owned());
        Some(format!("rt::fast::{outer}<{exact}>"))
    };
    match field.presence {
        Presence::Required
        | Presence::Defaulted {
            nullable: false, ..
        } => exact,
        Presence::Nullable | Presence::Defaulted { nullable: true, .. } => within("OrNull", exact),
        Presence::Optional => within("Present", exact),
        Presence::ThreeState => within("OrAbsent", exact),
    }
}
