//! Headers that the runtime reads by itself (`If-None-Match`, `Idempotency-Key` …), held against what the document declares.
//!
//! They are no fields of a request: whoever reads them forgives what HTTP forgives, and a malformed `If-None-Match` would
//! only mean that nothing matches. A bound that the document sets holds all the same, on answers from the cache as well.

use http::HeaderMap;

use crate::rules::{List, TextRule};
use crate::{In, Input};

impl Input<'_> {
    /// Judges a header of the runtime's; its value is not kept.
    pub fn judge_header<R: TextRule>(&mut self, name: &str, required: bool, rule: &R) {
        if let Some(text) = self.header_to_judge(name, required) {
            self.out
                .at_parameter(In::Header, name, |out| rule.text(&text, out));
        }
    }

    /// Judges a header of the runtime's that is declared as a list; its items are not kept.
    pub fn judge_header_list<R: TextRule>(&mut self, name: &str, required: bool, rule: &List<R>) {
        if let Some(text) = self.header_to_judge(name, required) {
            let items = text.split(',').filter(|_| !text.is_empty()).map(str::trim);
            self.out
                .at_parameter(In::Header, name, |out| rule.texts(items, out));
        }
    }

    /// Whether something is known to be wrong with a header.
    pub(crate) fn is_noted(&self, name: &str) -> bool {
        self.out.details().iter().any(|detail| {
            detail.location == Some(In::Header) && detail.field.eq_ignore_ascii_case(name)
        })
    }

    /// The value, unless it is known already that something is wrong with it.
    fn header_to_judge(&mut self, name: &str, required: bool) -> Option<String> {
        if self.is_noted(name) {
            return None;
        }
        let value = joined(self.request.headers(), name);
        if value.is_none() && required {
            self.out
                .at_parameter(In::Header, name, crate::Violations::required);
        }
        value
    }
}

/// The lines of a header as the one that they stand for (RFC 9110, section 5.3). Bytes beyond ASCII, which entity tags may
/// hold, count as characters.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut lines = headers
        .get_all(name)
        .iter()
        .map(|value| String::from_utf8_lossy(value.as_bytes().trim_ascii()));
    let mut text = lines.next()?.into_owned();
    for line in lines {
        text.push_str(", ");
        text.push_str(&line);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_other_than_ascii_is_kept() {
        let name = http::header::IF_NONE_MATCH;
        let mut headers = HeaderMap::new();
        assert_eq!(joined(&headers, "If-None-Match"), None);
        headers.append(&name, "\"a\" ".parse().unwrap());
        assert_eq!(joined(&headers, "If-None-Match").unwrap(), "\"a\"");
        headers.append(&name, http::HeaderValue::from_bytes(b"\"\xff\"").unwrap());
        let both = joined(&headers, "If-None-Match").unwrap();
        assert_eq!(both, "\"a\", \"\u{fffd}\"");
    }
}
