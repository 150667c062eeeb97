//! Exact decimal texts with units, both ways: "1.5 h" is 5 400 000 000 000 ns and nothing is rounded on the way.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::quantity::{QuantityError, QuantityErrorKind};
use crate::wide;

/// A unit's symbol and how many base units it is.
pub(crate) type Unit = (&'static str, u128);

/// The spellings of one quantity.
pub(crate) struct Units<'a> {
    /// What a text looks like, with an example.
    pub expected: &'static str,
    /// The base unit's name, for errors.
    pub base: &'static str,
    /// Units used for printing; on a tie in length the earlier one is taken.
    pub printed: &'a [Unit],
    /// Units understood besides.
    pub aliases: &'a [Unit],
}

/// A sign and a count of base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signed {
    pub negative: bool,
    pub magnitude: u128,
}

impl Units<'_> {
    pub(crate) fn error(&self, text: &str, kind: QuantityErrorKind) -> QuantityError {
        QuantityError::new(text, self.expected, kind)
    }

    /// Reads a text into a signed count of base units.
    pub(crate) fn parse_signed(&self, text: &str) -> Result<Signed, QuantityError> {
        let fail = |kind| self.error(text, kind);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(fail(QuantityErrorKind::Empty));
        }
        let (number, unit) = split_number(trimmed);
        let decimal = Decimal::read(number).map_err(fail)?;
        let (_, factor) = self
            .all()
            .find(|(symbol, _)| *symbol == unit)
            .ok_or_else(|| {
                let known = self.known();
                fail(match unit {
                    "" => QuantityErrorKind::MissingUnit { known },
                    _ => QuantityErrorKind::UnknownUnit {
                        unit: unit.to_string(),
                        known,
                    },
                })
            })?;
        let magnitude = decimal.times(factor, self.base).map_err(fail)?;
        Ok(Signed {
            negative: decimal.negative && magnitude != 0,
            magnitude,
        })
    }

    /// As [`Units::parse_signed`], with negative values refused.
    pub(crate) fn parse_unsigned(&self, text: &str) -> Result<u128, QuantityError> {
        let value = self.parse_signed(text)?;
        if value.negative {
            return Err(self.error(text, QuantityErrorKind::Negative));
        }
        Ok(value.magnitude)
    }

    /// As [`Units::parse_unsigned`], for quantities held in 64 bits.
    pub(crate) fn parse_u64(&self, text: &str) -> Result<u64, QuantityError> {
        u64::try_from(self.parse_unsigned(text)?)
            .map_err(|_| self.error(text, QuantityErrorKind::Overflow))
    }

    /// As [`Units::parse_signed`], into a signed integer.
    pub(crate) fn parse_i128(&self, text: &str) -> Result<i128, QuantityError> {
        let value = self.parse_signed(text)?;
        let signed = if value.negative {
            0i128.checked_sub_unsigned(value.magnitude)
        } else {
            i128::try_from(value.magnitude).ok()
        };
        signed.ok_or_else(|| self.error(text, QuantityErrorKind::Overflow))
    }

    /// The shortest exact spelling in a unit not above the value.
    pub(crate) fn print(&self, magnitude: u128) -> String {
        let smallest = self
            .printed
            .iter()
            .map(|(_, factor)| *factor)
            .min()
            .unwrap_or(1);
        let mut best: Option<String> = None;
        for (symbol, factor) in self.printed {
            if *factor > magnitude && *factor != smallest {
                continue;
            }
            let Some(number) = exact_decimal(magnitude, *factor).filter(|it| is_readable(it))
            else {
                continue;
            };
            let text = if symbol.is_empty() {
                number
            } else {
                format!("{number} {symbol}")
            };
            if best.as_ref().is_none_or(|best| text.len() < best.len()) {
                best = Some(text);
            }
        }
        best.expect("the smallest printed unit spells every value exactly")
    }

    /// As [`Units::print`], with a sign.
    pub(crate) fn print_i128(&self, value: i128) -> String {
        let text = self.print(value.unsigned_abs());
        if value < 0 { format!("-{text}") } else { text }
    }

    fn all(&self) -> impl Iterator<Item = Unit> {
        self.printed.iter().chain(self.aliases).copied()
    }

    fn known(&self) -> String {
        let symbols: Vec<&str> = self
            .all()
            .map(|(symbol, _)| symbol)
            .filter(|symbol| !symbol.is_empty())
            .collect();
        if symbols.is_empty() {
            "none: write the bare number".to_string()
        } else {
            symbols.join(", ")
        }
    }
}

/// `±digits · 10^-scale`.
struct Decimal {
    negative: bool,
    digits: u128,
    scale: i32,
}

/// More than any power of ten that can matter: it keeps scale arithmetic far from overflow.
const SCALE_MAX: i32 = 10_000;

impl Decimal {
    /// Reads an optional sign, digits with `_` between them, an optional fraction and an optional power of ten.
    fn read(text: &str) -> Result<Decimal, QuantityErrorKind> {
        let bad = || QuantityErrorKind::BadNumber;
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| bad())?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa
            .split_once('.')
            .map_or((mantissa, None), |(w, f)| (w, Some(f)));
        if !well_formed(whole) || !fraction.is_none_or(well_formed) {
            return Err(bad());
        }
        let fraction = fraction.unwrap_or("").trim_end_matches(['0', '_']);
        let mut digits = 0u128;
        for digit in whole
            .bytes()
            .chain(fraction.bytes())
            .filter(u8::is_ascii_digit)
        {
            let shifted = digits
                .checked_mul(10)
                .and_then(|d| d.checked_add(u128::from(digit - b'0')));
            digits = shifted.ok_or(QuantityErrorKind::Overflow)?;
        }
        let places = i32::try_from(fraction.bytes().filter(u8::is_ascii_digit).count())
            .map_err(|_| bad())?;
        if !(-SCALE_MAX..=SCALE_MAX).contains(&exponent) || places > SCALE_MAX {
            return Err(bad());
        }
        Ok(Decimal {
            negative,
            digits,
            scale: places - exponent,
        })
    }

    /// The exact product with a unit's factor.
    fn times(&self, factor: u128, base: &'static str) -> Result<u128, QuantityErrorKind> {
        let (mut digits, mut scale) = (self.digits, self.scale);
        if digits == 0 {
            return Ok(0);
        }
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        if scale <= 0 {
            let power = 10u128
                .checked_pow(scale.unsigned_abs())
                .ok_or(QuantityErrorKind::Overflow)?;
            return digits
                .checked_mul(power)
                .and_then(|d| d.checked_mul(factor))
                .ok_or(QuantityErrorKind::Overflow);
        }
        // A power of ten above 128 bits cannot divide a product of an amount and a unit.
        let power = 10u128
            .checked_pow(scale.unsigned_abs())
            .ok_or(QuantityErrorKind::Lossy { base })?;
        match wide::mul_div_rem(digits, factor, power) {
            Some((quotient, 0)) => Ok(quotient),
            Some(_) => Err(QuantityErrorKind::Lossy { base }),
            None => Err(QuantityErrorKind::Overflow),
        }
    }
}

/// Whether a number has few enough digits to be read again.
fn is_readable(number: &str) -> bool {
    number.replace('.', "").parse::<u128>().is_ok()
}

/// Digits with single underscores between them.
fn well_formed(digits: &str) -> bool {
    digits
        .split('_')
        .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()))
}

/// Parts "1.5e3 TFLOP/s" into number and unit. An `e` belongs to the number only when digits follow it, so that "5EFLOP" is 5 exa.
fn split_number(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let plain = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'_');
    let mut end = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    end += bytes[end..].iter().take_while(|b| plain(b)).count();
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let digits = bytes[end + 1 + sign..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        if digits > 0 {
            end += 1 + sign + digits;
        }
    }
    (&text[..end], text[end..].trim_start())
}

/// `magnitude / factor` in decimal, or `None` when it does not end.
pub(crate) fn exact_decimal(magnitude: u128, factor: u128) -> Option<String> {
    let mut text = (magnitude / factor).to_string();
    let mut rest = magnitude % factor;
    if rest == 0 {
        return Some(text);
    }
    text.push('.');
    // A decimal of a fraction with a denominator below 2^128 ends within 128 places or never.
    for _ in 0..128 {
        let (digit, next) = wide::mul_div_rem(rest, 10, factor)?;
        text.push(char::from(b'0' + u8::try_from(digit).ok()?));
        rest = next;
        if rest == 0 {
            return Some(text);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNITS: Units<'static> = Units {
        expected: "x",
        base: "base",
        printed: &[("k", 1_000), ("b", 1)],
        aliases: &[("", 10), ("third", 3)],
    };

    fn read(text: &str) -> Option<u128> {
        UNITS.parse_unsigned(text).ok()
    }

    #[test]
    fn spaces_underscores_signs_and_powers_of_ten_are_read() {
        for text in [
            "1500b",
            " 1_500 b ",
            "+1.5 k",
            "1.50000 k",
            "1.5e3 b",
            "15e-1 k",
            "150",
            "0.15e1k",
            "500 third",
        ] {
            assert_eq!(read(text), Some(1_500), "{text}");
        }
    }

    #[test]
    fn an_exponent_beyond_reason_is_refused_without_work() {
        assert_eq!(read("1e2147483647 b"), None);
        assert_eq!(read("1e-2147483648 b"), None);
        assert_eq!(read("0e40 b"), Some(0));
        assert_eq!(read("1e-9999 b"), None);
    }

    #[test]
    fn a_value_at_the_end_of_the_range_is_exact() {
        assert_eq!(
            read("340282366920938463463374607431768211455 b"),
            Some(u128::MAX)
        );
        assert_eq!(read("340282366920938463463374607431768211456 b"), None);
        assert_eq!(
            read("340282366920938463463374607431768211.455 k"),
            Some(u128::MAX)
        );
    }

    #[test]
    fn the_shortest_exact_unit_is_printed() {
        assert_eq!(UNITS.print(0), "0 b");
        assert_eq!(UNITS.print(999), "999 b");
        assert_eq!(UNITS.print(1_500), "1.5 k");
        assert_eq!(UNITS.print(1_234), "1234 b");
        assert_eq!(UNITS.print_i128(-2_000), "-2 k");
    }

    #[test]
    fn an_unending_decimal_is_not_printed() {
        assert_eq!(exact_decimal(1, 3), None);
        assert_eq!(exact_decimal(1, 8).as_deref(), Some("0.125"));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in ".{0,24}") {
            let _ = UNITS.parse_i128(&text);
        }

        #[test]
        fn number_like_text_never_panics_either(text in "[-+]?[0-9_.]{0,45}([eE][-+]?[0-9]{1,5})? ?(k|b|)") {
            let _ = UNITS.parse_i128(&text);
        }
    }
}
