//! Keywords of request schemas, and the values that they refuse.

use jsonschema::{ValidationError, error::ValidationErrorKind};
use openapi_codegen::tree::escape_pointer;
use serde_json::Value;

use crate::{
    api::{Api, Location, Parameter, Schema, Schemas},
    case::Case,
    document::Place,
};

/// Keywords that refuse values by themselves.
const REFUSING: [&str; 24] = [
    "type",
    "enum",
    "const",
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minProperties",
    "maxProperties",
    "required",
    "additionalProperties",
    "propertyNames",
    "dependentRequired",
    "oneOf",
    "anyOf",
];
/// Formats that are held against values; the others only say what is meant.
const FORMATS: [&str; 17] = [
    "date",
    "time",
    "date-time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "uuid",
    "json-pointer",
    "regex",
    "uri-template",
];
/// So deep schemas that refer to themselves are looked at.
const DEEPEST: usize = 12;
/// So many keywords of a schema are told apart. Schemas that refer to each other many times over have more than anybody could
/// count; from here on, references are not followed.
const MOST: usize = 2_000;

/// A keyword at a place of a schema.
pub(super) struct Site {
    /// Path of keywords through references, as validators report it.
    pub(super) path: String,
    /// For people: the part of the value and the keyword.
    pub(super) label: String,
    pub(super) place: Place,
}

/// Every keyword of a schema that can refuse a value that travels as text, or as JSON.
pub(super) fn of(api: &Api, schema: &Schema, is_text: bool) -> Vec<Site> {
    let mut walk = Walk {
        api,
        schema,
        is_text,
        sites: Vec::new(),
        path: Vec::new(),
    };
    walk.visit(&schema.value, "", "", None, "");
    walk.sites
}

struct Walk<'a> {
    api: &'a Api,
    schema: &'a Schema,
    /// Whether values are texts on the wire: every text is a string.
    is_text: bool,
    sites: Vec<Site>,
    /// The definitions that the walk is in.
    path: Vec<String>,
}

impl Walk<'_> {
    /// `path` leads through keywords, `at` through the value; `definition` and `pointer` say where the keywords stand.
    fn visit(
        &mut self,
        schema: &Value,
        path: &str,
        at: &str,
        definition: Option<&str>,
        pointer: &str,
    ) {
        let Some(object) = schema.as_object() else {
            return;
        };
        if let Some(name) = Schemas::name(schema)
            && !self.path.iter().any(|known| known == name)
            && self.path.len() < DEEPEST
            && self.sites.len() < MOST
            && let Some(target) = self.api.schemas.step(schema)
        {
            self.path.push(name.to_owned());
            self.visit(target, &format!("{path}/$ref"), at, Some(name), "");
            self.path.pop();
        }
        for (key, value) in object {
            if REFUSING.contains(&key.as_str()) && self.refuses(object, key, value) {
                let own = format!("{pointer}/{key}");
                let place = definition.and_then(|name| self.api.schemas.place(name, &own));
                self.sites.push(Site {
                    path: format!("{path}/{key}"),
                    label: format!("{at} {key}").trim_start().to_owned(),
                    place: place.unwrap_or_else(|| self.schema.place_of(&own)).clone(),
                });
            }
            for (inner, step, name) in inner_schemas(key, value) {
                let at = format!("{at}{name}");
                self.visit(
                    inner,
                    &format!("{path}/{step}"),
                    at.trim_start_matches('.'),
                    definition,
                    &format!("{pointer}/{step}"),
                );
            }
        }
    }

    /// Whether a keyword refuses anything that can be sent.
    fn refuses(&self, schema: &serde_json::Map<String, Value>, key: &str, value: &Value) -> bool {
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        match key {
            // A text on the wire is always a string, one value is a list of one, and a form is always an object.
            "type" if self.is_text => {
                let is_always = |kind: &&str| matches!(*kind, "string" | "array" | "object");
                !types.iter().any(is_always)
            }
            "format" => value
                .as_str()
                .is_some_and(|format| FORMATS.contains(&format)),
            "additionalProperties" => *value == Value::Bool(false),
            "uniqueItems" => *value == Value::Bool(true),
            "required" => value.as_array().is_some_and(|names| !names.is_empty()),
            "minLength" | "minItems" | "minProperties" => {
                value.as_u64() > Some(0) && !(self.is_text && key == "minItems")
            }
            // What stands in a list is long enough, and short enough.
            "maxLength" | "pattern" => {
                !schema.contains_key("enum") && !schema.contains_key("const")
            }
            _ => true,
        }
    }
}

/// The schemas inside a keyword: each with its pointer from the schema around it, and what it adds to the place in the
/// value.
fn inner_schemas<'v>(key: &str, value: &'v Value) -> Vec<(&'v Value, String, String)> {
    match (key, value) {
        ("properties", Value::Object(properties)) => properties
            .iter()
            .map(|(name, inner)| {
                let step = format!("properties/{}", escape_pointer(name));
                (inner, step, format!(".{name}"))
            })
            .collect(),
        ("items" | "additionalProperties" | "contains", Value::Object(_)) => {
            vec![(value, key.to_owned(), "[]".to_owned())]
        }
        ("allOf" | "oneOf" | "anyOf", Value::Array(branches)) => branches
            .iter()
            .enumerate()
            .map(|(index, inner)| (inner, format!("{key}/{index}"), String::new()))
            .collect(),
        _ => Vec::new(),
    }
}

/// The paths of the keywords that refuse a value.
pub(super) fn refusing(schema: &Schema, value: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    if let Ok(validator) = schema.validator() {
        for error in validator.iter_errors(value) {
            collect(&error, &mut paths);
        }
    }
    paths
}

fn collect(error: &ValidationError<'_>, paths: &mut Vec<String>) {
    paths.push(error.evaluation_path().to_string());
    if let ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } =
        error.kind()
    {
        for inner in context.iter().flatten() {
            collect(inner, paths);
        }
    }
}

/// The texts that a case sends for a parameter.
pub(super) fn texts<'c>(case: &'c Case, parameter: &Parameter) -> Vec<&'c str> {
    let name = parameter.name.as_str();
    match parameter.location {
        Location::Path => case
            .path
            .get(name)
            .map(String::as_str)
            .into_iter()
            .collect(),
        Location::Query => values(&case.query, |known| known == name),
        Location::Header => values(&case.headers, |known| known.eq_ignore_ascii_case(name)),
        Location::Cookie | Location::Body => values(&case.cookies, |known| known == name),
    }
}

fn values(pairs: &[(String, String)], is_wanted: impl Fn(&str) -> bool) -> Vec<&str> {
    let wanted = pairs.iter().filter(|(known, _)| is_wanted(known));
    wanted.map(|(_, value)| value.as_str()).collect()
}

/// The paths of the keywords that refuse what texts mean, whichever way they are read: the reading with the fewest
/// objections counts.
pub(super) fn refusing_texts(parameter: &Parameter, texts: &[&str]) -> Vec<String> {
    let schema = &parameter.schema;
    let mut readings: Vec<Value> = Vec::new();
    let separator = match parameter.style.as_str() {
        "spaceDelimited" => ' ',
        "pipeDelimited" => '|',
        _ => ',',
    };
    if let [text] = texts {
        readings.extend(scalars(text));
        let items: Vec<&str> = text.split(separator).collect();
        readings.push(items.iter().map(|item| scalar(item)).collect());
        readings.push(items.iter().map(|item| Value::from(*item)).collect());
    } else {
        readings.push(texts.iter().map(|item| scalar(item)).collect());
        readings.push(texts.iter().map(|item| Value::from(*item)).collect());
    }
    let objections = readings.iter().map(|value| refusing(schema, value));
    // A reading of another type is what nobody meant, unless there is no other.
    let is_of_another_type = |paths: &Vec<String>| paths.iter().any(|path| path.ends_with("type"));
    objections
        .min_by_key(|paths| (is_of_another_type(paths), paths.len()))
        .unwrap_or_default()
}

fn scalars(text: &str) -> Vec<Value> {
    let read = scalar(text);
    let mut readings = vec![Value::from(text)];
    if !read.is_string() {
        readings.push(read);
    }
    readings
}

/// A number or a boolean when the text is one, else the text.
pub(super) fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => Value::from(text),
    }
}
