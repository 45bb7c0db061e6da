//! Bytes as text, and the little that several reports write alike.

use std::{borrow::Cow, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};

/// Bytes for a format that holds text only.
pub(super) enum Text<'b> {
    /// They are UTF-8.
    Plain(&'b str),
    /// They are not.
    Base64(String),
}

pub(super) fn text(bytes: &[u8]) -> Text<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Text::Plain(text),
        Err(_) => Text::Base64(BASE64_STANDARD.encode(bytes)),
    }
}

/// The beginning of a body for people: so many characters, on one line, nothing that moves a cursor.
pub(super) fn excerpt(bytes: &[u8], most: usize) -> String {
    let text: Cow<'_, str> = String::from_utf8_lossy(bytes.get(..most * 4).unwrap_or(bytes));
    let mut excerpt = String::new();
    for (count, letter) in text.chars().enumerate() {
        if count == most {
            return format!("{excerpt}… ({} bytes)", bytes.len());
        }
        match letter {
            '\n' | '\r' | '\t' => excerpt.push(' '),
            _ if letter.is_control() => excerpt.extend(letter.escape_default()),
            _ => excerpt.push(letter),
        }
    }
    excerpt
}

/// What a status means.
pub(super) fn reason(status: u16) -> &'static str {
    reqwest::StatusCode::from_u16(status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or_default()
}

/// Requests in a length of time, per second.
pub(super) fn per_second(count: u64, took: Duration) -> u64 {
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    count
        .saturating_mul(1000)
        .checked_div(millis)
        .unwrap_or(count)
}

/// A length of time for people: `250 ms`, `4.3 s`, `2 min 5 s`.
pub(super) fn length(took: Duration) -> String {
    let millis = took.as_millis();
    match millis {
        0..1000 => format!("{millis} ms"),
        1000..60_000 => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
        _ => format!("{} min {} s", millis / 60_000, millis % 60_000 / 1000),
    }
}

/// `1 case`, `2 cases`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_stays_on_its_line() {
        assert_eq!(excerpt(b"a\r\nb\x1b[1m", 20), "a  b\\u{1b}[1m");
        assert_eq!(excerpt(b"abcdef", 3), "abc… (6 bytes)");
        assert_eq!(excerpt("häßlich".as_bytes(), 3), "häß… (9 bytes)");
    }

    #[test]
    fn lengths_of_time_are_for_people() {
        assert_eq!(length(Duration::from_millis(250)), "250 ms");
        assert_eq!(length(Duration::from_millis(4_360)), "4.3 s");
        assert_eq!(length(Duration::from_secs(125)), "2 min 5 s");
        assert_eq!(per_second(500, Duration::from_millis(250)), 2000);
        assert_eq!(per_second(5, Duration::ZERO), 5);
    }
}
