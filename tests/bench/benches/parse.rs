//! What it costs to turn the body of `POST /api/v1/orders` into a checked value, four ways:
//!
//! - `serde_json`: the same struct, derived, nothing checked but types. The reference.
//! - `generated`: what the server runs: closed objects, bounds, pattern, NUL, duplicates, null.
//! - `jsonschema + derive`: parse to an untyped value, validate with a compiled schema, then deserialize.
//! - `poem-openapi`: its derived `Object` behind `Json<T>`, with its own validators.
//!
//! Criterion runs them one after another; the figures in BENCHMARKS.md are medians.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark ends when something is not as it must be"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use openapi_generated::v1::NewOrder;
use openapi_runtime::{Violations, body};
use poem_openapi::types::ParseFromJSON;
use serde::Deserialize;
use serde_json::Value;

/// Two fields, as most orders have, and all three.
const BODIES: &[(&str, &str)] = &[
    (
        "plain",
        r#"{"productId":"01964d38-02f4-7a9d-8c65-1e7b4f20d9a3","quantity":2}"#,
    ),
    (
        "coupon",
        r#"{"productId":"01964d38-02f4-7a9d-8c65-1e7b4f20d9a3","quantity":2,"couponCode":"WELCOME10"}"#,
    ),
];

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Derived {
    #[expect(dead_code, reason = "only the parsing counts")]
    product_id: uuid::Uuid,
    #[expect(dead_code, reason = "only the parsing counts")]
    quantity: i32,
    #[expect(dead_code, reason = "only the parsing counts")]
    coupon_code: Option<String>,
}

#[derive(Debug, poem_openapi::Object)]
#[oai(deny_unknown_fields, rename_all = "camelCase")]
struct Stock {
    product_id: uuid::Uuid,
    #[oai(validator(minimum(value = "1"), maximum(value = "1000")))]
    quantity: i32,
    #[oai(validator(min_length = 1, max_length = 32, pattern = "^[A-Za-z0-9_-]+$"))]
    coupon_code: Option<String>,
}

fn schema() -> Value {
    serde_json::json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["productId", "quantity"],
        "properties": {
            "productId": { "type": "string", "format": "uuid" },
            "quantity": { "type": "integer", "minimum": 1, "maximum": 1000 },
            "couponCode": { "type": "string", "minLength": 1, "maxLength": 32, "pattern": "^[A-Za-z0-9_-]+$" }
        }
    })
}

fn parse(criterion: &mut Criterion) {
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema())
        .unwrap();
    for (name, text) in BODIES {
        let bytes = text.as_bytes();
        let mut group = criterion.benchmark_group(format!("create-order body, {name}"));
        group.bench_function("serde_json", |bencher| {
            bencher.iter(|| serde_json::from_slice::<Derived>(black_box(bytes)).unwrap());
        });
        group.bench_function("generated", |bencher| {
            bencher.iter(|| {
                let mut violations = Violations::default();
                body::read::<NewOrder>(black_box(bytes), &mut violations)
                    .unwrap()
                    .unwrap()
            });
        });
        group.bench_function("jsonschema + derive", |bencher| {
            bencher.iter(|| {
                let value: Value = serde_json::from_slice(black_box(bytes)).unwrap();
                assert!(validator.is_valid(&value));
                Derived::deserialize(value).unwrap()
            });
        });
        group.bench_function("poem-openapi", |bencher| {
            bencher.iter(|| {
                let value: Value = serde_json::from_slice(black_box(bytes)).unwrap();
                Stock::parse_from_json(Some(value)).unwrap()
            });
        });
        group.finish();
    }
}

criterion_group!(benches, parse);
criterion_main!(benches);
