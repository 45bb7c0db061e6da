//! What must hold of an answer, beyond its status.

use regex::Regex;
use serde_json::Value;

use super::{Template, Values};
use crate::{
    document::Place,
    exchange::Exchange,
    expression::{Expression, text_of},
};

/// A part of an exchange and what it must be.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// The part.
    pub at: Expression,
    /// As it was written.
    pub text: String,
    /// What it must be.
    pub rule: Rule,
    /// Where it stands.
    pub place: Place,
}

/// What a part must be.
#[derive(Debug, Clone)]
pub enum Rule {
    /// This value.
    Equals(Template),
    /// Another one.
    Differs(Template),
    /// A text in which this is found.
    Matches(Regex),
    /// There, or not there.
    Exists(bool),
    /// Of this type of JSON Schema.
    Type(String),
    /// A text, a list or an object of so many characters, items or members.
    Length(usize),
    /// A list with this item, or a text with this text in it.
    Contains(Template),
}

/// The types that a rule may name.
pub(super) const TYPES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

impl Assertion {
    /// What is wrong with an exchange, in a sentence.
    #[must_use]
    pub fn broken(&self, exchange: &Exchange, values: &Values) -> Option<String> {
        let found = self.at.evaluate(exchange);
        let wanted = match &self.rule {
            Rule::Exists(is_there) => {
                let verb = if *is_there {
                    "is not there"
                } else {
                    "is there"
                };
                return (found.is_some() != *is_there).then(|| format!("{} {verb}", self.text));
            }
            rule => rule.wanted(values),
        };
        let (wanted, value) = match wanted {
            Ok(wanted) => wanted,
            Err(problem) => return Some(problem),
        };
        let Some(found) = found else {
            return Some(format!("{} is not there; expected {wanted}", self.text));
        };
        let holds = match &self.rule {
            Rule::Equals(_) => is_same(&found, &value),
            Rule::Differs(_) => !is_same(&found, &value),
            Rule::Matches(pattern) => pattern.is_match(&text_of(&found)),
            Rule::Type(name) => is_of_type(&found, name),
            Rule::Length(length) => length_of(&found) == Some(*length),
            Rule::Contains(_) => contains(&found, &value),
            Rule::Exists(_) => true,
        };
        (!holds).then(|| format!("{} is {found}; expected {wanted}", self.text))
    }
}

impl Rule {
    fn wanted(&self, values: &Values) -> Result<(String, Value), String> {
        let filled = |template: &Template| template.fill(values);
        Ok(match self {
            Self::Equals(template) => {
                let value = filled(template)?;
                (value.to_string(), value)
            }
            Self::Differs(template) => {
                let value = filled(template)?;
                (format!("anything but {value}"), value)
            }
            Self::Contains(template) => {
                let value = filled(template)?;
                (format!("{value} in it"), value)
            }
            Self::Matches(pattern) => (format!("a text like {pattern}"), Value::Null),
            Self::Type(name) => (format!("a value of type {name}"), Value::Null),
            Self::Length(length) => (format!("a length of {length}"), Value::Null),
            Self::Exists(_) => (String::new(), Value::Null),
        })
    }
}

/// Whether two values are the same; headers and queries are texts, whatever they mean.
fn is_same(found: &Value, wanted: &Value) -> bool {
    found == wanted
        || match (found, wanted) {
            (Value::Number(found), Value::Number(wanted)) => {
                found.as_i128() == wanted.as_i128() && found.as_f64() == wanted.as_f64()
            }
            (Value::String(found), Value::Number(_) | Value::Bool(_)) => {
                text_of(wanted).as_str() == found
            }
            _ => false,
        }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => {
            name == "number"
                || (name == "integer"
                    && (number.is_i64() || number.is_u64() || number.to_string().ends_with(".0")))
        }
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}

fn length_of(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(members) => Some(members.len()),
        _ => None,
    }
}

fn contains(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| is_same(item, wanted)),
        Value::String(text) => text.contains(&text_of(wanted)),
        Value::Object(members) => wanted
            .as_str()
            .is_some_and(|name| members.contains_key(name)),
        _ => false,
    }
}
