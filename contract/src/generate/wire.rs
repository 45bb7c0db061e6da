//! Parameters as they travel, and what a server may read in them.
//!
//! On the wire everything is text: `123` for a string is a string, `1.0` for an integer is one. A deviation counts only
//! when no reading of its text keeps to the schema.

use serde_json::{Map, Number, Value};

use super::{
    node::Node,
    shape::{Kind, Shape},
    values::{Maker, item},
};
use crate::{
    api::{Location, Media, Parameter},
    case::Mode,
};

/// So many branches of a choice are asked for their reading.
const BRANCHES: usize = 4;

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
                read.insert(name.clone(), coerce(maker, &inner, member, depth + 1));
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{api::Api, generate::node::Source};

    fn api(parameter: &Value) -> Api {
        let mut parameter = parameter.clone();
        let location = parameter["in"].clone();
        parameter["required"] = json!(true);
        let path = if location == "path" { "/x/{p}" } else { "/x" };
        let document = json!({
            "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
            "paths": { path: { "get": { "parameters": [parameter], "responses": { "200": { "description": "Fine." } } } } },
        });
        Api::from_text("t.json", &document.to_string()).unwrap()
    }

    fn written(parameter: &Value, value: &Value) -> String {
        let api = api(parameter);
        let pairs = write(&api.operations[0].parameters[0], value);
        let pairs = pairs.map(|pairs| {
            pairs
                .into_iter()
                .map(|(name, text)| format!("{name}={text}"))
                .collect::<Vec<_>>()
        });
        pairs.map_or("-".to_owned(), |pairs| pairs.join("&"))
    }

    fn is_read(parameter: &Value, text: &str) -> bool {
        let api = api(parameter);
        let parameter = &api.operations[0].parameters[0];
        let source = Source {
            schema: &parameter.schema,
            schemas: &api.schemas,
        };
        let mut maker = Maker::new(source, 1, Vec::new(), None);
        is_readable(
            &mut maker,
            parameter,
            &vec![("p".to_owned(), text.to_owned())],
        )
    }

    #[test]
    fn every_style_is_written_as_the_specification_shows_it() {
        let (list, object) = (json!(["blue", "black"]), json!({ "R": 100, "G": 200 }));
        let schema = json!({});
        for (location, style, explode, of_list, of_object) in [
            ("query", "form", true, "p=blue&p=black", "R=100&G=200"),
            ("query", "form", false, "p=blue,black", "p=R,100,G,200"),
            (
                "query",
                "spaceDelimited",
                false,
                "p=blue black",
                "p=R 100 G 200",
            ),
            (
                "query",
                "pipeDelimited",
                false,
                "p=blue|black",
                "p=R|100|G|200",
            ),
            (
                "query",
                "deepObject",
                true,
                "p=blue,black",
                "p[R]=100&p[G]=200",
            ),
            ("path", "simple", false, "p=blue,black", "p=R,100,G,200"),
            ("path", "simple", true, "p=blue,black", "p=R=100,G=200"),
            ("path", "label", true, "p=.blue.black", "p=.R=100.G=200"),
            ("path", "label", false, "p=.blue,black", "p=.R,100,G,200"),
            (
                "path",
                "matrix",
                true,
                "p=;p=blue;p=black",
                "p=;R=100;G=200",
            ),
            (
                "path",
                "matrix",
                false,
                "p=;p=blue,black",
                "p=;p=R,100,G,200",
            ),
            ("header", "simple", false, "p=blue,black", "p=R,100,G,200"),
        ] {
            let parameter = json!({ "name": "p", "in": location, "style": style, "explode": explode, "schema": schema });
            assert_eq!(written(&parameter, &list), of_list, "{style} {explode}");
            assert_eq!(written(&parameter, &object), of_object, "{style} {explode}");
        }
        let plain = json!({ "name": "p", "in": "query", "explode": false, "schema": {} });
        assert_eq!(written(&plain, &json!(["a,b"])), "-");
        let content = json!({ "name": "p", "in": "query", "content": { "application/json": { "schema": {} } } });
        assert_eq!(written(&content, &json!({ "a": [1] })), r#"p={"a":[1]}"#);
    }

    #[test]
    fn a_text_is_a_deviation_only_when_nobody_can_read_it_as_valid() {
        let of = |schema: Value| json!({ "name": "p", "in": "query", "explode": false, "schema": schema });
        let text = of(json!({ "type": "string", "minLength": 2 }));
        assert!(is_read(&text, "123") && is_read(&text, "null") && !is_read(&text, "a"));
        let integer = of(json!({ "type": "integer", "minimum": 1 }));
        for fine in ["1", "1.0", "+7", "007", " 5 ", "1e2"] {
            assert!(is_read(&integer, fine), "{fine}");
        }
        for wrong in ["0", "1.5", "abc", "null", "", "true"] {
            assert!(!is_read(&integer, wrong), "{wrong}");
        }
        let flag = of(json!({ "type": "boolean" }));
        assert!(is_read(&flag, "1") && is_read(&flag, "TRUE") && !is_read(&flag, "wrong"));
        let list = of(json!({ "type": "array", "items": { "type": "integer" }, "maxItems": 2 }));
        assert!(
            is_read(&list, "1,2")
                && is_read(&list, "7")
                && !is_read(&list, "1,2,3")
                && !is_read(&list, "a")
        );
        assert!(is_read(&of(json!({ "type": ["integer", "null"] })), "null"));
        assert!(is_read(
            &of(
                json!({ "oneOf": [{ "type": "boolean" }, { "type": "array", "items": { "type": "integer" } }] })
            ),
            "1,2"
        ));
    }

    #[test]
    fn what_http_would_change_is_not_carried() {
        for (location, text) in [
            (Location::Path, ""),
            (Location::Path, ".."),
            (Location::Path, "a/b"),
            (Location::Header, " a"),
            (Location::Header, "ä"),
            (Location::Cookie, "a;b"),
            (Location::Query, "a\0"),
        ] {
            assert!(
                !is_carried(location, text, Mode::Positive),
                "{location} {text:?}"
            );
        }
        assert!(is_carried(Location::Path, "a b", Mode::Positive));
        assert!(is_carried(Location::Query, "", Mode::Positive));
        assert!(is_carried(Location::Header, "a, b", Mode::Positive));
        assert!(is_carried(Location::Query, "a\0", Mode::Negative));
        assert!(is_carried(Location::Header, "", Mode::Negative));
        assert!(!is_carried(Location::Path, "", Mode::Negative));
    }
}
