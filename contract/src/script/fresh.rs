//! Values that nobody used before. They differ from run to run: servers remember what they were told.

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use crate::run::now;

/// A kind of fresh value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// `unique`: small letters and digits.
    Small,
    /// `UNIQUE`: capitals and digits.
    Capital,
    /// `digits`: digits.
    Digits,
    /// `uuid`: version 7.
    Uuid,
    /// `now`, `now+1h`, `now-30d`: RFC 3339.
    Time(i64),
    /// `today`, `today+7d`: its date.
    Date(i64),
}

impl Fresh {
    /// Reads a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "unique" => Some(Self::Small),
            "UNIQUE" => Some(Self::Capital),
            "digits" => Some(Self::Digits),
            "uuid" => Some(Self::Uuid),
            _ => {
                if let Some(rest) = name.strip_prefix("now") {
                    seconds(rest).map(Self::Time)
                } else {
                    seconds(name.strip_prefix("today")?).map(Self::Date)
                }
            }
        }
    }

    /// Makes one.
    #[must_use]
    pub fn make(self) -> String {
        match self {
            Self::Small => unique(),
            Self::Capital => unique().to_ascii_uppercase(),
            Self::Digits => {
                let (begin, number) = next();
                format!("{}{number:05}", begin % 10_000_000_000)
            }
            Self::Uuid => uuid(),
            Self::Time(offset) => later(offset).strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
            Self::Date(offset) => later(offset).strftime("%Y-%m-%d").to_string(),
        }
    }
}

/// Letters and digits that no other call and no other run gave.
#[must_use]
pub fn unique() -> String {
    let (begin, number) = next();
    format!("{begin:x}{number:05x}")
}

/// When the first value was made, in microseconds, and the number of this one.
fn next() -> (i64, u32) {
    static BEGIN: OnceLock<i64> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let begin = *BEGIN.get_or_init(|| now().as_microsecond());
    (begin, COUNT.fetch_add(1, Ordering::Relaxed))
}

fn uuid() -> String {
    let (begin, number) = next();
    let milliseconds = begin / 1000 + i64::from(number);
    let time = format!("{milliseconds:012x}");
    let (high, low) = time.split_at(time.len().saturating_sub(4));
    let rest = begin % 0x1000_0000_0000;
    format!(
        "{high}-{low}-7{:03x}-8{:03x}-{rest:012x}",
        number % 0x1000,
        (number >> 12) % 0x1000
    )
}

fn later(seconds: i64) -> jiff::Timestamp {
    let now = now();
    let offset = Duration::from_secs(seconds.unsigned_abs());
    let moved = if seconds < 0 {
        now.checked_sub(offset)
    } else {
        now.checked_add(offset)
    };
    moved.unwrap_or(now)
}

/// `+1h`, `-30d`, or nothing.
fn seconds(text: &str) -> Option<i64> {
    let text = text.replace(' ', "");
    let Some(sign) = text.chars().next() else {
        return Some(0);
    };
    let text = text.strip_prefix(['+', '-'])?;
    let unit = match text.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    let number: i64 = text.get(..text.len().checked_sub(1)?)?.parse().ok()?;
    let seconds = number.checked_mul(unit)?;
    Some(if sign == '-' { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_values_are_of_their_kind_and_never_the_same() {
        assert_ne!(unique(), unique());
        assert_ne!(Fresh::Digits.make(), Fresh::Digits.make());
        let uuid = Fresh::Uuid.make();
        let lengths: Vec<_> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{uuid}");
        assert_ne!(uuid, Fresh::Uuid.make());
        assert_eq!(Fresh::parse("now+1h"), Some(Fresh::Time(3600)));
        assert_eq!(Fresh::parse("today - 1d"), Some(Fresh::Date(-86_400)));
        assert_eq!(Fresh::parse("today-30d"), Some(Fresh::Date(-2_592_000)));
        assert_eq!(Fresh::parse("nowhere"), None);
        let then: jiff::Timestamp = Fresh::Time(60).make().parse().unwrap();
        assert!(then > now());
    }
}
