//! Numbers: bounds and steps.

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
        Self { min, max, step: None }
    }

    /// Only multiples of `step`, which is not zero.
    #[must_use]
    pub const fn multiple_of(mut self, step: T) -> Self {
        self.step = Some(step);
        self
    }

    fn is_multiple(&self, wide: i128) -> bool {
        self.step.is_none_or(|step| wide.checked_rem(step.wide()).is_none_or(|rest| rest == 0))
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
    #[expect(clippy::cast_possible_truncation, reason = "integral and within the exact range, so nothing is cut")]
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
        match wide {
            Some(wide) => self.judge(wide, out),
            None => {
                out.invalid_type("an integer");
                None
            }
        }
    }

    fn holds(&self, value: &T) -> bool {
        *value >= self.min && *value <= self.max && (self.step.is_none() || self.is_multiple(value.wide()))
    }
}

impl<T: Whole> TextRule for Int<T> {
    fn text(&self, text: &str, out: &mut Violations) -> Option<T> {
        match integer_text(text) {
            Some(wide) => self.judge(wide, out),
            None => {
                out.invalid_type("an integer");
                None
            }
        }
    }
}

/// An integer as JSON writes it: no plus, no leading zeros. Too many digits count as too big.
fn integer_text(text: &str) -> Option<i128> {
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
    Some(text.parse().unwrap_or(if negative { i128::MIN } else { i128::MAX }))
}

/// A floating-point type that a schema's `format` names.
pub trait Real: Copy + Into<f64> {
    /// The value; `None` when it is beyond the type's range.
    fn from_f64(value: f64) -> Option<Self>;
}

impl Real for f64 {
    fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(value)
    }
}

impl Real for f32 {
    fn from_f64(value: f64) -> Option<Self> {
        #[expect(clippy::cast_possible_truncation, reason = "rounding to the nearest is what `format: float` means")]
        let narrow = value as Self;
        narrow.is_finite().then_some(narrow)
    }
}

/// A number. Never for money.
#[derive(Debug, Clone, Copy)]
pub struct Float<T> {
    minimum: Option<f64>,
    maximum: Option<f64>,
    exclusive_minimum: Option<f64>,
    exclusive_maximum: Option<f64>,
    multiple_of: Option<f64>,
    ty: std::marker::PhantomData<fn() -> T>,
}

impl<T: Real> Float<T> {
    /// Any finite number.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            minimum: None,
            maximum: None,
            exclusive_minimum: None,
            exclusive_maximum: None,
            multiple_of: None,
            ty: std::marker::PhantomData,
        }
    }

    /// At least this.
    #[must_use]
    pub const fn minimum(mut self, bound: f64) -> Self {
        self.minimum = Some(bound);
        self
    }

    /// At most this.
    #[must_use]
    pub const fn maximum(mut self, bound: f64) -> Self {
        self.maximum = Some(bound);
        self
    }

    /// More than this.
    #[must_use]
    pub const fn exclusive_minimum(mut self, bound: f64) -> Self {
        self.exclusive_minimum = Some(bound);
        self
    }

    /// Less than this.
    #[must_use]
    pub const fn exclusive_maximum(mut self, bound: f64) -> Self {
        self.exclusive_maximum = Some(bound);
        self
    }

    /// Only multiples of this.
    #[must_use]
    pub const fn multiple_of(mut self, step: f64) -> Self {
        self.multiple_of = Some(step);
        self
    }

    fn judge(&self, number: f64, out: &mut Violations) -> Option<T> {
        let before = out.count();
        if let Some(bound) = self.minimum.filter(|bound| number < *bound) {
            out.add(Reason::TooSmall, format!("Must be at least {bound}"));
        }
        if let Some(bound) = self.exclusive_minimum.filter(|bound| number <= *bound) {
            out.add(Reason::TooSmall, format!("Must be more than {bound}"));
        }
        if let Some(bound) = self.maximum.filter(|bound| number > *bound) {
            out.add(Reason::TooBig, format!("Must be at most {bound}"));
        }
        if let Some(bound) = self.exclusive_maximum.filter(|bound| number >= *bound) {
            out.add(Reason::TooBig, format!("Must be less than {bound}"));
        }
        if let Some(step) = self.multiple_of.filter(|step| !is_multiple(number, *step)) {
            out.add(Reason::NotMultiple, format!("Must be a multiple of {step}"));
        }
        let value = T::from_f64(number);
        if value.is_none() {
            out.add(Reason::TooBig, "Is beyond the range of its format");
        }
        value.filter(|_| out.count() == before)
    }
}

#[expect(clippy::float_arithmetic, reason = "a step of a number that is not money; no remainder, because 0.3 / 0.1 is not exactly 3")]
fn is_multiple(number: f64, step: f64) -> bool {
    let quotient = number / step;
    (quotient - quotient.round()).abs() < 1e-9
}

impl<T: Real> Default for Float<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Real> Rule for Float<T> {
    type Value = T;

    fn node(&self, node: &Node<'_>, out: &mut Violations) -> Option<T> {
        let number = match node {
            #[expect(clippy::cast_precision_loss, reason = "rounding to the nearest is what a floating-point format means")]
            Node::Integer(value) => Some(*value as f64),
            #[expect(clippy::cast_precision_loss, reason = "rounding to the nearest is what a floating-point format means")]
            Node::Large(value) => Some(*value as f64),
            Node::Number(number) => Some(*number),
            _ => None,
        };
        match number {
            Some(number) => self.judge(number, out),
            None => {
                out.invalid_type("a number");
                None
            }
        }
    }

    fn holds(&self, value: &T) -> bool {
        let number: f64 = (*value).into();
        number.is_finite()
            && self.minimum.is_none_or(|bound| number >= bound)
            && self.exclusive_minimum.is_none_or(|bound| number > bound)
            && self.maximum.is_none_or(|bound| number <= bound)
            && self.exclusive_maximum.is_none_or(|bound| number < bound)
            && self.multiple_of.is_none_or(|step| is_multiple(number, step))
    }
}

impl<T: Real> TextRule for Float<T> {
    fn text(&self, text: &str, out: &mut Violations) -> Option<T> {
        // serde_json knows JSON's grammar: no `inf`, no `1.`, no plus.
        match serde_json::from_str::<f64>(text) {
            Ok(number) if !text.contains([' ', '\t', '\n', '\r']) => self.judge(number, out),
            _ => {
                out.invalid_type("a number");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static QUANTITY: Int<i64> = Int::new(1, 1000).multiple_of(5);
    static ANY: Int<i64> = Int::new(i64::MIN, i64::MAX);

    fn read(rule: &Int<i64>, json: &str) -> Result<i64, Vec<&'static str>> {
        let mut out = Violations::new();
        let value = rule.node(&serde_json::from_str(json).unwrap(), &mut out);
        value.ok_or_else(|| out.details().iter().map(|detail| detail.reason.as_str()).collect())
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
        assert_eq!(read(&QUANTITY, "1001"), Err(vec!["too_big", "not_multiple"]));
        assert_eq!(read(&QUANTITY, "7"), Err(vec!["not_multiple"]));
        assert_eq!(read(&ANY, "18446744073709551615"), Err(vec!["too_big"]));
        assert_eq!(read(&ANY, "1e300"), Err(vec!["too_big"]));
        assert_eq!(read(&ANY, "-100000000000000000000000"), Err(vec!["too_small"]));
    }

    #[test]
    fn parameters_are_plain_integers() {
        let text = |text: &str| QUANTITY.text(text, &mut Violations::new());
        assert_eq!(text("10"), Some(10));
        for bad in ["", "+10", "010", "1e1", "10.0", " 10", "-", "0x10", "99999999999999999999999999999999999999999"] {
            assert_eq!(text(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_have_bounds_too() {
        static SHARE: Float<f64> = Float::new().exclusive_minimum(0.0).maximum(1.0).multiple_of(0.1);
        let text = |text: &str| SHARE.text(text, &mut Violations::new());
        assert_eq!(text("0.3"), Some(0.3));
        assert_eq!(text("1"), Some(1.0));
        for bad in ["0", "1.1", "0.25", "NaN", "inf", "1e400", ".5", " 1"] {
            assert_eq!(text(bad), None, "{bad}");
        }
    }
}
