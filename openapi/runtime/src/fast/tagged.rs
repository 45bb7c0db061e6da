//! Unions that a discriminator tells apart, without an untyped value in between.
//!
//! serde's own internally tagged enums buffer everything into an untyped tree. Here the union's text
//! is kept as it stands, scanned once for the discriminator, and read once as the variant.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::body::Key;

/// How deep the text of a union may be nested. Reading a variant starts serde's own count anew, so
/// that unions within unions would otherwise have no bound but the stack.
const DEEPEST: usize = 100;

/// A union whose variant is known.
#[derive(Debug)]
pub struct Tagged<'de, E> {
    raw: &'de RawValue,
    tag: Cow<'de, str>,
    error: PhantomData<fn() -> E>,
}

/// Looks for the discriminator `name`.
///
/// # Errors
/// When there is no object, or no discriminator in it, or two.
pub fn tagged<'de, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
) -> Result<Tagged<'de, D::Error>, D::Error> {
    let raw = <&'de RawValue>::deserialize(deserializer)?;
    if nesting(raw.get()) > DEEPEST {
        return Err(D::Error::custom("nested too deeply"));
    }
    let mut scan = serde_json::Deserializer::from_str(raw.get());
    let tag = scan
        .deserialize_map(TagVisitor(name))
        .map_err(D::Error::custom)?;
    Ok(Tagged {
        raw,
        tag,
        error: PhantomData,
    })
}

impl<'de, E: Error> Tagged<'de, E> {
    /// The discriminator's value.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Reads the variant.
    ///
    /// # Errors
    /// When the text is none of its values.
    pub fn read<T: Deserialize<'de>>(self) -> Result<T, E> {
        serde_json::from_str(self.raw.get()).map_err(E::custom)
    }

    /// Refuses a value that the discriminator does not have.
    ///
    /// # Errors
    /// Always.
    pub fn unknown<T>(self) -> Result<T, E> {
        Err(E::custom("unknown variant"))
    }
}

struct TagVisitor(&'static str);

impl<'de> Visitor<'de> for TagVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let mut tag = None;
        while let Some(Key(name)) = members.next_key()? {
            if name != self.0 {
                members.next_value::<IgnoredAny>()?;
                continue;
            }
            let Key(value) = members.next_value()?;
            if tag.replace(value).is_some() {
                return Err(M::Error::custom(
                    "the discriminator is given more than once",
                ));
            }
        }
        tag.ok_or_else(|| M::Error::custom("no discriminator"))
    }
}

/// The deepest nesting of well-formed JSON.
fn nesting(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_ignores_brackets_in_texts() {
        assert_eq!(nesting(r#"{"a":[1,{"b":"[[[\"{{"}],"c":[]}"#), 3);
        assert_eq!(nesting("1"), 0);
    }
}
