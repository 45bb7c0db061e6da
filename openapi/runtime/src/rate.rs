//! Budgets on the wire: the `X-RateLimit-*` headers, the `RateLimit` fields of the IETF draft
//! (`draft-ietf-httpapi-ratelimit-headers`), and the answer when a budget is spent.

use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::envelope::{insert_text, whole_seconds};
use crate::{Failure, Quota, Throttled, Timestamp, code};

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

/// The failure of a spent budget.
pub(crate) fn throttled(throttled: &Throttled) -> Failure {
    let seconds = whole_seconds(throttled.retry_after);
    Failure::new(
        code::RATE_LIMIT_EXCEEDED,
        format!("Too many requests. Try again in {seconds} seconds."),
    )
    .with_retry_after(Duration::from_secs(seconds))
}

/// Writes the headers of a budget; none when it is switched off.
pub(crate) fn write_headers(headers: &mut HeaderMap, quota: &Quota, received_at: Timestamp) {
    if quota.limit == 0 {
        return;
    }
    headers.insert(LIMIT, HeaderValue::from(quota.limit));
    headers.insert(REMAINING, HeaderValue::from(quota.remaining));
    headers.insert(
        RESET,
        HeaderValue::from(reset_at(received_at, quota.reset_after)),
    );
    let Quota {
        policy,
        limit,
        remaining,
        reset_after,
        window,
    } = quota;
    insert_text(
        headers,
        &POLICY,
        &format!("\"{policy}\";q={limit};w={}", seconds_up(*window)),
    );
    insert_text(
        headers,
        &STATE,
        &format!("\"{policy}\";r={remaining};t={}", seconds_up(*reset_after)),
    );
}

fn seconds_up(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// When the budget is as good as new, in seconds since 1970, rounded up.
fn reset_at(received_at: Timestamp, reset_after: Duration) -> i64 {
    let wait_ms = i64::try_from(reset_after.as_millis()).unwrap_or(i64::MAX);
    let at_ms = received_at.as_millisecond().saturating_add(wait_ms);
    at_ms.saturating_add(999).div_euclid(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTA: Quota = Quota {
        policy: "general",
        limit: 100,
        remaining: 99,
        reset_after: Duration::from_millis(29_400),
        window: Duration::from_mins(1),
    };

    #[test]
    fn headers_tell_the_state_of_the_budget() {
        let mut headers = HeaderMap::new();
        write_headers(
            &mut headers,
            &QUOTA,
            "1970-01-01T00:16:40.700Z".parse().unwrap(),
        );
        let text = |name: &str| headers[name].to_str().unwrap();
        assert_eq!(text("x-ratelimit-limit"), "100");
        assert_eq!(text("x-ratelimit-remaining"), "99");
        assert_eq!(text("x-ratelimit-reset"), "1031");
        assert_eq!(text("ratelimit-policy"), "\"general\";q=100;w=60");
        assert_eq!(text("ratelimit"), "\"general\";r=99;t=30");
        let mut none = HeaderMap::new();
        write_headers(
            &mut none,
            &Quota::off("general"),
            "1970-01-01T00:00:00Z".parse().unwrap(),
        );
        assert!(none.is_empty());
    }

    #[test]
    fn waiting_as_told_is_waiting_long_enough() {
        let failure = throttled(&Throttled {
            quota: QUOTA,
            retry_after: Duration::from_millis(1001),
        });
        assert_eq!(failure.retry_after, Some(Duration::from_secs(2)));
        assert_eq!(
            failure.message,
            "Too many requests. Try again in 2 seconds."
        );
    }
}
