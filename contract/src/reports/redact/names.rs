//! Which members of answers and parameters hold secrets, by their names.

use std::collections::HashSet;

use aho_corasick::AhoCorasick;
use bytes::Bytes;
use serde_json::Value;

use super::FILTERED;
use crate::api::Operation;

/// Parts of names (without `-` and `_`) whose values are secrets in answers and addresses.
const MARKERS: [&str; 8] = [
    "apikey",
    "credential",
    "passphrase",
    "passwd",
    "password",
    "privatekey",
    "secret",
    "token",
];

/// Parts of names that tell about a secret, or mean a place in a list.
const HARMLESS: [&str; 9] = [
    "at",
    "continuation",
    "count",
    "cursor",
    "expires",
    "id",
    "in",
    "page",
    "type",
];

/// Whether a name says that its value is a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let mut words = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .flat_map(words_of);
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    MARKERS.iter().any(|marker| plain.contains(marker))
        && !words.any(|word| HARMLESS.contains(&word.to_ascii_lowercase().as_str()))
}

/// The words of a name in camel case.
fn words_of(name: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = name
        .char_indices()
        .filter(|(at, letter)| *at > 0 && letter.is_ascii_uppercase())
        .map(|(at, _)| at)
        .chain([name.len()])
        .collect();
    let mut begin = 0;
    starts.into_iter().map(move |end| {
        let word = name.get(begin..end).unwrap_or_default();
        begin = end;
        word
    })
}

/// Whether a body may name a secret: most do not, and need not be parsed.
pub(super) fn has_marker(body: &[u8]) -> bool {
    thread_local! {
        static FINDER: Option<AhoCorasick> = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(["key", "credential", "pass", "secret", "token"])
            .ok();
    }
    FINDER.with(|finder| finder.as_ref().is_none_or(|finder| finder.is_match(body)))
}

/// A JSON body without the secrets that members name; `None` when there are none. What is public stays.
pub(super) fn without_members(body: &Bytes, public: &HashSet<&str>) -> Option<Bytes> {
    if !has_marker(body) {
        return None;
    }
    let mut value: Value = serde_json::from_slice(body).ok()?;
    let mut found = Vec::new();
    take_members(&mut value, public, &mut found);
    if found.is_empty() {
        return None;
    }
    serde_json::to_vec(&value).ok().map(Bytes::from)
}

/// Takes the secrets out of a value, but for those that are public.
pub(super) fn take_members(value: &mut Value, public: &HashSet<&str>, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if is_secret_name(name) => {
                        if !text.is_empty() && text != FILTERED && !public.contains(text.as_str()) {
                            found.push(std::mem::replace(text, FILTERED.to_owned()));
                        }
                    }
                    _ => take_members(member, public, found),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                take_members(item, public, found);
            }
        }
        _ => {}
    }
}

/// The texts in the example bodies of an operation: whoever reads the document knows them.
pub(super) fn examples(operation: &Operation) -> HashSet<&str> {
    let media = operation.body.iter().flat_map(|body| body.media.values());
    let mut texts = HashSet::new();
    for example in media.flat_map(|media| &media.examples) {
        collect(&example.value, &mut texts);
    }
    texts
}

fn collect<'v>(value: &'v Value, texts: &mut HashSet<&'v str>) {
    match value {
        Value::String(text) => {
            texts.insert(text);
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(members) => members.values().for_each(|member| collect(member, texts)),
        _ => {}
    }
}
