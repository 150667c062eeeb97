//! The parameters that a vote may change, and how a change is made: on a copy, which has to pass the check.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

use super::Params;

/// A parameter that governance may set. Amounts are base units, ratios parts of 10^-12, durations epochs.
///
/// ```
/// use stakesim_protocol::{LiveParameter, Params};
/// use units::Ratio;
///
/// // Burn and platform fee are a pair of 5 % + 6 %: a burn of 8 % leaves the platform 3 %.
/// let percent = |count: u64| Ratio::from_percent(count);
/// let next = LiveParameter::BurnFee.changed(&Params::default(), 80_000_000_000).unwrap();
/// assert_eq!((next.fees.burn, next.fees.platform), (percent(8), percent(3)));
/// // A burn of 12 % is more than the pair has.
/// assert_eq!(LiveParameter::BurnFee.changed(&Params::default(), 120_000_000_000), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // described at the fields that they name
pub enum LiveParameter {
    /// `emission.per_epoch`; the schedule goes on from it with the next epoch.
    EmissionPerEpoch,
    EmissionDecay,
    PriceGain,
    PriceTarget,
    PriceBand,
    PriceStepMax,
    StakedTarget,
    ProductFloor,
    ProductCap,
    PenaltySlash,
    SevereSlash,
    MaliciousSlash,
    /// `fees.burn`; the platform's fee takes the difference.
    BurnFee,
    SlashHoldEpochs,
    UnbondingEpochs,
    BreakerMove,
    HoldBack,
}

/// Where a value goes.
enum Slot<'a> {
    Amount(&'a mut Amount),
    Ratio(&'a mut Ratio),
    Epochs(&'a mut u32),
}

impl LiveParameter {
    /// Every live parameter, in index order.
    pub const ALL: [LiveParameter; 17] = [
        LiveParameter::EmissionPerEpoch,
        LiveParameter::EmissionDecay,
        LiveParameter::PriceGain,
        LiveParameter::PriceTarget,
        LiveParameter::PriceBand,
        LiveParameter::PriceStepMax,
        LiveParameter::StakedTarget,
        LiveParameter::ProductFloor,
        LiveParameter::ProductCap,
        LiveParameter::PenaltySlash,
        LiveParameter::SevereSlash,
        LiveParameter::MaliciousSlash,
        LiveParameter::BurnFee,
        LiveParameter::SlashHoldEpochs,
        LiveParameter::UnbondingEpochs,
        LiveParameter::BreakerMove,
        LiveParameter::HoldBack,
    ];

    fn slot(self, params: &mut Params) -> Slot<'_> {
        match self {
            LiveParameter::EmissionPerEpoch => Slot::Amount(&mut params.emission.per_epoch),
            LiveParameter::EmissionDecay => Slot::Ratio(&mut params.emission.decay_per_epoch),
            LiveParameter::PriceGain => Slot::Ratio(&mut params.price.gain),
            LiveParameter::PriceTarget => Slot::Ratio(&mut params.price.target),
            LiveParameter::PriceBand => Slot::Ratio(&mut params.price.band),
            LiveParameter::PriceStepMax => Slot::Ratio(&mut params.price.step_max),
            LiveParameter::StakedTarget => Slot::Ratio(&mut params.scaling.staked_target),
            LiveParameter::ProductFloor => Slot::Ratio(&mut params.scaling.product_floor),
            LiveParameter::ProductCap => Slot::Ratio(&mut params.scaling.product_cap),
            LiveParameter::PenaltySlash => Slot::Ratio(&mut params.ladder.penalty_slash),
            LiveParameter::SevereSlash => Slot::Ratio(&mut params.ladder.severe_slash),
            LiveParameter::MaliciousSlash => Slot::Ratio(&mut params.ladder.malicious_slash),
            LiveParameter::BurnFee => Slot::Ratio(&mut params.fees.burn),
            LiveParameter::SlashHoldEpochs => Slot::Epochs(&mut params.slash_release.hold_epochs),
            LiveParameter::UnbondingEpochs => Slot::Epochs(&mut params.bond.unbonding_epochs),
            LiveParameter::BreakerMove => Slot::Ratio(&mut params.guard.price_move_max),
            LiveParameter::HoldBack => Slot::Ratio(&mut params.contribution.hold_back),
        }
    }

    /// The name used in tables: the parameter's path below the protocol's.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            LiveParameter::EmissionPerEpoch => "emission.per_epoch",
            LiveParameter::EmissionDecay => "emission.decay_per_epoch",
            LiveParameter::PriceGain => "price.gain",
            LiveParameter::PriceTarget => "price.target",
            LiveParameter::PriceBand => "price.band",
            LiveParameter::PriceStepMax => "price.step_max",
            LiveParameter::StakedTarget => "scaling.staked_target",
            LiveParameter::ProductFloor => "scaling.product_floor",
            LiveParameter::ProductCap => "scaling.product_cap",
            LiveParameter::PenaltySlash => "ladder.penalty_slash",
            LiveParameter::SevereSlash => "ladder.severe_slash",
            LiveParameter::MaliciousSlash => "ladder.malicious_slash",
            LiveParameter::BurnFee => "fees.burn",
            LiveParameter::SlashHoldEpochs => "slash_release.hold_epochs",
            LiveParameter::UnbondingEpochs => "bond.unbonding_epochs",
            LiveParameter::BreakerMove => "guard.price_move_max",
            LiveParameter::HoldBack => "contribution.hold_back",
        }
    }

    /// The value in force, in the parameter's own unit.
    #[must_use]
    pub fn value(self, params: &Params) -> u128 {
        let mut copy = params.clone();
        match self.slot(&mut copy) {
            Slot::Amount(amount) => amount.base_units(),
            Slot::Ratio(ratio) => u128::from(ratio.parts()),
            Slot::Epochs(epochs) => u128::from(*epochs),
        }
    }

    /// Writes a value; none when it does not fit the type.
    fn write(self, params: &mut Params, value: u128) -> Option<()> {
        match self.slot(params) {
            Slot::Amount(amount) => *amount = Amount::new(value),
            Slot::Ratio(ratio) => *ratio = Ratio::from_parts(u64::try_from(value).ok()?),
            Slot::Epochs(epochs) => *epochs = u32::try_from(value).ok()?,
        }
        Some(())
    }

    /// Whether a value fits the parameter's type, in whatever state the others are.
    #[must_use]
    pub fn accepts(self, value: u128) -> bool {
        self.write(&mut Params::default(), value).is_some()
    }

    /// The parameters with this one set; none when the value does not fit or contradicts the others.
    #[must_use]
    pub fn changed(self, params: &Params, value: u128) -> Option<Params> {
        let mut next = params.clone();
        self.write(&mut next, value)?;
        if self == LiveParameter::BurnFee {
            let pair = params.fees.burn.checked_add(params.fees.platform)?;
            next.fees.platform = pair.checked_sub(next.fees.burn)?;
        }
        next.check().ok()?;
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn every_live_parameter_is_changed_by_a_value_that_the_check_takes() {
        for (index, parameter) in LiveParameter::ALL.into_iter().enumerate() {
            assert_eq!(parameter as usize, index);
            let value = match parameter {
                // Bounded below by one.
                LiveParameter::ProductCap => 2_000_000_000_000,
                LiveParameter::SlashHoldEpochs | LiveParameter::UnbondingEpochs => 3,
                LiveParameter::PriceTarget => 600_000_000_000,
                _ => 10_000_000_000,
            };
            let before = Params::default();
            let after = parameter.changed(&before, value);
            assert!(after.is_some_and(|after| after != before), "{parameter:?}");
        }
    }

    #[test]
    fn what_was_set_is_read_again_and_every_path_is_its_own() {
        let mut paths: Vec<&str> = LiveParameter::ALL.map(LiveParameter::path).to_vec();
        for parameter in LiveParameter::ALL {
            let mut params = Params::default();
            let value = parameter.value(&params);
            parameter.write(&mut params, value + 7);
            assert_eq!(parameter.value(&params), value + 7, "{parameter:?}");
        }
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), LiveParameter::ALL.len());
    }

    #[test]
    fn a_value_that_does_not_fit_its_type_is_not_accepted() {
        assert!(!LiveParameter::PriceGain.accepts(1 << 64));
        assert!(!LiveParameter::UnbondingEpochs.accepts(1 << 32));
        assert!(LiveParameter::EmissionPerEpoch.accepts(u128::MAX));
        assert_eq!(
            LiveParameter::EmissionPerEpoch.changed(&Params::default(), u128::MAX),
            None
        );
    }
}
