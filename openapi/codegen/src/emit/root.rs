//! The files that every document gets: the module itself, its security schemes, the index of its types.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Docs, code};
use super::layout::Layout;
use super::names::{ident, shouty, tag_module};
use crate::ir::{Api, Location, SchemeKind, SecurityScheme, Tag, TypeId};

/// `mod.rs`: what the crate sees.
pub(super) fn module(api: &Api, layout: &Layout<'_>) -> TokenStream {
    let modules: Vec<_> = api
        .tags
        .iter()
        .map(|tag| module_ident(&tag_module(&tag.module)))
        .collect();
    let module_docs = api
        .tags
        .iter()
        .map(|tag| Docs::line(format!("The operations of the tag {}.", code(&tag.name))));
    let reexports = api.tags.iter().map(reexports);
    let traits: Vec<_> = api.tags.iter().map(|tag| ident(&tag.trait_name)).collect();
    let routes = api.tags.iter().enumerate().map(|(index, tag)| {
        let routes = ident(&tag.routes_name);
        // The last one takes what the others share.
        if index + 1 < api.tags.len() {
            quote!(#routes(Arc::clone(&host)))
        } else {
            quote!(#routes(host))
        }
    });
    let argument = if api.tags.is_empty() {
        quote!(_host)
    } else {
        quote!(host)
    };
    let lists = modules.iter().map(|module| quote!(#module::OPERATIONS));
    let codes = layout.codes().map(|_| {
        quote! {
            /// The codes of errors.
            pub mod codes;
        }
    });
    let has_types = !layout.type_modules().is_empty() || layout.codes().is_some();
    let types = has_types.then(|| {
        quote! {
            /// The schemas of the document.
            pub mod types;
        }
    });
    let use_types = has_types.then(|| {
        quote!(
            pub use self::types::*;
        )
    });
    let security = (!api.schemes.is_empty()).then(|| {
        quote!(
            mod security;
        )
    });
    let host = if traits.is_empty() {
        quote!(rt::Host)
    } else {
        quote!(#(#traits)+*)
    };
    quote! {
        use std::sync::Arc;

        use openapi_runtime as rt;

        #(#module_docs pub mod #modules;)*
        #codes
        #security
        #types

        #(#reexports)*
        #use_types

        /// Every operation of the document, tag by tag.
        pub static OPERATIONS: &[&[&rt::Spec]] = &[#(#lists),*];

        /// Every route of the document, with method routing and the answers for what does not exist.
        ///
        /// A host that lacks an operation does not compile: the trait of its tag names the function.
        pub fn routes<S: #host>(#argument: Arc<S>) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
            rt::Router::new() #(.with(#routes))* .finish()
        }
    }
}

fn module_ident(name: &str) -> proc_macro2::Ident {
    format_ident!("{name}")
}

fn reexports(tag: &Tag) -> TokenStream {
    let module = module_ident(&tag_module(&tag.module));
    let names = tag.operations.iter().flat_map(|operation| {
        [
            ident(&operation.request_type),
            ident(&operation.ok_type),
            ident(&operation.error_type),
        ]
    });
    let mut names: Vec<_> = names
        .chain([ident(&tag.trait_name), ident(&tag.routes_name)])
        .collect();
    names.sort();
    quote!(pub use self::#module::{#(#names),*};)
}

/// `security.rs`: the declared ways to authenticate.
pub(super) fn security(api: &Api) -> TokenStream {
    let schemes = api.schemes.iter().map(scheme);
    let names = api
        .schemes
        .iter()
        .map(|scheme| format_ident!("{}", shouty(&scheme.name)));
    quote! {
        use openapi_runtime as rt;

        #(#schemes)*

        /// Every scheme, so that an operation recognises a credential that it does not take.
        pub(crate) const SCHEMES: &[&rt::Scheme] = &[#(&#names),*];
    }
}

fn scheme(scheme: &SecurityScheme) -> TokenStream {
    let docs = Docs::of(&scheme.doc, &scheme.place, &code(&scheme.name));
    let wire = &scheme.name;
    let name = format_ident!("{}", shouty(wire));
    let (carrier, grants) = match &scheme.kind {
        SchemeKind::Bearer => (quote!(rt::Carrier::Bearer), quote!(rt::Grants::Roles)),
        SchemeKind::Basic => (quote!(rt::Carrier::Basic), quote!(rt::Grants::Roles)),
        SchemeKind::ApiKey { location, name } => {
            let carrier = match location {
                Location::Query => quote!(rt::Carrier::Query(#name)),
                Location::Cookie => quote!(rt::Carrier::Cookie(#name)),
                Location::Header | Location::Path => quote!(rt::Carrier::Header(#name)),
            };
            (carrier, quote!(rt::Grants::Scopes))
        }
    };
    quote! {
        #docs
        pub(crate) static #name: rt::Scheme = rt::Scheme { name: #wire, carrier: #carrier, grants: #grants };
    }
}

/// `types/mod.rs`: the index of the files below it.
pub(super) fn types(api: &Api, layout: &Layout<'_>) -> TokenStream {
    let mut modules = TokenStream::new();
    let mut uses = TokenStream::new();
    for module in layout.type_modules() {
        let name = module_ident(&module.name);
        modules.extend(quote!(pub(crate) mod #name;));
        uses.extend(index(api, &quote!(self::#name), &module.types));
    }
    if let Some(codes) = layout.codes() {
        uses.extend(index(api, &quote!(super::codes), &codes.types));
    }
    quote! {
        #modules
        #uses
    }
}

fn index(api: &Api, module: &TokenStream, types: &[TypeId]) -> TokenStream {
    let defs = types.iter().filter_map(|id| api.type_def(*id));
    let mut names: Vec<_> = defs.map(|def| ident(&def.name)).collect();
    names.sort();
    quote!(pub use #module::{#(#names),*};)
}
