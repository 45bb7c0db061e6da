//! Parameters as they travel, and what a server may read in them.
//!
//! On the wire everything is text: `123` for a string is a string, `1.0` for an integer is one. A deviation counts only
//! when no reading of its text keeps to the schema.

mod read;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

pub use read::{coerce, is_readable, may_be_readable};

use crate::{
    api::{Location, Media, Parameter},
    case::Mode,
};

/// Names and texts of a parameter: one pair, or several where it is spread.
pub type Pairs = Vec<(String, String)>;

/// A value as its parameter's `style` and `explode` write it. `None` for what cannot be written so that anybody could
/// read it back: lists within lists, items that hold the delimiter.
#[must_use]
pub fn write(parameter: &Parameter, value: &Value) -> Option<Pairs> {
    let name = parameter.name.as_str();
    if let Some(media_type) = &parameter.media_type {
        let text = match value {
            Value::String(text) if !Media::is_json(media_type) => text.clone(),
            value => value.to_string(),
        };
        return Some(vec![(name.to_owned(), text)]);
    }
    let one = |text: String| Some(vec![(name.to_owned(), text)]);
    let is_exploded = parameter.explode;
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(scalar).collect::<Option<_>>()?;
            match (parameter.style.as_str(), is_exploded) {
                ("form" | "spaceDelimited" | "pipeDelimited", true) => Some(
                    items
                        .into_iter()
                        .map(|text| (name.to_owned(), text))
                        .collect(),
                ),
                ("spaceDelimited", false) => one(joined(&items, " ")?),
                ("pipeDelimited", false) => one(joined(&items, "|")?),
                ("label", true) => one(format!(".{}", joined(&items, ".")?)),
                ("label", false) => one(format!(".{}", joined(&items, ",")?)),
                ("matrix", true) => {
                    let parts: Vec<String> =
                        items.iter().map(|text| format!(";{name}={text}")).collect();
                    one(parts.concat())
                }
                ("matrix", false) => one(format!(";{name}={}", joined(&items, ",")?)),
                _ => one(joined(&items, ",")?),
            }
        }
        Value::Object(members) => object(parameter, members),
        value => {
            let text = scalar(value)?;
            match parameter.style.as_str() {
                "label" => one(format!(".{text}")),
                "matrix" => one(format!(";{name}={text}")),
                _ => one(text),
            }
        }
    }
}

fn object(parameter: &Parameter, members: &Map<String, Value>) -> Option<Pairs> {
    let name = parameter.name.as_str();
    let one = |text: String| Some(vec![(name.to_owned(), text)]);
    if parameter.style == "deepObject" {
        let mut pairs = Pairs::new();
        for (key, member) in members {
            deep(&format!("{name}[{key}]"), member, &mut pairs);
        }
        return Some(pairs);
    }
    let mut texts = Vec::new();
    for (key, member) in members {
        texts.push((key.clone(), scalar(member)?));
    }
    let equals = |delimiter: &str| {
        let parts: Vec<String> = texts
            .iter()
            .map(|(key, text)| format!("{key}={text}"))
            .collect();
        joined(&parts, delimiter)
    };
    let flat = |delimiter: &str| {
        let parts: Vec<String> = texts
            .iter()
            .flat_map(|(key, text)| [key.clone(), text.clone()])
            .collect();
        joined(&parts, delimiter)
    };
    match (parameter.style.as_str(), parameter.explode) {
        ("form", true) => Some(texts),
        ("spaceDelimited", _) => one(flat(" ")?),
        ("pipeDelimited", _) => one(flat("|")?),
        ("label", true) => one(format!(".{}", equals(".")?)),
        ("label", false) => one(format!(".{}", flat(",")?)),
        ("matrix", true) => one(format!(";{}", equals(";")?)),
        ("matrix", false) => one(format!(";{name}={}", flat(",")?)),
        (_, true) => one(equals(",")?),
        (_, false) => one(flat(",")?),
    }
}

fn deep(name: &str, value: &Value, pairs: &mut Pairs) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                deep(&format!("{name}[{key}]"), member, pairs);
            }
        }
        Value::Array(items) => {
            for item in items {
                deep(name, item, pairs);
            }
        }
        value => pairs.extend(scalar(value).map(|text| (name.to_owned(), text))),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
        other => Some(other.to_string()),
    }
}

fn joined(parts: &[String], delimiter: &str) -> Option<String> {
    let is_clear = parts.iter().all(|part| !part.contains(delimiter));
    is_clear.then(|| parts.join(delimiter))
}

/// Whether HTTP carries a text at a place so that the server surely gets it. Deviations may be empty or hold control
/// characters where HTTP can escape them; what is to be accepted may not.
#[must_use]
pub fn is_carried(location: Location, text: &str, mode: Mode) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() || c == ' ';
    let is_odd_fine = mode == Mode::Negative;
    let is_decent = |text: &str| is_odd_fine || !text.contains(char::is_control);
    let is_there = |text: &str| is_odd_fine || !text.is_empty();
    match location {
        // An empty segment, a point and a slash are other paths.
        Location::Path => {
            !text.is_empty()
                && !matches!(text, "." | "..")
                && !text.contains(['/', '\\'])
                && is_decent(text)
        }
        Location::Header => is_there(text) && text.chars().all(is_plain) && text.trim() == text,
        Location::Cookie => {
            let is_taken = |c: char| c.is_ascii_graphic() && !matches!(c, ';' | ',' | '"' | '\\');
            is_there(text) && text.chars().all(is_taken)
        }
        Location::Query => is_decent(text),
        Location::Body => true,
    }
}
