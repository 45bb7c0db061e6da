//! Cached answers: everything about an answer but what differs from request to request.

mod wire;

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{ETAG, HeaderValue};
use sha2::{Digest, Sha256};

use crate::reply::{Rendered, Source};

/// What an answer is kept under: the operation and the canonical request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    /// `operationId`; a change of products drops the keys of `listProducts` and `getProduct`.
    pub operation: &'static str,
    /// The path, and the query with its parameters sorted.
    pub request: String,
}

impl CacheKey {
    /// The key of a request. Only judged requests get here, so that unknown parameters cannot
    /// fill the cache.
    pub(crate) fn of(operation: &'static str, path: &str, query: &[(String, String)]) -> Self {
        let mut request = path.to_owned();
        let mut pairs: Vec<&(String, String)> = query.iter().collect();
        // A stable sort: the order of repeated parameters is part of their meaning.
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        for (index, (name, value)) in pairs.into_iter().enumerate() {
            request.push(if index == 0 { '?' } else { '&' });
            push_encoded(&mut request, name);
            request.push('=');
            push_encoded(&mut request, value);
        }
        Self { operation, request }
    }
}

fn push_encoded(out: &mut String, text: &str) {
    out.extend(percent_encoding::utf8_percent_encode(
        text,
        percent_encoding::NON_ALPHANUMERIC,
    ));
}

/// An answer to be kept. Cloning is cheap; sending one costs a copy of its bytes and headers.
#[derive(Debug, Clone)]
pub struct CachedReply(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    rendered: Rendered,
}

impl CachedReply {
    /// Keeps `rendered`; gives it an `ETag` of its content when the handler gave none.
    pub(crate) fn new(mut rendered: Rendered) -> Self {
        if !rendered.headers.contains_key(ETAG)
            && let Ok(etag) = HeaderValue::try_from(content_tag(&rendered.body))
        {
            rendered.headers.insert(ETAG, etag);
        }
        Self(Arc::new(Kept { rendered }))
    }

    pub(crate) fn rendered(&self) -> &Rendered {
        &self.0.rendered
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.rendered.status
    }

    /// The body without what differs from request to request.
    #[must_use]
    pub fn prefix(&self) -> &Bytes {
        &self.0.rendered.body
    }

    /// The properties that are added for each request.
    pub fn sources(&self) -> impl Iterator<Item = (&str, Source)> {
        self.0.rendered.sources.iter()
    }

    /// The headers, `ETag` included.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.rendered.headers
    }

    /// About how much memory the answer takes, for caches that are bounded by it.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.0.rendered.body.len() + 64 * self.0.rendered.headers.len() + size_of::<Kept>()
    }
}

/// An entity tag by content: the first 16 bytes of its SHA-256, in hexadecimal.
fn content_tag(body: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut tag = String::with_capacity(34);
    tag.push('"');
    for byte in Sha256::digest(body).iter().take(16) {
        // Writing to a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn the_order_of_parameters_does_not_matter_to_the_key() {
        let one = CacheKey::of("listProducts", "/p", &[pair("b", "2 &"), pair("a", "1")]);
        assert_eq!(
            one,
            CacheKey::of("listProducts", "/p", &[pair("a", "1"), pair("b", "2 &")])
        );
        assert_eq!(one.request, "/p?a=1&b=2%20%26");
        assert_eq!(CacheKey::of("listProducts", "/p", &[]).request, "/p");
    }

    #[test]
    fn the_tag_follows_the_content_and_yields_to_the_handlers() {
        let tag = |body| {
            CachedReply::new(Rendered::bytes(200, "application/json", body)).headers()[ETAG].clone()
        };
        assert_eq!(tag("{}"), tag("{}"));
        assert_ne!(tag("{}"), tag("[]"));
        let given = CachedReply::new(
            Rendered::bytes(200, "application/json", "{}").header("ETag", "\"7\""),
        );
        assert_eq!(given.headers()[ETAG], "\"7\"");
    }
}
