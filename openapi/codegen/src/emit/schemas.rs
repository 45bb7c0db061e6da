//! The self-description of types and values, by which the registration can be compared with the document.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::ir::{
    Field, FieldContent, Format, Literal, Number, Presence, Source, Type, TypeDef, TypeKind,
    TypeUse,
};

/// The static that describes a type.
pub(super) fn emit(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    let Some(name) = scope.layout().schema(def.id) else {
        return TokenStream::new();
    };
    let shown = def.name.bare();
    let kind = match &def.kind {
        TypeKind::Struct(of) => {
            let members = of.fields.iter().map(|field| member(scope, field));
            quote!(rt::SchemaKind::Object(&[#(#members),*]))
        }
        TypeKind::Enum(_) => {
            let path = scope.path(def.id);
            quote!(rt::SchemaKind::Words(#path::NAMES))
        }
        TypeKind::Union(of) => {
            let shapes = of.variants.iter().map(|variant| shape(scope, &variant.ty));
            quote!(rt::SchemaKind::OneOf(&[#(#shapes),*]))
        }
    };
    quote! {
        pub(crate) static #name: rt::Schema = rt::Schema { name: #shown, kind: #kind };
    }
}

fn member(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let wire = &field.wire;
    let (required, shape) = match &field.content {
        FieldContent::Value { ty, presence, .. } => (
            matches!(presence, Presence::Required | Presence::Nullable),
            shape(scope, ty),
        ),
        FieldContent::Constant { value, required } => (*required, constant(value)),
        FieldContent::Source(Source::RequestId) => (true, quote!(rt::Shape::Text(""))),
        FieldContent::Source(Source::Timestamp) => (true, quote!(rt::Shape::Text("date-time"))),
    };
    if required {
        quote!(rt::Member::required(#wire, #shape))
    } else {
        quote!(rt::Member::optional(#wire, #shape))
    }
}

/// The shape of a value where it is used.
pub(super) fn shape(scope: &Scope<'_>, ty: &TypeUse) -> TokenStream {
    match &ty.ty {
        Type::Bool => quote!(rt::Shape::Boolean),
        Type::I32 => quote!(rt::Shape::Integer("int32")),
        Type::I64 => quote!(rt::Shape::Integer("int64")),
        Type::F32 => quote!(rt::Shape::Number("float")),
        Type::F64 => quote!(rt::Shape::Number("double")),
        Type::String(format) => {
            let format = format_name(*format);
            quote!(rt::Shape::Text(#format))
        }
        Type::Array(of) => {
            let of = shape(scope, of);
            quote!(rt::Shape::List(&#of))
        }
        Type::Map(of) => {
            let of = shape(scope, of);
            quote!(rt::Shape::Map(&#of))
        }
        Type::Named(id) => {
            let schema = scope.schema(*id);
            quote!(rt::Shape::Named(&#schema))
        }
        Type::Any => quote!(rt::Shape::Any),
    }
}

fn constant(value: &Literal) -> TokenStream {
    match value {
        Literal::Null => quote!(rt::Shape::Null),
        Literal::Bool(_) => quote!(rt::Shape::Boolean),
        Literal::Number(Number::Int(_)) => quote!(rt::Shape::Integer("")),
        Literal::Number(Number::Float(_)) => quote!(rt::Shape::Number("")),
        Literal::String(_) | Literal::Variant { .. } => quote!(rt::Shape::Text("")),
        Literal::Array(_) => quote!(rt::Shape::List(&rt::Shape::Any)),
        Literal::Object(_) => quote!(rt::Shape::Map(&rt::Shape::Any)),
    }
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Plain => "",
        Format::Password => "password",
        Format::Uuid => "uuid",
        Format::DateTime => "date-time",
        Format::Date => "date",
        Format::Email => "email",
        Format::Uri => "uri",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Ip => "ip",
        Format::Hostname => "hostname",
        Format::Byte => "byte",
    }
}
