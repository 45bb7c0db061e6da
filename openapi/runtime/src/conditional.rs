//! `If-Match` and `If-None-Match` (RFC 9110, section 13.1): lists of entity tags or `*`.

use http::HeaderMap;
use http::header::{HeaderName, IF_MATCH, IF_NONE_MATCH};

/// The condition of an `If-Match` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(Tags);

impl IfMatch {
    /// Whether a change of something whose current tag is `etag` (quotes included) may go on.
    /// Weak tags never match: a change must be based on exactly what is stored.
    #[must_use]
    pub fn permits(&self, etag: &str) -> bool {
        match &self.0 {
            Tags::Any => true,
            Tags::Listed(tags) => tags.iter().any(|tag| tag == etag && !tag.starts_with("W/")),
        }
    }

    /// Reads the header. `Ok(None)` without one.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Option<Self>, Malformed> {
        Ok(Tags::read(headers, &IF_MATCH)?.map(Self))
    }
}

/// Whether `If-None-Match` says that the client has `etag` already. Weak comparison, as RFC 9110
/// asks for. A malformed header never matches: the full answer is always right.
pub(crate) fn client_has(headers: &HeaderMap, etag: &str) -> bool {
    match Tags::read(headers, &IF_NONE_MATCH) {
        Ok(Some(Tags::Any)) => true,
        Ok(Some(Tags::Listed(tags))) => tags.iter().any(|tag| opaque(tag) == opaque(etag)),
        Ok(None) | Err(Malformed) => false,
    }
}

/// The header is no list of entity tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Tags {
    Any,
    Listed(Vec<String>),
}

impl Tags {
    fn read(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Self>, Malformed> {
        let mut tags = Vec::new();
        let mut any = false;
        for value in headers.get_all(name) {
            let text = value.to_str().map_err(|_| Malformed)?.trim();
            if text == "*" {
                any = true;
            } else {
                read_list(text, &mut tags)?;
            }
        }
        match (any, tags.is_empty()) {
            (true, true) => Ok(Some(Self::Any)),
            (true, false) => Err(Malformed),
            (false, false) => Ok(Some(Self::Listed(tags))),
            (false, true) if headers.contains_key(name) => Err(Malformed),
            (false, true) => Ok(None),
        }
    }
}

/// Reads `W/"a", "b"`. A comma inside the quotes belongs to the tag, so splitting would be wrong.
fn read_list(mut rest: &str, tags: &mut Vec<String>) -> Result<(), Malformed> {
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return Ok(());
        }
        let (weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => ("W/", quoted),
            None => ("", rest),
        };
        let inner = quoted.strip_prefix('"').ok_or(Malformed)?;
        let (tag, after) = inner.split_once('"').ok_or(Malformed)?;
        if !tag
            .bytes()
            .all(|byte| byte == 0x21 || byte >= 0x23 && byte != 0x7f)
        {
            return Err(Malformed);
        }
        if !after.trim_start().is_empty() && !after.trim_start().starts_with(',') {
            return Err(Malformed);
        }
        tags.push(format!("{weak}\"{tag}\""));
        rest = after;
    }
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn if_none_match_compares_weakly() {
        for value in [
            "\"1\"",
            "W/\"1\"",
            "\"0\", \"1\"",
            "\"0\",W/\"1\"",
            "*",
            "\"a,b\", \"1\"",
        ] {
            assert!(
                client_has(&headers(IF_NONE_MATCH, value), "\"1\""),
                "{value}"
            );
        }
        for value in ["\"2\"", "1", "\"1", "", "\"1\" \"2\""] {
            assert!(
                !client_has(&headers(IF_NONE_MATCH, value), "\"1\""),
                "{value}"
            );
        }
    }

    #[test]
    fn if_match_compares_strongly() {
        let read = |value| IfMatch::read(&headers(IF_MATCH, value));
        assert!(read("\"0\", \"1\"").unwrap().unwrap().permits("\"1\""));
        assert!(read("*").unwrap().unwrap().permits("\"1\""));
        assert!(!read("W/\"1\"").unwrap().unwrap().permits("W/\"1\""));
        assert!(!read("\"2\"").unwrap().unwrap().permits("\"1\""));
        for malformed in ["1", "\"1", "*, \"1\"", "", "\"1\"x"] {
            assert_eq!(read(malformed), Err(Malformed), "{malformed}");
        }
        assert_eq!(IfMatch::read(&HeaderMap::new()), Ok(None));
    }
}
