//! Media types: taking them apart, matching them, and which reader understands a body.

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Json,
    Yaml,
    /// `text/event-stream`: the list of its events.
    Events,
}

/// Type and subtype in small letters, parameters aside; `None` when there is no slash.
pub(crate) fn parse(media_type: &str) -> Option<(String, String)> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let (kind, sub) = essence.split_once('/')?;
    Some((kind.to_ascii_lowercase(), sub.to_ascii_lowercase()))
}

/// Whether a declared media type, perhaps with `*`, takes a received one.
pub(crate) fn matches(declared: &(String, String), received: &(String, String)) -> bool {
    let takes = |wanted: &str, given: &str| wanted == "*" || wanted == given;
    takes(&declared.0, &received.0) && takes(&declared.1, &received.1)
}

/// The reader for a body of a media type; `None` when nobody reads it.
pub(super) fn reader((kind, sub): &(String, String)) -> Option<Reader> {
    let is_any = |part: &str, wanted: &str| part == "*" || part == wanted;
    let is_json = (kind == "application" && (sub == "json" || sub.ends_with("+json")))
        || matches!(
            (kind.as_str(), sub.as_str()),
            ("application", "jose+jwe" | "jwt" | "x-json") | ("text", "json")
        );
    if is_json || (is_any(kind, "application") && is_any(sub, "json")) {
        return Some(Reader::Json);
    }
    let is_yaml = (kind == "application" && sub.ends_with("+yaml"))
        || matches!(
            (kind.as_str(), sub.as_str()),
            ("text", "yaml" | "x-yaml" | "vnd.yaml" | "*") | ("application", "x-yaml" | "yaml")
        );
    if is_yaml {
        return Some(Reader::Yaml);
    }
    (kind == "text" && sub == "event-stream").then_some(Reader::Events)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Reader> {
        reader(&parse(text).unwrap())
    }

    #[test]
    fn every_family_has_its_reader() {
        for text in [
            "application/json; charset=utf-8",
            "application/problem+json",
            "Text/JSON",
        ] {
            assert_eq!(read(text), Some(Reader::Json), "{text}");
        }
        for text in ["text/yaml", "application/vnd.acme+yaml"] {
            assert_eq!(read(text), Some(Reader::Yaml), "{text}");
        }
        assert_eq!(read("text/event-stream"), Some(Reader::Events));
        for text in ["application/xml", "text/plain", "image/png"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn stars_match_on_the_declared_side_only() {
        let of = |text| parse(text).unwrap();
        assert!(matches(&of("application/*"), &of("application/json")));
        assert!(matches(&of("*/*"), &of("image/png")));
        assert!(!matches(&of("application/json"), &of("application/*")));
        assert_eq!(parse("json"), None);
    }
}
