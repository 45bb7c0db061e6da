//! The located document tree: JSON's data model, in which every node knows its place.

use indexmap::IndexMap;

use crate::diagnostics::Span;

/// Identity of a node, unique over all files of a document. A YAML alias shares it with its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub usize);

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Identity.
    pub id: NodeId,
    /// The value.
    pub value: Value,
    /// Where the value stands.
    pub span: Span,
    /// JSON pointer inside its file.
    pub pointer: String,
}

/// A JSON value.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number, exact.
    Number(Decimal),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object in document order.
    Object(Object),
}

/// An object: names are unique, order is the document's.
pub type Object = IndexMap<String, Member>;

/// A member of an object.
#[derive(Debug, Clone)]
pub struct Member {
    /// Where the name stands.
    pub key: Span,
    /// The value.
    pub node: Node,
}

/// A number as JSON text, so that nothing is lost before the schema says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(pub String);

impl Decimal {
    /// The integer that the text means (`3`, `3.0`, `3e0`), if it is one and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        if let Ok(int) = self.0.parse() {
            return Some(int);
        }
        let (mantissa, exponent) = match self.0.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (self.0.as_str(), 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let zeros = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        let digits = format!("{whole}{fraction}");
        if digits
            .trim_start_matches('-')
            .trim_start_matches('0')
            .is_empty()
        {
            return Some(0);
        }
        let digits = match usize::try_from(zeros) {
            Ok(zeros) if zeros <= 19 => format!("{digits}{}", "0".repeat(zeros)),
            Ok(_) => return None,
            Err(_) => {
                let dropped = usize::try_from(zeros.unsigned_abs()).ok()?;
                let kept = digits.len().checked_sub(dropped)?;
                let (kept, rest) = digits.split_at_checked(kept)?;
                rest.bytes()
                    .all(|digit| digit == b'0')
                    .then(|| kept.to_owned())?
            }
        };
        digits.parse().ok()
    }

    /// The nearest finite double.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }
}

impl Node {
    /// The object, if it is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items, if it is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The member `key` of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key).map(|member| &member.node)
    }

    /// The kind of value with its article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// A short rendering for messages.
    #[must_use]
    pub fn brief(&self) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.0.clone(),
            Value::String(text) if text.chars().count() > 40 => {
                format!("\"{}…\"", text.chars().take(40).collect::<String>())
            }
            Value::String(text) => format!("\"{text}\""),
            Value::Array(_) | Value::Object(_) => self.kind().to_owned(),
        }
    }

    /// The value without places. Numbers beyond 64 bits become the nearest double.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(flag) => (*flag).into(),
            Value::Number(number) => number.to_json(),
            Value::String(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(object) => {
                let members = object
                    .iter()
                    .map(|(key, member)| (key.clone(), member.node.to_json()));
                serde_json::Value::Object(members.collect())
            }
        }
    }

    /// Whether both hold the same JSON value (`1` and `1.0` are the same number).
    #[must_use]
    pub fn same_value(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => match (a.as_i64(), b.as_i64()) {
                (None, None) => a.as_f64() == b.as_f64(),
                (a, b) => a == b,
            },
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same_value(b))
            }
            (Value::Object(a), Value::Object(b)) => {
                let same = |(key, member): (&String, &Member)| {
                    b.get(key)
                        .is_some_and(|other| member.node.same_value(&other.node))
                };
                a.len() == b.len() && a.iter().all(same)
            }
            _ => false,
        }
    }
}

impl Decimal {
    fn to_json(&self) -> serde_json::Value {
        // `serde_json` keeps 64-bit integers exact and reads the rest as a double. `1.0` stays a
        // double, which JSON Schema calls an integer too.
        serde_json::from_str(&self.0).unwrap_or(serde_json::Value::Null)
    }
}

/// Escapes a key for use in a JSON pointer (RFC 6901).
#[must_use]
pub fn escape_pointer(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
