//! The parameters that a vote may change. Whether the result is legal is left to the check of parameters itself.

use stakesim_protocol::{LiveParameter, Params};
use units::{Amount, Ratio};

use super::number::parts;

/// The largest value that fits a parameter's type.
pub fn most_of(parameter: LiveParameter) -> u128 {
    match parameter {
        LiveParameter::EmissionPerEpoch => u128::MAX,
        LiveParameter::SlashHoldEpochs | LiveParameter::UnbondingEpochs => u128::from(u32::MAX),
        _ => u128::from(u64::MAX),
    }
}

/// The parameters with one changed; none when that is impossible. Whether they are legal is not for a second opinion.
pub fn changed(params: &Params, parameter: LiveParameter, value: u128) -> Option<Params> {
    let mut next = params.clone();
    let ratio = Ratio::from_parts(value as u64);
    match parameter {
        LiveParameter::EmissionPerEpoch => next.emission.per_epoch = Amount::new(value),
        LiveParameter::EmissionDecay => next.emission.decay_per_epoch = ratio,
        LiveParameter::PriceGain => next.price.gain = ratio,
        LiveParameter::PriceTarget => next.price.target = ratio,
        LiveParameter::PriceBand => next.price.band = ratio,
        LiveParameter::PriceStepMax => next.price.step_max = ratio,
        LiveParameter::StakedTarget => next.scaling.staked_target = ratio,
        LiveParameter::ProductFloor => next.scaling.product_floor = ratio,
        LiveParameter::ProductCap => next.scaling.product_cap = ratio,
        LiveParameter::PenaltySlash => next.ladder.penalty_slash = ratio,
        LiveParameter::SevereSlash => next.ladder.severe_slash = ratio,
        LiveParameter::MaliciousSlash => next.ladder.malicious_slash = ratio,
        LiveParameter::BurnFee => {
            let pair = parts(params.fees.burn) + parts(params.fees.platform);
            let platform = pair.checked_sub(value)?;
            next.fees.burn = ratio;
            next.fees.platform = Ratio::from_parts(platform as u64);
        }
        LiveParameter::SlashHoldEpochs => next.slash_release.hold_epochs = value as u32,
        LiveParameter::UnbondingEpochs => next.bond.unbonding_epochs = value as u32,
        LiveParameter::BreakerMove => next.guard.price_move_max = ratio,
        LiveParameter::HoldBack => next.contribution.hold_back = ratio,
    }
    next.check().ok().map(|()| next)
}
