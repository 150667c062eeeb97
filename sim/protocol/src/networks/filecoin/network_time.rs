//! Effective network time θ from epoch to epoch: realised power, as far as it reaches a baseline that grows by a share a year, adds up,
//! and θ is the time at which the baseline alone would have added up to as much.
//!
//! Powers are integers of any one unit; the network's is bytes.

use num_bigint::BigInt;
use serde::{Deserialize, Serialize};

use super::PRECISION;
use super::reward::{baseline_power_after, effective_network_time};
use crate::networks::RuleError;
use crate::networks::float::Double;
use crate::networks::round::{Rounding, big_div};

/// The most that θ advances in one epoch: far beyond what realised power brings about, as it is cut off at the baseline.
const ADVANCE_MAX: u32 = 65_536;

/// Where the network stands between its own time and effective time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkTime {
    /// The baseline at the last epoch.
    pub baseline_power: u128,
    /// The ceiling of θ, epochs.
    pub effective_network_time: u64,
    /// The baseline at that time.
    pub effective_baseline_power: u128,
    /// Realised power of all epochs, each at most its baseline.
    pub cumsum_realized: u128,
    /// The baseline of all epochs up to the effective time.
    pub cumsum_baseline: u128,
}

impl NetworkTime {
    /// Before the first epoch, whose baseline is to be `baseline_power`; `growth` is that of an epoch, Q.128.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without growth of at least zero, [`RuleError::Overflow`] past 128 bits.
    pub fn before(baseline_power: u128, growth: &BigInt) -> Result<NetworkTime, RuleError> {
        let power = BigInt::from(baseline_power) << PRECISION;
        Ok(NetworkTime {
            baseline_power: narrow(&big_div(&power, growth, Rounding::Floor)?)?,
            effective_network_time: 0,
            effective_baseline_power: baseline_power,
            cumsum_realized: 0,
            cumsum_baseline: 0,
        })
    }

    /// θ, Q.128.
    ///
    /// # Errors
    /// As [`effective_network_time`].
    pub fn theta(&self) -> Result<BigInt, RuleError> {
        effective_network_time(
            self.effective_network_time,
            &self.effective_baseline_power.into(),
            &self.cumsum_realized.into(),
            &self.cumsum_baseline.into(),
        )
    }

    /// An epoch of `realized_power`.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 128 bits, [`RuleError::Refused`] where the baseline at the effective time has fallen far behind.
    pub fn advance(&mut self, realized_power: u128, growth: &BigInt) -> Result<(), RuleError> {
        self.baseline_power = narrow(&baseline_power_after(&self.baseline_power.into(), growth))?;
        let realized = realized_power.min(self.baseline_power);
        self.cumsum_realized = add(self.cumsum_realized, realized)?;
        for _ in 0..ADVANCE_MAX {
            if self.cumsum_realized <= self.cumsum_baseline {
                return Ok(());
            }
            self.effective_network_time += 1;
            let power = self.effective_baseline_power.into();
            self.effective_baseline_power = narrow(&baseline_power_after(&power, growth))?;
            self.cumsum_baseline = add(self.cumsum_baseline, self.effective_baseline_power)?;
        }
        Err(RuleError::Refused("effective time is too far behind"))
    }
}

/// The growth of an epoch, Q.128, that makes `1 + parts/whole` in a year of so many epochs. The network has its value written down; here
/// it is the double nearest to the root, whose error is below 2^-52.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for a whole or a year of nothing.
pub fn growth_per_epoch(parts: u64, whole: u64, epochs: u32) -> Result<BigInt, RuleError> {
    let yearly = BigInt::from(whole) + parts;
    let yearly = Double::nearest(&yearly, &whole.into())?;
    let epoch = Double::nearest(&1.into(), &epochs.into())?;
    let (growth, whole) = yearly.power(epoch)?.ratio();
    big_div(&(growth << PRECISION), &whole, Rounding::TowardZero)
}

fn narrow(power: &BigInt) -> Result<u128, RuleError> {
    u128::try_from(power).map_err(|_| RuleError::Overflow)
}

fn add(sum: u128, power: u128) -> Result<u128, RuleError> {
    sum.checked_add(power).ok_or(RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> BigInt {
        BigInt::from(1) << PRECISION
    }

    #[test]
    fn time_stands_still_without_power_and_keeps_pace_at_the_baseline() {
        let still = one();
        let mut time = NetworkTime::before(1_000, &still).unwrap();
        assert_eq!(time.theta(), Ok(BigInt::ZERO));
        time.advance(0, &still).unwrap();
        assert_eq!(time.theta(), Ok(BigInt::ZERO));
        time.advance(250, &still).unwrap();
        assert_eq!(time.theta(), Ok(one() / 4));
        // All that is above the baseline counts for nothing.
        time.advance(5_000, &still).unwrap();
        assert_eq!(time.theta(), Ok(one() * 5 / 4));
        assert_eq!(time.effective_network_time, 2);
    }

    #[test]
    fn a_doubling_baseline_takes_ever_more_power() {
        let growth = growth_per_epoch(1, 1, 1).unwrap();
        assert_eq!(growth, one() * 2);
        let mut time = NetworkTime::before(100, &growth).unwrap();
        // Baselines are 100, 200, 400; effective ones begin with 200. 100 of 200 is half an epoch, 200 of 200 a whole one.
        time.advance(100, &growth).unwrap();
        assert_eq!((time.baseline_power, time.theta()), (100, Ok(one() / 2)));
        time.advance(100, &growth).unwrap();
        assert_eq!((time.baseline_power, time.theta()), (200, Ok(one())));
        time.advance(100, &growth).unwrap();
        assert_eq!(
            (time.baseline_power, time.theta()),
            (400, Ok(one() * 5 / 4))
        );
    }

    #[test]
    fn the_growth_of_an_epoch_is_near_the_networks_own() {
        let network: BigInt = "340282591298641078465964189926313473653".parse().unwrap();
        let growth = growth_per_epoch(1, 1, 365 * 2_880).unwrap();
        let apart = BigInt::from((network - growth).magnitude().clone());
        assert!(apart <= one() >> 53u32);
    }

    #[test]
    fn what_passes_128_bits_has_no_answer() {
        let growth = growth_per_epoch(10, 1, 1).unwrap();
        let mut time = NetworkTime::before(u128::MAX / 4, &growth).unwrap();
        assert_eq!(time.advance(1, &growth), Err(RuleError::Overflow));
        assert_eq!(
            NetworkTime::before(1, &BigInt::ZERO),
            Err(RuleError::ZeroDivisor)
        );
    }
}
