//! Money: whole minor units with an ISO 4217 code, never a float.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use crate::domain::text;

/// An ISO 4217 currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Currency([u8; 3]);

/// An amount in the currency's minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Whole minor units (cents; yen).
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

/// What is wrong with a written currency or amount.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadMoney {
    /// Not three capital letters.
    #[error("\"{0}\" is not a currency code (three capital letters, ISO 4217)")]
    Currency(String),
    /// Not a decimal number.
    #[error("\"{0}\" is not an amount (write it like 79.00)")]
    Amount(String),
    /// More decimals than the currency has.
    #[error("\"{0}\" has more decimals than {1} has ({2})")]
    Decimals(String, Currency, u8),
}

/// More than any repair costs, and so little that no sum of amounts overflows.
const MOST: i64 = 1_000_000_000_000;

impl Currency {
    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Three capitals are always UTF-8; "XXX" is ISO 4217's own code for no currency.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals an amount has (ISO 4217: none for the yen and the won).
    #[must_use]
    pub const fn decimals(self) -> u8 {
        match &self.0 {
            b"JPY" | b"KRW" => 0,
            _ => 2,
        }
    }

    /// Reads a decimal amount in major units, such as `79`, `79.5` or `79.00`.
    pub fn amount(self, text: &str) -> Result<Money, BadMoney> {
        let bad = || BadMoney::Amount(text.to_owned());
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(part) || (part.is_empty() && text.ends_with('.')) {
            return Err(bad());
        }
        let decimals = usize::from(self.decimals());
        if part.len() > decimals {
            return Err(BadMoney::Decimals(text.to_owned(), self, self.decimals()));
        }
        let minor = format!("{whole}{part:0<decimals$}").parse().map_err(|_| bad())?;
        if minor > MOST {
            return Err(bad());
        }
        Ok(Money { minor, currency: self })
    }
}

impl FromStr for Currency {
    type Err = BadMoney;

    fn from_str(text: &str) -> Result<Self, BadMoney> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(BadMoney::Currency(text.to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text::parsed(from)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.as_str().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

impl Money {
    /// Nothing, in `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The amount in major units with all the currency's decimals and no code: `79.00`.
    #[must_use]
    pub fn decimal(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        match self.currency.decimals() {
            0 => format!("{sign}{minor}"),
            _ => format!("{sign}{}.{:02}", minor / 100, minor % 100),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&format!("{} {}", self.decimal(), self.currency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("USD", "79", 7900)]
    #[case("USD", "79.5", 7950)]
    #[case("USD", "79.05", 7905)]
    #[case("JPY", "5990", 5990)]
    fn major_units_become_minor_units(#[case] currency: Currency, #[case] text: &str, #[case] minor: i64) {
        assert_eq!(currency.amount(text).unwrap(), Money { minor, currency });
    }

    #[rstest]
    #[case("USD", "79.005")]
    #[case("JPY", "59.90")]
    #[case("USD", "")]
    #[case("USD", "79.")]
    #[case("USD", ".5")]
    #[case("USD", "-1")]
    #[case("USD", "1e3")]
    #[case("USD", "1,000")]
    #[case("USD", "99999999999999999999")]
    fn anything_looser_is_refused(#[case] currency: Currency, #[case] text: &str) {
        assert!(currency.amount(text).is_err());
    }

    proptest! {
        #[test]
        fn printing_and_reading_give_the_same_amount(minor in 0_i64..10_000_000_000, yen in any::<bool>()) {
            let currency: Currency = if yen { "JPY" } else { "EUR" }.parse().unwrap();
            let money = Money { minor, currency };
            prop_assert_eq!(currency.amount(&money.decimal()).unwrap(), money);
        }
    }
}
