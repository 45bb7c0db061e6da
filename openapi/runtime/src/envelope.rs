//! The error envelope: how every failure looks on the wire.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use poem::Response;
use serde::Serialize as _;

use crate::failure::{INTERNAL_MESSAGE, code};
use crate::violations::MOST_DETAILS;
use crate::{Failure, ReplyContext, RequestContext, Timestamp};

/// The longest `error.debug`, in characters.
const LONGEST_DEBUG: usize = 5000;

/// The bytes of the envelope. `debug` is written as `error.debug`; only development has one.
#[must_use]
pub fn bytes(failure: &Failure, cx: &ReplyContext, debug: Option<&str>) -> Bytes {
    let mut out = Vec::with_capacity(512);
    out.extend_from_slice(b"{\"success\":false,\"data\":null,\"error\":{\"code\":");
    write_text(&mut out, failure.code);
    out.extend_from_slice(b",\"message\":");
    write_text(&mut out, &failure.message);
    out.extend_from_slice(b",\"details\":[");
    for (index, detail) in failure.details.iter().take(MOST_DETAILS).enumerate() {
        if index > 0 {
            out.push(b',');
        }
        // A detail is texts and lists of texts: writing it to memory cannot fail.
        let _ = detail.serialize(&mut serde_json::Serializer::new(&mut out));
    }
    out.extend_from_slice(b"],");
    write_sources(&mut out, cx);
    if let Some(debug) = debug.filter(|debug| !debug.is_empty()) {
        out.extend_from_slice(b",\"debug\":");
        write_text(
            &mut out,
            &debug.chars().take(LONGEST_DEBUG).collect::<String>(),
        );
    }
    out.extend_from_slice(b"},");
    write_sources(&mut out, cx);
    out.push(b'}');
    out.into()
}

/// A whole answer: the envelope, `no-store`, and `Retry-After` and `WWW-Authenticate` where the
/// failure has them. `status` is the declared one of the failure's code.
#[must_use]
pub fn failure(status: u16, failure: &Failure, cx: &ReplyContext) -> Response {
    with_debug(status, failure, cx, None)
}

/// As [`failure`], naming the cause in `error.debug` where there is one. Only for development.
#[must_use]
pub fn with_debug(
    status: u16,
    failure: &Failure,
    cx: &ReplyContext,
    debug: Option<&str>,
) -> Response {
    let mut response = Response::builder()
        .status(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
        .content_type("application/json")
        .body(bytes(failure, cx, debug));
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(wait) = failure.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
    }
    if let Some(challenge) = &failure.www_authenticate {
        insert_text(headers, &WWW_AUTHENTICATE, challenge);
    }
    response
}

/// The envelope for an error that some part of poem made: an unknown route, a method, a panic.
#[must_use]
pub fn foreign(error: &poem::Error, cx: &RequestContext) -> Response {
    let status = error.status().as_u16();
    let (status, failure_of) = match status {
        404 => (
            404,
            Failure::new(code::ROUTE_NOT_FOUND, "There is nothing at this path"),
        ),
        405 => (
            405,
            Failure::new(
                code::METHOD_NOT_ALLOWED,
                "This path does not have this method",
            ),
        ),
        413 => (
            413,
            Failure::new(code::PAYLOAD_TOO_LARGE, "The body is too large"),
        ),
        415 => (
            415,
            Failure::new(
                code::UNSUPPORTED_MEDIA_TYPE,
                "The body is of a media type that is not read here",
            ),
        ),
        400..=499 => (400, Failure::new(code::VALIDATION_ERROR, "Invalid request")),
        503 => (
            503,
            Failure::new(
                "SERVICE_UNAVAILABLE",
                "The service is not available, try again later",
            ),
        ),
        504 => (
            504,
            Failure::new(code::TIMEOUT, "The operation took too long"),
        ),
        _ => {
            tracing::error!(error = %error, "unexpected failure");
            (500, Failure::new(code::INTERNAL_ERROR, INTERNAL_MESSAGE))
        }
    };
    failure(status, &failure_of, &cx.reply_context())
}

/// Seconds, rounded up, at least one: whoever waits this long has waited long enough.
pub(crate) fn whole_seconds(wait: std::time::Duration) -> u64 {
    let started = u64::from(wait.subsec_nanos() > 0);
    (wait.as_secs() + started).max(1)
}

/// Inserts a header; text that no header can hold is left out.
pub(crate) fn insert_text(headers: &mut HeaderMap, name: &http::HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        headers.insert(name, value);
    }
}

fn write_sources(out: &mut Vec<u8>, cx: &ReplyContext) {
    out.extend_from_slice(b"\"requestId\":");
    write_text(out, cx.request_id.as_str());
    out.extend_from_slice(b",\"timestamp\":");
    write_timestamp(out, cx.timestamp);
}

/// Writes a JSON string.
pub(crate) fn write_text(out: &mut Vec<u8>, text: &str) {
    // Writing a string to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}

pub(crate) fn write_timestamp(out: &mut Vec<u8>, timestamp: Timestamp) {
    let _ = serde_json::to_writer(out, &timestamp);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Detail, In, Reason, RequestId};
    use std::time::Duration;

    fn cx() -> ReplyContext {
        ReplyContext {
            request_id: RequestId::from("req_1"),
            timestamp: "2026-01-02T03:04:05.678Z".parse().unwrap(),
        }
    }

    #[test]
    fn the_envelope_is_the_contracts() {
        let failure =
            Failure::new(code::VALIDATION_ERROR, "Invalid request body").with_detail(Detail::new(
                "email",
                In::Body,
                Reason::InvalidFormat,
                "Invalid email format",
            ));
        assert_eq!(
            std::str::from_utf8(&bytes(&failure, &cx(), None)).unwrap(),
            concat!(
                r#"{"success":false,"data":null,"error":{"code":"VALIDATION_ERROR","message":"Invalid request body","#,
                r#""details":[{"field":"email","in":"body","reason":"invalid_format","message":"Invalid email format"}],"#,
                r#""requestId":"req_1","timestamp":"2026-01-02T03:04:05.678Z"},"#,
                r#""requestId":"req_1","timestamp":"2026-01-02T03:04:05.678Z"}"#,
            )
        );
    }

    #[test]
    fn waiting_is_rounded_up() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(1)), 1);
        assert_eq!(whole_seconds(Duration::from_millis(1001)), 2);
        assert_eq!(whole_seconds(Duration::ZERO), 1);
    }
}
