//! A model's price per token follows its utilisation: unchanged inside a stability zone, else moved in proportion to the distance from it.

use crate::networks::RuleError;
use crate::networks::float::Double;
use crate::networks::round::Rounding;

/// Pricing parameters.
#[derive(Clone, Copy, Debug)]
pub struct Pricing {
    /// Lower end of the stability zone, a share of capacity.
    pub lower: Double,
    /// Its upper end.
    pub upper: Double,
    /// Relative price change per unit of utilisation beyond the zone.
    pub elasticity: Double,
    /// Least price, base units per token.
    pub min_price: u64,
    /// The price of a model that has none yet.
    pub base_price: u64,
}

impl Pricing {
    /// Old and new price at this `utilization`. A price of zero counts as none. In one step a price moves at most as far as it would
    /// at no or full utilisation; the new one is truncated to base units.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] when the new price passes 64 bits.
    pub fn update(&self, price: u64, utilization: Double) -> Result<(u64, u64), RuleError> {
        let old = if price == 0 { self.base_price } else { price };
        let factor = if utilization < self.lower {
            let deficit = self.lower.minus(utilization)?;
            // no published number notices: published prices are truncated far from the last place of a float
            let factor = Double::ONE.minus(deficit.times(self.elasticity)?)?;
            // no published number notices: published prices are truncated far from the last place of a float
            let least = Double::ONE.minus(self.lower.times(self.elasticity)?)?;
            factor.max(Double::ZERO).max(least)
        } else if utilization > self.upper {
            let excess = utilization.minus(self.upper)?;
            // no published number notices: published prices are truncated far from the last place of a float
            let change = excess.times(self.elasticity)?;
            let factor = Double::ONE.plus(change)?;
            // no published number notices: published prices are truncated far from the last place of a float
            let most = Double::ONE.minus(self.upper)?.times(self.elasticity)?;
            let most = Double::ONE.plus(most)?;
            factor.min(most)
        } else {
            return Ok((old, old.max(self.min_price)));
        };
        let new = Double::of(old)?
            .times(factor)?
            .whole(Rounding::TowardZero)?;
        let new = u64::try_from(new).map_err(|_| RuleError::Overflow)?;
        Ok((old, new.max(self.min_price)))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn share(hundredths: i64) -> Double {
        Double::of_decimal(&BigInt::from(hundredths), 2).unwrap()
    }

    fn pricing() -> Pricing {
        Pricing {
            lower: share(40),
            upper: share(60),
            elasticity: share(50),
            min_price: 3,
            base_price: 50,
        }
    }

    /// 0.1 below the zone at an elasticity of a half: 5 % of 1000 less; 0.1 above: 5 % more.
    #[test]
    fn beyond_the_zone_the_price_moves_with_the_distance() {
        assert_eq!(pricing().update(1000, share(30)), Ok((1000, 950)));
        assert_eq!(pricing().update(1000, share(70)), Ok((1000, 1050)));
        assert_eq!(pricing().update(1000, share(60)), Ok((1000, 1000)));
    }

    /// Twice the capacity counts as all of it: 0.4 × 0.5 = 20 %. A model without a price starts at the base price.
    #[test]
    fn a_step_is_capped_and_the_floor_holds() {
        assert_eq!(pricing().update(1000, share(200)), Ok((1000, 1200)));
        assert_eq!(pricing().update(3, share(0)), Ok((3, 3)));
        assert_eq!(pricing().update(0, share(50)), Ok((50, 50)));
        assert_eq!(pricing().update(1, share(50)), Ok((1, 3)));
    }
}
