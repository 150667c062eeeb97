//! HIP 149's supplement to each sub-network: flat at first, then falling in a line to nothing; and the Council's cut of it.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// The Council's part of the supplement, basis points.
const COUNCIL_BPS: u128 = 125;

/// When the supplement is paid, in Unix seconds, and how much of it an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// The first moment.
    pub start: i64,
    /// From here on it falls.
    pub flat_end: i64,
    /// From here on there is none.
    pub taper_end: i64,
    /// Before it falls, and where its fall begins: bones a sub-network and epoch.
    pub flat: u64,
}

impl Supplement {
    /// What a sub-network has of an epoch at this moment, floored.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]: none in practice.
    pub fn per_subdao(&self, now: i64) -> Result<u64, RuleError> {
        if (self.start..self.flat_end).contains(&now) {
            return Ok(self.flat);
        }
        if !(self.flat_end..self.taper_end).contains(&now) {
            return Ok(0);
        }
        let remaining = self.taper_end.abs_diff(now);
        let total = self.taper_end.abs_diff(self.flat_end);
        let amount = mul_div(
            self.flat.into(),
            remaining.into(),
            total.into(),
            Rounding::Floor,
        )?;
        u64::try_from(amount).map_err(|_| RuleError::Overflow)
    }
}

/// The Council's cut of a supplement, floored; the rest is the receiving entity's.
///
/// # Errors
/// [`RuleError::Overflow`]: none in practice.
pub fn council_cut(supplement: u64) -> Result<u64, RuleError> {
    let cut = mul_div(supplement.into(), COUNCIL_BPS, 10_000, Rounding::Floor)?;
    u64::try_from(cut).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_supplement_falls_to_nothing() {
        let supplement = Supplement {
            start: 0,
            flat_end: 10,
            taper_end: 13,
            flat: 100,
        };
        let paid = [-1, 0, 9, 10, 11, 12, 13, 14].map(|now| supplement.per_subdao(now));
        assert_eq!(paid, [0, 100, 100, 100, 66, 33, 0, 0].map(Ok));
    }
}
