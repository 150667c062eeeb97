//! The epoch of this protocol in the terms of three networks: Solana's taper, Filecoin's allocation over a baseline, Helium's emission net
//! of what was burned. An epoch here is an epoch there, with rates and lengths by the parameters: where the network's own is shorter, its
//! emission over the epoch is what its formula makes of one long step, which for an exponential decay is exactly the sum of the short ones.

use num_bigint::BigInt;
use units::Ratio;

use super::inflate::Seen;
use crate::networks::RuleError;
use crate::networks::filecoin::network_time::{NetworkTime, growth_per_epoch};
use crate::networks::filecoin::reward::RewardParams;
use crate::networks::float::Double;
use crate::networks::helium::emission::{halved, net_emission, smoothed_burn_over};
use crate::networks::solana::Inflation;
use crate::params::{EmissionParams, InflationParams};

/// Units of power in a GPU: growth of a day is far less than a GPU at a small baseline.
const POWER_BITS: u32 = 32;

/// Solana's: inflation that tapers to a floor, without a foundation.
pub(super) fn taper(inflation: &InflationParams, seen: &Seen) -> Result<u128, RuleError> {
    let double = |ratio: Ratio| Double::nearest(&ratio.parts().into(), &Ratio::ONE.parts().into());
    let tapered = Inflation {
        initial: double(inflation.start)?,
        terminal: double(inflation.min)?,
        taper: double(inflation.change)?,
        foundation: Double::ZERO,
        foundation_term: Double::ZERO,
    };
    tapered.epoch_issuance(seen.epoch, inflation.epochs_per_year, seen.supply)
}

/// Filecoin's: a part of the allocation decays by time, the rest by effective time, which waits for active GPUs to reach the baseline.
pub(super) fn simple_and_baseline(
    emission: &EmissionParams,
    seen: &Seen,
    carried: &mut Option<NetworkTime>,
) -> Result<u128, RuleError> {
    let allocation = &emission.allocation;
    let year = emission.inflation.epochs_per_year;
    let yearly = allocation.baseline_growth.parts();
    let growth = growth_per_epoch(yearly, Ratio::ONE.parts(), year)?;
    let mut time = match carried.take() {
        Some(time) => time,
        None => NetworkTime::before(power(allocation.baseline_gpus), &growth)?,
    };
    let before = time.theta()?;
    time.advance(power(seen.gpus), &growth)?;
    let simple = allocation.simple_share.mul_floor(allocation.total);
    let baseline = allocation.total - simple;
    let params = RewardParams::of_half_life(
        simple.base_units(),
        baseline.base_units(),
        allocation.half_life_epochs,
    )?;
    // The network's first step is its epoch 1; its epoch 0 is the genesis block.
    let epoch = u64::from(seen.epoch) + 1;
    let reward = params.reward(epoch, &before, &time.theta()?)?;
    *carried = Some(time);
    // Many half-lives on, the quotient that stands for an exponential goes below zero.
    u128::try_from(reward.max(BigInt::ZERO)).map_err(|_| RuleError::Overflow)
}

fn power(gpus: u64) -> u128 {
    u128::from(gpus) << POWER_BITS
}

/// Helium's: the schedule, and what was burned, smoothed, up to a cap.
pub(super) fn net_of_burn(
    emission: &EmissionParams,
    seen: &Seen,
    carried: &mut Option<u64>,
) -> Result<u128, RuleError> {
    let allocation = &emission.allocation;
    let narrow = |amount: u128| u64::try_from(amount).map_err(|_| RuleError::Overflow);
    let first = narrow(emission.per_epoch.base_units())?;
    let scheduled = halved(first, seen.epoch, emission.halving_epochs)?;
    let burned = narrow(seen.burned)?;
    let before = carried.unwrap_or_default();
    let smoothed = smoothed_burn_over(before, burned, allocation.smoothing_epochs)?;
    let cap = narrow(allocation.net_cap.base_units()).unwrap_or(u64::MAX);
    *carried = Some(smoothed);
    Ok(net_emission(scheduled, smoothed, cap)?.into())
}
