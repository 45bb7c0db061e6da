//! Numbers of schemas as exact decimals: bounds, steps and the values beside them.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use rand::{Rng, RngExt as _};
use serde_json::{Number, Value};

/// So many digits behind the point are kept; documents that need more are not known.
const SCALE: u32 = 18;
/// What integers are kept to where the document does not bound them: every reader of JSON keeps these exactly.
const EXACT: i128 = 9_007_199_254_740_991;

/// A decimal number: `mantissa` divided by ten as often as `scale` says.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// What a number must keep to.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// The smallest value, and whether it is excluded itself.
    pub low: Option<(Decimal, bool)>,
    /// The largest value, and whether it is excluded itself.
    pub high: Option<(Decimal, bool)>,
    /// What it must be a multiple of.
    pub multiples: Vec<Decimal>,
    /// Whether it must be whole.
    pub is_whole: bool,
}

/// All values between two bounds, as multiples of a step.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    low: i128,
    high: i128,
    step: Decimal,
    /// Whether the document set the bound.
    has_low: bool,
    has_high: bool,
}

impl Decimal {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i128) -> Self {
        Self {
            mantissa: value,
            scale: 0,
        }
    }

    /// From a number of a document; `None` for one that is too large or too fine.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        let Value::Number(number) = value else {
            return None;
        };
        Self::parse(&number.to_string())
    }

    fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let part = part.trim_end_matches('0');
        let mut mantissa: i128 = format!("{whole}{part}").parse().ok()?;
        let mut scale = i32::try_from(part.len()).ok()? - exponent;
        while scale < 0 {
            mantissa = mantissa.checked_mul(10)?;
            scale += 1;
        }
        let scale = u32::try_from(scale).ok()?;
        (scale <= SCALE).then_some(Self { mantissa, scale })
    }

    /// As JSON. Whole numbers stay exact.
    #[must_use]
    pub fn to_value(self) -> Value {
        let reduced = self.reduced();
        if reduced.scale == 0 {
            if let Some(number) = Number::from_i128(reduced.mantissa) {
                return Value::Number(number);
            }
            return serde_json::from_str(&reduced.mantissa.to_string()).unwrap_or(Value::Null);
        }
        serde_json::from_str(&reduced.text()).unwrap_or(Value::Null)
    }

    fn text(self) -> String {
        let digits = self.mantissa.unsigned_abs().to_string();
        let width = usize::try_from(self.scale).unwrap_or_default() + 1;
        let padded = format!("{digits:0>width$}");
        let (whole, part) = padded.split_at(padded.len() + 1 - width);
        let sign = if self.mantissa < 0 { "-" } else { "" };
        format!("{sign}{whole}.{part}")
    }

    fn reduced(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The mantissa at a scale.
    fn at(self, scale: u32) -> Option<i128> {
        let more = scale.checked_sub(self.scale)?;
        self.mantissa.checked_mul(10_i128.checked_pow(more)?)
    }

    /// Which of two numbers is larger.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at(scale), other.at(scale)) {
            (Some(own), Some(other)) => own.cmp(&other),
            // One is too large for the common scale: its sign and size decide.
            (None, _) => self.mantissa.cmp(&0),
            (_, None) => 0.cmp(&other.mantissa),
        }
    }
}

impl Limits {
    /// All values; `None` when there are none.
    #[must_use]
    pub fn range(&self) -> Option<Range> {
        let step = self.step()?;
        let bounds = [self.low, self.high];
        let scale = bounds
            .iter()
            .flatten()
            .map(|(bound, _)| bound.scale)
            .fold(step.scale, u32::max);
        let unit = step.at(scale)?;
        let ceiling = |value: i128| value.div_euclid(unit) + i128::from(value.rem_euclid(unit) > 0);
        let low = match self.low {
            Some((bound, is_excluded)) => {
                let value = bound.at(scale)?;
                let is_met = value.rem_euclid(unit) == 0;
                Some(ceiling(value) + i128::from(is_excluded && is_met))
            }
            None => None,
        };
        let high = match self.high {
            Some((bound, is_excluded)) => {
                let value = bound.at(scale)?;
                let is_met = value.rem_euclid(unit) == 0;
                Some(value.div_euclid(unit) - i128::from(is_excluded && is_met))
            }
            None => None,
        };
        let most = (EXACT / step.mantissa.max(1)).max(1);
        let range = Range {
            low: low.unwrap_or_else(|| (-most).min(high.unwrap_or(0) - most)),
            high: high.unwrap_or_else(|| most.max(low.unwrap_or(0) + most)),
            step,
            has_low: low.is_some(),
            has_high: high.is_some(),
        };
        (range.low <= range.high).then_some(range)
    }

    /// The smallest difference of two values.
    fn step(&self) -> Option<Decimal> {
        let mut step = if self.is_whole {
            Some(Decimal::whole(1))
        } else {
            None
        };
        for multiple in &self.multiples {
            step = Some(match step {
                None => *multiple,
                Some(step) => common_multiple(step, *multiple)?,
            });
        }
        if let Some(step) = step {
            return (step.mantissa > 0).then_some(step);
        }
        let bounds = [self.low, self.high];
        let finest = bounds.iter().flatten().map(|(bound, _)| bound.scale).max();
        Some(Decimal {
            mantissa: 1,
            scale: finest.unwrap_or(0).clamp(2, SCALE),
        })
    }
}

fn common_multiple(one: Decimal, other: Decimal) -> Option<Decimal> {
    let scale = one.scale.max(other.scale);
    let (one, other) = (one.at(scale)?, other.at(scale)?);
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let mantissa = one.checked_div(a)?.checked_mul(other)?;
    Some(Decimal { mantissa, scale })
}

impl Range {
    fn value(&self, count: i128) -> Decimal {
        Decimal {
            mantissa: count.saturating_mul(self.step.mantissa),
            scale: self.step.scale,
        }
    }

    /// A small value that looks like one of daily life.
    #[must_use]
    pub fn usual(&self) -> Decimal {
        let one = Decimal::whole(1).at(self.step.scale).unwrap_or(1) / self.step.mantissa.max(1);
        self.value(one.max(1).clamp(self.low, self.high))
    }

    /// Any value; small ones and those at the bounds more often.
    pub fn random(&self, rng: &mut impl Rng) -> Decimal {
        let near = |around: i128| {
            around.saturating_sub(50).max(self.low)..=around.saturating_add(50).min(self.high)
        };
        let count = match rng.random_range(0..8) {
            0 => self.low,
            1 => self.high,
            2..=5 => rng.random_range(near(0_i128.clamp(self.low, self.high))),
            _ => rng.random_range(self.low..=self.high),
        };
        self.value(count)
    }

    /// The smallest and the one after it, where the document sets a bound.
    #[must_use]
    pub fn lowest(&self) -> Option<(Decimal, Option<Decimal>)> {
        let next = (self.low < self.high).then(|| self.value(self.low + 1));
        self.has_low.then(|| (self.value(self.low), next))
    }

    /// The largest and the one before it, where the document sets a bound.
    #[must_use]
    pub fn highest(&self) -> Option<(Decimal, Option<Decimal>)> {
        let next = (self.low < self.high).then(|| self.value(self.high - 1));
        self.has_high.then(|| (self.value(self.high), next))
    }

    /// The value below the smallest.
    #[must_use]
    pub fn below(&self) -> Decimal {
        self.value(self.low - 1)
    }

    /// The value above the largest.
    #[must_use]
    pub fn above(&self) -> Decimal {
        self.value(self.high + 1)
    }

    /// A value inside the bounds that is no multiple of the step; whole ones for a step above one.
    #[must_use]
    pub fn between(&self) -> Decimal {
        let value = self.usual();
        let whole = self.step.reduced();
        let step = if whole.scale == 0 && whole.mantissa > 1 {
            return Decimal {
                mantissa: value.reduced().mantissa + i128::from(self.low != self.high),
                scale: value.reduced().scale,
            };
        } else {
            self.step
        };
        Decimal {
            mantissa: value
                .mantissa
                .saturating_mul(10)
                .saturating_add(step.mantissa.saturating_mul(5)),
            scale: value.scale + 1,
        }
    }
}
