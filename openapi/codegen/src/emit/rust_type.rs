//! From a type of the IR to the Rust type that holds it, and how serde reads it exactly.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::ir::{Format, Presence, Type, TypeKind, TypeUse};

/// The Rust type of a value, `Option` and `Box` included.
pub(super) fn rust_type(scope: &Scope<'_>, ty: &TypeUse) -> TokenStream {
    let mut out = match &ty.ty {
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::F32 => quote!(f32),
        Type::F64 => quote!(f64),
        Type::String(format) => string_type(*format),
        Type::Array(of) => {
            let of = rust_type(scope, of);
            quote!(Vec<#of>)
        }
        Type::Map(of) => {
            let of = rust_type(scope, of);
            quote!(rt::Map<#of>)
        }
        Type::Named(id) => scope.path(*id),
        Type::Any => quote!(rt::Json),
    };
    if ty.boxed {
        out = quote!(Box<#out>);
    }
    if ty.nullable {
        out = quote!(Option<#out>);
    }
    out
}

/// The Rust type that parses a string format, or `String`.
pub(super) fn string_type(format: Format) -> TokenStream {
    match format {
        Format::Uuid => quote!(rt::Uuid),
        Format::DateTime => quote!(rt::Timestamp),
        Format::Date => quote!(rt::Date),
        Format::Ipv4 => quote!(std::net::Ipv4Addr),
        Format::Ipv6 => quote!(std::net::Ipv6Addr),
        Format::Ip => quote!(std::net::IpAddr),
        Format::Plain
        | Format::Password
        | Format::Email
        | Format::Uri
        | Format::Hostname
        | Format::Byte => {
            quote!(String)
        }
    }
}

/// The type of a struct field: the value's, with what `presence` adds.
pub(super) fn field_type(scope: &Scope<'_>, ty: &TypeUse, presence: &Presence) -> TokenStream {
    let value = rust_type(scope, ty);
    match presence {
        Presence::Required
        | Presence::Defaulted {
            nullable: false, ..
        } => value,
        Presence::Nullable | Presence::Optional | Presence::Defaulted { nullable: true, .. } => {
            quote!(Option<#value>)
        }
        Presence::ThreeState => quote!(rt::Patch<#value>),
    }
}

/// The adaptor through which serde reads a value exactly; `None` where the type's own `Deserialize` is exact.
pub(super) fn adaptor(ty: &TypeUse) -> Option<TokenStream> {
    let inner = match &ty.ty {
        Type::String(Format::Uuid | Format::Date | Format::Ipv4 | Format::Ipv6 | Format::Ip) => {
            Some(quote!(rt::fast::Strict))
        }
        Type::Array(of) => adaptor(of).map(|of| quote!(rt::fast::List<#of>)),
        Type::Map(of) => adaptor(of).map(|of| quote!(rt::fast::Entries<#of>)),
        _ => None,
    };
    let boxed = if ty.boxed {
        inner.map(|of| quote!(rt::fast::Boxed<#of>))
    } else {
        inner
    };
    if ty.nullable {
        boxed.map(|of| quote!(rt::fast::OrNull<#of>))
    } else {
        boxed
    }
}

/// Whether a value holds a secret that `Debug` must not show.
pub(super) fn is_secret(ty: &TypeUse) -> bool {
    match &ty.ty {
        Type::String(Format::Password) => true,
        Type::Array(of) | Type::Map(of) => is_secret(of),
        _ => false,
    }
}

/// Whether the value is text without conversion: a `String`.
pub(super) fn is_string(ty: &TypeUse) -> bool {
    matches!(
        ty.ty,
        Type::String(
            Format::Plain
                | Format::Password
                | Format::Email
                | Format::Uri
                | Format::Hostname
                | Format::Byte
        )
    )
}

/// Whether the type is a string enum.
pub(super) fn is_enum(scope: &Scope<'_>, ty: &TypeUse) -> bool {
    matches!(ty.ty, Type::Named(id)
        if scope.api().type_def(id).is_some_and(|def| matches!(def.kind, TypeKind::Enum(_))))
}
