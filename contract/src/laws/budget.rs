//! What the headers of an answer say of a budget: `X-RateLimit-…` and `RateLimit-…` of the IETF's drafts.

use jiff::Timestamp;

use super::shape;
use crate::exchange::Received;

/// A number of seconds that is a time since 1970, and no wait.
const EPOCH: i64 = 1_000_000_000;
/// Clocks differ, and answers travel.
const SLACK: i64 = 2;

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) limit: Option<u64>,
    pub(super) remaining: Option<u64>,
    reset: Option<String>,
}

impl Told {
    /// The figures of an answer; `None` when it has none.
    pub(super) fn read(received: &Received) -> Option<Self> {
        let find = |ending: &str| {
            let mut headers = received.headers.iter();
            let found = headers.find(|(name, _)| {
                let name = shape::plain(name);
                name.contains("ratelimit") && name.ends_with(ending) && name != "ratelimit"
            });
            found.map(|(_, value)| value.trim().to_owned())
        };
        let item = |header: &str, key: &str| {
            let value = received.header(header)?;
            parameter(value, key)
        };
        // The plain headers win: `agree` holds the structured ones against them.
        let limit = find("ratelimitlimit").and_then(|text| text.parse().ok());
        let remaining = find("remaining").and_then(|text| text.parse().ok());
        let told = Self {
            limit: limit.or_else(|| item("ratelimit-policy", "q")),
            remaining: remaining.or_else(|| item("ratelimit", "r")),
            reset: find("reset"),
        };
        (told.limit.is_some() || told.remaining.is_some()).then_some(told)
    }

    /// What one answer says in two ways that cannot both be true: what was expected, what was found.
    pub(super) fn contradiction(
        &self,
        received: &Received,
        window: Option<u64>,
    ) -> Option<(String, String)> {
        let structured = |header: &str, key: &str| parameter(received.header(header)?, key);
        if let (Some(limit), Some(quota)) = (self.limit, structured("ratelimit-policy", "q"))
            && limit != quota
        {
            return Some((
                format!("RateLimit-Policy with q={limit}, the limit"),
                received
                    .header("ratelimit-policy")
                    .unwrap_or_default()
                    .to_owned(),
            ));
        }
        if let (Some(left), Some(told)) = (self.remaining, structured("ratelimit", "r"))
            && left != told
        {
            return Some((
                format!("RateLimit with r={left}, what remains"),
                received.header("ratelimit").unwrap_or_default().to_owned(),
            ));
        }
        if let (Some(limit), Some(left)) = (self.limit, self.remaining)
            && left > limit
        {
            return Some((format!("at most {limit} left"), format!("{left} left")));
        }
        let window = window.or_else(|| structured("ratelimit-policy", "w"));
        self.reset_outside(received, window)
    }

    /// Whether the budget comes back in the past, or later than a window from now.
    fn reset_outside(&self, received: &Received, window: Option<u64>) -> Option<(String, String)> {
        let text = self.reset.as_ref()?;
        let Ok(reset) = text.parse::<i64>() else {
            return Some(("a reset in seconds".to_owned(), text.clone()));
        };
        let now = now(received);
        let wait = if reset >= EPOCH { reset - now } else { reset };
        let most = window.and_then(|window| i64::try_from(window).ok());
        if wait < -SLACK || most.is_some_and(|most| wait > most + SLACK) {
            let within = most.map_or_else(
                || "not in the past".to_owned(),
                |most| format!("within the window of {most} s"),
            );
            return Some((
                format!("a reset {within}, at {now} since 1970"),
                format!("{reset}, {wait} s from then"),
            ));
        }
        None
    }
}

/// The server's time, where it says one.
fn now(received: &Received) -> i64 {
    let date = received.header("date");
    let date = date.and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
    date.map_or_else(crate::run::now, |date| Timestamp::from(&date))
        .as_second()
}

/// A parameter of the first item of a structured header: `"general";q=100;w=60`.
fn parameter(value: &str, key: &str) -> Option<u64> {
    let first = value.split(',').next()?;
    let mut parameters = first.split(';').skip(1).map(str::trim);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name == key).then(|| value.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received(headers: &[(&str, &str)]) -> Received {
        let headers = headers.iter();
        Received {
            status: 200,
            headers: headers
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: bytes::Bytes::new(),
            is_cut: false,
            elapsed: std::time::Duration::ZERO,
            http_version: "1.1",
        }
    }

    #[test]
    fn figures_that_contradict_one_another_are_found() {
        let answer = |reset, policy, left| {
            received(&[
                ("date", "Sat, 21 Nov 2026 17:00:00 GMT"),
                ("x-ratelimit-limit", "100"),
                ("x-ratelimit-remaining", "99"),
                ("x-ratelimit-reset", reset),
                ("ratelimit-policy", policy),
                ("ratelimit", left),
            ])
        };
        let says = |answer: &Received| Told::read(answer).unwrap().contradiction(answer, None);
        let (policy, left) = ("\"general\";q=100;w=60", "\"general\";r=99;t=60");
        assert_eq!(says(&answer("1795280460", policy, left)), None);
        assert_eq!(says(&answer("60", policy, left)), None);
        assert!(says(&answer("1795276860", policy, left)).is_some());
        assert!(says(&answer("1795280560", policy, left)).is_some());
        assert!(says(&answer("60", "\"general\";q=200;w=60", left)).is_some());
        assert!(says(&answer("60", policy, "\"general\";r=98;t=60")).is_some());
        assert_eq!(Told::read(&received(&[("x-request-id", "1")])), None);
    }
}
