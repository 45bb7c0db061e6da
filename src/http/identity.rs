//! The names of a request: its id, and its place in a trace.

use std::{fmt::Write, sync::Arc};

use http::HeaderMap;
use uuid::Uuid;

use crate::domain::Ids;

const LONGEST_ID: usize = 128;

/// What a request is called.
#[derive(Debug, Clone)]
pub(super) struct Identity {
    /// The client's `x-request-id`, or one of ours.
    pub(super) request_id: Arc<str>,
    /// The trace that the request belongs to and our place in it, as outgoing calls hand it on.
    pub(super) traceparent: Arc<str>,
}

impl Identity {
    /// Takes over what the client sent where it is well-formed, and makes up the rest.
    pub(super) fn of(headers: &HeaderMap, ids: &Ids) -> Self {
        let inbound = headers
            .get("x-request-id")
            .and_then(|value| value.to_str().ok());
        // One draw serves all names.
        let fresh = ids.next_uuid();
        let request_id = inbound
            .filter(|id| is_request_id(id))
            .map_or_else(|| own_request_id(fresh), Arc::from);
        let continued = headers
            .get("traceparent")
            .and_then(|value| value.to_str().ok())
            .and_then(trace);
        Self {
            request_id,
            traceparent: traceparent(continued, fresh),
        }
    }

    /// Returns the trace's id: 32 hexadecimal digits.
    pub(super) fn trace_id(&self) -> &str {
        self.traceparent.get(3..35).unwrap_or_default()
    }
}

/// Returns a new request id.
pub(super) fn new_request_id(ids: &Ids) -> String {
    own_request_id(ids.next_uuid()).as_ref().to_owned()
}

fn own_request_id(id: Uuid) -> Arc<str> {
    let mut text = String::with_capacity(40);
    // Writing to a String cannot fail.
    let _ = write!(text, "req_{}", id.as_hyphenated());
    text.into()
}

/// Continues a trace with a span of our own, or begins one that nobody records yet.
///
/// The last 56 bits of a UUIDv7 are random, as the format wants a trace id to be.
fn traceparent(continued: Option<(&str, &str)>, fresh: Uuid) -> Arc<str> {
    let (_, span) = fresh.as_u64_pair();
    let mut own = Uuid::encode_buffer();
    let (trace, flags) =
        continued.unwrap_or_else(|| (fresh.as_simple().encode_lower(&mut own), "00"));
    let mut text = String::with_capacity(55);
    let _ = write!(text, "00-{trace}-{span:016x}-{flags}");
    text.into()
}

fn is_request_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(is_plain)
}

/// Reads trace id and flags out of `traceparent` (W3C Trace Context, section 3.2); nothing when it is malformed.
fn trace(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.split('-');
    let (version, trace, parent, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_hex = |part: &str, length: usize| {
        part.len() == length
            && part
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let is_zero = |part: &str| part.bytes().all(|byte| byte == b'0');
    // Later versions may add parts; version 00 has exactly four, and ff is forbidden.
    let has_right_end = version != "00" || parts.next().is_none();
    let is_good = is_hex(version, 2)
        && version != "ff"
        && is_hex(trace, 32)
        && is_hex(parent, 16)
        && is_hex(flags, 2);
    (is_good && has_right_end && !is_zero(trace) && !is_zero(parent)).then_some((trace, flags))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Clock;

    fn identity(name: &'static str, value: &str) -> Identity {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        Identity::of(&headers, &Ids::new(Clock::System))
    }

    #[test]
    fn a_plain_request_id_is_kept_and_anything_else_replaced() {
        assert_eq!(
            &*identity("x-request-id", "abc-1.2_Z").request_id,
            "abc-1.2_Z"
        );
        for hostile in ["a b", "a\"b", "<script>", &"a".repeat(129), ""] {
            let id = identity("x-request-id", hostile).request_id;
            assert!(id.starts_with("req_") && id.len() == 40, "{id}");
        }
    }

    #[test]
    fn a_trace_is_continued_or_begun_anew() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let good = format!("00-{trace}-00f067aa0ba902b7-01");
        let continued = identity("traceparent", &good);
        assert_eq!(continued.trace_id(), trace);
        assert!(
            !continued.traceparent.contains("00f067aa0ba902b7")
                && continued.traceparent.ends_with("-01")
        );
        let later = format!("01-{trace}-00f067aa0ba902b7-01-later");
        assert_eq!(identity("traceparent", &later).trace_id(), trace);
        let malformed = [
            format!("00-{trace}-00f067aa0ba902b7-01-more"),
            format!("ff-{trace}-00f067aa0ba902b7-01"),
            format!("00-{}-00f067aa0ba902b7-01", trace.to_uppercase()),
            format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            format!("00-{trace}-0000000000000000-01"),
            "nonsense".to_owned(),
        ];
        for value in malformed {
            let begun = identity("traceparent", &value);
            assert!(
                begun.trace_id().len() == 32 && begun.trace_id() != trace,
                "{value}"
            );
            assert!(super::trace(&begun.traceparent).is_some(), "{begun:?}");
        }
    }
}
