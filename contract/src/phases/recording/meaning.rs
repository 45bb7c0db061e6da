//! What a value of an answer means: an id that a later request may name, or a word, a time, an amount.

use std::collections::HashMap;

use serde_json::Value;

use crate::exchange::Received;

/// A shorter value is only put in where an id is meant: it may mean something else elsewhere.
const TELLING: usize = 8;

/// The texts of an operation's example bodies by the name of the member: a password of the document is no secret.
pub(super) fn examples(operation: &crate::api::Operation) -> HashMap<String, String> {
    let media = operation.body.iter().flat_map(|body| body.media.values());
    let mut texts = HashMap::new();
    for example in media.flat_map(|media| &media.examples) {
        let members = example.value.as_object().into_iter().flatten();
        for (name, value) in members {
            if let Some(text) = value.as_str() {
                texts.entry(plain(name)).or_insert_with(|| text.to_owned());
            }
        }
    }
    texts
}

/// The value of a recorded answer, whatever it says it is.
pub(super) fn json(received: &Received) -> Option<Value> {
    serde_json::from_slice(&received.body).ok()
}

/// A name without its writing.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Whether a name means an id.
pub(super) fn is_id(name: &str) -> bool {
    let ends = ["Id", "_id", "-id", "ID", "Ids", "_ids"];
    matches!(name, "id" | "ID" | "ids" | "uuid" | "key")
        || ends.iter().any(|end| name.ends_with(end))
}

/// Whether a value can only mean one thing: long, without spaces, with a digit, and no point in time.
pub(super) fn is_telling(value: &str) -> bool {
    value.len() >= TELLING
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && !value.contains(char::is_whitespace)
        && value.parse::<jiff::Timestamp>().is_err()
        && value.parse::<jiff::civil::Date>().is_err()
        && value.parse::<jiff::civil::DateTime>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_words_are_no_ids() {
        assert!(is_telling("43d7a886-22ad-4fde-8b36-25af7ac640bf"));
        for value in [
            "2026-11-21T06:02:25.103930+00:00",
            "2026-11-21",
            "delivered",
            "on 5 May 2026",
            "42",
        ] {
            assert!(!is_telling(value), "{value}");
        }
        assert!(is_id("orderId") && is_id("order_id") && is_id("id"));
        assert!(!is_id("paid") && !is_id("valid"));
    }
}
