//! Parameters of vesting: short lines, ages that are reached, and a third of the seeds without any.

use stakesim_protocol::*;
use units::Ratio;

use super::super::random::Random;

/// Drawn from a generator of its own, so that whatever else a seed draws stays what it was.
pub fn vesting(params: &mut Params) {
    let seed = params.emission.decay_per_epoch.parts() ^ params.hour_ticks;
    let random = &mut Random::new(seed);
    let rule = random.one_of(&[VestingRule::Linear, VestingRule::Linear, VestingRule::AtAge]);
    let may_pay = rule == VestingRule::Linear && params.bond.asset == Asset::Native;
    let liability = random.one_of(&[
        VestingLiability::None,
        VestingLiability::Tombstone,
        VestingLiability::Slashes,
    ]);
    params.vesting = VestingParams {
        share: match random.below(3) {
            0 => Ratio::ZERO,
            1 => Ratio::ONE,
            _ => random.ratio(0, 1_000),
        },
        share_step: match random.below(2) {
            0 => Ratio::ZERO,
            _ => random.ratio(0, 100),
        },
        step_epochs: random.between(1, 60) as u32,
        covers: random.one_of(&[VestingCover::Rewards, VestingCover::RewardsAndJobs]),
        rule,
        epochs: random.between(1, 40) as u32,
        age_epochs: random.below(200) as u32,
        age_share: random.ratio(0, 1_000),
        liability: match liability {
            VestingLiability::Slashes if !may_pay => VestingLiability::Tombstone,
            other => other,
        },
    };
}
