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
        if scaled % den as u128 != 0 || parts > u64::MAX as u128 {
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
    pub const fn mul_floor(self, amount: Amount) -> Amount {
        Amount::new(wide::mul_div_floor(
            amount.base_units(),
            self.0 as u128,
            PARTS as u128,
        ))
    }

    /// The share of an amount, rounded up. Panics when the result does not fit.
    #[must_use]
    #[track_caller]
    pub const fn mul_ceil(self, amount: Amount) -> Amount {
        Amount::new(wide::mul_div_ceil(
            amount.base_units(),
            self.0 as u128,
            PARTS as u128,
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
        let parts = self.0 as u128 * other.0 as u128 / PARTS as u128;
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
