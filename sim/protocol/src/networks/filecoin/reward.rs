//! What an epoch's block producers are paid in all: a simple part that halves every six years, and a baseline part that follows the
//! effective network time θ, which advances only as fast as realised power reaches the baseline.

use num_bigint::BigInt;

use super::exponential::exp_neg;
use super::{ATTO, PRECISION};
use crate::networks::RuleError;
use crate::networks::float::Double;
use crate::networks::round::{Rounding, big_div, big_shift};

/// Block producers that an epoch expects to have.
pub const EXPECTED_LEADERS_PER_EPOCH: u32 = 5;

/// `ln 2`, Q.128.
const LN_2: u128 = 235_865_763_225_513_294_137_944_142_764_154_484_399;

/// How rewards are handed out over the network's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RewardParams {
    /// What the simple part hands out in all, attoFIL.
    pub simple_total: BigInt,
    /// What the baseline part hands out in all, attoFIL.
    pub baseline_total: BigInt,
    /// `ln 2 / (six years of epochs)`, Q.128.
    pub lambda: BigInt,
    /// `e^lambda − 1`, Q.128.
    pub exp_lambda_minus_1: BigInt,
}

impl RewardParams {
    /// The main network's: 330 and 770 million FIL.
    #[must_use]
    pub fn mainnet() -> RewardParams {
        RewardParams {
            simple_total: BigInt::from(330_000_000) * ATTO,
            baseline_total: BigInt::from(770_000_000) * ATTO,
            lambda: 37_396_271_439_864_487_274_534_522_888_786_u128.into(),
            exp_lambda_minus_1: 37_396_273_494_747_879_394_193_016_954_629_u128.into(),
        }
    }

    /// Others than the main network's: half of each part is handed out in `half_life` epochs. Quotients are floored.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] for a half-life of nothing.
    pub fn of_half_life(
        simple_total: u128,
        baseline_total: u128,
        half_life: u32,
    ) -> Result<RewardParams, RuleError> {
        let lambda = big_div(&LN_2.into(), &half_life.into(), Rounding::Floor)?;
        // λ + λ²/2! + λ³/3! + …, which ends: λ is below one.
        let (mut sum, mut term) = (BigInt::ZERO, lambda.clone());
        for k in 2u32.. {
            if term == BigInt::ZERO {
                break;
            }
            sum += &term;
            let divisor = BigInt::from(k) << PRECISION;
            term = big_div(&(&term * &lambda), &divisor, Rounding::Floor)?;
        }
        Ok(RewardParams {
            simple_total: simple_total.into(),
            baseline_total: baseline_total.into(),
            lambda,
            exp_lambda_minus_1: sum,
        })
    }

    /// What an epoch's expected leaders are paid together, attoFIL, when θ moves from `theta_before` to `theta` (Q.128) in it. What
    /// the floors leave over is not issued. Negative where θ falls by much.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`], see [`exp_neg`].
    pub fn reward(
        &self,
        epoch: u64,
        theta_before: &BigInt,
        theta: &BigInt,
    ) -> Result<BigInt, RuleError> {
        let decay = exp_neg(&(&self.lambda * epoch))?;
        let exact = &self.simple_total * &self.exp_lambda_minus_1 * decay;
        // no published number notices: a unit of 2^-128 attoFIL is cut off below
        let simple = big_shift(&exact, PRECISION, Rounding::Floor);
        let baseline = self.baseline_supply(theta)? - self.baseline_supply(theta_before)?;
        Ok(big_shift(&(simple + baseline), PRECISION, Rounding::Floor))
    }

    /// What a step of θ is worth: the reward of epoch 0 with it less that without.
    ///
    /// # Errors
    /// As [`RewardParams::reward`].
    pub fn baseline_reward(
        &self,
        theta_before: &BigInt,
        theta: &BigInt,
    ) -> Result<BigInt, RuleError> {
        let still = BigInt::ZERO;
        Ok(self.reward(0, theta_before, theta)? - self.reward(0, &still, &still)?)
    }

    /// What the baseline part has handed out at θ, attoFIL in Q.128.
    fn baseline_supply(&self, theta: &BigInt) -> Result<BigInt, RuleError> {
        // no published number notices: a unit of 2^-128 in the exponent is 2e-12 attoFIL
        let exponent = big_shift(&(theta * &self.lambda), PRECISION, Rounding::Floor);
        let one = BigInt::from(1) << PRECISION;
        Ok((one - exp_neg(&exponent)?) * &self.baseline_total)
    }
}

/// The effective network time θ in Q.128: the point between two epochs at which the baseline's cumulated power is what the network
/// realised. `effective_network_time` is θ's ceiling, the rest are powers in bytes. The quotient is floored, so θ errs upwards.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] without baseline power.
pub fn effective_network_time(
    effective_network_time: u64,
    baseline_power: &BigInt,
    cumsum_realized: &BigInt,
    cumsum_baseline: &BigInt,
) -> Result<BigInt, RuleError> {
    if effective_network_time == 0 {
        return Ok(BigInt::ZERO);
    }
    let short = (cumsum_baseline - cumsum_realized) << PRECISION;
    // no published number notices: the published thetas are quarters, which lose nothing
    let back = big_div(&short, baseline_power, Rounding::Floor)?;
    Ok((BigInt::from(effective_network_time) << PRECISION) - back)
}

/// A Q.128 number as the nearest double.
///
/// # Errors
/// [`RuleError::Overflow`] past the largest double.
pub fn as_double(q128: &BigInt) -> Result<Double, RuleError> {
    Double::nearest(q128, &(BigInt::from(1) << PRECISION))
}

/// The next epoch's baseline power, bytes: `exponent` is the growth of an epoch in Q.128.
#[must_use]
pub fn baseline_power_after(baseline_power: &BigInt, exponent: &BigInt) -> BigInt {
    big_shift(&(baseline_power * exponent), PRECISION, Rounding::Floor)
}

/// What one block pays: its share of the epoch's reward, for the elections that it won, attoFIL. The remainder is not issued then.
///
/// # Errors
/// None: the divisor is a constant.
pub fn block_reward(epoch_reward: &BigInt, win_count: u64) -> Result<BigInt, RuleError> {
    big_div(
        &(epoch_reward * win_count),
        &EXPECTED_LEADERS_PER_EPOCH.into(),
        Rounding::Floor,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theta_lies_between_the_epochs_and_errs_upwards() {
        let theta = |time, power: u32, realized: u32, baseline: u32| {
            effective_network_time(time, &power.into(), &realized.into(), &baseline.into())
        };
        let one = BigInt::from(1) << PRECISION;
        assert_eq!(theta(0, 3, 1, 2), Ok(BigInt::ZERO));
        // A third of an epoch back, floored: two thirds and a unit more.
        let up = (&one * 2 + 2) / 3;
        assert_eq!(theta(1, 3, 1, 2), Ok(up));
        assert_eq!(theta(1, 0, 1, 2), Err(RuleError::ZeroDivisor));
        // Five and a half epochs.
        assert_eq!(theta(6, 8, 0, 4), Ok(&one * 11 / 2));
    }

    #[test]
    fn six_years_of_epochs_are_the_main_networks_parameters() {
        let years = 6 * 365 * 2_880;
        let of = RewardParams::of_half_life(330_000_000 * ATTO, 770_000_000 * ATTO, years).unwrap();
        let network = RewardParams::mainnet();
        assert_eq!(of.lambda, network.lambda);
        let apart = network.exp_lambda_minus_1 - of.exp_lambda_minus_1;
        assert!(apart <= BigInt::from(2) && apart >= BigInt::ZERO, "{apart}");
        assert!(RewardParams::of_half_life(1, 1, 0).is_err());
    }

    #[test]
    fn half_of_the_simple_part_is_out_after_a_half_life() {
        let params = RewardParams::of_half_life(1_000_000, 0, 10).unwrap();
        let still = BigInt::ZERO;
        let out: BigInt = (1..=10)
            .map(|epoch| params.reward(epoch, &still, &still).unwrap())
            .sum();
        // Ten floors.
        assert!(
            out > BigInt::from(499_990) && out <= BigInt::from(500_000),
            "{out}"
        );
    }

    #[test]
    fn a_block_pays_a_fifth_of_the_epochs_reward_for_each_election_won() {
        assert_eq!(block_reward(&11.into(), 1), Ok(2.into()));
        assert_eq!(block_reward(&11.into(), 2), Ok(4.into()));
        assert_eq!(block_reward(&11.into(), 5), Ok(11.into()));
    }

    #[test]
    fn the_baseline_doubles_in_a_year_of_epochs() {
        let exponent: BigInt = "340282591298641078465964189926313473653".parse().unwrap();
        let hundredth_of_a_year = 365 * 2_880 / 100;
        let start = BigInt::from(1u128 << 100);
        let mut power = start.clone();
        for _ in 0..hundredth_of_a_year {
            power = baseline_power_after(&power, &exponent);
        }
        let two = Double::of(2).unwrap();
        let year = Double::nearest(&1.into(), &100.into()).unwrap();
        let growth = Double::nearest(&power, &start).unwrap();
        let error = two.power(year).unwrap().minus(growth).unwrap();
        let most = Double::nearest(&1.into(), &1_000_000_000_000_u64.into()).unwrap();
        assert!(error < most && error > Double::ZERO.minus(most).unwrap());
    }
}
