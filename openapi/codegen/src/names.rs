//! From the document's names to Rust's: one rule per kind of name, valid in every edition.

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::ir::Ident;

/// Keywords of all editions, reserved ones included, that `r#` makes usable.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot even be raw identifiers.
const UNESCAPABLE: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Type names that generated code uses without a path.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Serialize",
    "Serializer",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Vec",
];

/// Modules that every generated module has beside those of its tags.
const MODULES: &[&str] = &[
    "types", "codes", "security", "mod", "self", "super", "crate",
];

/// A struct, enum, trait: `PascalCase`. Names that are so already keep their capitals (`OrderV2`).
#[must_use]
pub(crate) fn type_name(text: &str) -> Option<String> {
    let ascii = ascii(text);
    let camel = ascii.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ascii.starts_with(|first: char| first.is_ascii_uppercase())
        && ascii.bytes().any(|byte| byte.is_ascii_lowercase());
    let name = if camel {
        ascii
    } else {
        ascii.to_upper_camel_case()
    };
    let name = digit_safe(name, "N")?;
    Some(if PRELUDE.contains(&name.as_str()) {
        format!("{name}Schema")
    } else {
        name
    })
}

/// A field, function or parameter: `snake_case`.
#[must_use]
pub(crate) fn field_name(text: &str) -> Option<Ident> {
    // `ETag` is one word (RFC 9110), whatever its capitals say.
    let words = ascii(text).replace("ETag", "Etag");
    digit_safe(words.to_snake_case(), "n").map(escape)
}

/// The value of an enum as a variant: `PENDING_APPROVAL` is `PendingApproval`, `-createdAt` is
/// `MinusCreatedAt`, the empty text is `Empty`.
#[must_use]
pub(crate) fn variant_name(text: &str) -> Option<Ident> {
    if text.is_empty() {
        return Some(Ident::from_valid("Empty".to_owned()));
    }
    let spoken = |c: char| match c {
        '-' => " minus ",
        '+' => " plus ",
        '*' => " star ",
        '<' => " less ",
        '>' => " greater ",
        '=' => " equal ",
        '!' => " not ",
        '%' => " percent ",
        _ => " ",
    };
    let symbolic = !text.contains(|c: char| c.is_alphanumeric());
    let mut words = String::new();
    for (at, c) in text.chars().enumerate() {
        if c.is_alphanumeric() {
            words.push(c);
        } else {
            // A sign inside a word only separates (`top-up`); in front of it, it means something.
            words.push_str(if at == 0 || symbolic { spoken(c) } else { " " });
        }
    }
    let name = digit_safe(ascii(&words).to_upper_camel_case(), "N")?;
    Some(if UNESCAPABLE.contains(&name.as_str()) {
        Ident::from_valid(format!("{name}_"))
    } else {
        Ident::from_valid(name)
    })
}

/// A module and file: `snake_case`, apart from the modules that are always there.
#[must_use]
pub(crate) fn module_name(text: &str) -> Option<Ident> {
    let name = field_name(text)?;
    Some(
        if MODULES.contains(&name.bare()) || name.bare().ends_with('_') {
            Ident::from_valid(format!("{}_", name.bare().trim_end_matches('_')))
        } else {
            name
        },
    )
}

/// An identifier that [`type_name`] or a join of such has made.
#[must_use]
pub(crate) fn type_ident(name: &str) -> Ident {
    escape(name.to_owned())
}

fn escape(name: String) -> Ident {
    if UNESCAPABLE.contains(&name.as_str()) {
        return Ident::from_valid(format!("{name}_"));
    }
    if KEYWORDS.contains(&name.as_str()) {
        return Ident::from_valid(format!("r#{name}"));
    }
    Ident::from_valid(name)
}

/// Letters beyond ASCII become their code, as not every letter may stand in an identifier.
fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if c.is_alphanumeric() {
            // Writing to a String cannot fail.
            let _ = write!(out, "u{:x}", u32::from(c));
        } else {
            out.push(' ');
        }
    }
    out.trim().to_owned()
}

fn digit_safe(name: String, prefix: &str) -> Option<String> {
    let first = name.chars().next()?;
    Some(if first.is_ascii_digit() {
        format!("{prefix}{name}")
    } else {
        name
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str) -> Option<String> {
        field_name(text).map(|ident| ident.to_string())
    }

    fn variant(text: &str) -> Option<String> {
        variant_name(text).map(|ident| ident.to_string())
    }

    #[test]
    fn fields_are_snake_case_and_keywords_are_escaped() {
        assert_eq!(field("productId").as_deref(), Some("product_id"));
        assert_eq!(field("X-Request-Id").as_deref(), Some("x_request_id"));
        assert_eq!(field("type").as_deref(), Some("r#type"));
        assert_eq!(field("gen").as_deref(), Some("r#gen"));
        assert_eq!(field("self").as_deref(), Some("self_"));
        assert_eq!(field("2fa").as_deref(), Some("n2fa"));
        assert_eq!(field("größe").as_deref(), Some("gruf6udfe"));
        assert_eq!(field("*/"), None);
    }

    #[test]
    fn variants_speak_leading_signs() {
        assert_eq!(
            variant("PENDING_APPROVAL").as_deref(),
            Some("PendingApproval")
        );
        assert_eq!(variant("-createdAt").as_deref(), Some("MinusCreatedAt"));
        assert_eq!(variant("orders:read").as_deref(), Some("OrdersRead"));
        assert_eq!(variant("").as_deref(), Some("Empty"));
        assert_eq!(variant("self").as_deref(), Some("Self_"));
        assert_eq!(variant(">=").as_deref(), Some("GreaterEqual"));
        assert_eq!(variant("1st").as_deref(), Some("N1st"));
    }

    #[test]
    fn types_do_not_shadow_the_prelude() {
        assert_eq!(type_name("Option").as_deref(), Some("OptionSchema"));
        assert_eq!(type_name("order-item").as_deref(), Some("OrderItem"));
        assert_eq!(type_name("OrderV2").as_deref(), Some("OrderV2"));
        assert_eq!(type_name("URL").as_deref(), Some("Url"));
    }
}
