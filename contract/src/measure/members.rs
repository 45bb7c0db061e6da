//! Objects that travel member by member, as texts: forms, and parameters of the style `deepObject`.

use serde_json::{Map, Value};

use super::keywords::{refusing, scalar};
use crate::{
    api::{Location, Parameter, Schema},
    case::{Case, Payload},
    generate::body::Kind,
};

/// Whether a body of a media type is a form.
pub(super) fn is_form(media_type: &str) -> bool {
    matches!(Kind::of(media_type), Some(Kind::Form | Kind::Multipart))
}

/// The fields of a form; `None` for what is none.
pub(super) fn of_form(payload: &Payload) -> Option<Vec<(String, String)>> {
    let bytes = payload.bytes();
    match Kind::of(&payload.media_type)? {
        Kind::Form => Some(url::form_urlencoded::parse(&bytes).into_owned().collect()),
        Kind::Multipart => {
            let (_, boundary) = payload.media_type.split_once("boundary=")?;
            let text = String::from_utf8_lossy(&bytes);
            let delimiter = format!("--{boundary}");
            Some(text.split(&delimiter).filter_map(part).collect())
        }
        _ => None,
    }
}

fn part(text: &str) -> Option<(String, String)> {
    let (head, content) = text.split_once("\r\n\r\n")?;
    let (_, named) = head.split_once("; name=\"")?;
    let (name, _) = named.split_once('"')?;
    let content = content.strip_suffix("\r\n").unwrap_or(content);
    Some((name.to_owned(), content.to_owned()))
}

/// The members of a parameter of the style `deepObject` that a case sends.
pub(super) fn of_parameter(case: &Case, parameter: &Parameter) -> Vec<(String, String)> {
    if parameter.style != "deepObject" || parameter.location != Location::Query {
        return Vec::new();
    }
    let members = case.query.iter().filter_map(|(name, text)| {
        let key = name.strip_prefix(parameter.name.as_str())?;
        let key = key.strip_prefix('[')?.strip_suffix(']')?;
        Some((key.to_owned(), text.clone()))
    });
    members.collect()
}

/// The paths of the keywords that refuse what the texts of members mean. Of each member the reading with the fewest
/// objections counts.
pub(super) fn refusing_members(schema: &Schema, pairs: &[(String, String)]) -> Vec<String> {
    let mut object = Map::new();
    for (name, text) in pairs {
        let more = object
            .entry(name.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Some(texts) = more.as_array_mut() {
            texts.push(Value::from(text.as_str()));
        }
    }
    let names: Vec<String> = object.keys().cloned().collect();
    for name in names {
        let texts = object.get(&name).cloned().unwrap_or_default();
        let readings = readings(texts.as_array().map_or(&[][..], Vec::as_slice));
        let rated = readings.into_iter().map(|reading| {
            object.insert(name.clone(), reading.clone());
            let paths = refusing(schema, &Value::Object(object.clone()));
            let types = paths.iter().filter(|path| path.ends_with("/type")).count();
            ((types, paths.len()), reading)
        });
        if let Some((_, best)) = rated.min_by_key(|(rate, _)| *rate) {
            object.insert(name, best);
        }
    }
    refusing(schema, &Value::Object(object))
}

/// What the texts of a member may be: one text, what it is in JSON, or a list of either.
fn readings(texts: &[Value]) -> Vec<Value> {
    let read: Vec<Value> = texts
        .iter()
        .map(|text| scalar(text.as_str().unwrap_or_default()))
        .collect();
    let mut readings = Vec::new();
    if let ([text], [value]) = (texts, read.as_slice()) {
        readings.push(text.clone());
        readings.push(value.clone());
        let json = text
            .as_str()
            .and_then(|text| serde_json::from_str(text).ok());
        readings.extend(json.filter(Value::is_object));
    }
    readings.push(Value::Array(texts.to_vec()));
    readings.push(Value::Array(read));
    readings
}
