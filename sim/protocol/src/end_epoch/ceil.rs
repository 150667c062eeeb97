//! Step 2, Ceil: the emission rule gives the schedule, and the most that may be minted: the schedule times the largest
//! budget factor (or the breaker's, when it has tripped), bounded by the guards, and never more than is left to issue.

use units::{Amount, TokenPrice, wide};

use super::Close;
use super::inflate::{Seen, inflate};
use crate::account::Account;
use crate::params::{EmissionParams, EmissionRule};
use crate::state::Protocol;

pub(super) fn ceil(protocol: &mut Protocol, close: &mut Close) {
    let emission = &protocol.params.emission;
    let scheduled = match emission.rule {
        EmissionRule::StableValue => compute_stable(
            emission,
            protocol.oracle.price,
            protocol.base_units_per_token(),
            protocol.params.supply.max,
        ),
        EmissionRule::Fixed | EmissionRule::Decaying | EmissionRule::Halving => {
            protocol.control.scheduled
        }
        // The rules of live networks.
        rule => {
            let seen = Seen::of(protocol);
            let minted = inflate(rule, emission, &seen, &mut protocol.control.carried);
            minted.min(protocol.params.supply.max)
        }
    };
    let most = protocol.params.scaling.product_cap;
    let factor = if protocol.control.is_tripped {
        most.min(protocol.params.guard.tripped_ceiling)
    } else {
        most
    };
    close.summary.scheduled = scheduled;
    close.summary.ceiling = protocol
        .guards
        .bound(factor.mul_floor(scheduled), protocol.params.guard.fee_cut)
        .min(protocol.native(Account::Issuance));
    protocol.control.scheduled = compute_next(&protocol.params.emission, scheduled, protocol.epoch);
}

/// What the value to be emitted buys, rounded down, at most `most`; nothing before the first price.
fn compute_stable(
    emission: &EmissionParams,
    price: TokenPrice,
    unit: u128,
    most: Amount,
) -> Amount {
    if price.is_zero() {
        return Amount::ZERO;
    }
    let nano = emission.value_usd.nano().unsigned_abs();
    wide::mul_div_rem(nano, unit, u128::from(price.nano_per_token()))
        .map_or(most, |(whole, _)| Amount::new(whole).min(most))
}

/// The schedule of the epoch after `epoch`, rounded down: what the rounding leaves is never minted.
fn compute_next(emission: &EmissionParams, scheduled: Amount, epoch: u32) -> Amount {
    match emission.rule {
        EmissionRule::Halving
            if epoch
                .saturating_add(1)
                .is_multiple_of(emission.halving_epochs) =>
        {
            Amount::new(scheduled.base_units() / 2)
        }
        EmissionRule::Decaying => emission.decay_per_epoch.complement().mul_floor(scheduled),
        _ => scheduled,
    }
}

#[cfg(test)]
mod tests {
    use units::Ratio;

    use super::*;

    #[test]
    fn a_decaying_schedule_loses_its_share_and_rounds_down() {
        let emission = EmissionParams {
            rule: EmissionRule::Decaying,
            per_epoch: Amount::new(1_001),
            decay_per_epoch: Ratio::from_percent(10),
            ..EmissionParams::default()
        };
        // 1001 · 0.9 = 900.9, 900 · 0.9 = 810.
        assert_eq!(
            compute_next(&emission, Amount::new(1_001), 0),
            Amount::new(900)
        );
        assert_eq!(
            compute_next(&emission, Amount::new(900), 1),
            Amount::new(810)
        );
    }

    #[test]
    fn the_first_year_of_the_default_schedule_agrees_with_the_closed_form() {
        // 100 000 · (1 - 0.999525^365) / 0.000475 = 33.52 million tokens.
        let emission = EmissionParams::default();
        let mut scheduled = emission.per_epoch;
        let mut year = Amount::ZERO;
        for epoch in 0..365 {
            year += scheduled;
            scheduled = compute_next(&emission, scheduled, epoch);
        }
        let (low, high) = (
            Amount::from_tokens(33_510_000, 9),
            Amount::from_tokens(33_530_000, 9),
        );
        assert!(low < year && year < high, "{year}");
    }
}
