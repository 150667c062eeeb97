//! The controllers on random paths: each stays between its floor and its cap and moves at most its step.

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Ratio, TokenPrice};

use crate::host::*;

fn is_step(controller: &Controller, before: Ratio, after: Ratio) -> bool {
    let moved = Ratio::from_parts(before.parts().abs_diff(after.parts()));
    controller.floor <= after && after <= controller.cap && moved <= controller.step_max
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reward_factors_stay_within_their_bounds_and_steps(
        path in prop::collection::vec((1u64..5_000_000_000, 0u64..=100, 0u64..=100), 1..30),
    ) {
        let params = Params::default();
        let mut host = Host::new(params.clone());
        host.provider(1_000);
        let mut last = host.close();
        for (price, busy, kind_busy) in path {
            host.run(Operation::ObservePrice { price: TokenPrice::from_nano_per_token(price) });
            host.run(Operation::ObserveLoad { group: GroupId(0), busy, capacity: 100 });
            host.run(Operation::ObserveKindLoad { kind: KindId(0), busy: kind_busy, capacity: 100 });
            let next = host.close();
            let (before, after, scaling) = (&last.factors, &next.factors, &params.scaling);
            prop_assert!(is_step(&scaling.demand, before.demand, after.demand));
            prop_assert!(is_step(&scaling.market, before.market, after.market));
            prop_assert!(is_step(&scaling.staked, before.staked, after.staked));
            prop_assert!(is_step(&scaling.scarcity, before.scarcity[0], after.scarcity[0]));
            prop_assert!(scaling.product_floor <= after.product && after.product <= scaling.product_cap);
            prop_assert!(next.minted <= next.budget && next.budget <= next.ceiling);
            last = next;
        }
    }

    #[test]
    fn prices_stay_within_their_bounds_and_steps(path in prop::collection::vec(0u64..=100, 1..200)) {
        let price = PriceParams::default();
        let mut host = Host::new(Params::default());
        for busy in path {
            let before = host.protocol.price_multiplier(GroupId(0));
            host.run(Operation::ObserveLoad { group: GroupId(0), busy, capacity: 100 });
            host.now = Tick(host.now.0 + 3_600);
            let after = host.protocol.price_multiplier(GroupId(0));
            prop_assert!(price.floor <= after && after <= price.cap);
            let moved = before.parts().abs_diff(after.parts());
            prop_assert!(moved <= before.times(price.step_max).parts());
        }
    }
}

#[test]
fn the_breaker_bounds_the_next_epoch_and_lets_go_after_its_longest_run() {
    let mut host = Host::new(Params::default());
    host.close();
    let mut nano = 1_000_000_000;
    let mut seen = Vec::new();
    for _ in 0..6 {
        nano = nano * 7 / 10;
        host.run(Operation::ObservePrice {
            price: TokenPrice::from_nano_per_token(nano),
        });
        let summary = host.close();
        let is_bounded = summary.ceiling == Ratio::from_percent(70).mul_floor(summary.scheduled);
        seen.push((is_bounded, summary.breaker_tripped));
    }
    let (no, yes) = (false, true);
    assert_eq!(
        seen,
        [
            (no, yes),
            (yes, yes),
            (yes, yes),
            (yes, no),
            (no, yes),
            (yes, yes)
        ]
    );
}

#[test]
fn fees_are_compared_with_what_was_minted() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(720);
    let customer = host.participant(100_000);
    let open = Operation::OpenJob {
        customer,
        group: GroupId(0),
        kind: KindId(0),
        escrow: token(100_000),
        region: 0,
        priority: 0,
    };
    let Outcome::JobOpened(job) = host.run(open) else {
        panic!()
    };
    host.run(Operation::SettleJob {
        job,
        provider,
        usage: 100_000 * HOUR_NS,
    });
    let summary = host.close();
    // 20 % of 100 000 tokens over a budget of about as many, by the staked factor.
    let minted = summary.minted.base_units();
    assert_eq!(
        summary.fee_to_emission,
        Some(Ratio::of(token(20_000).base_units(), minted))
    );
}
