//! Points in time as the contract writes them: RFC 3339, in answers UTC with milliseconds and `Z`.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{FromText, Violations};

/// A point in time. Reads any RFC 3339 date-time, writes UTC with milliseconds and `Z`. The default is the beginning
/// of 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp(jiff::Timestamp);

/// The longest date-time that is read: a fraction and an offset, with some air.
const LONGEST: usize = 40;

impl Timestamp {
    /// The point in time as jiff knows it.
    #[must_use]
    pub const fn into_inner(self) -> jiff::Timestamp {
        self.0
    }

    /// Seconds since 1970, rounded down.
    #[must_use]
    pub fn as_second(self) -> i64 {
        self.0.as_second()
    }

    /// Milliseconds since 1970, rounded towards zero.
    #[must_use]
    pub fn as_millisecond(self) -> i64 {
        self.0.as_millisecond()
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(inner: jiff::Timestamp) -> Self {
        Self(inner)
    }
}

impl From<Timestamp> for jiff::Timestamp {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = jiff::tz::Offset::UTC.to_datetime(self.0);
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            time.year(),
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond(),
        )
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = Fixed::default();
        write!(text, "{self}").map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(text.as_str())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::fast::text(deserializer)
    }
}

/// The text is not an RFC 3339 date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATimestamp;

impl fmt::Display for NotATimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 date-time")
    }
}

impl std::error::Error for NotATimestamp {}

impl FromStr for Timestamp {
    type Err = NotATimestamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_text(text).ok_or(NotATimestamp)
    }
}

impl FromText for Timestamp {
    fn from_text(text: &str) -> Option<Self> {
        if !is_rfc3339(text.as_bytes()) {
            return None;
        }
        // RFC 3339 has no end of digits; a point in time here has nine, and the others change nothing that is kept.
        let digits = text.get(20..).map_or(0, |rest| {
            rest.bytes().take_while(u8::is_ascii_digit).count()
        });
        if text.as_bytes().get(19) == Some(&b'.') && digits > 9 {
            let (kept, rest) = text.split_at_checked(29)?;
            let rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
            return format!("{kept}{rest}").parse().ok().map(Self);
        }
        text.parse().ok().map(Self)
    }

    fn refuse(out: &mut Violations) {
        out.invalid_format(
            "Invalid date-time format, expected RFC 3339 such as 2026-01-02T03:04:05Z",
        );
    }
}

/// Whether the shape is RFC 3339's `date-time`. jiff reads more than that (a blank for the `T`,
/// time zone names in brackets, weeks), and the contract promises RFC 3339.
fn is_rfc3339(text: &[u8]) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let Some((date_time, rest)) = text.split_at_checked(19) else {
        return false;
    };
    let shape = b"dddd-dd-ddTdd:dd:dd";
    let matches = date_time
        .iter()
        .zip(shape)
        .all(|(byte, shape)| match shape {
            b'd' => byte.is_ascii_digit(),
            b'T' => matches!(byte, b'T' | b't'),
            other => byte == other,
        });
    matches && is_offset(after_fraction(rest))
}

/// What follows an optional fraction of a second; a dot without digits leaves itself.
fn after_fraction(rest: &[u8]) -> &[u8] {
    let Some(fraction) = rest.strip_prefix(b".") else {
        return rest;
    };
    let digits = fraction
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if digits == 0 {
        rest
    } else {
        fraction.get(digits..).unwrap_or_default()
    }
}

fn is_offset(text: &[u8]) -> bool {
    match text {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            [h1, h2, m1, m2].iter().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// Room for one timestamp on the stack, so that writing one allocates nothing.
#[derive(Default)]
struct Fixed {
    bytes: [u8; 32],
    len: usize,
}

impl Fixed {
    fn as_str(&self) -> &str {
        self.bytes
            .get(..self.len)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

impl fmt::Write for Fixed {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.len + text.len();
        let room = self.bytes.get_mut(self.len..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_written_in_utc_with_milliseconds() {
        let read: Timestamp = "2026-01-02T03:04:05.678912+02:00".parse().unwrap();
        assert_eq!(read.to_string(), "2026-01-02T01:04:05.678Z");
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            "\"2026-01-02T01:04:05.678Z\""
        );
    }

    #[test]
    fn digits_beyond_nanoseconds_are_read_over() {
        let read = |text: &str| text.parse::<Timestamp>().unwrap();
        let long = read("2026-01-02T03:04:05.1696155394243Z");
        assert_eq!(long, read("2026-01-02T03:04:05.169615539Z"));
        assert_eq!(
            read("2026-01-02T03:04:05.0000000009+02:00"),
            read("2026-01-02T01:04:05Z")
        );
        assert!(
            "2026-01-02T03:04:05.1696155394243"
                .parse::<Timestamp>()
                .is_err()
        );
    }

    #[test]
    fn rfc_3339_is_read_and_nothing_else() {
        for good in [
            "2026-01-02T03:04:05Z",
            "2026-01-02t03:04:05.1z",
            "2026-01-02T03:04:05-11:30",
        ] {
            assert!(good.parse::<Timestamp>().is_ok(), "{good}");
        }
        for bad in [
            "2026-01-02",
            "2026-01-02T03:04Z",
            "2026-01-02 03:04:05Z",
            "2026-01-02T03:04:05",
            "2026-13-02T03:04:05Z",
            "2026-01-02T03:04:05.Z",
            "2026-01-02T03:04:05+0200",
            "2026-01-02T03:04:05Z[UTC]",
            "2026-02-30T03:04:05Z",
            "",
            "2026-01-02T25:04:05Z",
            "+002026-01-02T03:04:05Z",
        ] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }
}
