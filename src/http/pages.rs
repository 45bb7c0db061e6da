//! What is served beside the API: the document, Swagger UI, signs of life, metrics.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{
        ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
        IF_NONE_MATCH, LOCATION, VARY,
    },
};
use openapi_runtime::ReplyContext;

use super::{
    compression::{Coding, full},
    connection::Body,
    docs::{self, Document, Format, Swagger},
    refusal::Refusal,
};

/// One page beside the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Page {
    /// `/openapi/…`
    Document(Format),
    /// `/docs`, which is `/docs/`.
    DocsRedirect,
    /// `/docs/…`
    Docs(String),
    /// `/livez`: the process answers.
    Live,
    /// `/readyz`: it can do its work.
    Ready,
    /// `/metrics`
    Metrics,
}

/// What a page answers with, before it meets method and validators.
pub(super) struct Content {
    status: StatusCode,
    media: HeaderValue,
    bytes: Bytes,
    etag: Option<HeaderValue>,
    coding: Option<Coding>,
    cache: &'static str,
    policy: Option<&'static str>,
}

impl Page {
    /// Finds the page of a path.
    pub(super) fn find(path: &str) -> Option<Self> {
        // Nearly every request is for the API and is sorted out by its second letter.
        if path.starts_with("/api/") {
            return None;
        }
        Some(match path {
            "/openapi/v1.yaml" => Self::Document(Format::Yaml),
            "/openapi/v1.json" => Self::Document(Format::Json),
            "/openapi/v1-3.0.json" => Self::Document(Format::OpenApi30),
            "/docs" => Self::DocsRedirect,
            "/livez" => Self::Live,
            "/readyz" => Self::Ready,
            "/metrics" => Self::Metrics,
            _ => Self::Docs(path.strip_prefix("/docs/")?.to_owned()),
        })
    }

    /// Returns the page's route as logs and metrics name it.
    pub(super) fn route(&self) -> &'static str {
        match self {
            Self::Document(Format::Yaml) => "/openapi/v1.yaml",
            Self::Document(Format::Json) => "/openapi/v1.json",
            Self::Document(Format::OpenApi30) => "/openapi/v1-3.0.json",
            Self::DocsRedirect => "/docs",
            Self::Docs(_) => "/docs/*",
            Self::Live => "/livez",
            Self::Ready => "/readyz",
            Self::Metrics => "/metrics",
        }
    }
}

/// Answers a request for a page whose content is there (or not).
pub(super) fn answer(
    method: &Method,
    headers: &HeaderMap,
    content: Option<Content>,
    cx: &ReplyContext,
) -> hyper::Response<Body> {
    let Some(content) = content else {
        return Refusal::NOT_FOUND.response(cx);
    };
    match *method {
        Method::GET | Method::HEAD => content.response(method, headers),
        Method::OPTIONS => with_allow(empty(StatusCode::NO_CONTENT)),
        _ => with_allow(Refusal::METHOD_NOT_ALLOWED.response(cx)),
    }
}

/// Sends `/docs` to `/docs/`, where the page's relative links lead somewhere.
pub(super) fn redirect(method: &Method, cx: &ReplyContext) -> hyper::Response<Body> {
    match *method {
        Method::GET | Method::HEAD => {
            let mut response = empty(StatusCode::PERMANENT_REDIRECT);
            response
                .headers_mut()
                .insert(LOCATION, HeaderValue::from_static("/docs/"));
            response
        }
        Method::OPTIONS => with_allow(empty(StatusCode::NO_CONTENT)),
        _ => with_allow(Refusal::METHOD_NOT_ALLOWED.response(cx)),
    }
}

impl Content {
    /// A form of the document, in the coding that the client likes.
    pub(super) fn document(format: Format, coding: Option<Coding>) -> Option<Self> {
        let document = Document::of(format)?;
        let copy = match coding {
            Some(Coding::Gzip) => &document.gzip,
            Some(Coding::Brotli) => &document.brotli,
            None => &document.plain,
        };
        Some(Self {
            status: StatusCode::OK,
            media: HeaderValue::from_static(document.media),
            bytes: copy.bytes.clone(),
            etag: HeaderValue::try_from(&copy.etag).ok(),
            coding,
            // Always asked for again, and nearly always answered with 304.
            cache: "public, no-cache",
            policy: None,
        })
    }

    /// A file of Swagger UI.
    pub(super) fn swagger(path: &str, coding: Option<Coding>) -> Option<Self> {
        let file = Swagger::file(path)?;
        let gzip = file.gzip.clone().filter(|_| coding.is_some());
        Some(Self {
            status: StatusCode::OK,
            media: HeaderValue::try_from(&file.media).ok()?,
            coding: gzip.as_ref().map(|_| Coding::Gzip),
            bytes: gzip.unwrap_or_else(|| file.plain.clone()),
            etag: HeaderValue::try_from(&file.etag).ok(),
            cache: "public, max-age=3600",
            policy: Some(docs::CONTENT_SECURITY_POLICY),
        })
    }

    /// A short text that is only true now.
    pub(super) fn momentary(
        status: StatusCode,
        media: &'static str,
        text: impl Into<Bytes>,
    ) -> Self {
        Self {
            status,
            media: HeaderValue::from_static(media),
            bytes: text.into(),
            etag: None,
            coding: None,
            cache: "no-store",
            policy: None,
        }
    }

    fn response(self, method: &Method, request: &HeaderMap) -> hyper::Response<Body> {
        let is_known = self
            .etag
            .as_ref()
            .is_some_and(|etag| matches(request, etag));
        let bytes = if is_known || *method == Method::HEAD {
            Bytes::new()
        } else {
            self.bytes.clone()
        };
        let mut response = hyper::Response::new(full(bytes));
        *response.status_mut() = if is_known {
            StatusCode::NOT_MODIFIED
        } else {
            self.status
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.cache));
        if let Some(etag) = self.etag {
            headers.insert(ETAG, etag);
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        if is_known {
            return response;
        }
        headers.insert(CONTENT_TYPE, self.media);
        if *method == Method::HEAD {
            headers.insert(
                http::header::CONTENT_LENGTH,
                HeaderValue::from(self.bytes.len()),
            );
        }
        if let Some(coding) = self.coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
        }
        if let Some(policy) = self.policy {
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        response
    }
}

/// Compares weakly, as `If-None-Match` is to be compared (RFC 9110, section 13.1.2).
fn matches(request: &HeaderMap, etag: &HeaderValue) -> bool {
    let bare = |text: &[u8]| text.strip_prefix(b"W/").unwrap_or(text).to_vec();
    let wanted = bare(etag.as_bytes());
    let lines = request.get_all(IF_NONE_MATCH).iter();
    let mut candidates = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b','));
    candidates
        .any(|candidate| candidate.trim_ascii() == b"*" || bare(candidate.trim_ascii()) == wanted)
}

fn with_allow(mut response: hyper::Response<Body>) -> hyper::Response<Body> {
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    response
}

fn empty(status: StatusCode) -> hyper::Response<Body> {
    let mut response = hyper::Response::new(full(Bytes::new()));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(page: Content, if_none_match: &str) -> StatusCode {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, if_none_match.parse().unwrap());
        page.response(&Method::GET, &headers).status()
    }

    #[test]
    fn a_known_document_is_not_sent_again() {
        let page = || Content::document(Format::Yaml, None).unwrap();
        let etag = page().etag.unwrap().to_str().unwrap().to_owned();
        assert_eq!(get(page(), &etag), StatusCode::NOT_MODIFIED);
        assert_eq!(
            get(page(), &format!("\"other\", W/{etag}")),
            StatusCode::NOT_MODIFIED
        );
        assert_eq!(get(page(), "\"other\""), StatusCode::OK);
    }

    #[test]
    fn the_documents_bytes_are_those_of_the_file() {
        let page = Content::document(Format::Yaml, None).unwrap();
        assert_eq!(&*page.bytes, include_bytes!("../../openapi/v1.yaml"));
    }

    #[test]
    fn pages_are_told_from_the_api() {
        assert_eq!(Page::find("/api/v1/orders"), None);
        assert_eq!(Page::find("/health"), None);
        assert_eq!(
            Page::find("/docs/index.css"),
            Some(Page::Docs("index.css".to_owned()))
        );
        assert_eq!(Page::find("/docsy"), None);
    }
}
