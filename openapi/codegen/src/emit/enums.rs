//! Enums: closed sets of texts, with the table of a state machine where the document has one.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Docs;
use super::names::ident;
use crate::ir::{Enum, StateMachine, TypeDef};

/// The enum, its texts in both directions, and how serde meets it.
pub(super) fn emit(def: &TypeDef, of: &Enum) -> TokenStream {
    let definition = definition(def, of);
    let texts = texts(def, of);
    let conversions = conversions(def, of);
    let machine = of
        .state_machine
        .as_ref()
        .map(|machine| state_machine(def, of, machine));
    quote! {
        #definition
        #texts
        #machine
        #conversions
    }
}

fn definition(def: &TypeDef, of: &Enum) -> TokenStream {
    let name = ident(&def.name);
    let docs = super::type_docs(def);
    let variants = of.variants.iter().map(|variant| {
        let docs = Docs::line(format!(
            "{} ({})",
            super::docs::code(&variant.value),
            variant.place
        ));
        let name = ident(&variant.ident);
        quote!(#docs #name,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum #name {
            #(#variants)*
        }
    }
}

fn texts(def: &TypeDef, of: &Enum) -> TokenStream {
    let name = ident(&def.name);
    let variants: Vec<_> = of
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let values: Vec<_> = of.variants.iter().map(|variant| &variant.value).collect();
    quote! {
        impl #name {
            /// Every value, in the order of the document.
            pub const ALL: &'static [Self] = &[#(Self::#variants),*];

            /// Every value as the document writes it.
            pub const NAMES: &'static [&'static str] = &[#(#values),*];

            /// The value as the document writes it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #values,)*
                }
            }
        }
    }
}

fn conversions(def: &TypeDef, of: &Enum) -> TokenStream {
    let name = ident(&def.name);
    let variants: Vec<_> = of
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let values: Vec<_> = of.variants.iter().map(|variant| &variant.value).collect();
    quote! {
        impl rt::FromText for #name {
            fn from_text(text: &str) -> Option<Self> {
                match text {
                    #(#values => Some(Self::#variants),)*
                    _ => None,
                }
            }

            fn refuse(out: &mut rt::Violations) {
                out.not_in_enum(Self::NAMES);
            }
        }

        impl std::str::FromStr for #name {
            type Err = rt::UnknownName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                rt::FromText::from_text(text).ok_or(rt::UnknownName)
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                rt::fast::text(deserializer)
            }
        }
    }
}

/// `x-state-machine` as constants, so that code, documentation and tests read the same table.
fn state_machine(def: &TypeDef, of: &Enum, machine: &StateMachine) -> TokenStream {
    let name = ident(&def.name);
    let variant = |index: usize| of.variants.get(index).map(|variant| ident(&variant.ident));
    let initial = machine.initial.iter().map(|index| variant(*index));
    let rows = machine.transitions.iter().map(|change| {
        let (from, to, by) = (variant(change.from), variant(change.to), &change.by);
        quote!((Self::#from, Self::#to, &[#(#by),*]))
    });
    let docs = Docs::line(format!(
        "Which value may follow which, and who may cause it. ({})",
        machine.place
    ));
    quote! {
        impl #name {
            /// The values in which something begins.
            pub const INITIAL: &'static [Self] = &[#(Self::#initial),*];

            #docs
            pub const TRANSITIONS: &'static [(Self, Self, &'static [&'static str])] = &[#(#rows),*];

            /// Who may cause the change from this value to `next`; nobody when the table does not have it.
            #[must_use]
            pub fn causes(self, next: Self) -> &'static [&'static str] {
                Self::TRANSITIONS
                    .iter()
                    .find(|(from, to, _)| *from == self && *to == next)
                    .map_or(&[], |(_, _, by)| by)
            }

            /// The values that may follow this one, whoever causes it.
            pub fn successors(self) -> impl Iterator<Item = Self> {
                Self::TRANSITIONS.iter().filter(move |(from, _, _)| *from == self).map(|(_, to, _)| *to)
            }
        }
    }
}
