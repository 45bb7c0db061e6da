//! What a server may read in texts, however lenient it is.

use serde_json::{Map, Number, Value};

use super::Pairs;
use crate::{
    api::{Location, Media, Parameter},
    generate::{
        node::Node,
        shape::{Kind, Shape},
        values::{Maker, item},
    },
};

/// So many branches of a choice are asked for their reading.
const BRANCHES: usize = 4;

/// Whether some reading of a parameter's texts keeps to its schema.
pub fn is_readable(maker: &mut Maker<'_>, parameter: &Parameter, pairs: &Pairs) -> bool {
    if pairs.is_empty() {
        return !parameter.is_required;
    }
    let root = maker.source.root();
    if let (Some(media_type), Some((_, text))) = (&parameter.media_type, pairs.first()) {
        let read = if Media::is_json(media_type) {
            serde_json::from_str(text).ok()
        } else {
            Some(Value::String(text.clone()))
        };
        return read.is_some_and(|value| maker.source.schema.takes(&value));
    }
    let mut readings = vec![Value::String(texts(pairs))];
    // Several branches may take several types; each is asked for its own.
    for branch in 0..BRANCHES {
        let shape = branch_shape(maker, &root, branch);
        if shape.lets(Kind::Array) {
            readings.push(list(parameter, pairs));
        }
        if shape.lets(Kind::Object) {
            readings.extend(read_object(parameter, &shape, pairs));
        }
        if shape.choices.is_empty() {
            break;
        }
    }
    readings.into_iter().any(|value| {
        let value = coerce(maker, &root, &value, 0);
        maker.source.schema.takes(&value)
    })
}

/// Whether some server may take a parameter's texts, even in ways that none has to know: no text for no items, and the
/// name of an object whose members have names of their own for nothing at all.
pub fn may_be_readable(maker: &mut Maker<'_>, parameter: &Parameter, pairs: &Pairs) -> bool {
    if is_readable(maker, parameter, pairs) {
        return true;
    }
    let is_deep = parameter.style == "deepObject";
    let members: Pairs = pairs
        .iter()
        .filter(|(name, _)| !is_deep || *name != parameter.name)
        .cloned()
        .collect();
    if members.len() < pairs.len() {
        return is_readable(maker, parameter, &members);
    }
    let is_empty = pairs.iter().all(|(_, text)| text.is_empty());
    is_empty && maker.source.schema.takes(&Value::Array(Vec::new()))
}

fn branch_shape<'s>(maker: &Maker<'s>, node: &Node<'s>, branch: usize) -> Shape<'s> {
    Shape::of(maker.source, node, |choice| {
        branch % choice.branches.len().max(1)
    })
}

fn texts(pairs: &Pairs) -> String {
    let texts: Vec<&str> = pairs.iter().map(|(_, text)| text.as_str()).collect();
    texts.join(",")
}

fn bare<'t>(parameter: &Parameter, text: &'t str) -> &'t str {
    let text = match parameter.style.as_str() {
        "label" => text.strip_prefix('.').unwrap_or(text),
        "matrix" => text.strip_prefix(';').unwrap_or(text),
        _ => text,
    };
    let prefix = format!("{}=", parameter.name);
    match parameter.style.as_str() {
        "matrix" => text.strip_prefix(prefix.as_str()).unwrap_or(text),
        _ => text,
    }
}

fn delimiter(parameter: &Parameter) -> char {
    match (parameter.style.as_str(), parameter.explode) {
        ("spaceDelimited", _) => ' ',
        ("pipeDelimited", _) => '|',
        ("label", true) => '.',
        ("matrix", true) => ';',
        _ => ',',
    }
}

fn list(parameter: &Parameter, pairs: &Pairs) -> Value {
    let delimiter = delimiter(parameter);
    let is_spread =
        parameter.explode && matches!(parameter.location, Location::Query | Location::Cookie);
    let texts = pairs.iter().flat_map(|(_, text)| {
        let text = bare(parameter, text);
        let parts: Vec<&str> = if is_spread {
            vec![text]
        } else {
            text.split(delimiter).collect()
        };
        parts
    });
    let prefix = format!("{}=", parameter.name);
    texts
        .map(|text| {
            Value::String(
                text.strip_prefix(prefix.as_str())
                    .unwrap_or(text)
                    .to_owned(),
            )
        })
        .collect()
}

fn read_object(parameter: &Parameter, shape: &Shape<'_>, pairs: &Pairs) -> Option<Value> {
    let mut members = Map::new();
    let mut add = |key: &str, text: &str| {
        members.insert(key.to_owned(), Value::String(text.to_owned()));
    };
    match (parameter.style.as_str(), parameter.explode) {
        ("deepObject", _) => {
            for (name, text) in pairs {
                let key = name.strip_prefix(parameter.name.as_str())?;
                let key = key.strip_prefix('[')?.strip_suffix(']')?;
                add(key, text);
            }
        }
        // Names that the schema does not list belong to nobody: servers pass them over.
        ("form", true) => {
            for (name, text) in pairs {
                if shape.properties.contains_key(name.as_str()) {
                    add(name, text);
                }
            }
        }
        (_, explode) => {
            let (_, text) = pairs.first()?;
            let parts: Vec<&str> = bare(parameter, text).split(delimiter(parameter)).collect();
            if explode {
                for part in parts {
                    let (key, text) = part.split_once('=')?;
                    add(key, text);
                }
            } else {
                for pair in parts.chunks(2) {
                    let [key, text] = pair else { return None };
                    add(key, text);
                }
            }
        }
    }
    Some(Value::Object(members))
}

/// Texts as the schema would have them: a number where one is taken, and so on. What fits nowhere stays text.
pub fn coerce<'s>(maker: &mut Maker<'s>, node: &Node<'s>, value: &Value, depth: usize) -> Value {
    if depth > 8 {
        return value.clone();
    }
    match value {
        Value::String(text) => {
            let readings = readings(text);
            let found = readings
                .into_iter()
                .find(|reading| maker.fits(node, reading));
            found.unwrap_or_else(|| value.clone())
        }
        Value::Array(_) | Value::Object(_) => {
            let mut read = value.clone();
            for branch in 0..BRANCHES {
                let shape = branch_shape(maker, node, branch);
                read = coerce_parts(maker, &shape, value, depth);
                if shape.choices.is_empty() || maker.fits(node, &read) {
                    break;
                }
            }
            read
        }
        other => other.clone(),
    }
}

fn coerce_parts<'s>(
    maker: &mut Maker<'s>,
    shape: &Shape<'s>,
    value: &Value,
    depth: usize,
) -> Value {
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(index, inner)| coerce(maker, &item(shape, index, false), inner, depth + 1))
                .collect()
        }
        Value::Object(members) => {
            let mut read = Map::new();
            for (name, member) in members {
                let inner = shape.property(name).unwrap_or_default();
                let mut value = coerce(maker, &inner, member, depth + 1);
                // One text may be a list of one, beside others that are none.
                if member.is_string() && !maker.fits(&inner, &value) {
                    let alone = Value::Array(vec![member.clone()]);
                    let list = coerce(maker, &inner, &alone, depth + 1);
                    if maker.fits(&inner, &list) {
                        value = list;
                    }
                }
                read.insert(name.clone(), value);
            }
            Value::Object(read)
        }
        other => other.clone(),
    }
}

/// Everything that a lenient server may read in a text.
fn readings(text: &str) -> Vec<Value> {
    let mut readings = vec![Value::String(text.to_owned())];
    let trimmed = text.trim();
    let (sign, digits) = match trimmed.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let stripped = digits.trim_start_matches('0');
    let digits = if stripped.starts_with(|c: char| c.is_ascii_digit()) {
        stripped.to_owned()
    } else {
        format!("0{stripped}")
    };
    let looks_like_one = trimmed.contains(|c: char| c.is_ascii_digit());
    if looks_like_one && let Ok(number) = serde_json::from_str::<Number>(&format!("{sign}{digits}"))
    {
        readings.push(Value::Number(number));
    }
    match trimmed.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "t" | "y" => readings.push(Value::Bool(true)),
        "false" | "0" | "no" | "off" | "f" | "n" => readings.push(Value::Bool(false)),
        "" | "null" | "none" | "nil" => readings.push(Value::Null),
        _ => {}
    }
    readings
}
