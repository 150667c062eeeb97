//! Decimal numbers with every digit, so that "equal to the last digit" means that.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::{BigInt, Sign};

/// `mantissa × 10^-places`.
#[derive(Clone, Debug)]
pub struct Decimal {
    mantissa: BigInt,
    places: u32,
}

/// More places than any published number has; a text with more is no number here.
const PLACES_MAX: i64 = 400;

impl Decimal {
    /// `mantissa × 10^-places`.
    #[must_use]
    pub fn new(mantissa: impl Into<BigInt>, places: u32) -> Decimal {
        let mantissa = mantissa.into();
        Decimal { mantissa, places }
    }

    /// Reads "12", "-0.5", "1e-18", "1.5E6".
    #[must_use]
    pub fn parse(text: &str) -> Option<Decimal> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(unsigned) || !is_number(fraction) || unsigned.len() + fraction.len() == 0 {
            return None;
        }
        let mantissa: BigInt = format!("{whole}{fraction}").parse().ok()?;
        let places = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        if places.abs() > PLACES_MAX {
            return None;
        }
        Some(match u32::try_from(places) {
            Ok(places) => Decimal { mantissa, places },
            Err(_) => Decimal {
                mantissa: mantissa * BigInt::from(10).pow(u32::try_from(-places).ok()?),
                places: 0,
            },
        })
    }

    /// The integer that this is, if it is one.
    #[must_use]
    pub fn whole(&self) -> Option<BigInt> {
        let unit = BigInt::from(10).pow(self.places);
        ((&self.mantissa % &unit).sign() == Sign::NoSign).then(|| &self.mantissa / unit)
    }

    /// How many base units of `10^-places` this is, if a whole number of them: 0.5 has 500 at three places.
    #[must_use]
    pub fn scaled(&self, places: u32) -> Option<BigInt> {
        let mantissa = &self.mantissa * BigInt::from(10).pow(places);
        Decimal {
            mantissa,
            places: self.places,
        }
        .whole()
    }

    /// Mantissa and places, as written.
    #[must_use]
    pub fn parts(&self) -> (&BigInt, u32) {
        (&self.mantissa, self.places)
    }

    /// The distance to another number.
    #[must_use]
    pub fn distance(&self, other: &Decimal) -> Decimal {
        let places = self.places.max(other.places);
        let mantissa = (self.at(places) - other.at(places)).magnitude().clone();
        Decimal {
            mantissa: mantissa.into(),
            places,
        }
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Decimal) -> Decimal {
        Decimal {
            mantissa: &self.mantissa * &other.mantissa,
            places: self.places + other.places,
        }
    }

    /// Without its sign.
    #[must_use]
    pub fn magnitude(&self) -> Decimal {
        self.distance(&Decimal::new(0, 0))
    }

    fn at(&self, places: u32) -> BigInt {
        &self.mantissa * BigInt::from(10).pow(places - self.places)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let places = self.places.max(other.places);
        self.at(places).cmp(&other.at(places))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.places as usize;
        let digits = format!("{:0>width$}", self.mantissa.magnitude(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        let sign = if self.mantissa.sign() == Sign::Minus {
            "-"
        } else {
            ""
        };
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_every_digit() {
        let text = "340282366920938463463374607431768211456.000000000000000001";
        assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        assert_eq!(
            Decimal::parse("1e27").unwrap().to_string(),
            format!("1{}", "0".repeat(27))
        );
        assert_eq!(Decimal::parse("-1.50e-2").unwrap().to_string(), "-0.015");
        assert_eq!(Decimal::parse("0.10"), Decimal::parse("0.1"));
        assert!(Decimal::parse("0.5").unwrap().whole().is_none());
        assert_eq!(
            Decimal::parse("0.5").unwrap().scaled(3),
            Some(BigInt::from(500))
        );
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", ".", "-", "1.2.3", "0x10", "1e", "1e999999", "NaN", "1 %",
        ] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }
}
