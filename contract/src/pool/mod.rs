//! What exists at the server: ids that earlier answers named, for the requests that need one.
//!
//! An id belongs to the parameter that stands behind its collection (`id` of what `/orders` answers is the value of
//! `/orders/{orderId}`), and to every parameter and property with its name (`orderId`). Requests that change something
//! are given what this run made itself, never what merely happened to be listed.

#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;

use crate::{
    api::{Api, Location, Operation, Parameter},
    document::path_shape,
    exchange::Exchange,
};

/// So many values are kept for a parameter, the newest ones.
const KEPT: usize = 32;
/// So deep is an answer looked into.
const DEPTH: usize = 8;
/// So many items of a list are looked at.
const ITEMS: usize = 20;
/// Members that hold the resource itself in place of another one.
const ENVELOPES: [&str; 9] = [
    "data", "items", "results", "result", "content", "value", "values", "entries", "records",
];

/// Values by what they are good for.
#[derive(Debug)]
pub struct Pool {
    api: Arc<Api>,
    /// Everything that the document has a use for; nothing else is kept.
    wanted: HashSet<Key>,
    known: Mutex<HashMap<Key, VecDeque<Known>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A template up to a parameter, names left out: `/orders/{}`.
    Template(String),
    /// A name in small letters and digits: `orderid`.
    Name(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    value: String,
    is_made_here: bool,
}

impl Pool {
    /// An empty pool for a document.
    #[must_use]
    pub fn new(api: &Arc<Api>) -> Self {
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
        Self {
            api: Arc::clone(api),
            wanted,
            known: Mutex::default(),
        }
    }

    /// Takes what an answer tells about what exists. Only successes tell something.
    pub fn learn(&self, exchange: &Exchange) {
        let case = &exchange.case;
        let operation = &case.operation;
        let Some(received) = exchange.received().filter(|received| received.is_success()) else {
            return;
        };
        if case.method != operation.method {
            return;
        }
        if operation.method == "DELETE" {
            if let Some((name, key)) = templates(&operation.path).pop()
                && let Some(value) = case.path.get(&name)
            {
                self.forget(&Key::Template(key), value);
            }
            return;
        }
        let is_new = received.status == 201;
        if let Some(location) = received.header("location") {
            self.learn_location(location, is_new);
        }
        if let Some(body) = received.json() {
            let context = Context::of(&operation.path);
            self.look_into(&body, &context, is_new, 0);
        }
    }

    /// A value for a parameter, the newest that fits its schema.
    #[must_use]
    pub fn value_for(&self, operation: &Operation, parameter: &Parameter) -> Option<String> {
        self.values_for(operation, parameter).into_iter().next()
    }

    /// Every value for a parameter that fits its schema, the newest first.
    #[must_use]
    pub fn values_for(&self, operation: &Operation, parameter: &Parameter) -> Vec<String> {
        let is_path = parameter.location == Location::Path;
        if !is_path && !is_id(&plain(&parameter.name)) {
            return Vec::new();
        }
        let changes = !matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        let fits = |known: &&Known| {
            (known.is_made_here || !changes || !is_path)
                && (parameter.schema.takes(&Value::String(known.value.clone()))
                    || serde_json::from_str(&known.value)
                        .is_ok_and(|value: Value| parameter.schema.takes(&value)))
        };
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys(operation, parameter) {
            let Some(values) = known.get(&key) else {
                continue;
            };
            let fitting: Vec<_> = values
                .iter()
                .filter(fits)
                .map(|known| known.value.clone())
                .collect();
            if !fitting.is_empty() {
                return fitting;
            }
        }
        Vec::new()
    }

    /// The newest value that was seen for a property like `productId`.
    #[must_use]
    pub fn value_named(&self, name: &str) -> Option<String> {
        let name = plain(name);
        if !is_id(&name) {
            return None;
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let values = known.get(&Key::Name(name))?;
        values.front().map(|known| known.value.clone())
    }

    /// Takes a value that is known from elsewhere, as one that this run made.
    pub fn add(&self, operation: &Operation, parameter: &Parameter, value: &str) {
        for key in keys(operation, parameter) {
            self.remember(key, value, true);
        }
    }

    /// `Location: /api/orders/7`, absolute or not.
    fn learn_location(&self, location: &str, is_new: bool) {
        let path = match location.split_once("://") {
            Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)),
            None => Some(location),
        };
        let mut path = path.and_then(|path| path.split(['?', '#']).next());
        // The server's address may have a path of its own, which templates do not have.
        while let Some(tried) = path.filter(|tried| tried.starts_with('/')) {
            let found = self.api.operations_at(tried);
            if !found.is_empty() {
                for (operation, captured) in found {
                    let last = templates(&operation.path).pop();
                    for (name, key) in templates(&operation.path) {
                        let is_last = last.as_ref().is_some_and(|(known, _)| *known == name);
                        if let Some(value) = captured.get(&name) {
                            self.remember(Key::Template(key), value, is_new && is_last);
                        }
                    }
                }
                return;
            }
            path = tried
                .get(1..)
                .and_then(|rest| rest.find('/').and_then(|at| rest.get(at..)));
        }
    }

    fn look_into(&self, value: &Value, context: &Context, is_new: bool, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match value {
            Value::Array(items) => {
                // The first of a list is the newest as a rule: it is remembered last.
                for item in items.iter().take(ITEMS).rev() {
                    self.look_into(item, context, is_new, depth + 1);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    let text = match member {
                        Value::String(text) if !text.is_empty() && text.len() <= 256 => {
                            text.clone()
                        }
                        Value::Number(number) if number.is_u64() => number.to_string(),
                        Value::Array(_) | Value::Object(_) => {
                            let inner = context.inside(name);
                            let stays = inner == *context;
                            self.look_into(member, &inner, is_new && stays, depth + 1);
                            continue;
                        }
                        _ => continue,
                    };
                    let plain = plain(name);
                    if matches!(plain.as_str(), "id" | "uuid") {
                        for key in context.keys() {
                            self.remember(key, &text, is_new);
                        }
                    } else {
                        self.remember(Key::Name(plain), &text, false);
                    }
                }
            }
            _ => {}
        }
    }

    fn remember(&self, key: Key, value: &str, is_made_here: bool) {
        if value.is_empty() || !self.wanted.contains(&key) {
            return;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let values = known.entry(key).or_default();
        let before = values.iter().position(|known| known.value == value);
        let was_made_here = before
            .and_then(|at| values.remove(at))
            .is_some_and(|known| known.is_made_here);
        values.push_front(Known {
            value: value.to_owned(),
            is_made_here: is_made_here || was_made_here,
        });
        if values.len() > KEPT {
            // What this run made is worth more than what it saw.
            let seen = values.iter().rposition(|known| !known.is_made_here);
            values.remove(seen.unwrap_or(KEPT));
        }
    }

    fn forget(&self, key: &Key, value: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(values) = known.get_mut(key) {
            values.retain(|known| known.value != value);
        }
        for (other, values) in known.iter_mut() {
            if matches!(other, Key::Name(_)) {
                values.retain(|known| known.value != value);
            }
        }
    }
}

/// What an `id` in an answer is the id of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Context {
    /// Of the collection at a template, with its name.
    Collection(String, String),
    /// Of something with a name.
    Named(String),
    /// Of nothing that is known.
    Unknown,
}

impl Context {
    /// What an operation with this template answers: `/orders` and `/orders/{id}` answer orders, `/orders/{id}/pay`
    /// answers something else.
    fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        let (head, last) = path.rsplit_once('/').unwrap_or(("", path));
        let collection = if last.starts_with('{') { head } else { path };
        let name = collection.rsplit('/').next().unwrap_or_default();
        if name.is_empty() || name.contains('{') {
            return Self::Unknown;
        }
        Self::Collection(path_shape(collection), singular(name))
    }

    fn inside(&self, member: &str) -> Self {
        if ENVELOPES.contains(&member.to_ascii_lowercase().as_str()) {
            return self.clone();
        }
        Self::Named(singular(member))
    }

    fn keys(&self) -> Vec<Key> {
        match self {
            Self::Collection(path, name) => vec![
                Key::Template(format!("{path}/{{}}")),
                Key::Name(format!("{name}id")),
            ],
            Self::Named(name) => vec![Key::Name(format!("{name}id"))],
            Self::Unknown => Vec::new(),
        }
    }
}

/// What a parameter's values may be known by, the surest first.
fn keys(operation: &Operation, parameter: &Parameter) -> Vec<Key> {
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
fn templates(path: &str) -> Vec<(String, String)> {
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

fn want_properties(schema: &Value, wanted: &mut HashSet<Key>, depth: usize) {
    if depth > 2 * DEPTH {
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

/// Small letters and digits only: `order_id`, `orderId` and `Order-ID` are one name.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_id(plain: &str) -> bool {
    plain.len() > 2 && plain.ends_with("id")
}

/// The name of one of them: `categories` are made of a `category`.
fn singular(name: &str) -> String {
    let name = plain(name);
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes"] {
        if name.ends_with(ending) {
            return name.strip_suffix("es").unwrap_or(&name).to_owned();
        }
    }
    match name.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') => stem.to_owned(),
        _ => name,
    }
}
