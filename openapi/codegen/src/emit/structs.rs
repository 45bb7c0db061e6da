//! Structs: the definition, and how requests are read into it and answers written from it.

mod read;
mod write;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use self::read::Reading;
pub(super) use self::write::reply_body;
use super::docs::Docs;
use super::names::ident;
use super::rules::Statics;
use super::rust_type::{field_type, is_secret, rust_type};
use super::scope::Scope;
use crate::ir::{Additional, Field, FieldContent, Presence, Struct, TypeDef, TypeUse};

/// A member that is a field in Rust.
struct ValueField<'a> {
    field: &'a Field,
    ident: Ident,
    ty: &'a TypeUse,
    presence: &'a Presence,
}

/// The struct with everything that its use asks for.
pub(super) fn emit(
    scope: &Scope<'_>,
    def: &TypeDef,
    of: &Struct,
    statics: &mut Statics,
) -> TokenStream {
    let reading = def
        .usage
        .request
        .then(|| Reading::new(scope, def, of, statics));
    let rules = statics.take_items();
    let definition = definition(
        scope,
        def,
        of,
        reading.as_ref().filter(|reading| reading.is_derived()),
    );
    let debug = has_secrets(of).then(|| debug(def, of));
    let reading = reading.map(|reading| reading.emit(scope));
    let writing = def.usage.response.then(|| write::emit(scope, def, of));
    quote! {
        #rules
        #definition
        #debug
        #reading
        #writing
    }
}

/// The members that are fields, in document order.
fn values(of: &Struct) -> impl Iterator<Item = ValueField<'_>> {
    of.fields.iter().filter_map(|field| match &field.content {
        FieldContent::Value {
            ident: name,
            ty,
            presence,
        } => Some(ValueField {
            field,
            ident: ident(name),
            ty,
            presence,
        }),
        FieldContent::Constant { .. } | FieldContent::Source(_) => None,
    })
}

/// The struct; `derived` where serde derives on it.
fn definition(
    scope: &Scope<'_>,
    def: &TypeDef,
    of: &Struct,
    derived: Option<&Reading<'_>>,
) -> TokenStream {
    let name = ident(&def.name);
    let docs = super::type_docs(def);
    let debug = (!has_secrets(of)).then(|| quote!(Debug,));
    let derive = derived.map(|_| quote!(, serde::Deserialize));
    let container = derived.map(Reading::container_attribute);
    let fields = values(of).map(|value| {
        let docs = field_docs(&value);
        let attribute = derived.map(|reading| reading.field_attribute(&value));
        let name = &value.ident;
        let ty = field_type(scope, value.ty, value.presence);
        quote!(#docs #attribute pub #name: #ty,)
    });
    let additional = additional(scope, of).map(|(name, ty)| {
        quote! {
            /// The properties that the document does not name.
            pub #name: #ty,
        }
    });
    quote! {
        #docs
        #[derive(#debug Clone, PartialEq #derive)]
        #container
        pub struct #name {
            #(#fields)*
            #additional
        }
    }
}

/// The map of undeclared properties.
fn additional(scope: &Scope<'_>, of: &Struct) -> Option<(Ident, TokenStream)> {
    match &of.additional {
        Additional::Typed {
            ident: name,
            values,
        } => {
            let values = rust_type(scope, values);
            Some((ident(name), quote!(rt::Map<#values>)))
        }
        Additional::Deny | Additional::Ignore => None,
    }
}

fn field_docs(value: &ValueField<'_>) -> Docs {
    let field = value.field;
    let docs = Docs::of(&field.doc, &field.place, &super::docs::code(&field.wire));
    if field.deprecated {
        docs.and("Deprecated.")
    } else {
        docs
    }
}

fn has_secrets(of: &Struct) -> bool {
    values(of).any(|value| is_secret(value.ty))
}

/// `Debug` that does not show secrets.
fn debug(def: &TypeDef, of: &Struct) -> TokenStream {
    let name = ident(&def.name);
    let shown = def.name.bare();
    let fields = values(of).map(|value| {
        let label = value.ident.to_string();
        let label = label.trim_start_matches("r#");
        let name = &value.ident;
        if is_secret(value.ty) {
            quote!(.field(#label, &"…"))
        } else {
            quote!(.field(#label, &self.#name))
        }
    });
    let additional = match &of.additional {
        Additional::Typed { ident: name, .. } => {
            let label = name.bare();
            let name = ident(name);
            Some(quote!(.field(#label, &self.#name)))
        }
        Additional::Deny | Additional::Ignore => None,
    };
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#shown) #(#fields)* #additional .finish()
            }
        }
    }
}
