//! Step 3, Scale: steps the reward controllers and makes the budget.
//!
//! Demand, market, staked ratio and growth scale the budget, since in a fixed pot they would cancel; scarcity weighs kinds
//! against each other. Each factor walks towards `1 + gain · gap` by at most its step, between its floor and its cap.

use units::Ratio;

use super::Close;
use crate::params::Controller;
use crate::state::Protocol;
use crate::summary::Factors;
use crate::weight::compute_root;

pub(super) fn scale(protocol: &mut Protocol, close: &mut Close) {
    let target = protocol.params.price.target;
    let scaling = &protocol.params.scaling;
    let utilisation = take_utilisation(&mut protocol.groups);
    // Without an observation there is no gap to act on, and the factor stays.
    if let Some(utilisation) = utilisation {
        let gap = difference(utilisation, target);
        protocol.control.demand = compute_step(&scaling.demand, protocol.control.demand, gap);
    }
    for kind in &mut protocol.kinds {
        if let Some(load) = kind.load.take() {
            kind.scarcity =
                compute_step(&scaling.scarcity, kind.scarcity, difference(load, target));
        }
    }
    if !protocol.oracle.price.is_zero() {
        let (reference, price) = (
            protocol.oracle.reference.nano_per_token(),
            protocol.oracle.price.nano_per_token(),
        );
        let gap = difference(
            compute_root(Ratio::of(u128::from(reference), u128::from(price))),
            Ratio::ONE,
        );
        protocol.control.market = compute_step(&scaling.market, protocol.control.market, gap);
    }
    let staked_ratio = compute_staked_ratio(protocol);
    let scaling = &protocol.params.scaling;
    let gap = difference(scaling.staked_target, staked_ratio);
    protocol.control.staked = compute_step(&scaling.staked, protocol.control.staked, gap);
    let gap = compute_growth_gap(protocol.active_gpus, protocol.params.growth.target_gpus);
    protocol.control.growth = compute_step(&scaling.growth, protocol.control.growth, gap);

    let control = &protocol.control;
    let product = control
        .demand
        .times(control.market)
        .times(control.staked)
        .times(control.growth)
        .clamp(scaling.product_floor, scaling.product_cap);
    close.summary.budget = product
        .mul_floor(close.summary.scheduled)
        .min(close.summary.ceiling);
    close.summary.utilisation = utilisation;
    close.summary.staked_ratio = staked_ratio;
    close.summary.factors = Factors {
        demand: control.demand,
        market: control.market,
        staked: control.staked,
        product,
        scarcity: protocol.kinds.iter().map(|kind| kind.scarcity).collect(),
        growth: control.growth,
    };
}

/// The epoch's mean over all groups, by capacity; begins the next epoch's sums.
fn take_utilisation(groups: &mut [crate::state::GroupState]) -> Option<Ratio> {
    let (mut busy, mut capacity) = (0, 0);
    for group in groups {
        busy += core::mem::take(&mut group.busy);
        capacity += core::mem::take(&mut group.capacity);
    }
    (capacity > 0).then(|| Ratio::of(busy, capacity))
}

/// Staked share of what circulates, rounded down, at most one; zero while nothing circulates.
fn compute_staked_ratio(protocol: &Protocol) -> Ratio {
    let circulating = protocol.circulating().base_units();
    if circulating == 0 {
        return Ratio::ZERO;
    }
    let staked = protocol.worth_in_tokens(protocol.staked_total());
    Ratio::of(staked.base_units(), circulating).min(Ratio::ONE)
}

/// `a − b`, in parts.
fn difference(a: Ratio, b: Ratio) -> i128 {
    i128::from(a.parts()) - i128::from(b.parts())
}

/// The share of the target that is missing; nothing at or above it, or without one.
fn compute_growth_gap(active: u64, target: u64) -> i128 {
    if active >= target {
        return 0;
    }
    difference(
        Ratio::ONE,
        Ratio::of(u128::from(active), u128::from(target)),
    )
}

/// One step of a controller for a gap in parts. The product of gain and gap rounds towards zero.
fn compute_step(controller: &Controller, value: Ratio, gap: i128) -> Ratio {
    let one = i128::from(Ratio::ONE.parts());
    let aim = one + i128::from(controller.gain.parts()) * gap / one;
    let aim = aim.clamp(
        i128::from(controller.floor.parts()),
        i128::from(controller.cap.parts()),
    );
    let (value, step) = (
        i128::from(value.parts()),
        i128::from(controller.step_max.parts()),
    );
    let moved = aim.clamp(value - step, value + step);
    Ratio::from_parts(moved as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn controller() -> Controller {
        Controller {
            gain: Ratio::from_percent(10),
            floor: Ratio::from_percent(80),
            cap: Ratio::from_percent(125),
            step_max: Ratio::from_percent(1),
        }
    }

    #[test]
    fn a_factor_rests_at_one_plus_gain_times_a_gap_that_stays() {
        let gap = difference(Ratio::from_percent(85), Ratio::from_percent(65));
        let mut value = Ratio::ONE;
        let path: alloc::vec::Vec<Ratio> = (0..4)
            .map(|_| {
                value = compute_step(&controller(), value, gap);
                value
            })
            .collect();
        // 1 + 0.1 · 0.2 = 1.02, one step of 0.01 at a time, and no further.
        assert_eq!(path, [101, 102, 102, 102].map(Ratio::from_percent));
    }

    #[test]
    fn a_factor_comes_back_when_the_gap_closes() {
        assert_eq!(
            compute_step(&controller(), Ratio::from_percent(104), 0),
            Ratio::from_percent(103)
        );
        assert_eq!(
            compute_step(&controller(), Ratio::from_percent(98), 0),
            Ratio::from_percent(99)
        );
    }

    #[test]
    fn a_factor_stays_between_floor_and_cap() {
        let far = 1_000 * i128::from(Ratio::ONE.parts());
        let mut high = Ratio::ONE;
        let mut low = Ratio::ONE;
        for _ in 0..100 {
            high = compute_step(&controller(), high, far);
            low = compute_step(&controller(), low, -far);
        }
        assert_eq!(
            (low, high),
            (Ratio::from_percent(80), Ratio::from_percent(125))
        );
    }

    #[test]
    fn growth_sees_what_is_missing_and_nothing_above_the_target() {
        let tenth = i128::from(Ratio::ONE.parts()) / 10;
        assert_eq!(compute_growth_gap(4, 10), 6 * tenth);
        assert_eq!(compute_growth_gap(10, 10), 0);
        assert_eq!(compute_growth_gap(11, 10), 0);
        assert_eq!(compute_growth_gap(0, 0), 0);
    }
}
