//! Floating-point numbers: bounds and steps. Never for money.

use std::marker::PhantomData;

use super::{Rule, TextRule};
use crate::{Node, Reason, Violations};

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
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounding to the nearest is what `format: float` means"
        )]
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
    ty: PhantomData<fn() -> T>,
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
            ty: PhantomData,
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

#[expect(
    clippy::float_arithmetic,
    reason = "a step of a number that is not money; no remainder, because 0.3 / 0.1 is not exactly 3"
)]
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
            #[expect(
                clippy::cast_precision_loss,
                reason = "rounding to the nearest is what a floating-point format means"
            )]
            Node::Integer(value) => Some(*value as f64),
            #[expect(
                clippy::cast_precision_loss,
                reason = "rounding to the nearest is what a floating-point format means"
            )]
            Node::Large(value) => Some(*value as f64),
            Node::Number(number) => Some(*number),
            _ => None,
        };
        let Some(number) = number else {
            out.invalid_type("a number");
            return None;
        };
        self.judge(number, out)
    }

    fn holds(&self, value: &T) -> bool {
        let number: f64 = (*value).into();
        number.is_finite()
            && self.minimum.is_none_or(|bound| number >= bound)
            && self.exclusive_minimum.is_none_or(|bound| number > bound)
            && self.maximum.is_none_or(|bound| number <= bound)
            && self.exclusive_maximum.is_none_or(|bound| number < bound)
            && self
                .multiple_of
                .is_none_or(|step| is_multiple(number, step))
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

    #[test]
    fn numbers_have_bounds_too() {
        static SHARE: Float<f64> = Float::new()
            .exclusive_minimum(0.0)
            .maximum(1.0)
            .multiple_of(0.1);
        let text = |text: &str| SHARE.text(text, &mut Violations::new());
        assert_eq!(text("0.3"), Some(0.3));
        assert_eq!(text("1"), Some(1.0));
        for bad in ["0", "1.1", "0.25", "NaN", "inf", "1e400", ".5", " 1"] {
            assert_eq!(text(bad), None, "{bad}");
        }
    }
}
