//! Amounts as people read them.

use super::money::{Currency, Money};

impl Currency {
    /// How many digits its minor unit has (ISO 4217, list one): two for most currencies, none for the yen.
    #[must_use]
    pub const fn minor_digits(self) -> u32 {
        match &self.as_bytes() {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }
}

impl Money {
    /// The amount in major units with the currency's digits, and the currency: `1234.50 USD`. No grouping: what separates
    /// thousands here separates decimals elsewhere.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let digits = self.currency().minor_digits();
        let unit = 10_u64.pow(digits);
        let minor = self.amount().unsigned_abs();
        let sign = if self.amount() < 0 { "-" } else { "" };
        let (whole, rest, currency) = (minor / unit, minor % unit, self.currency());
        if digits == 0 {
            return format!("{sign}{whole} {currency}");
        }
        let width = usize::try_from(digits).unwrap_or_default();
        format!("{sign}{whole}.{rest:0width$} {currency}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::MAX_AMOUNT;

    fn decimal(amount: i64, currency: &str) -> String {
        let currency = currency.parse().unwrap();
        Money::new(amount, currency).unwrap().to_decimal()
    }

    #[test]
    fn amounts_have_the_digits_of_their_currency() {
        assert_eq!(decimal(123_450, "USD"), "1234.50 USD");
        assert_eq!(decimal(5, "EUR"), "0.05 EUR");
        assert_eq!(decimal(-1, "EUR"), "-0.01 EUR");
        assert_eq!(decimal(1_500, "JPY"), "1500 JPY");
        assert_eq!(decimal(1_500, "KWD"), "1.500 KWD");
        assert_eq!(decimal(0, "USD"), "0.00 USD");
        assert_eq!(decimal(MAX_AMOUNT, "USD"), "90071992547409.91 USD");
        assert_eq!(decimal(-MAX_AMOUNT, "CLF"), "-900719925474.0991 CLF");
    }
}
