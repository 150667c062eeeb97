//! A block's fees among its voters, with the proposer's extra share of v0.46 (nought since 0.50). What rounding leaves over is
//! the community pool's.

use alloc::vec;
use alloc::vec::Vec;

use num_bigint::BigInt;

use super::Dec;
use crate::networks::RuleError;

/// What a chain sets, as ratios of a block's fees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeSplit {
    /// The community pool's.
    pub community_tax: Dec,
    /// The proposer's for proposing.
    pub base_proposer: Dec,
    /// The proposer's when everybody has signed.
    pub bonus_proposer: Dec,
}

/// A block's fees, allocated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocated {
    /// To each validator, before its commission.
    pub validators: Vec<Dec>,
    /// To the community pool.
    pub community: Dec,
}

impl FeeSplit {
    /// Allocates `fees` among validators who voted with `powers`, of a total power of `total_power` that could have voted. Without power
    /// all of them are the community pool's.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for a proposer who is not among the voters.
    pub fn allocate(
        &self,
        fees: &Dec,
        powers: &[BigInt],
        total_power: &BigInt,
        proposer: usize,
    ) -> Result<Allocated, RuleError> {
        if *total_power == BigInt::ZERO {
            return Ok(Allocated {
                validators: vec![Dec::default(); powers.len()],
                community: fees.clone(),
            });
        }
        let total = Dec::from_int(total_power.clone());
        let voted: BigInt = powers.iter().sum();
        let voted_ratio = Dec::from_int(voted).quo(&total)?;
        let bonus = self.bonus_proposer.mul_truncate(&voted_ratio)?;
        let proposer_ratio = self.base_proposer.add(&bonus)?;
        let proposed = fees.mul_truncate(&proposer_ratio)?;
        let voter_ratio = Dec::one().sub(&proposer_ratio)?.sub(&self.community_tax)?;
        let mut community = fees.sub(&proposed)?;
        let mut validators = Vec::with_capacity(powers.len());
        for power in powers {
            let share = Dec::from_int(power.clone()).quo_truncate(&total)?;
            let reward = fees.mul_truncate(&voter_ratio)?.mul_truncate(&share)?;
            community = community.sub(&reward)?;
            validators.push(reward);
        }
        let of_proposer = validators
            .get_mut(proposer)
            .ok_or(RuleError::Refused("the proposer is not among the voters"))?;
        *of_proposer = of_proposer.add(&proposed)?;
        Ok(Allocated {
            validators,
            community,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_leave_their_dust_to_the_community() {
        let split = FeeSplit {
            community_tax: Dec::default(),
            base_proposer: Dec::default(),
            bonus_proposer: Dec::default(),
        };
        let powers = [1, 1, 1].map(BigInt::from);
        let fees = Dec::from_int(1);
        let allocated = split.allocate(&fees, &powers, &BigInt::from(3), 0).unwrap();
        let third = Dec::from_units(333_333_333_333_333_333i64);
        assert_eq!(allocated.validators, [third.clone(), third.clone(), third]);
        assert_eq!(allocated.community, Dec::from_units(1));
    }

    #[test]
    fn a_third_that_did_not_sign_lowers_the_proposers_bonus() {
        let percent = |percent: i64| Dec::from_units(percent * 10_000_000_000_000_000);
        let split = FeeSplit {
            community_tax: percent(2),
            base_proposer: percent(1),
            bonus_proposer: percent(4),
        };
        let powers = [1, 1].map(BigInt::from);
        let fees = Dec::from_int(1);
        let allocated = split.allocate(&fees, &powers, &BigInt::from(3), 1).unwrap();
        // Two thirds signed, 0.666666666666666667 rounded: the bonus 4 % of it is 0.026666666666666666|68, cut; with the base
        // 0.036666666666666666. Voters share 0.943333333333333334, a third (cut) each: 0.314444444444444444|3.
        let voter = Dec::from_units(314_444_444_444_444_444i64);
        let proposed = Dec::from_units(36_666_666_666_666_666i64);
        assert_eq!(allocated.validators[0], voter);
        assert_eq!(allocated.validators[1], voter.add(&proposed).unwrap());
        assert!(split.allocate(&fees, &powers, &BigInt::from(3), 2).is_err());
        let allocated = split.allocate(&fees, &powers, &BigInt::ZERO, 0).unwrap();
        assert_eq!(allocated.validators, [Dec::default(), Dec::default()]);
        assert_eq!(allocated.community, fees);
    }
}
