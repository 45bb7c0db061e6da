//! Exact numbers at and over their bounds.

use rand::SeedableRng as _;
use serde_json::json;

use super::*;

fn decimal(value: &Value) -> Decimal {
    Decimal::of(value).unwrap()
}

fn limits(low: &Value, high: &Value, multiples: &[Value], is_whole: bool) -> Limits {
    Limits {
        low: Decimal::of(low).map(|bound| (bound, false)),
        high: Decimal::of(high).map(|bound| (bound, false)),
        multiples: multiples.iter().map(decimal).collect(),
        is_whole,
    }
}

#[test]
fn decimals_are_read_and_written_without_loss() {
    for value in [
        json!(0),
        json!(-0.05),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e-7),
        json!(1.25e3),
    ] {
        let again = decimal(&value).to_value();
        assert_eq!(
            decimal(&again).compare(decimal(&value)),
            Ordering::Equal,
            "{value} {again}"
        );
    }
    assert_eq!(decimal(&json!(-0.05)).to_value(), json!(-0.05));
    assert_eq!(
        decimal(&json!(100)).compare(decimal(&json!(99.99))),
        Ordering::Greater
    );
}

#[test]
fn values_at_and_over_bounds_are_multiples_too() {
    let range = limits(&json!(1), &json!(100), &[json!(7)], true)
        .range()
        .unwrap();
    assert_eq!(range.lowest().unwrap().0.to_value(), json!(7));
    assert_eq!(range.highest().unwrap().0.to_value(), json!(98));
    assert_eq!(range.below().to_value(), json!(0));
    assert_eq!(range.above().to_value(), json!(105));
    assert_eq!(range.between().to_value(), json!(8));
    let cents = limits(&json!(0.01), &json!(1), &[json!(0.01)], false)
        .range()
        .unwrap();
    assert_eq!(cents.above().to_value(), json!(1.01));
    assert_eq!(cents.between().to_value(), json!(1.005));
}

#[test]
fn excluded_bounds_are_left_and_empty_ranges_are_none() {
    let mut open = limits(&json!(0), &json!(2), &[], true);
    open.low = Some((decimal(&json!(0)), true));
    open.high = Some((decimal(&json!(2)), true));
    let range = open.range().unwrap();
    assert_eq!(range.lowest().unwrap().0.to_value(), json!(1));
    assert_eq!(range.highest().unwrap().0.to_value(), json!(1));
    assert!(limits(&json!(3), &json!(2), &[], true).range().is_none());
    assert!(
        limits(&json!(1), &json!(6), &[json!(7)], true)
            .range()
            .is_none()
    );
}

#[test]
fn the_ends_of_64_bits_stay_exact() {
    let range = limits(&json!(i64::MIN), &json!(i64::MAX), &[], true)
        .range()
        .unwrap();
    assert_eq!(range.highest().unwrap().0.to_value(), json!(i64::MAX));
    assert_eq!(
        range.above().to_value(),
        json!(9_223_372_036_854_775_808_u64)
    );
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    for _ in 0..100 {
        assert!(range.random(&mut rng).to_value().is_i64());
    }
}
