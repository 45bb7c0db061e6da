//! Which members of answers and parameters hold secrets, by their names.

use aho_corasick::AhoCorasick;
use bytes::Bytes;
use serde_json::Value;

use super::FILTERED;

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

/// A JSON body without the secrets that members name; `None` when there are none.
pub(super) fn without_members(body: &Bytes) -> Option<Bytes> {
    if !has_marker(body) {
        return None;
    }
    let mut value: Value = serde_json::from_slice(body).ok()?;
    let mut found = Vec::new();
    take_members(&mut value, &mut found);
    if found.is_empty() {
        return None;
    }
    serde_json::to_vec(&value).ok().map(Bytes::from)
}

/// Takes the secrets out of a value.
pub(super) fn take_members(value: &mut Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if is_secret_name(name) => {
                        if !text.is_empty() && text != FILTERED {
                            found.push(std::mem::replace(text, FILTERED.to_owned()));
                        }
                    }
                    _ => take_members(member, found),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                take_members(item, found);
            }
        }
        _ => {}
    }
}
