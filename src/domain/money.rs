//! Money: checked integers in minor units beside their currency.

use std::fmt;
use std::str::FromStr;

/// The largest amount, in minor units: the largest integer that every JSON parser keeps exactly (2^53 - 1).
pub const MAX_AMOUNT: i64 = 9_007_199_254_740_991;

/// An ISO 4217 currency code: three upper-case letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// Not an ISO 4217 currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three upper-case letters")]
pub struct InvalidCurrency;

impl Currency {
    /// US dollar, the default of the configuration.
    pub const USD: Self = Self(*b"USD");

    /// The three letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only letters get in, so this never falls back.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The three letters as bytes.
    #[must_use]
    pub const fn as_bytes(self) -> [u8; 3] {
        self.0
    }
}

impl FromStr for Currency {
    type Err = InvalidCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| InvalidCurrency)?;
        if letters.iter().all(u8::is_ascii_uppercase) {
            Ok(Self(letters))
        } else {
            Err(InvalidCurrency)
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<DB: sqlx::Database> sqlx::Type<DB> for Currency
where
    str: sqlx::Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <str as sqlx::Type<DB>>::type_info()
    }
    fn compatible(ty: &DB::TypeInfo) -> bool {
        <str as sqlx::Type<DB>>::compatible(ty)
    }
}

impl<'q, DB: sqlx::Database> sqlx::Encode<'q, DB> for Currency
where
    String: sqlx::Encode<'q, DB>,
{
    fn encode_by_ref(
        &self,
        buf: &mut <DB as sqlx::Database>::ArgumentBuffer,
    ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
        self.as_str().to_owned().encode(buf)
    }
}

impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for Currency
where
    &'r str: sqlx::Decode<'r, DB>,
{
    fn decode(
        value: <DB as sqlx::Database>::ValueRef<'r>,
    ) -> Result<Self, sqlx::error::BoxDynError> {
        Ok(<&'r str as sqlx::Decode<'r, DB>>::decode(value)?.parse()?)
    }
}

/// An amount in minor units (cents) of a currency, between `-MAX_AMOUNT` and `MAX_AMOUNT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

/// Why a calculation with money has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result is beyond [`MAX_AMOUNT`].
    #[error("the amount is beyond {MAX_AMOUNT}")]
    OutOfRange,
    /// The two amounts have different currencies.
    #[error("the currencies differ: {0} and {1}")]
    CurrencyMismatch(Currency, Currency),
}

impl Money {
    /// `amount` minor units of `currency`.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] beyond [`MAX_AMOUNT`] on either side of zero.
    pub fn new(amount: i64, currency: Currency) -> Result<Self, MoneyError> {
        if (-MAX_AMOUNT..=MAX_AMOUNT).contains(&amount) {
            Ok(Self { amount, currency })
        } else {
            Err(MoneyError::OutOfRange)
        }
    }

    /// Nothing of `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self {
            amount: 0,
            currency,
        }
    }

    /// Minor units.
    #[must_use]
    pub const fn amount(self) -> i64 {
        self.amount
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The sum of both.
    ///
    /// # Errors
    /// When the currencies differ or the sum is out of range.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let amount = self.amount.checked_add(self.same_currency(other)?.amount);
        Self::new(amount.ok_or(MoneyError::OutOfRange)?, self.currency)
    }

    /// This less `other`.
    ///
    /// # Errors
    /// When the currencies differ or the difference is out of range.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let amount = self.amount.checked_sub(self.same_currency(other)?.amount);
        Self::new(amount.ok_or(MoneyError::OutOfRange)?, self.currency)
    }

    /// This, `quantity` times.
    ///
    /// # Errors
    /// When the product is out of range.
    pub fn times(self, quantity: i64) -> Result<Self, MoneyError> {
        let amount = self
            .amount
            .checked_mul(quantity)
            .ok_or(MoneyError::OutOfRange)?;
        Self::new(amount, self.currency)
    }

    fn same_currency(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency == other.currency {
            Ok(other)
        } else {
            Err(MoneyError::CurrencyMismatch(self.currency, other.currency))
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_three_upper_case_letters() {
        assert_eq!("EUR".parse::<Currency>().unwrap().as_str(), "EUR");
        for wrong in ["", "EU", "EURO", "eur", "E1R", "ÄÖ"] {
            assert_eq!(wrong.parse::<Currency>(), Err(InvalidCurrency), "{wrong}");
        }
    }

    #[test]
    fn money_never_leaves_its_range() {
        let most = Money::new(MAX_AMOUNT, Currency::USD).unwrap();
        let cent = Money::new(1, Currency::USD).unwrap();
        assert_eq!(most.plus(cent), Err(MoneyError::OutOfRange));
        assert_eq!(most.times(i64::MAX), Err(MoneyError::OutOfRange));
        assert_eq!(most.minus(cent).unwrap().amount(), MAX_AMOUNT - 1);
        assert_eq!(
            Money::new(i64::MIN, Currency::USD),
            Err(MoneyError::OutOfRange)
        );
    }

    #[test]
    fn money_of_two_currencies_does_not_add_up() {
        let euro = "EUR".parse().unwrap();
        let mismatch = MoneyError::CurrencyMismatch(Currency::USD, euro);
        assert_eq!(
            Money::zero(Currency::USD).plus(Money::zero(euro)),
            Err(mismatch)
        );
    }
}
