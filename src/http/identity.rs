//! The names of a request: its id, and its place in a trace.

use std::{fmt::Write, sync::Arc};

use http::HeaderMap;
use tracing::Span;
use uuid::Uuid;

use crate::{
    domain::Ids,
    infra::telemetry::{self, Origin, TraceParent},
};

const LONGEST_ID: usize = 128;

/// Takes over what the client sent where it is well-formed (`x-request-id`, `traceparent`), makes up the rest, and
/// opens the span that the request is worked on in.
pub(super) fn name(headers: &HeaderMap, ids: &Ids) -> (Origin, Span) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // One draw serves all names.
    let fresh = ids.next_uuid();
    let request_id = text("x-request-id")
        .filter(|id| is_request_id(id))
        .map_or_else(|| own_request_id(fresh), Arc::from);
    let parent = text("traceparent").and_then(TraceParent::parse);
    let mut origin = Origin {
        request_id,
        traceparent: TraceParent::continued(parent, fresh),
    };
    let span = telemetry::request(&mut origin, parent);
    (origin, span)
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

fn is_request_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.len() <= LONGEST_ID && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Clock;

    fn identity(name: &'static str, value: &str) -> Origin {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        super::name(&headers, &Ids::new(Clock::System)).0
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
        let continued = identity("traceparent", &format!("00-{trace}-00f067aa0ba902b7-01"));
        assert_eq!(continued.trace_id(), trace);
        assert!(
            !continued.traceparent.contains("00f067aa0ba902b7")
                && continued.traceparent.ends_with("-01")
        );
        let begun = identity("traceparent", "nonsense");
        assert!(begun.trace_id().len() == 32 && begun.trace_id() != trace);
    }
}
