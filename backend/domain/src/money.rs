//! Money in integer minor units. Never a float, never a decimal column.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A currency of ISO 4217, by its three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The yuan (人民币).
    pub const CNY: Self = Self(*b"CNY");
    /// The United States dollar.
    pub const USD: Self = Self(*b"USD");
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The currencies in which amounts are taken, with their minor digits (ISO 4217).
    const KNOWN: [(&'static str, u32); 8] = [
        ("CNY", 2), ("USD", 2), ("EUR", 2), ("GBP", 2), ("HKD", 2), ("JPY", 0), ("KRW", 0), ("CHF", 2),
    ];

    /// Reads a code; `None` for a currency that we don't take.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        let (known, _) = Self::KNOWN.iter().find(|(known, _)| *known == code)?;
        let bytes = known.as_bytes();
        Some(Self([bytes[0], bytes[1], bytes[2]]))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many digits its minor unit has: two for fen, none for yen.
    pub fn minor_digits(self) -> u32 {
        Self::KNOWN.iter().find(|(known, _)| *known == self.code()).map_or(2, |(_, digits)| *digits)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::from_code(&code).ok_or_else(|| format!("{code} is not a currency that we take"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount of money.
///
/// `amount_minor` is in the currency's minor unit (fen for CNY) and at most [`Money::MOST_MINOR`] either way,
/// so that sums of thousands of them stay within `i64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units.
    pub amount_minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// The largest amount taken: ten trillion yuan, in fen.
    pub const MOST_MINOR: i64 = 1_000_000_000_000_000;

    /// An amount in minor units.
    pub const fn new(amount_minor: i64, currency: Currency) -> Self {
        Self { amount_minor, currency }
    }

    /// An amount in fen.
    pub const fn cny(fen: i64) -> Self {
        Self::new(fen, Currency::CNY)
    }

    /// The sum, or `None` when the currencies differ or the sum is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then_some(())?;
        Self::bounded(i128::from(self.amount_minor) + i128::from(other.amount_minor), self.currency)
    }

    /// The price of `quantity` units, or `None` when it is too large.
    pub fn times(self, quantity: i64) -> Option<Self> {
        Self::bounded(i128::from(self.amount_minor) * i128::from(quantity), self.currency)
    }

    /// The part of `parts` in `whole` of this amount, rounded half up to the minor unit.
    /// `whole` must be positive.
    pub fn part(self, parts: i64, whole: i64) -> Option<Self> {
        (whole > 0).then_some(())?;
        let product = i128::from(self.amount_minor) * i128::from(parts);
        let whole = i128::from(whole);
        Self::bounded((2 * product + whole).div_euclid(2 * whole), self.currency)
    }

    fn bounded(amount_minor: i128, currency: Currency) -> Option<Self> {
        let amount_minor = i64::try_from(amount_minor).ok()?;
        (amount_minor.abs() <= Self::MOST_MINOR).then_some(Self { amount_minor, currency })
    }

    /// The amount in major units with its digits grouped, without the currency: `1,234.50`.
    pub fn major(&self) -> String {
        let digits = self.currency.minor_digits();
        let unit = 10_u64.pow(digits);
        let absolute = self.amount_minor.unsigned_abs();
        let whole = (absolute / unit).to_string();
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        if digits == 0 {
            return format!("{sign}{grouped}");
        }
        format!("{sign}{grouped}.{:0width$}", absolute % unit, width = digits as usize)
    }
}

impl fmt::Display for Money {
    /// `¥1,234.50` for yuan, `USD 1,234.50` for the rest.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.currency == Currency::CNY {
            write!(formatter, "¥{}", self.major())
        } else {
            write!(formatter, "{} {}", self.currency, self.major())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_written_with_their_minor_digits() {
        assert_eq!(Money::cny(123_450_005).to_string(), "¥1,234,500.05");
        assert_eq!(Money::cny(-5).to_string(), "¥-0.05");
        assert_eq!(Money::new(1234, Currency::from_code("jpy").unwrap()).to_string(), "JPY 1,234");
    }

    #[test]
    fn currencies_do_not_mix() {
        assert_eq!(Money::cny(1).plus(Money::new(1, Currency::USD)), None);
    }

    #[test]
    fn a_part_is_rounded_half_up() {
        assert_eq!(Money::cny(5).part(1, 2), Some(Money::cny(3)));
        assert_eq!(Money::cny(95_000_000).part(90, 100), Some(Money::cny(85_500_000)));
    }

    proptest! {
        #[test]
        fn sums_are_conserved_or_refused(a in any::<i64>(), b in any::<i64>()) {
            match Money::cny(a).plus(Money::cny(b)) {
                Some(sum) => prop_assert_eq!(i128::from(sum.amount_minor), i128::from(a) + i128::from(b)),
                None => prop_assert!((i128::from(a) + i128::from(b)).abs() > i128::from(Money::MOST_MINOR)),
            }
        }
    }
}
