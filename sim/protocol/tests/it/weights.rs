//! Weights at the ends of their range, and what may not depend on order: nothing here has a figure that is not a bound.

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};

use crate::host::*;

fn kind(list_price_usd: MoneyRate) -> Kind {
    Kind {
        list_price_usd,
        is_new: true,
        ..dollar_an_hour()
    }
}

/// Everything that multiplies a weight, as far as it goes.
fn far() -> Params {
    let mut params = Params::default();
    params.supply.decimals = 0;
    params.supply.max = Amount::new((1 << 96) - 1);
    params.emission.per_epoch = Amount::new(1 << 95);
    params.bond.cover_min = 0;
    params.bond.weight_base = Ratio::ONE;
    params.score.cap = Ratio::from_percent(1_000);
    params.commitment.multiplier = [100, 1_000, 1_000].map(Ratio::from_percent);
    params.tenure.step_epochs = 1;
    params.tenure.bonus_per_step = Ratio::ONE;
    params.tenure.cap = Ratio::ONE;
    params.market_share = MarketShareRule::Bonus {
        gain: Ratio::ONE,
        cap: Ratio::ONE,
    };
    params.growth.epochs = u32::MAX;
    params
}

/// A host with so many providers of `gpus` each, a base unit bonded, a delegation, a commitment and a perfect record.
fn crowded(kinds: &[Kind], providers: u32, gpus: u32) -> Host {
    let mut host = Host::with_kinds(far(), kinds);
    let owner = host.protocol.open_participant();
    host.run(Operation::Genesis {
        to: Account::Liquid(owner),
        amount: Amount::new(1 << 20),
    });
    for index in 0..providers {
        let id = ProviderId(index);
        let amount = Amount::new(1);
        for operation in [
            Operation::Register {
                owner,
                kind: KindId((index as usize % kinds.len()) as u16),
                gpus,
                tier: 0,
                commission: Ratio::ZERO,
            },
            Operation::Bond {
                provider: id,
                amount,
            },
            Operation::Delegate {
                delegator: owner,
                provider: id,
                amount,
            },
            Operation::Commit {
                provider: id,
                tier: CommitmentTier::Annual,
            },
        ] {
            host.run(operation);
        }
    }
    host
}

fn close_with_perfect_records(host: &mut Host, providers: u32, epochs: u32) {
    for _ in 0..epochs {
        for index in 0..providers {
            host.run(Operation::RecordMeasurement {
                provider: ProviderId(index),
                up: Ratio::ONE,
                jobs: 0,
                failed: 0,
                response: Ratio::MAX,
                rating: Ratio::MAX,
            });
        }
        host.close();
    }
}

#[test]
fn the_largest_weights_and_emissions_are_divided_and_audited() {
    let most = MoneyRate::per_hour(Money::from_usd(1_000));
    let mut host = crowded(&[kind(most), kind(most)], 40, u32::MAX);
    close_with_perfect_records(&mut host, 40, 5);
    // 2^32 GPUs at 24 · 10¹² a day, times 10, 2 and 2, times a score above three.
    let gpus = u128::from(u32::MAX);
    assert!(host.protocol.weight(ProviderId(0)) > gpus * 24_000_000_000_000 * 40 * 3);
    assert!(host.protocol.claimable(ProviderId(0)) > Amount::new(1 << 80));
}

#[test]
fn the_smallest_weights_under_the_largest_emission_do_not_break_an_index() {
    let least = MoneyRate::per_hour(Money::from_nano(1));
    let mut host = crowded(&[kind(least)], 1, 1);
    close_with_perfect_records(&mut host, 1, 5);
    let owner = host.protocol.owner(ProviderId(0));
    host.run(Operation::Claim {
        provider: ProviderId(0),
    });
    host.run(Operation::ClaimDelegation {
        delegator: owner,
        provider: ProviderId(0),
    });
    host.close();
}

#[test]
fn commitments_and_growth_without_end_do_not_pass_the_last_epoch() {
    let mut params = far();
    params.commitment.epochs = [0, u32::MAX, u32::MAX];
    params.tenure.step_epochs = u32::MAX;
    params.bond.unbonding_epochs_by_role = [Some(u32::MAX); 4];
    let mut host = Host::new(params);
    let (_, provider) = host.provider(2_880);
    host.close();
    let tier = CommitmentTier::Annual;
    let committed = host.run(Operation::Commit { provider, tier });
    assert_eq!(
        committed,
        Outcome::Committed {
            until_epoch: u32::MAX
        }
    );
    host.close();
    let refused = host.attempt(Operation::Exit { provider });
    assert_eq!(
        refused,
        Err(Error::Committed {
            until_epoch: u32::MAX
        })
    );
}

/// Weights after an epoch in which providers were touched in an order, and again after the next.
fn touched_in(order: &[u32], rule: MarketShareRule) -> Vec<u128> {
    let params = Params {
        market_share: rule,
        ..Params::default()
    };
    let mut host = Host::new(params);
    let owner = host.participant(100_000);
    for index in 0..4 {
        let provider = host.register(owner, 1 + index, 0);
        let amount = host.protocol.bond_full(provider).unwrap();
        host.run(Operation::Bond { provider, amount });
    }
    host.close();
    let mut weights = Vec::new();
    for _ in 0..2 {
        for index in order {
            host.run(Operation::Bond {
                provider: ProviderId(*index),
                amount: token(1),
            });
        }
        weights.extend((0..4).map(|index| host.protocol.weight(ProviderId(index))));
        host.close();
        weights.extend((0..4).map(|index| host.protocol.weight(ProviderId(index))));
    }
    weights
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_touches_inside_an_epoch_does_not_change_a_weight(
        order in Just(vec![0u32, 1, 2, 3]).prop_shuffle(),
        percent in 1u64..100,
        is_bonus: bool,
    ) {
        let ratio = Ratio::from_percent(percent);
        let rule = if is_bonus {
            MarketShareRule::Bonus { gain: ratio, cap: ratio }
        } else {
            MarketShareRule::Damping { above: ratio }
        };
        prop_assert_eq!(touched_in(&order, rule), touched_in(&[0, 1, 2, 3], rule));
    }
}

#[test]
fn a_severe_violation_takes_tenure_and_a_penalty_does_not() {
    let mut params = Params::default();
    params.tenure.step_epochs = 1;
    params.tenure.bonus_per_step = Ratio::from_percent(1);
    let mut host = Host::new(params);
    let (_, provider) = host.provider(2_880);
    host.close_times(3);
    assert_eq!(host.protocol.tenure_steps(provider), 2);
    // A warning, a penalty, a penalty: the steps go on.
    for steps in [3, 4, 5] {
        host.report(provider, ViolationKind::Downtime, host.now);
        host.close();
        assert_eq!(host.protocol.standing(provider), Standing::Active);
        assert_eq!(host.protocol.tenure_steps(provider), steps);
    }
    host.report(provider, ViolationKind::Downtime, host.now);
    host.close();
    assert_eq!(host.protocol.standing(provider), Standing::Suspended);
    assert_eq!(host.protocol.tenure_steps(provider), 0);
}

#[test]
fn commitments_are_told_by_events() {
    let mut params = Params::default();
    params.commitment.epochs = [0, 1, 2];
    let mut host = Host::new(params);
    let (_, provider) = host.provider(2_880);
    host.run(Operation::ObservePrice {
        price: TokenPrice::from_nano_per_token(1_000_000_000),
    });
    host.events();
    let tier = CommitmentTier::Monthly;
    host.run(Operation::Commit { provider, tier });
    host.close_times(2);
    let committed = ProtocolEvent::Committed {
        provider,
        tier,
        until_epoch: 1,
    };
    let ended = ProtocolEvent::CommitmentEnded { provider };
    assert_eq!(host.events(), [committed, ended]);
}

#[test]
fn each_rule_weighs_what_its_page_says() {
    // Full cover of two GPUs of 24 USD a day at a dollar is 120 · 48 tokens; half of it is staked.
    let weight = |weight| {
        let mut host = Host::new(Params {
            weight,
            ..Params::default()
        });
        let owner = host.participant(100_000);
        let provider = host.register(owner, 2, 0);
        let full = host.protocol.bond_full(provider).unwrap().base_units();
        let amount = units::Amount::new(full / 2);
        host.run(Operation::Bond { provider, amount });
        (host.protocol.weight(provider), amount.base_units())
    };
    let (value, staked) = weight(WeightRule::Value);
    assert_eq!(weight(WeightRule::Cover).0, value * 6 / 10);
    assert_eq!(weight(WeightRule::Gpus).0, 2_000_000_000_000);
    assert_eq!(weight(WeightRule::Equal).0, 1_000_000_000_000);
    assert_eq!(weight(WeightRule::Stake).0, staked);
    let root = weight(WeightRule::StakeRoot).0;
    assert!(root * root <= staked && staked < (root + 1) * (root + 1));
}
