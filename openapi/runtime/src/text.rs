//! Values that travel as text: in parameters, and as JSON strings with a format or an enum.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use uuid::Uuid;

use crate::{Date, Violations};

/// A type whose values are written as text.
pub trait FromText: Sized {
    /// The value, if `text` is one, exactly as the contract writes it.
    fn from_text(text: &str) -> Option<Self>;

    /// Notes why a text was refused.
    fn refuse(out: &mut Violations);
}

/// A text that is no value of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownName;

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the known names")
    }
}

impl std::error::Error for UnknownName {}

impl FromText for Uuid {
    fn from_text(text: &str) -> Option<Self> {
        // The uuid crate reads braces, `urn:uuid:` and the form without hyphens as well; the
        // contract (RFC 9562, section 4) promises the hyphenated one.
        if text.len() != uuid::fmt::Hyphenated::LENGTH {
            return None;
        }
        Self::try_parse(text).ok()
    }

    fn refuse(out: &mut Violations) {
        out.invalid_format("Invalid UUID format");
    }
}

impl FromText for Date {
    fn from_text(text: &str) -> Option<Self> {
        // jiff reads date-times and short forms too; RFC 3339's `full-date` is ten characters.
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(index, byte)| {
                if matches!(index, 4 | 7) {
                    byte == b'-'
                } else {
                    byte.is_ascii_digit()
                }
            });
        if !shaped {
            return None;
        }
        text.parse().ok()
    }

    fn refuse(out: &mut Violations) {
        out.invalid_format("Invalid date format, expected YYYY-MM-DD");
    }
}

impl FromText for Ipv4Addr {
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn refuse(out: &mut Violations) {
        out.invalid_format("Invalid IPv4 address");
    }
}

impl FromText for Ipv6Addr {
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn refuse(out: &mut Violations) {
        out.invalid_format("Invalid IPv6 address");
    }
}

impl FromText for IpAddr {
    fn from_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn refuse(out: &mut Violations) {
        out.invalid_format("Invalid IP address");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uuids_are_hyphenated() {
        assert!(Uuid::from_text("0190a4c2-7d5b-7cc0-8000-000000000001").is_some());
        for bad in [
            "0190a4c27d5b7cc08000000000000001",
            "{0190a4c2-7d5b-7cc0-8000-000000000001}",
            "urn:uuid:0190a4c2-7d5b-7cc0-8000-000000000001",
            "0190a4c2-7d5b-7cc0-8000-00000000000g",
            "0190a4c27-d5b-7cc0-8000-000000000001",
        ] {
            assert!(Uuid::from_text(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn dates_are_full_dates() {
        assert!(Date::from_text("2026-02-28").is_some());
        for bad in [
            "2026-02-30",
            "2026-2-28",
            "20260228",
            "2026-02-28T00:00:00",
            "-026-02-28",
        ] {
            assert!(Date::from_text(bad).is_none(), "{bad}");
        }
    }
}
