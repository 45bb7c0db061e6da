//! Integers: bounds and steps.

use super::{Rule, TextRule};
use crate::{Node, Reason, Violations};

/// An integer type that a schema's `format` names.
pub trait Whole: Copy + PartialOrd + std::fmt::Display {
    /// The value, if the type can hold it.
    fn from_wide(wide: i128) -> Option<Self>;
    /// The value in a type that holds all of them.
    fn wide(self) -> i128;
}

macro_rules! whole {
    ($($ty:ty),*) => {$(
        impl Whole for $ty {
            fn from_wide(wide: i128) -> Option<Self> {
                Self::try_from(wide).ok()
            }

            fn wide(self) -> i128 {
                i128::from(self)
            }
        }
    )*};
}

whole!(i32, i64, u32, u64);

/// An integer.
#[derive(Debug, Clone, Copy)]
pub struct Int<T> {
    min: T,
    max: T,
    step: Option<T>,
}

impl<T: Whole> Int<T> {
    /// Bounds, both included.
    #[must_use]
    pub const fn new(min: T, max: T) -> Self {
        Self {
            min,
            max,
            step: None,
        }
    }

    /// Only multiples of `step`, which is not zero.
    #[must_use]
    pub const fn multiple_of(mut self, step: T) -> Self {
        self.step = Some(step);
        self
    }

    fn is_multiple(&self, wide: i128) -> bool {
        self.step
            .is_none_or(|step| wide.checked_rem(step.wide()).is_none_or(|rest| rest == 0))
    }

    fn judge(&self, wide: i128, out: &mut Violations) -> Option<T> {
        let before = out.count();
        if wide < self.min.wide() {
            out.add(Reason::TooSmall, format!("Must be at least {}", self.min));
        }
        if wide > self.max.wide() {
            out.add(Reason::TooBig, format!("Must be at most {}", self.max));
        }
        if let Some(step) = self.step.filter(|_| !self.is_multiple(wide)) {
            out.add(Reason::NotMultiple, format!("Must be a multiple of {step}"));
        }
        // Within its bounds a value always fits its type.
        T::from_wide(wide).filter(|_| out.count() == before)
    }
}

/// Up to here every integer has an exact `f64`, so that `1e3` can be taken for 1000.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The integer that a number is, if it is one. Numbers beyond what is exact are clamped to a value
/// outside of every bound: what they exceed is more useful to know than how they are written.
fn integer_of(number: f64) -> Option<i128> {
    if number.fract() != 0.0 {
        return None;
    }
    if number.abs() > EXACT {
        return Some(if number > 0.0 { i128::MAX } else { i128::MIN });
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "integral and within the exact range, so nothing is cut"
    )]
    Some(number as i128)
}

impl<T: Whole> Rule for Int<T> {
    type Value = T;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<T> {
        let wide = match node {
            Node::Integer(value) => Some(i128::from(*value)),
            Node::Large(value) => Some(i128::from(*value)),
            Node::Number(number) => integer_of(*number),
            _ => None,
        };
        let Some(wide) = wide else {
            out.invalid_type("an integer");
            return None;
        };
        self.judge(wide, out)
    }

    fn holds(&self, value: &T) -> bool {
        *value >= self.min
            && *value <= self.max
            && (self.step.is_none() || self.is_multiple(value.wide()))
    }
}

impl<T: Whole> TextRule for Int<T> {
    fn text(&self, text: &str, out: &mut Violations) -> Option<T> {
        let Some(wide) = integer_text(text) else {
            out.invalid_type("an integer");
            return None;
        };
        self.judge(wide, out)
    }
}

/// An integer as JSON writes it: no plus, no leading zeros; `1.0` is one, as in bodies. Too many digits count as too big.
fn integer_text(text: &str) -> Option<i128> {
    let text = match text.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => {
            whole
        }
        _ => text,
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let plain = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    if !plain {
        return None;
    }
    Some(
        text.parse()
            .unwrap_or(if negative { i128::MIN } else { i128::MAX }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    static QUANTITY: Int<i64> = Int::new(1, 1000).multiple_of(5);
    static ANY: Int<i64> = Int::new(i64::MIN, i64::MAX);

    fn read(rule: &Int<i64>, json: &str) -> Result<i64, Vec<&'static str>> {
        let mut out = Violations::new();
        let value = rule.node(&serde_json::from_str(json).unwrap(), &mut out);
        value.ok_or_else(|| {
            out.details()
                .iter()
                .map(|detail| detail.reason.as_str())
                .collect()
        })
    }

    #[test]
    fn integers_may_be_written_with_fraction_and_exponent() {
        assert_eq!(read(&QUANTITY, "10"), Ok(10));
        assert_eq!(read(&QUANTITY, "10.0"), Ok(10));
        assert_eq!(read(&QUANTITY, "1e2"), Ok(100));
        assert_eq!(read(&ANY, "-0"), Ok(0));
        assert_eq!(read(&QUANTITY, "10.5"), Err(vec!["invalid_type"]));
        assert_eq!(read(&QUANTITY, "\"10\""), Err(vec!["invalid_type"]));
    }

    #[test]
    fn bounds_and_steps() {
        assert_eq!(read(&QUANTITY, "0"), Err(vec!["too_small"]));
        assert_eq!(
            read(&QUANTITY, "1001"),
            Err(vec!["too_big", "not_multiple"])
        );
        assert_eq!(read(&QUANTITY, "7"), Err(vec!["not_multiple"]));
        assert_eq!(read(&ANY, "18446744073709551615"), Err(vec!["too_big"]));
        assert_eq!(read(&ANY, "1e300"), Err(vec!["too_big"]));
        assert_eq!(
            read(&ANY, "-100000000000000000000000"),
            Err(vec!["too_small"])
        );
    }

    #[test]
    fn parameters_are_plain_integers() {
        let text = |text: &str| QUANTITY.text(text, &mut Violations::new());
        assert_eq!(text("10"), Some(10));
        assert_eq!(text("10.0"), Some(10));
        for bad in [
            "",
            "+10",
            "010",
            "1e1",
            "10.",
            "10.5",
            ".0",
            " 10",
            "-",
            "0x10",
            "99999999999999999999999999999999999999999",
        ] {
            assert_eq!(text(bad), None, "{bad}");
        }
    }
}
