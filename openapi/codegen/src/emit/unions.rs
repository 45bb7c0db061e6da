//! Unions: one of several alternatives, told apart by a property or by their JSON type.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code};
use super::names::{ident, shouty};
use super::rules::Statics;
use super::rust_type::{is_enum, rust_type};
use super::scope::Scope;
use super::structs::reply_body;
use crate::ir::{Choice, Type, TypeDef, TypeUse, Union};

/// The union with everything that its use asks for.
pub(super) fn emit(
    scope: &Scope<'_>,
    def: &TypeDef,
    of: &Union,
    statics: &mut Statics,
) -> TokenStream {
    let definition = definition(scope, def, of);
    let reading = def.usage.request.then(|| match &of.choice {
        Choice::Discriminator { property } => tagged(scope, def, of, property),
        Choice::JsonType => by_json_type(scope, def, of, statics),
    });
    let rules = statics.take_items();
    let writing = def.usage.response.then(|| serialize(scope, def, of));
    quote! {
        #rules
        #definition
        #reading
        #writing
    }
}

fn definition(scope: &Scope<'_>, def: &TypeDef, of: &Union) -> TokenStream {
    let name = ident(&def.name);
    let docs = super::type_docs(def);
    let variants = of.variants.iter().map(|variant| {
        let what = if variant.tag.is_empty() {
            json_type(scope, &variant.ty).to_owned()
        } else {
            code(&variant.tag)
        };
        let docs = Docs::line(format!("{what} ({})", variant.place));
        let name = ident(&variant.ident);
        let ty = rust_type(scope, &variant.ty);
        quote!(#docs #name(#ty),)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants)* }
    }
}

fn tagged(scope: &Scope<'_>, def: &TypeDef, of: &Union, property: &str) -> TokenStream {
    let name = ident(&def.name);
    let tags: Vec<_> = of.variants.iter().map(|variant| &variant.tag).collect();
    let variants: Vec<_> = of
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let parses = of.variants.iter().enumerate().map(|(index, variant)| {
        let (pattern, tag, name) = (
            index + 1 < of.variants.len(),
            &variant.tag,
            ident(&variant.ident),
        );
        // `rt::tag` answers only the listed texts, so the last alternative is what remains.
        let pattern = if pattern { quote!(#tag) } else { quote!(_) };
        let bare = rust_type(
            scope,
            &TypeUse {
                boxed: false,
                ..variant.ty.clone()
            },
        );
        let parsed = quote!(<#bare as rt::Parse>::parse(node, out));
        let parsed = if variant.ty.boxed {
            quote!(#parsed.map(Box::new))
        } else {
            parsed
        };
        quote!(#pattern => #parsed.map(Self::#name),)
    });
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let tagged = rt::fast::tagged(deserializer, #property)?;
                match tagged.tag() {
                    #(#tags => tagged.read().map(Self::#variants),)*
                    _ => tagged.unknown(),
                }
            }
        }

        impl rt::Parse for #name {
            fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
                match rt::tag(node, #property, &[#(#tags),*], out)? {
                    #(#parses)*
                }
            }

            fn holds(&self) -> bool {
                match self {
                    #(Self::#variants(value) => value.holds(),)*
                }
            }
        }
    }
}

fn by_json_type(
    scope: &Scope<'_>,
    def: &TypeDef,
    of: &Union,
    statics: &mut Statics,
) -> TokenStream {
    let name = ident(&def.name);
    let expected: Vec<_> = of
        .variants
        .iter()
        .map(|variant| json_type(scope, &variant.ty))
        .collect();
    let mut parses = TokenStream::new();
    let mut checks = TokenStream::new();
    for variant in &of.variants {
        let rule_name = format!(
            "{}_{}",
            shouty(def.name.bare()),
            shouty(variant.ident.bare())
        );
        let rule = statics.rule(scope, &rule_name, &variant.ty);
        let name = ident(&variant.ident);
        let kinds = match json_type(scope, &variant.ty) {
            "boolean" => quote!(rt::NodeKind::Bool),
            "integer" => quote!(rt::NodeKind::Integer),
            "number" => quote!(rt::NodeKind::Integer | rt::NodeKind::Number),
            "string" => quote!(rt::NodeKind::Text),
            "array" => quote!(rt::NodeKind::List),
            _ => quote!(rt::NodeKind::Object),
        };
        let kinds = if variant.ty.nullable {
            quote!(#kinds | rt::NodeKind::Null)
        } else {
            kinds
        };
        parses.extend(quote!(#kinds => #rule.node(node, out).map(Self::#name),));
        checks.extend(quote!(Self::#name(value) => #rule.holds(value),));
    }
    quote! {
        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                rt::fast::decline(deserializer)
            }
        }

        impl rt::Parse for #name {
            fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
                use rt::Rule as _;
                match node.kind() {
                    #parses
                    _ => rt::no_variant(node, &[#(#expected),*], out),
                }
            }

            fn holds(&self) -> bool {
                use rt::Rule as _;
                match self { #checks }
            }
        }
    }
}

fn serialize(scope: &Scope<'_>, def: &TypeDef, of: &Union) -> TokenStream {
    let name = ident(&def.name);
    let variants = of.variants.iter().map(|variant| ident(&variant.ident));
    let reply_body = scope
        .layout()
        .is_reply_body(def.id)
        .then(|| reply_body(def));
    quote! {
        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(value) => serde::Serialize::serialize(value, serializer),)*
                }
            }
        }
        #reply_body
    }
}

/// The JSON type by which an alternative is told apart.
fn json_type(scope: &Scope<'_>, ty: &TypeUse) -> &'static str {
    match ty.ty {
        Type::Bool => "boolean",
        Type::I32 | Type::I64 => "integer",
        Type::F32 | Type::F64 => "number",
        Type::String(_) => "string",
        Type::Array(_) => "array",
        Type::Named(_) if is_enum(scope, ty) => "string",
        Type::Map(_) | Type::Named(_) | Type::Any => "object",
    }
}
