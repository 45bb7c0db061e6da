//! The written forms: durations, limits, networks and origins.

use std::{net::IpAddr, time::Duration};

use ipnet::IpNet;

use super::CorsOrigins;

/// A budget of calls: `CALLS/WINDOW`, and how long a caller is shut out once it is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Calls in one window.
    pub calls: u32,
    /// Length of the sliding window.
    pub window: Duration,
    /// How long every call is refused after the first refusal.
    pub block: Option<Duration>,
}

const DURATION_FORM: &str =
    "is not a duration; write a whole number with ms, s, m, h or d, like `90s` or `15m`";
const RATE_FORM: &str = "is not a limit; write `100/60s`, `20/60s block 60s` or `off`";
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Reads `250ms`, `90s`, `15m`, `24h`, `7d`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60 * 1000,
        "h" => 60 * 60 * 1000,
        "d" => DAY_MS,
        _ => return Err(format!("`{text}` {DURATION_FORM}")),
    };
    let number: u64 = number
        .parse()
        .map_err(|_| format!("`{text}` {DURATION_FORM}"))?;
    let total = number
        .checked_mul(milliseconds)
        .filter(|total| *total <= 3660 * DAY_MS);
    total
        .map(Duration::from_millis)
        .ok_or_else(|| format!("`{text}` is longer than ten years"))
}

/// Reads `true` or `false`.
pub(super) fn flag(text: &str) -> Result<bool, String> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(format!("`{text}` is neither `true` nor `false`")),
    }
}

/// Reads `100/60s`, `20/60s block 60s`, `off`.
pub(super) fn rate(text: &str) -> Result<Option<Rate>, String> {
    if text == "off" {
        return Ok(None);
    }
    let wrong = || format!("`{text}` {RATE_FORM}");
    let mut words = text.split_whitespace();
    let (calls, window) = words
        .next()
        .and_then(|first| first.split_once('/'))
        .ok_or_else(wrong)?;
    let calls: u32 = calls.parse().map_err(|_| wrong())?;
    let window = duration(window).map_err(|_| wrong())?;
    let block = match (words.next(), words.next(), words.next()) {
        (None, ..) => None,
        (Some("block"), Some(block), None) => Some(duration(block).map_err(|_| wrong())?),
        _ => return Err(wrong()),
    };
    if calls == 0 || window < Duration::from_secs(1) || window > Duration::from_hours(24) {
        return Err(format!(
            "`{text}` needs at least one call and a window from 1s to 24h"
        ));
    }
    Ok(Some(Rate {
        calls,
        window,
        block,
    }))
}

/// Reads addresses and networks separated by commas.
pub(super) fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    let mut networks = Vec::new();
    let mut wrong = Vec::new();
    for item in items(text) {
        match item
            .parse::<IpNet>()
            .or_else(|_| item.parse::<IpAddr>().map(IpNet::from))
        {
            Ok(network) => networks.push(network),
            Err(_) => wrong.push(format!("`{item}`")),
        }
    }
    if wrong.is_empty() {
        return Ok(networks);
    }
    Err(format!(
        "{} is no address or network; write `10.0.0.7` or `10.0.0.0/8`",
        wrong.join(", ")
    ))
}

/// Reads origins separated by commas, or `*`.
pub(super) fn origins(text: &str) -> Result<CorsOrigins, String> {
    let listed: Vec<String> = items(text).map(str::to_owned).collect();
    if listed.iter().any(|origin| origin == "*") {
        return match listed.len() {
            1 => Ok(CorsOrigins::Any),
            _ => Err("`*` stands alone or not at all".to_owned()),
        };
    }
    let wrong: Vec<String> = listed
        .iter()
        .filter(|origin| !is_origin(origin))
        .map(|o| format!("`{o}`"))
        .collect();
    if wrong.is_empty() {
        return Ok(CorsOrigins::Listed(listed));
    }
    Err(format!(
        "{} is no origin; write scheme, host and port only, in lower case, like `https://shop.example.com`",
        wrong.join(", ")
    ))
}

/// An origin as a browser sends it (RFC 6454, section 6.2): scheme and authority, nothing behind.
fn is_origin(text: &str) -> bool {
    let Ok(uri) = text.parse::<http::Uri>() else {
        return false;
    };
    let Some(authority) = uri.authority() else {
        return false;
    };
    let Some(scheme @ ("http" | "https")) = uri.scheme_str() else {
        return false;
    };
    // A path, a user or a capital letter would make the comparison with the header fail for ever.
    text == format!("{scheme}://{}", authority.as_str().to_ascii_lowercase()) && !text.contains('@')
}

/// Reads a level, or directives like `info,sqlx=warn`.
///
/// `EnvFilter` itself takes a misspelt level for the name of a module, so the words are looked at here.
pub(super) fn log_level(text: &str) -> Result<String, String> {
    let is_level = |word: &str| ["off", "error", "warn", "info", "debug", "trace"].contains(&word);
    let good = items(text).all(|directive| match directive.split_once('=') {
        Some((target, level)) => !target.is_empty() && is_level(level),
        None => is_level(directive),
    });
    if good {
        return Ok(text.to_owned());
    }
    Err(format!(
        "`{text}` is no level; write error, warn, info, debug or trace, or parts like `info,sqlx=warn`"
    ))
}

pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_whole_numbers_with_a_unit() {
        assert_eq!(duration("250ms").unwrap(), Duration::from_millis(250));
        assert_eq!(duration("15m").unwrap(), Duration::from_mins(15));
        assert_eq!(duration("7d").unwrap(), Duration::from_hours(168));
        for wrong in [
            "",
            "15",
            "m",
            "-1s",
            "1.5h",
            "1 s",
            "1w",
            "99999999999999999999s",
            "9999999d",
            "1h30m",
            "٣s",
        ] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn limits_have_calls_a_window_and_perhaps_a_block() {
        let minute = Duration::from_mins(1);
        assert_eq!(
            rate("100/60s").unwrap(),
            Some(Rate {
                calls: 100,
                window: minute,
                block: None
            })
        );
        assert_eq!(
            rate("20/60s block 60s").unwrap(),
            Some(Rate {
                calls: 20,
                window: minute,
                block: Some(minute)
            })
        );
        assert_eq!(rate("off").unwrap(), None);
        for wrong in [
            "",
            "100",
            "0/60s",
            "100/60",
            "1/500ms",
            "1/2d",
            "5/60s block",
            "5/60s stop 1s",
            "5/60s block 1s x",
        ] {
            assert!(rate(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn origins_have_no_path() {
        let listed = origins("https://shop.example.com, http://localhost:5173").unwrap();
        assert_eq!(
            listed,
            CorsOrigins::Listed(vec![
                "https://shop.example.com".into(),
                "http://localhost:5173".into()
            ])
        );
        assert_eq!(origins("*").unwrap(), CorsOrigins::Any);
        assert_eq!(origins("").unwrap(), CorsOrigins::Listed(vec![]));
        for wrong in [
            "shop.example.com",
            "https://shop.example.com/",
            "https://Shop.example.com",
            "*,http://a.example",
            "ftp://a",
        ] {
            assert!(origins(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn networks_may_be_single_addresses() {
        let read = networks("10.0.0.0/8, 192.168.1.7, ::1").unwrap();
        assert!(
            read.iter().any(
                |network| network.contains(&"10.20.30.40".parse::<std::net::IpAddr>().unwrap())
            )
        );
        assert_eq!(read.len(), 3);
        assert!(
            networks("10.0.0.0/33, nonsense")
                .unwrap_err()
                .contains("`nonsense`")
        );
    }
}
