//! What the client accepts, and what it sends (RFC 9110, sections 8.3 and 12.5.1).

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use mime::Mime;

/// Whether the client accepts one of `media`. Without media types there is nothing to refuse, and
/// without an `Accept` header (or with one that names no media range at all) everything is fine.
pub(crate) fn accepts<'m>(
    headers: &HeaderMap,
    media: impl Iterator<Item = &'m str> + Clone,
) -> bool {
    let mut ranges = Vec::new();
    for value in headers.get_all(ACCEPT) {
        if let Ok(text) = value.to_str() {
            ranges.extend(text.split(',').filter_map(Range::read));
        }
    }
    if ranges.is_empty() || media.clone().next().is_none() {
        return true;
    }
    media
        .filter_map(|media| media.split_once('/'))
        .any(|(main, sub)| is_accepted(&ranges, main, sub))
}

/// The most specific range that fits decides.
fn is_accepted(ranges: &[Range<'_>], main: &str, sub: &str) -> bool {
    ranges
        .iter()
        .filter_map(|range| Some((range.specificity(main, sub)?, range.accepted)))
        .max_by_key(|(specificity, accepted)| (*specificity, *accepted))
        .is_some_and(|(_, accepted)| accepted)
}

#[derive(Debug)]
struct Range<'h> {
    main: &'h str,
    sub: &'h str,
    accepted: bool,
}

impl<'h> Range<'h> {
    fn read(text: &'h str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (main, sub) = parts.next()?.split_once('/')?;
        let weight = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
            .and_then(|(_, value)| value.trim().parse::<f32>().ok());
        Some(Self {
            main,
            sub,
            accepted: weight.is_none_or(|weight| weight > 0.0),
        })
    }

    fn specificity(&self, main: &str, sub: &str) -> Option<u8> {
        match (self.main, self.sub) {
            ("*", "*") => Some(0),
            (found, "*") if found.eq_ignore_ascii_case(main) => Some(1),
            (found, exact)
                if found.eq_ignore_ascii_case(main) && exact.eq_ignore_ascii_case(sub) =>
            {
                Some(2)
            }
            _ => None,
        }
    }
}

/// What a request says its body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Nothing.
    Unsaid,
    /// The declared media type.
    Declared,
    /// Something else, or nothing that can be understood.
    Other,
}

/// Compares `Content-Type` with the declared media type. JSON is UTF-8 (RFC 8259), so any other
/// `charset` is something else.
pub(crate) fn sent(headers: &HeaderMap, media: &str) -> Sent {
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let Some(value) = values.next() else {
        return Sent::Unsaid;
    };
    // A blank before the semicolon is allowed (RFC 9110, section 8.3.1); the parser does not know it.
    let parsed = value
        .to_str()
        .ok()
        .and_then(|text| text.replace(" ;", ";").parse::<Mime>().ok());
    match parsed {
        Some(mime)
            if values.next().is_none()
                && mime.essence_str().eq_ignore_ascii_case(media)
                && mime
                    .get_param(mime::CHARSET)
                    .is_none_or(|charset| charset == mime::UTF_8) =>
        {
            Sent::Declared
        }
        _ => Sent::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &str) -> bool {
        let headers = HeaderMap::from_iter([(ACCEPT, accept.parse().unwrap())]);
        accepts(&headers, ["application/json"].into_iter())
    }

    #[test]
    fn the_most_specific_range_decides() {
        for good in [
            "application/json",
            "*/*",
            "application/*",
            "text/html, */*;q=0.1",
            "APPLICATION/JSON;q=0.5",
            "application/json; charset=utf-8",
            "*/*;q=0, application/json",
            "garbage",
            "",
        ] {
            assert!(accepted(good), "{good}");
        }
        for bad in [
            "text/html",
            "application/json;q=0",
            "*/*, application/json;q=0.0",
            "application/*;q=0, */*",
            "text/*, image/png",
        ] {
            assert!(!accepted(bad), "{bad}");
        }
        assert!(accepts(&HeaderMap::new(), ["application/json"].into_iter()));
    }

    #[test]
    fn only_the_declared_media_type_is_read() {
        let sent = |text: &str| {
            sent(
                &HeaderMap::from_iter([(CONTENT_TYPE, text.parse().unwrap())]),
                "application/json",
            )
        };
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=utf-8",
        ] {
            assert_eq!(sent(good), Sent::Declared, "{good}");
        }
        for bad in [
            "text/plain",
            "application/jsonp",
            "application/json; charset=utf-16",
            "json",
            "application/merge-patch+json",
            "",
        ] {
            assert_eq!(sent(bad), Sent::Other, "{bad}");
        }
    }
}
