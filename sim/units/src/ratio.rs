//! Dimensionless fractions as integer parts of 10^-12, with the rounding named in every product.

use alloc::string::String;

use crate::amount::Amount;
use crate::decimal::Units;
use crate::quantity::{Quantity, QuantityError, QuantityErrorKind};
use crate::wide;

newtype! {
    /// A fraction or multiplier, counted in parts of 10^-12; the largest is about 18 446 744.
    Ratio(u64),
    /// A ratio of `value` · 10^-12.
    from_parts,
    /// Parts of 10^-12.
    parts
}

const PARTS: u64 = 1_000_000_000_000;

impl Ratio {
    /// The whole.
    pub const ONE: Ratio = Ratio(PARTS);

    /// The largest ratio.
    pub const MAX: Ratio = Ratio(u64::MAX);

    /// Whole percents. Panics on overflow.
    #[must_use]
    #[track_caller]
    pub const fn from_percent(percent: u64) -> Ratio {
        Ratio(
            percent
                .checked_mul(PARTS / 100)
                .expect("Ratio overflow: a bug"),
        )
    }

    /// `num/den`, or `None` when it is not a whole number of parts, too large, or `den` is zero.
    #[must_use]
    pub const fn new(num: u64, den: u64) -> Option<Ratio> {
        if den == 0 {
            return None;
        }
        let scaled = num as u128 * PARTS as u128;
        let parts = scaled / den as u128;
        if !scaled.is_multiple_of(den as u128) || parts > u64::MAX as u128 {
            return None;
        }
        Some(Ratio(parts as u64))
    }

    /// A measured share `num/den`, rounded down and held at [`Ratio::MAX`]. Panics when `den` is zero: a share of nothing has no value.
    #[must_use]
    #[track_caller]
    pub const fn of(num: u128, den: u128) -> Ratio {
        match wide::mul_div_rem(num, PARTS as u128, den) {
            Some((parts, _)) if parts <= u64::MAX as u128 => Ratio(parts as u64),
            _ => Ratio::MAX,
        }
    }

    /// The share of an amount, rounded down. Panics when the result does not fit.
    #[must_use]
    #[track_caller]
    #[inline]
    pub const fn mul_floor(self, amount: Amount) -> Amount {
        // Factors that are off are one and shares that are off zero, and there are many.
        match self.0 {
            PARTS => return amount,
            0 => return Amount::ZERO,
            _ => {}
        }
        Amount::new(wide::mul_div_floor_by::<PARTS>(
            amount.base_units(),
            self.0 as u128,
        ))
    }

    /// The share of an amount, rounded up. Panics when the result does not fit.
    #[must_use]
    #[track_caller]
    pub const fn mul_ceil(self, amount: Amount) -> Amount {
        Amount::new(wide::mul_div_ceil_by::<PARTS>(
            amount.base_units(),
            self.0 as u128,
        ))
    }

    /// The share of an amount, rounded to the nearest base unit, ties to even. Panics when the result does not fit.
    #[must_use]
    #[track_caller]
    pub fn mul_half_even(self, amount: Amount) -> Amount {
        Amount::new(wide::mul_div_half_even(
            amount.base_units(),
            u128::from(self.0),
            u128::from(PARTS),
        ))
    }

    /// The product of two ratios, rounded down. Panics when it does not fit.
    #[must_use]
    #[track_caller]
    pub const fn times(self, other: Ratio) -> Ratio {
        let parts = wide::div_by::<PARTS>(self.0 as u128 * other.0 as u128);
        assert!(parts <= u64::MAX as u128, "Ratio overflow: a bug");
        Ratio(parts as u64)
    }

    /// What is missing to the whole; zero above one.
    #[must_use]
    pub const fn complement(self) -> Ratio {
        Ratio(PARTS.saturating_sub(self.0))
    }

    /// The sum, or `None` on overflow.
    #[must_use]
    pub const fn checked_add(self, other: Ratio) -> Option<Ratio> {
        match self.0.checked_add(other.0) {
            Some(parts) => Some(Ratio(parts)),
            None => None,
        }
    }

    /// The difference, or `None` when `other` is larger.
    #[must_use]
    pub const fn checked_sub(self, other: Ratio) -> Option<Ratio> {
        match self.0.checked_sub(other.0) {
            Some(parts) => Some(Ratio(parts)),
            None => None,
        }
    }

    /// The sum, held at [`Ratio::MAX`].
    #[must_use]
    pub const fn saturating_add(self, other: Ratio) -> Ratio {
        Ratio(self.0.saturating_add(other.0))
    }

    /// The difference, held at zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Ratio) -> Ratio {
        Ratio(self.0.saturating_sub(other.0))
    }
}

const UNITS: Units<'static> = Units {
    expected: "a ratio such as \"12.5 %\", \"3/4\" or \"0.125\"",
    base: "parts of 10^-12",
    printed: &[("%", PARTS as u128 / 100)],
    aliases: &[("", PARTS as u128)],
};

impl Quantity for Ratio {
    const UNIT: &'static str = UNITS.expected;

    fn parse(text: &str) -> Result<Ratio, QuantityError> {
        let Some((num, den)) = text.split_once('/') else {
            return UNITS.parse_u64(text).map(Ratio);
        };
        let fail = |kind| UNITS.error(text, kind);
        let side = |side: &str| u64::parse(side).map_err(|error| fail(error.kind));
        let (num, den) = (side(num)?, side(den)?);
        if den == 0 {
            return Err(fail(QuantityErrorKind::BadNumber));
        }
        if Ratio::of(u128::from(num), u128::from(den)) == Ratio::MAX {
            return Err(fail(QuantityErrorKind::Overflow));
        }
        Ratio::new(num, den).ok_or_else(|| fail(QuantityErrorKind::Lossy { base: UNITS.base }))
    }

    fn print(self) -> String {
        UNITS.print(u128::from(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::tests::survives_printing;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ratios_survive_printing(parts: u64, shift in 0u32..64) {
            survives_printing(Ratio::from_parts(parts >> shift));
        }

        #[test]
        fn roundings_enclose_the_exact_share(parts in 0..=PARTS, units: u128) {
            let (ratio, amount) = (Ratio::from_parts(parts), Amount::new(units));
            let (floor, near, ceil) = (ratio.mul_floor(amount), ratio.mul_half_even(amount), ratio.mul_ceil(amount));
            prop_assert!(floor <= near && near <= ceil && ceil <= amount);
            prop_assert!((ceil - floor).base_units() <= 1);
            // Shares of a whole: what one side floors, the other's ceiling takes.
            prop_assert_eq!(floor + ratio.complement().mul_ceil(amount), amount);
        }

        #[test]
        fn a_fraction_is_taken_only_when_exact(num in 0u64..1_000_000, den in 1u64..1_000_000) {
            let exact = (u128::from(num) * u128::from(PARTS)) % u128::from(den) == 0;
            prop_assert_eq!(Ratio::new(num, den).is_some(), exact);
            let measured = Ratio::of(u128::from(num), u128::from(den));
            prop_assert!(Ratio::new(num, den).is_none_or(|ratio| ratio == measured));
        }
    }

    #[test]
    fn the_three_spellings_agree() {
        let eighth = Ratio::new(1, 8).unwrap();
        for text in ["12.5 %", "12.5%", "1/8", " 1 / 8 ", "0.125", "125e-3"] {
            assert_eq!(Ratio::parse(text), Ok(eighth), "{text}");
        }
        assert_eq!(eighth.to_string(), "12.5 %");
        assert_eq!(Ratio::from_percent(250).to_string(), "250 %");
    }

    #[test]
    fn inexact_and_impossible_fractions_are_refused() {
        let kind = |text| Ratio::parse(text).unwrap_err().kind;
        assert!(matches!(kind("1/3"), QuantityErrorKind::Lossy { .. }));
        assert!(matches!(
            kind("0.00000000000001 %"),
            QuantityErrorKind::Lossy { .. }
        ));
        assert_eq!(kind("1/0"), QuantityErrorKind::BadNumber);
        assert_eq!(kind("-1/2"), QuantityErrorKind::Negative);
        assert_eq!(kind("20000000/1"), QuantityErrorKind::Overflow);
        assert_eq!(kind("1/"), QuantityErrorKind::Empty);
    }

    #[test]
    fn measured_shares_saturate_and_products_round_down() {
        assert_eq!(Ratio::of(2, 3), Ratio::from_parts(666_666_666_666));
        assert_eq!(Ratio::of(u128::MAX, 1), Ratio::MAX);
        assert_eq!(Ratio::of(u128::MAX, u128::MAX), Ratio::ONE);
        assert_eq!(
            Ratio::of(2, 3).times(Ratio::of(1, 2)),
            Ratio::from_parts(333_333_333_333)
        );
        assert_eq!(Ratio::from_percent(120).complement(), Ratio::ZERO);
    }

    #[test]
    #[should_panic(expected = "division by zero")]
    fn a_share_of_nothing_panics() {
        let _ = Ratio::of(0, 0);
    }
}
