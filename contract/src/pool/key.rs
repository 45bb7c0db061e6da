//! What values are known by: the template that ends with their parameter, and their name.

use std::collections::HashSet;

use serde_json::Value;

use super::names::{is_id, plain, singular};
use crate::{
    api::{Api, Location, Operation, Parameter},
    document::path_shape,
};

/// So deep is a schema looked into.
const DEPTH: usize = 16;

/// What a value is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// A template up to a parameter, names left out: `/orders/{}`.
    Template(String),
    /// A name in small letters and digits: `orderid`.
    Name(String),
}

/// Everything that a document has a use for.
pub(super) fn wanted(api: &Api) -> HashSet<Key> {
    let mut wanted = HashSet::new();
    for operation in &api.operations {
        for parameter in &operation.parameters {
            wanted.extend(keys(operation, parameter));
        }
        let media = operation.body.iter().flat_map(|body| body.media.values());
        for schema in media.filter_map(|media| media.schema.as_ref()) {
            want_properties(&schema.value, &mut wanted, 0);
        }
    }
    for (_, schema) in api.schemas.iter() {
        want_properties(schema, &mut wanted, 0);
    }
    wanted
}

/// What a parameter's values may be known by, the surest first.
pub(super) fn keys(operation: &Operation, parameter: &Parameter) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut name = plain(&parameter.name);
    if parameter.location == Location::Path {
        let found = templates(&operation.path);
        if let Some((_, key)) = found
            .into_iter()
            .find(|(known, _)| *known == parameter.name)
        {
            let collection = key.trim_end_matches("/{}").rsplit('/').next();
            if matches!(name.as_str(), "id" | "uuid") {
                name = format!("{}id", singular(collection.unwrap_or_default()));
            }
            keys.push(Key::Template(key));
        }
    }
    if !is_id(&name) {
        keys.push(Key::Name(format!("{name}id")));
    }
    keys.push(Key::Name(name));
    keys
}

/// Every parameter of a template with the template up to it.
pub(super) fn templates(path: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut before = String::new();
    for segment in path.split('/').skip(1) {
        before.push('/');
        if let Some((_, rest)) = segment.split_once('{')
            && let Some((name, _)) = rest.split_once('}')
        {
            let key = format!("{before}{}", path_shape(segment));
            found.push((name.to_owned(), key));
        }
        before.push_str(&path_shape(segment));
    }
    found
}

/// The ids among the properties of a schema, at any depth.
fn want_properties(schema: &Value, wanted: &mut HashSet<Key>, depth: usize) {
    if depth > DEPTH {
        return;
    }
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                if let ("properties", Value::Object(properties)) = (key.as_str(), value) {
                    let names = properties.keys().map(|name| plain(name));
                    wanted.extend(names.filter(|name| is_id(name)).map(Key::Name));
                }
                want_properties(value, wanted, depth + 1);
            }
        }
        Value::Array(items) => {
            for item in items {
                want_properties(item, wanted, depth + 1);
            }
        }
        _ => {}
    }
}
