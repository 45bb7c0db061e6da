//! Texts of the formats that JSON Schema and OpenAPI name.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rand::{Rng, RngExt as _};

/// Formats whose texts are all of one length, or nearly so: more or fewer characters are no such text any more.
const RIGID: [&str; 6] = ["uuid", "date", "time", "ipv4", "ipv6", "duration"];

/// Whether lengths cannot be chosen.
#[must_use]
pub fn is_rigid(format: &str) -> bool {
    RIGID.contains(&format)
}

/// A text of a format, of about the wanted length in characters where the format leaves a choice. `None` for a format
/// that says nothing about its text.
pub fn text(format: &str, wanted: Option<usize>, rng: &mut impl Rng) -> Option<String> {
    Some(match format {
        "uuid" => uuid(rng),
        "date" => date(rng),
        "time" => format!("{}Z", clock(rng)),
        "date-time" => date_time(wanted, rng),
        "duration" => format!("PT{}M", rng.random_range(1..60)),
        "email" | "idn-email" => email(wanted, rng),
        "hostname" | "idn-hostname" => domain(wanted.unwrap_or(17), rng),
        "ipv4" => format!("192.0.2.{}", rng.random_range(1..255)),
        "ipv6" => format!("2001:db8::{:x}", rng.random_range(1..0xffff)),
        "uri" | "iri" | "url" => grown("https://example.com/", wanted.unwrap_or(28), rng),
        "uri-reference" | "iri-reference" => grown("/", wanted.unwrap_or(8), rng),
        "uri-template" => grown("/{id}/", wanted.unwrap_or(12), rng),
        "json-pointer" => grown("/", wanted.unwrap_or(6), rng),
        "relative-json-pointer" => grown("0/", wanted.unwrap_or(6), rng),
        "regex" => grown("^", wanted.unwrap_or(6), rng),
        "byte" | "base64" => base64(wanted.unwrap_or(12), rng),
        "binary" | "password" => letters(wanted.unwrap_or(16).max(1), rng),
        _ => return None,
    })
}

/// Texts that are not of a format, the plainest first.
#[must_use]
pub fn wrong(format: &str) -> &'static [&'static str] {
    match format {
        "uuid" => &[
            "00000000-0000-0000-0000-00000000000g",
            "not-a-uuid",
            "0123456789012345678901234567890123456",
        ],
        "date" => &["2026-13-40", "not a date", "1.1.2026"],
        "time" => &["25:61:61Z", "not a time"],
        "date-time" => &["2026-13-40T25:61:61Z", "not a date and time", "yesterday"],
        "duration" => &["P1H", "not a duration"],
        "email" | "idn-email" => &["nobody", "@example.com", "a@"],
        "hostname" | "idn-hostname" => &["-a-", "not a host", "a..b"],
        "ipv4" => &["999.0.2.1", "not an address", "1.2.3"],
        "ipv6" => &["2001:db8:::1", "not an address", "::g"],
        "uri" | "iri" | "url" => &["not a uri", "://", "\\\\"],
        "uri-reference" | "iri-reference" => &["\\\\", "a b", "%zz"],
        "uri-template" => &["{", "/{id"],
        "json-pointer" => &["a", "/~2"],
        "relative-json-pointer" => &["/a", "-1"],
        "regex" => &["(", "[a"],
        "byte" | "base64" => &["*not base64*", "a"],
        _ => &[],
    }
}

/// Small letters.
pub fn letters(count: usize, rng: &mut impl Rng) -> String {
    (0..count)
        .map(|_| char::from(rng.random_range(b'a'..=b'z')))
        .collect()
}

fn uuid(rng: &mut impl Rng) -> String {
    let bits: u128 = rng.random();
    // Version 4, variant 1.
    let bits = (bits & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
    let parts: Vec<_> = parts.into_iter().filter_map(|part| hex.get(part)).collect();
    parts.join("-")
}

/// A day that is not over yet, and not far away.
fn date(rng: &mut impl Rng) -> String {
    let (year, month) = (rng.random_range(2027..2030), rng.random_range(1..=12));
    format!("{year}-{month:02}-{:02}", rng.random_range(1..=28))
}

fn clock(rng: &mut impl Rng) -> String {
    let (hour, minute) = (rng.random_range(0..24), rng.random_range(0..60));
    format!("{hour:02}:{minute:02}:{:02}", rng.random_range(0..60))
}

fn date_time(wanted: Option<usize>, rng: &mut impl Rng) -> String {
    let base = format!("{}T{}", date(rng), clock(rng));
    let mut digits = |count: usize| {
        let digits = (0..count).map(|_| char::from(rng.random_range(b'0'..=b'9')));
        digits.collect::<String>()
    };
    // Parts of a second fill what is wanted beyond the shortest; few servers keep more than nine digits.
    match wanted {
        Some(length @ 22..=30) => format!("{base}.{}Z", digits(length - 21)),
        Some(length) if length > 30 => format!("{base}.{}+00:00", digits(length - 26)),
        _ => format!("{base}Z"),
    }
}

fn email(wanted: Option<usize>, rng: &mut impl Rng) -> String {
    const DOMAIN: &str = "@example.com";
    let wanted = wanted.unwrap_or(DOMAIN.len() + 8);
    if wanted > DOMAIN.len() {
        let local = wanted - DOMAIN.len();
        if local <= 64 {
            return format!("{}{DOMAIN}", letters(local, rng));
        }
        return format!("{}@{}", letters(64, rng), domain(wanted - 65, rng));
    }
    // Shorter than the usual domain allows: a host of a short one.
    let local = wanted.saturating_sub(5).max(1);
    let host = if wanted >= 6 { "a.co" } else { "a" };
    format!("{}@{host}", letters(local, rng))
}

/// Labels of 63 letters at most.
fn domain(wanted: usize, rng: &mut impl Rng) -> String {
    let mut text = ".com".to_owned();
    if wanted <= text.len() {
        return letters(wanted.max(1), rng);
    }
    let mut rest = wanted - text.len();
    loop {
        // The last label must not be left empty behind its point.
        let label = match rest {
            0..=63 => rest,
            64 => 62,
            _ => 63,
        };
        text.insert_str(0, &letters(label, rng));
        rest -= label;
        if rest == 0 {
            return text;
        }
        text.insert(0, '.');
        rest -= 1;
    }
}

fn grown(start: &str, wanted: usize, rng: &mut impl Rng) -> String {
    let more = wanted.saturating_sub(start.len()).max(1);
    format!("{start}{}", letters(more, rng))
}

fn base64(wanted: usize, rng: &mut impl Rng) -> String {
    STANDARD.encode(letters(wanted.div_ceil(4) * 3, rng))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;
    use serde_json::json;

    use super::*;

    const CHECKED: [&str; 15] = [
        "uuid",
        "date",
        "time",
        "date-time",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "uri-reference",
        "uri-template",
        "json-pointer",
        "relative-json-pointer",
        "regex",
    ];

    fn validator(format: &str) -> jsonschema::Validator {
        jsonschema::options()
            .should_validate_formats(true)
            .build(&json!({ "format": format }))
            .unwrap()
    }

    #[test]
    fn texts_are_of_their_format_and_wrong_ones_are_not() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for format in CHECKED {
            let validator = validator(format);
            for wanted in [None, Some(6), Some(30), Some(90)] {
                let text = text(format, wanted, &mut rng).unwrap();
                assert!(validator.is_valid(&json!(text)), "{format} {text}");
            }
            for text in wrong(format) {
                assert!(!validator.is_valid(&json!(text)), "{format} {text}");
            }
        }
        assert_eq!(text("int32", None, &mut rng), None);
    }

    #[test]
    fn lengths_are_met_where_the_format_leaves_a_choice() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for (format, lengths) in [
            ("email", &[6, 12, 13, 30, 100, 130, 254, 255][..]),
            ("date-time", &[20, 24, 35, 36]),
            ("hostname", &[5, 20, 68, 69, 132, 253]),
            ("uri", &[21, 200]),
            ("password", &[1, 8, 128]),
        ] {
            for length in lengths {
                let text = text(format, Some(*length), &mut rng).unwrap();
                assert_eq!(text.len(), *length, "{format} {text}");
            }
        }
    }
}
