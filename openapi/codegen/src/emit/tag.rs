//! The file of a tag: its operations, the trait that a host implements, the routes.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code};
use super::layout::Layout;
use super::names::ident;
use super::operation;
use super::rules::Statics;
use super::scope::Scope;
use crate::ir::Tag;

/// The whole file, without its header.
pub(super) fn emit(layout: &Layout<'_>, tag: &Tag) -> TokenStream {
    let scope = Scope::in_tag(layout);
    let tag_trait = ident(&tag.trait_name);
    let routes = ident(&tag.routes_name);
    let mut statics = Statics::default();
    let list = statics.reserve("OPERATIONS");
    let (specs, operations): (Vec<_>, Vec<_>) = tag
        .operations
        .iter()
        .map(|operation| operation::emit(&scope, &tag_trait, operation, &mut statics))
        .unzip();
    let functions = tag.operations.iter().map(operation::function);
    let requests = tag
        .operations
        .iter()
        .map(|operation| ident(&operation.request_type));
    let trait_docs = Docs::line(format!(
        "The operations of the tag {}. ({})",
        code(&tag.name),
        tag.place
    ))
    .text(tag.doc.summary.as_deref())
    .text(tag.doc.description.as_deref());
    let routes_docs = Docs::line(format!("The routes of the tag {}.", code(&tag.name)));
    let list_docs = Docs::line(format!("Every operation of the tag {}.", code(&tag.name)));
    let security = (!layout.api().schemes.is_empty()).then(|| {
        quote!(
            use super::security;
        )
    });
    let operations_code = quote!(#(#operations)*);
    let mentions_types = operations_code.to_string().contains("types ::");
    let use_types = mentions_types.then(|| {
        quote!(
            use super::types;
        )
    });
    quote! {
        use std::future::Future;
        use std::sync::Arc;

        use openapi_runtime as rt;

        #security
        #use_types

        #trait_docs
        pub trait #tag_trait: rt::Host {
            #(#functions)*
        }

        #operations_code

        #list_docs
        pub static #list: &[&rt::Spec] = &[#(&#specs),*];

        #routes_docs
        #[derive(Debug)]
        pub struct #routes<S>(
            /// The host that implements the operations.
            pub Arc<S>,
        );

        impl<S: #tag_trait> rt::poem_openapi::OpenApi for #routes<S> {
            fn meta() -> Vec<rt::registry::MetaApi> {
                rt::registry::describe(#list)
            }

            fn register(registry: &mut rt::registry::Registry) {
                rt::registry::register(#list, registry);
            }

            fn add_routes(self, table: &mut rt::RouteTable) {
                #(rt::mount::<S, #requests>(&self.0, table);)*
            }
        }
    }
}
