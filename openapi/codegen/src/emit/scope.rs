//! How code in one place names what lives in another.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::layout::{CODES, Layout, TypeModule};
use super::names::ident;
use crate::ir::{Api, TypeId};

/// The file in which code stands, which decides how it names types.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    layout: &'a Layout<'a>,
    place: ScopePlace<'a>,
}

#[derive(Debug, Clone, Copy)]
enum ScopePlace<'a> {
    /// A file of types.
    Types(&'a str),
    /// The file of a tag.
    Tag,
}

impl<'a> Scope<'a> {
    /// Code inside a file of types.
    pub(super) fn in_types(layout: &'a Layout<'a>, module: &'a TypeModule) -> Self {
        Self {
            layout,
            place: ScopePlace::Types(&module.name),
        }
    }

    /// Code inside the file of a tag.
    pub(super) fn in_tag(layout: &'a Layout<'a>) -> Self {
        Self {
            layout,
            place: ScopePlace::Tag,
        }
    }

    pub(super) fn api(&self) -> &'a Api {
        self.layout.api()
    }

    pub(super) fn layout(&self) -> &'a Layout<'a> {
        self.layout
    }

    /// The path of a type from here.
    pub(super) fn path(&self, id: TypeId) -> TokenStream {
        let name = self.api().type_def(id).map(|def| ident(&def.name));
        let prefix = self.prefix(id);
        quote!(#prefix #name)
    }

    /// The path of the static that describes a type from here.
    pub(super) fn schema(&self, id: TypeId) -> TokenStream {
        let name = self.layout.schema(id);
        let home = self.layout.module_of(id).unwrap_or_default();
        let module = format_ident!("{}", if home.is_empty() { CODES } else { home });
        match self.place {
            ScopePlace::Types(here) if here == home => quote!(#name),
            ScopePlace::Types(_) if home == CODES => quote!(super::super::#module::#name),
            ScopePlace::Types(_) => quote!(super::#module::#name),
            ScopePlace::Tag if home == CODES => quote!(super::#module::#name),
            ScopePlace::Tag => quote!(types::#module::#name),
        }
    }

    fn prefix(&self, id: TypeId) -> TokenStream {
        match self.place {
            ScopePlace::Tag => quote!(types::),
            ScopePlace::Types(here) if self.layout.module_of(id) == Some(here) => {
                TokenStream::new()
            }
            // The codes have their file beside `types`, which re-exports them.
            ScopePlace::Types(_) => quote!(super::),
        }
    }
}
