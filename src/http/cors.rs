//! Which pages of other origins may call: nobody but those listed, everybody in development on demand.

use http::{
    HeaderMap, HeaderValue, Method,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
        ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN, VARY,
    },
};

use crate::config::CorsOrigins;

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PATCH, DELETE, OPTIONS");
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "accept, api-version, authorization, content-type, idempotency-key, if-match, if-none-match, traceparent, \
     tracestate, x-api-key, x-no-compression, x-request-id",
);
const RESPONSE_HEADERS: HeaderValue = HeaderValue::from_static(
    "api-version, deprecation, etag, idempotency-replayed, link, location, original-request-id, ratelimit, \
     ratelimit-policy, retry-after, sunset, www-authenticate, x-ratelimit-limit, x-ratelimit-remaining, \
     x-ratelimit-reset, x-request-id",
);
/// Ten minutes: what browsers agree on at least.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The allow-list.
#[derive(Debug)]
pub(super) struct Cors {
    origins: CorsOrigins,
}

/// What a request's `Origin` means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No page of another origin asks.
    SameOrigin,
    /// The page may read the answer; the value for `Access-Control-Allow-Origin`.
    Allowed(HeaderValue),
    /// The page may not read the answer.
    Foreign,
}

impl Cors {
    pub(super) fn new(origins: CorsOrigins) -> Self {
        Self { origins }
    }

    /// Judges a request by its `Origin`.
    ///
    /// A foreign origin alone refuses nothing: browsers send `Origin` with every POST, to their own origin too, and
    /// this server cannot know its own name behind a proxy. The browser keeps the answer from the page.
    pub(super) fn judge(&self, headers: &HeaderMap) -> Verdict {
        let Some(origin) = headers.get(ORIGIN) else {
            return Verdict::SameOrigin;
        };
        match &self.origins {
            CorsOrigins::Any => Verdict::Allowed(HeaderValue::from_static("*")),
            CorsOrigins::Listed(listed)
                if listed
                    .iter()
                    .any(|allowed| allowed.as_bytes() == origin.as_bytes()) =>
            {
                Verdict::Allowed(origin.clone())
            }
            CorsOrigins::Listed(_) => Verdict::Foreign,
        }
    }

    /// Adds what lets the page read the answer.
    pub(super) fn mark(&self, verdict: Verdict, headers: &mut HeaderMap) {
        if self.origins != CorsOrigins::Any && self.origins != CorsOrigins::Listed(Vec::new()) {
            headers.append(VARY, HeaderValue::from_static("origin"));
        }
        let Verdict::Allowed(origin) = verdict else {
            return;
        };
        // Cookies travel to listed origins only; browsers refuse the pair with a wildcard anyway.
        if self.origins != CorsOrigins::Any {
            headers.insert(
                ACCESS_CONTROL_ALLOW_CREDENTIALS,
                HeaderValue::from_static("true"),
            );
        }
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
    }
}

/// Returns whether a browser asks beforehand instead of a client for the methods of a path.
pub(super) fn is_preflight(method: &Method, headers: &HeaderMap) -> bool {
    *method == Method::OPTIONS && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// Answers a browser that asked beforehand.
pub(super) fn permit(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
    headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(origins: CorsOrigins, origin: &str) -> Verdict {
        let mut headers = HeaderMap::new();
        headers.insert(ORIGIN, origin.parse().unwrap());
        Cors::new(origins).judge(&headers)
    }

    #[test]
    fn only_listed_origins_are_allowed_and_letter_by_letter() {
        let listed = || CorsOrigins::Listed(vec!["https://shop.example".to_owned()]);
        assert_eq!(
            judge(listed(), "https://shop.example"),
            Verdict::Allowed("https://shop.example".parse().unwrap())
        );
        for foreign in [
            "https://shop.example.evil.test",
            "http://shop.example",
            "null",
            "https://shop.example:8443",
        ] {
            assert_eq!(judge(listed(), foreign), Verdict::Foreign);
        }
        assert_eq!(
            judge(CorsOrigins::Any, "null"),
            Verdict::Allowed(HeaderValue::from_static("*"))
        );
    }

    #[test]
    fn a_wildcard_never_lets_cookies_travel() {
        let cors = Cors::new(CorsOrigins::Any);
        let mut headers = HeaderMap::new();
        cors.mark(
            Verdict::Allowed(HeaderValue::from_static("*")),
            &mut headers,
        );
        assert!(!headers.contains_key(ACCESS_CONTROL_ALLOW_CREDENTIALS));
    }
}
