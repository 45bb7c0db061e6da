//! Values of the document as Rust expressions.

use std::net::IpAddr;

use proc_macro2::TokenStream;
use quote::quote;

use super::names::ident;
use super::scope::Scope;
use crate::ir::{Format, Literal, Number, Type, TypeKind, TypeUse};

/// An integer literal with digit groups, as clippy reads long numbers.
pub(super) fn integer(value: i128) -> TokenStream {
    let digits = grouped(&value.unsigned_abs().to_string());
    let text = if value < 0 {
        format!("-{digits}")
    } else {
        digits
    };
    text.parse().unwrap_or_default()
}

/// A float literal with digit groups.
pub(super) fn float(value: f64) -> TokenStream {
    let text = format!("{:?}", value.abs());
    let (mantissa, exponent) = text
        .split_once('e')
        .map_or((text.as_str(), None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut out = if value < 0.0 {
        "-".to_owned()
    } else {
        String::new()
    };
    out.push_str(&grouped(whole));
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(&grouped_fraction(fraction));
    }
    if let Some(exponent) = exponent {
        out.push('e');
        out.push_str(exponent);
    }
    out.parse().unwrap_or_default()
}

/// A number of the document as a float literal.
pub(super) fn float_of(number: Number) -> TokenStream {
    match number {
        Number::Int(value) => {
            let digits = integer(value.into()).to_string().replace(' ', "");
            format!("{digits}.0").parse().unwrap_or_default()
        }
        Number::Float(value) => float(value),
    }
}

fn grouped(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

fn grouped_fraction(digits: &str) -> String {
    if digits.len() < 5 {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 3 == 0 {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

/// A default as an expression of the Rust type of `ty`.
pub(super) fn typed(scope: &Scope<'_>, literal: &Literal, ty: &TypeUse) -> TokenStream {
    match (literal, &ty.ty) {
        (Literal::Null, _) => quote!(None),
        (Literal::Bool(value), _) => quote!(#value),
        (Literal::Number(number), Type::F32 | Type::F64) => float_of(*number),
        (Literal::Number(Number::Int(value)), _) => integer((*value).into()),
        (Literal::Number(Number::Float(value)), _) => float(*value),
        (Literal::String(text), Type::String(format)) => text_of(text, *format),
        (Literal::String(text), _) => quote!(#text.to_owned()),
        (Literal::Variant { ty, index }, _) => variant(scope, *ty, *index),
        (Literal::Array(items), Type::Array(of)) => {
            let items = items.iter().map(|item| typed(scope, item, of));
            quote!(vec![#(#items),*])
        }
        (Literal::Object(members), Type::Map(of)) => {
            let members = members.iter().map(|(name, value)| {
                let value = typed(scope, value, of);
                quote!((#name.to_owned(), #value))
            });
            quote!(rt::Map::from(std::collections::BTreeMap::from([#(#members),*])))
        }
        (literal @ (Literal::Array(_) | Literal::Object(_)), _) => written(scope, literal),
    }
}

/// A text whose format is a Rust type of its own.
fn text_of(text: &str, format: Format) -> TokenStream {
    match format {
        Format::Uuid => {
            let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
            let groups: Vec<_> = digits
                .as_bytes()
                .chunks(4)
                .map(String::from_utf8_lossy)
                .collect();
            let number: TokenStream = format!("0x{}", groups.join("_"))
                .parse()
                .unwrap_or_default();
            quote!(rt::Uuid::from_u128(#number))
        }
        // The front end has seen it parse; the other side of `unwrap_or_default` cannot happen.
        Format::DateTime | Format::Date => {
            let ty = super::rust_type::string_type(format);
            quote!(<#ty as rt::FromText>::from_text(#text).unwrap_or_default())
        }
        Format::Ipv4 | Format::Ipv6 => text.parse().map_or_else(|_| quote!(#text), address),
        Format::Ip => {
            let address = text.parse().map_or_else(|_| quote!(#text), address);
            quote!(std::net::IpAddr::from(#address))
        }
        _ => quote!(#text.to_owned()),
    }
}

fn address(address: IpAddr) -> TokenStream {
    match address {
        IpAddr::V4(address) => {
            let octets = address.octets().map(|part| integer(part.into()));
            quote!(std::net::Ipv4Addr::from([#(#octets),*]))
        }
        IpAddr::V6(address) => {
            let segments = address.segments().map(|part| integer(part.into()));
            quote!(std::net::Ipv6Addr::from([#(#segments),*]))
        }
    }
}

fn variant(scope: &Scope<'_>, ty: crate::ir::TypeId, index: usize) -> TokenStream {
    let path = scope.path(ty);
    let Some(TypeKind::Enum(of)) = scope.api().type_def(ty).map(|def| &def.kind) else {
        return quote!(#path);
    };
    let name = of.variants.get(index).map(|variant| ident(&variant.ident));
    quote!(#path::#name)
}

/// The text behind a constant that can only be one text: a string or a value of an enum.
pub(super) fn text(scope: &Scope<'_>, literal: &Literal) -> Option<String> {
    match literal {
        Literal::String(text) => Some(text.clone()),
        Literal::Variant { ty, index } => match &scope.api().type_def(*ty)?.kind {
            TypeKind::Enum(of) => of.variants.get(*index).map(|variant| variant.value.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// A constant as something that serde writes as the document has it.
pub(super) fn written(scope: &Scope<'_>, literal: &Literal) -> TokenStream {
    match literal {
        Literal::Null => quote!(()),
        Literal::Bool(value) => quote!(#value),
        Literal::Number(Number::Int(value)) => {
            let value = integer((*value).into());
            quote!(#value)
        }
        Literal::Number(Number::Float(value)) => float(*value),
        Literal::String(_) | Literal::Variant { .. } => {
            let text = text(scope, literal).unwrap_or_default();
            quote!(#text)
        }
        Literal::Array(items) if items.is_empty() => quote!([(); 0]),
        Literal::Array(items) => {
            let items = items.iter().map(|item| written(scope, item));
            quote!((#(#items,)*))
        }
        Literal::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = written(scope, value);
                quote!((#name, #value))
            });
            quote!(std::collections::BTreeMap::from([#(#members),*]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(
            integer(9_007_199_254_740_991).to_string(),
            "9_007_199_254_740_991"
        );
        assert_eq!(integer(-20).to_string().replace(' ', ""), "-20");
        assert_eq!(float(12_345.678_9).to_string(), "12_345.6789");
        assert_eq!(float_of(Number::Int(3)).to_string(), "3.0");
        assert_eq!(float(1e300).to_string(), "1e300");
    }
}
