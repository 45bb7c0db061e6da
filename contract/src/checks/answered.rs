//! Whether an answer came, came whole and came in time.

use super::{
    Check,
    codes::{BROKEN_ANSWER, ENDLESS_BODY, NO_ANSWER, failure},
    subject::Subject,
};
use crate::{
    case::Expectation,
    exchange::{Exchange, Failure, NoAnswer},
};

/// An answer comes, and ends.
pub(super) fn answered(exchange: &Exchange) -> Option<Failure> {
    let case = &exchange.case;
    let found = |code, key: &str, message: String| {
        let place = &case.operation.place;
        Some(failure(Check::Answered, code, place, key, message))
    };
    match &exchange.outcome {
        // Servers that refuse what they have not read to its end may cut the answer off with it (RFC 9112, 9.6).
        Err(NoAnswer::Broken(_))
            if matches!(case.origin.expectation, Some(Expectation::MayRefuse(_))) =>
        {
            None
        }
        Err(NoAnswer::Broken(reason)) => found(
            BROKEN_ANSWER,
            "",
            format!("Expected: a whole HTTP answer\nReceived: {reason}"),
        ),
        Err(problem) => found(
            NO_ANSWER,
            "",
            format!("Expected: an answer\nReceived: {problem}"),
        ),
        // A stream of events is meant to go on.
        Ok(received) if received.is_cut && !is_event_stream(received.media_type().as_deref()) => {
            found(
                ENDLESS_BODY,
                &received.status.to_string(),
                format!(
                    "Expected: a body that ends\nReceived: status {} and {} bytes, and it went on",
                    received.status,
                    received.body.len()
                ),
            )
        }
        Ok(_) => None,
    }
}

fn is_event_stream(media_type: Option<&str>) -> bool {
    media_type == Some("text/event-stream")
}

/// Answers come within the configured time.
pub(super) fn max_response_time(subject: &Subject<'_>) -> Option<Failure> {
    let limit = subject.rules.max_response_time?;
    let took = subject.received.elapsed;
    (took > limit).then(|| {
        failure(
            Check::MaxResponseTime,
            "ST112",
            &subject.operation().place,
            "",
            format!(
                "Received: after {} ms\nExpected: within {} ms",
                took.as_millis(),
                limit.as_millis()
            ),
        )
    })
}
