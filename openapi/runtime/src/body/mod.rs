//! JSON bodies: a typed fast path, and behind it a slow path that finds everything that is wrong.
//!
//! The fast path is serde and an allocation-free check; it must never accept what the slow path
//! refuses. When it does not accept, the body is parsed again into [`Node`]s, and generated code
//! collects every violation. The slow path may accept what the fast one does not (`1.0` for an
//! integer); then its value counts.

mod node;
mod object;

use std::fmt;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::de::DeserializeOwned;

pub(crate) use node::Key;
pub use node::{Node, NodeKind};
pub use object::{Object, no_variant, tag};

use crate::Violations;

/// A type that is read from a body.
pub trait Parse: Sized {
    /// Reads the value, noting everything that is wrong. `None` when there is no value; a value
    /// beside new violations is not used.
    fn parse(node: &Node<'_>, out: &mut Violations) -> Option<Self>;

    /// Whether a value that serde has read keeps the bounds of its schema. Allocates nothing.
    fn holds(&self) -> bool;
}

/// The body is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MalformedJson {
    /// 1-based.
    pub line: usize,
    /// 1-based, in bytes.
    pub column: usize,
    kind: MalformedKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MalformedKind {
    Syntax,
    EndsEarly,
    TooDeep,
}

impl fmt::Display for MalformedJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, kind } = self;
        match kind {
            MalformedKind::Syntax => write!(f, "Malformed JSON at line {line}, column {column}"),
            MalformedKind::EndsEarly => {
                write!(
                    f,
                    "Malformed JSON: it ends too early, at line {line}, column {column}"
                )
            }
            MalformedKind::TooDeep => {
                write!(
                    f,
                    "Malformed JSON: nested too deeply at line {line}, column {column}"
                )
            }
        }
    }
}

impl std::error::Error for MalformedJson {}

impl From<serde_json::Error> for MalformedJson {
    fn from(error: serde_json::Error) -> Self {
        let kind = if error.is_eof() {
            MalformedKind::EndsEarly
        } else if error.to_string().starts_with("recursion limit") {
            // serde_json has no category for it.
            MalformedKind::TooDeep
        } else {
            MalformedKind::Syntax
        };
        Self {
            line: error.line(),
            column: error.column(),
            kind,
        }
    }
}

/// Reads a body: fast, and where that fails, slowly and thoroughly. `Ok(None)` means that `out` has
/// new violations.
///
/// # Errors
/// [`MalformedJson`] when the body is not JSON.
pub fn read<T: Parse + DeserializeOwned>(
    body: &[u8],
    out: &mut Violations,
) -> Result<Option<T>, MalformedJson> {
    match fast(body) {
        Some(value) => Ok(Some(value)),
        None => slow(body, out),
    }
}

/// The only way to write NUL in a JSON string: a raw control character is malformed.
static NUL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(br"\u0000"));

/// The fast path alone. `None` decides nothing.
#[must_use]
pub fn fast<T: Parse + DeserializeOwned>(body: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(body).ok()?;
    // An escaped backslash before `u0000` looks the same here; the slow path tells them apart.
    (value.holds() && NUL.find(body).is_none()).then_some(value)
}

/// The slow path alone.
///
/// # Errors
/// [`MalformedJson`] when the body is not JSON.
pub fn slow<T: Parse>(body: &[u8], out: &mut Violations) -> Result<Option<T>, MalformedJson> {
    let node: Node<'_> = serde_json::from_slice(body)?;
    let before = out.count();
    let value = T::parse(&node, out);
    Ok(value.filter(|_| out.count() == before))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn malformed(body: &[u8]) -> String {
        let parsed: Result<Node<'_>, _> = serde_json::from_slice(body);
        MalformedJson::from(parsed.unwrap_err()).to_string()
    }

    #[test]
    fn what_is_no_json_is_named_with_line_and_column() {
        assert_eq!(
            malformed(b"{\n  \"a\": 1,,\n}"),
            "Malformed JSON at line 2, column 10"
        );
        assert_eq!(
            malformed(b"{\"a\""),
            "Malformed JSON: it ends too early, at line 1, column 4"
        );
        assert_eq!(malformed(b"{} x"), "Malformed JSON at line 1, column 4");
        assert_eq!(
            malformed(b"\"\\ud800\""),
            "Malformed JSON at line 1, column 8"
        );
        assert_eq!(malformed(b"\"\xff\""), "Malformed JSON at line 1, column 2");
        assert!(
            malformed(&b"[".repeat(100_000))
                .starts_with("Malformed JSON: nested too deeply at line 1")
        );
    }
}
