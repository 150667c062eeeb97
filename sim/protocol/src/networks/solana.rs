//! Solana: yearly inflation that tapers to a floor, a part of it for a foundation in the first years. Restated from
//! anza-xyz/solana-sdk @122f32e (Apache-2.0): `inflation/src/lib.rs`.
//!
//! The network computes in doubles. Here they are computed on integers, digit for digit, but for the power: this one is the double nearest
//! to the true power, the network's is its platform's `powf`, and the two can part by one unit in the last place of it.

use super::RuleError;
use super::float::Double;
use super::round::Rounding;

/// Inflation as fractions of supply a year, by the year since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inflation {
    /// At the start.
    pub initial: Double,
    /// The least, at the end.
    pub terminal: Double,
    /// The part by which a year lowers it.
    pub taper: Double,
    /// The foundation's part of it.
    pub foundation: Double,
    /// Years in which the foundation has its part.
    pub foundation_term: Double,
}

impl Inflation {
    /// The same inflation for ever, all of it for the validators.
    #[must_use]
    pub const fn fixed(validator: Double) -> Inflation {
        Inflation {
            initial: validator,
            terminal: validator,
            taper: Double::ONE,
            foundation: Double::ZERO,
            foundation_term: Double::ZERO,
        }
    }

    /// All inflation at a moment, in years since the start.
    ///
    /// # Errors
    /// [`RuleError::Refused`] before the start, and for a taper of more than one where the year is not whole.
    pub fn total(&self, year: Double) -> Result<Double, RuleError> {
        if year < Double::ZERO {
            return Err(RuleError::Refused("a year before the start"));
        }
        // no published number notices: a printed double counts as equal within 1e-14 of itself
        let kept = Double::ONE.minus(self.taper)?;
        // no published number notices: a printed double counts as equal within 1e-14 of itself
        let kept = kept.power(year)?;
        // no published number notices: a printed double counts as equal within 1e-14 of itself
        let tapered = self.initial.times(kept)?;
        Ok(tapered.max(self.terminal))
    }

    /// The foundation's part.
    ///
    /// # Errors
    /// As [`Inflation::total`].
    pub fn foundation(&self, year: Double) -> Result<Double, RuleError> {
        if year >= self.foundation_term {
            return Ok(Double::ZERO);
        }
        let total = self.total(year)?;
        // no published number notices: a printed double counts as equal within 1e-14 of itself
        total.times(self.foundation)
    }

    /// The validators' part: the rest.
    ///
    /// # Errors
    /// As [`Inflation::total`].
    pub fn validator(&self, year: Double) -> Result<Double, RuleError> {
        let total = self.total(year)?;
        let foundation = self.foundation(year)?;
        // no published number notices: a printed double counts as equal within 1e-14 of itself
        total.minus(foundation)
    }
}

impl Inflation {
    /// What an epoch mints, base units: inflation at its beginning times the supply times the epoch's part of a year, each step a double,
    /// cut off at the end. That is the network's step with no foundation, and with epochs as long as the caller says.
    ///
    /// # Errors
    /// As [`Inflation::total`], and [`RuleError::ZeroDivisor`] for a year without epochs.
    pub fn epoch_issuance(
        &self,
        epoch: u32,
        epochs_per_year: u32,
        supply: u128,
    ) -> Result<u128, RuleError> {
        let year = Double::nearest(&epoch.into(), &epochs_per_year.into())?;
        let length = Double::nearest(&1.into(), &epochs_per_year.into())?;
        let supply = Double::of(supply)?;
        let yearly = self.total(year)?.times(supply)?;
        let issued = yearly.times(length)?.whole(Rounding::TowardZero)?;
        u128::try_from(issued).map_err(|_| RuleError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn double(mantissa: i64, places: u32) -> Double {
        Double::of_decimal(&mantissa.into(), places).unwrap()
    }

    fn default() -> Inflation {
        Inflation {
            initial: double(8, 2),
            terminal: double(15, 3),
            taper: double(15, 2),
            foundation: double(5, 2),
            foundation_term: double(7, 0),
        }
    }

    #[test]
    fn inflation_tapers_to_its_floor() {
        let total = |tenths| default().total(double(tenths, 1)).unwrap();
        assert_eq!(total(0), double(8, 2));
        assert!(total(10) > total(20) && total(20) > total(103));
        assert!(total(103) > double(15, 3));
        assert_eq!(total(104), double(15, 3));
        assert!(default().total(double(-1, 1)).is_err());
    }

    #[test]
    fn the_parts_are_the_total_and_the_foundation_stops_at_its_term() {
        for tenths in [0, 1, 5, 10, 69, 70, 1000] {
            let year = double(tenths, 1);
            let [total, validator, foundation] = [
                default().total(year).unwrap(),
                default().validator(year).unwrap(),
                default().foundation(year).unwrap(),
            ];
            assert_eq!(validator.plus(foundation), Ok(total));
            assert_eq!(foundation == Double::ZERO, tenths >= 70);
        }
    }

    #[test]
    fn an_epoch_mints_its_part_of_a_year() {
        let minted = |epoch| default().epoch_issuance(epoch, 4, 10_001);
        // 8 % of 10,001 are 800.08, a quarter of them 200.02; a year on 6.8 %: 170.017.
        assert_eq!((minted(0), minted(4)), (Ok(200), Ok(170)));
        // √(√0.85) is 0.96018: 192.05.
        assert_eq!(minted(1), Ok(192));
        assert!(default().epoch_issuance(1, 0, 1).is_err());
    }

    #[test]
    fn fixed_inflation_stays() {
        let fixed = Inflation::fixed(double(1, 3));
        for year in [0, 1, 100] {
            assert_eq!(fixed.validator(double(year, 0)), Ok(double(1, 3)));
        }
    }
}
