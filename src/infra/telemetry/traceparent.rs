//! The W3C `traceparent`: `00-TRACE-SPAN-FLAGS`, in lower-case hexadecimal digits.

use std::{fmt::Write, sync::Arc};

use uuid::Uuid;

/// The length of the trace's id in digits; it begins behind the version and its hyphen.
const TRACE_DIGITS: usize = 32;
const TRACE_START: usize = 3;

/// The length of the whole.
pub(super) const LENGTH: usize = 55;

/// What a well-formed `traceparent` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceParent<'a> {
    /// The trace: 32 digits.
    pub trace_id: &'a str,
    /// The span that continues elsewhere: 16 digits.
    pub span_id: &'a str,
    /// Two digits; the lowest bit says that somebody records the trace.
    pub flags: &'a str,
}

impl<'a> TraceParent<'a> {
    /// Reads `traceparent` (W3C Trace Context, section 3.2); nothing when it is malformed.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, trace_id, span_id, flags) =
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
            && is_hex(trace_id, TRACE_DIGITS)
            && is_hex(span_id, 16)
            && is_hex(flags, 2);
        let is_one = is_good && has_right_end && !is_zero(trace_id) && !is_zero(span_id);
        is_one.then_some(Self {
            trace_id,
            span_id,
            flags,
        })
    }

    /// Continues the trace with a span of our own, or begins one that nobody records.
    ///
    /// The last 56 bits of a UUIDv7 are random, as the format wants a trace id to be.
    #[must_use]
    pub fn continued(parent: Option<Self>, fresh: Uuid) -> Arc<str> {
        let (_, span) = fresh.as_u64_pair();
        let mut own = Uuid::encode_buffer();
        let (trace, flags) = match parent {
            Some(parent) => (parent.trace_id, parent.flags),
            None => (&*fresh.as_simple().encode_lower(&mut own), "00"),
        };
        let mut text = String::with_capacity(LENGTH);
        // Writing to a String cannot fail.
        let _ = write!(text, "00-{trace}-{span:016x}-{flags}");
        text.into()
    }
}

/// Returns the trace's id out of a `traceparent` of our own.
#[must_use]
pub(super) fn trace_id(traceparent: &str) -> &str {
    traceparent
        .get(TRACE_START..TRACE_START + TRACE_DIGITS)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
    const SPAN: &str = "00f067aa0ba902b7";

    #[test]
    fn malformed_ones_are_told_from_good_ones() {
        let good = format!("00-{TRACE}-{SPAN}-01");
        let read = TraceParent::parse(&good).unwrap();
        assert_eq!(
            (read.trace_id, read.span_id, read.flags),
            (TRACE, SPAN, "01")
        );
        assert!(TraceParent::parse(&format!("01-{TRACE}-{SPAN}-01-later")).is_some());
        for malformed in [
            format!("00-{TRACE}-{SPAN}-01-more"),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("00-{}-{SPAN}-01", TRACE.to_uppercase()),
            format!("00-{}-{SPAN}-01", "0".repeat(32)),
            format!("00-{TRACE}-0000000000000000-01"),
            "nonsense".to_owned(),
        ] {
            assert_eq!(TraceParent::parse(&malformed), None, "{malformed}");
        }
    }

    #[test]
    fn a_trace_goes_on_under_a_span_of_our_own() {
        let fresh = Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_002a);
        let parent = format!("00-{TRACE}-{SPAN}-01");
        let continued = TraceParent::continued(TraceParent::parse(&parent), fresh);
        assert_eq!(&*continued, format!("00-{TRACE}-800000000000002a-01"));
        assert_eq!(trace_id(&continued), TRACE);

        let begun = TraceParent::continued(None, fresh);
        assert!(TraceParent::parse(&begun).is_some_and(|begun| begun.flags == "00"));
    }
}
