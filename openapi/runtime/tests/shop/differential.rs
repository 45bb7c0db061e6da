//! The fast path and the slow one, on many mutated bodies: whatever the fast path accepts, the slow
//! one accepts with the same value; whatever the slow one refuses, the fast one does not accept.

use openapi_runtime::{Violations, body};

use crate::types::CreateProduct;

/// A small deterministic generator (`SplitMix64`), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound).unwrap()).unwrap()
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

const SEEDS: &[&str] = &[
    r#"{"sku":"A-1","price":100,"parts":[{"partId":"0190a4c2-7d5b-7cc0-8000-000000000001","quantity":2}]}"#,
    r#"{"sku":"A-1","price":1e2,"currency":"EUR","contact":"a@b.co","stock":7,"parts":[{"quantity":1,"partId":"0190A4C2-7D5B-7CC0-8000-000000000001"}],
        "attributes":{"a":"b","c":"d"},"description":"ä \u00e4 🦀","paymentMethod":{"kind":"card","token":"tok_1"}}"#,
    r#"{"sku":"A","price":0,"parts":[{"partId":"0190a4c2-7d5b-7cc0-8000-000000000001","quantity":1000}],"description":null,
        "paymentMethod":{"due":"2026-01-02T03:04:05Z","kind":"transfer"}}"#,
    r#"{"paymentMethod":{"due":null,"kind":"transfer"},"sku":"B","price":9007199254740991,"parts":[{"partId":"0190a4c2-7d5b-7cc0-8000-000000000001","quantity":1}]}"#,
];

/// What values are replaced with.
const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-0",
    "1",
    "1.0",
    "1e0",
    "1e999",
    "0.5",
    "-1",
    "1000",
    "1001",
    "9007199254740992",
    "18446744073709551616",
    "\"\"",
    "\"A\"",
    "\"a\\u0000b\"",
    "\"\\\\u0000\"",
    "\"EUR\"",
    "\"card\"",
    "\"\\u0063ard\"",
    "\"\\ud83e\\udd80\"",
    "\"\\ud800\"",
    "[]",
    "[null]",
    "{}",
    "{\"a\":\"b\",\"a\":\"c\"}",
    "{\"EUR\":null}",
    "[\"0190a4c2-7d5b-7cc0-8000-000000000001\",1]",
    "[{\"partId\":\"{0190a4c2-7d5b-7cc0-8000-000000000001}\",\"quantity\":1}]",
    "\"2026-01-02 03:04:05Z\"",
    "\"urn:uuid:0190a4c2-7d5b-7cc0-8000-000000000001\"",
    "{\"kind\":\"card\",\"kind\":\"card\",\"token\":\"tok_1\"}",
    "{\"kind\":\"transfer\",\"due\":null,\"x\":1}",
    "[[[[[]]]]]",
];

const NAMES: &[&str] = &[
    "sku",
    "price",
    "currency",
    "contact",
    "stock",
    "parts",
    "attributes",
    "description",
    "paymentMethod",
    "partId",
    "quantity",
    "kind",
    "due",
    "x",
    "\\u0073ku",
];

fn mutated(random: &mut Random) -> Vec<u8> {
    let mut body = random.pick(SEEDS).to_owned();
    for _ in 0..=random.below(2) {
        match random.below(8) {
            // One value becomes another.
            0..=3 => {
                let Some((start, end)) = value_at(&body, random) else {
                    continue;
                };
                body.replace_range(start..end, random.pick(VALUES));
            }
            // A member more, perhaps for the second time.
            4 => {
                let opens: Vec<usize> = body.match_indices('{').map(|(at, _)| at + 1).collect();
                if opens.is_empty() {
                    continue;
                }
                let at = opens[random.below(opens.len())];
                let comma = if body[at..].trim_start().starts_with('}') {
                    ""
                } else {
                    ","
                };
                body.insert_str(
                    at,
                    &format!("\"{}\":{}{comma}", random.pick(NAMES), random.pick(VALUES)),
                );
            }
            // A name becomes another.
            5 => {
                let name = random.pick(NAMES);
                body = body.replacen(
                    &format!("\"{name}\""),
                    &format!("\"{}\"", random.pick(NAMES)),
                    1,
                );
            }
            // A byte changes or goes.
            6 => {
                let mut bytes = body.into_bytes();
                let at = random.below(bytes.len());
                bytes[at] = b"{}[]\",:0\\ \x00\xff"[random.below(12)];
                match String::from_utf8(bytes) {
                    Ok(text) => body = text,
                    Err(error) => return error.into_bytes(),
                }
            }
            _ => {
                let at = (0..body.len())
                    .filter(|at| body.is_char_boundary(*at))
                    .nth(random.below(body.chars().count()))
                    .unwrap();
                body.remove(at);
                if body.is_empty() {
                    return Vec::new();
                }
            }
        }
    }
    body.into_bytes()
}

/// The place of some scalar or text after a colon.
fn value_at(body: &str, random: &mut Random) -> Option<(usize, usize)> {
    let colons: Vec<usize> = body.match_indices("\":").map(|(at, _)| at + 2).collect();
    if colons.is_empty() {
        return None;
    }
    let start = colons[random.below(colons.len())];
    let end = body[start..].find([',', '}', ']']).map(|at| start + at)?;
    (start < end).then_some((start, end))
}

#[test]
fn the_fast_path_never_accepts_what_the_slow_one_refuses() {
    let mut random = Random(20_260_102);
    let (mut accepted, mut slow_only, mut refused, mut malformed) = (0, 0, 0, 0);
    for round in 0..60_000 {
        let body = mutated(&mut random);
        let shown = || String::from_utf8_lossy(&body).into_owned();
        let fast: Option<CreateProduct> = body::fast(&body);
        let mut out = Violations::new();
        let slow: Result<Option<CreateProduct>, _> = body::slow(&body, &mut out);
        match (fast, slow) {
            (Some(fast), Ok(Some(slow))) => {
                assert_eq!(fast, slow, "round {round}: {}", shown());
                assert!(out.is_empty());
                accepted += 1;
            }
            (Some(_), other) => panic!(
                "round {round}: only the fast path accepts {} ({other:?}, {out:?})",
                shown()
            ),
            (None, Ok(Some(_))) => slow_only += 1,
            (None, Ok(None)) => {
                assert!(
                    !out.is_empty(),
                    "round {round}: refused without a reason: {}",
                    shown()
                );
                refused += 1;
            }
            (None, Err(_)) => malformed += 1,
        }
    }
    // The mutations must reach every corner, or the test shows nothing.
    let reached = [accepted, slow_only, refused, malformed];
    assert!(reached.iter().all(|count| *count > 1000), "{reached:?}");
}
