//! Delegations: rewards pro rata after commission, and what dividing a delegation changes.

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Amount, Ratio};

use crate::host::*;

#[test]
fn rewards_are_pro_rata_after_commission() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegators = [host.participant(600), host.participant(400)];
    for (delegator, amount) in delegators.into_iter().zip([token(600), token(400)]) {
        host.run(Operation::Delegate {
            delegator,
            provider,
            amount,
        });
    }
    let performance = host.close().by_category[Category::Performance as usize].base_units();
    // Half the stake is delegated, and pays 20 %: the delegators share 40 %, the owner has 60 %.
    let shares = delegators.map(|delegator| {
        host.protocol
            .claimable_delegation(delegator, provider)
            .base_units()
    });
    assert!(shares[0].abs_diff(performance * 24 / 100) <= 3);
    assert!(shares[1].abs_diff(performance * 16 / 100) <= 3);
    assert!(
        host.protocol
            .claimable(provider)
            .base_units()
            .abs_diff(performance * 60 / 100)
            <= 3
    );
    for (delegator, share) in delegators.into_iter().zip(shares) {
        let claimed = host.run(Operation::ClaimDelegation {
            delegator,
            provider,
        });
        assert_eq!(claimed, Outcome::Claimed(Amount::new(share)));
        assert_eq!(host.liquid(delegator), Amount::new(share));
    }
}

#[test]
fn a_new_commission_does_not_reach_rewards_of_before() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegator = host.participant(1_000);
    host.run(Operation::Delegate {
        delegator,
        provider,
        amount: token(1_000),
    });
    host.close();
    let before = host.protocol.claimable_delegation(delegator, provider);
    host.run(Operation::SetCommission {
        provider,
        commission: Ratio::ONE,
    });
    assert_eq!(
        host.protocol.claimable_delegation(delegator, provider),
        before
    );
    host.close();
    assert_eq!(
        host.protocol.claimable_delegation(delegator, provider),
        before
    );
}

#[test]
fn whoever_joins_after_a_slash_does_not_pay_for_it_and_keeps_their_worth() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(2_000);
    let (first, second) = (host.participant(1_000), host.participant(1_000));
    host.run(Operation::Delegate {
        delegator: first,
        provider,
        amount: token(1_000),
    });
    for _ in 0..2 {
        host.report(provider, ViolationKind::Downtime, host.now);
        host.close();
    }
    assert_eq!(host.protocol.delegation(first, provider), token(995));
    host.run(Operation::Delegate {
        delegator: second,
        provider,
        amount: token(995),
    });
    assert_eq!(host.protocol.delegation(second, provider), token(995));
    assert_eq!(host.protocol.delegation(first, provider), token(995));
}

#[test]
fn delegations_fill_the_gap_to_full_weight_and_pass_nothing_beyond_it() {
    let mut host = Host::new(Params::default());
    let (_, full) = host.provider(2_880);
    let (_, filled) = host.provider(1_000);
    let delegator = host.participant(5_000);
    host.run(Operation::Delegate {
        delegator,
        provider: filled,
        amount: token(1_880),
    });
    assert_eq!(host.protocol.weight(filled), host.protocol.weight(full));
    host.run(Operation::Delegate {
        delegator,
        provider: filled,
        amount: token(1_000),
    });
    assert_eq!(host.protocol.weight(filled), host.protocol.weight(full));
}

#[test]
fn nobody_takes_out_more_than_their_stake() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegator = host.participant(100);
    host.run(Operation::Delegate {
        delegator,
        provider,
        amount: token(100),
    });
    let much = Operation::Undelegate {
        delegator,
        provider,
        amount: token(101),
    };
    assert_eq!(
        host.attempt(much),
        Err(Error::InsufficientBalance {
            available: token(100)
        })
    );
    host.run(Operation::Undelegate {
        delegator,
        provider,
        amount: token(100),
    });
    let again = Operation::Undelegate {
        delegator,
        provider,
        amount: token(1),
    };
    assert_eq!(host.attempt(again), Err(Error::UnknownDelegation));
}

#[test]
fn taking_stake_out_keeps_what_it_has_earned() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegator = host.participant(100);
    host.run(Operation::Delegate {
        delegator,
        provider,
        amount: token(100),
    });
    host.close();
    let earned = host.protocol.claimable_delegation(delegator, provider);
    assert!(earned > Amount::ZERO);
    host.run(Operation::Undelegate {
        delegator,
        provider,
        amount: token(100),
    });
    assert_eq!(
        host.protocol.claimable_delegation(delegator, provider),
        earned
    );
    assert_eq!(
        host.run(Operation::ClaimDelegation {
            delegator,
            provider
        }),
        Outcome::Claimed(earned)
    );
    let again = host.attempt(Operation::ClaimDelegation {
        delegator,
        provider,
    });
    assert_eq!(again, Err(Error::UnknownDelegation));
}

#[test]
fn taking_out_crumbs_of_a_slashed_pool_takes_nothing_from_the_others() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let (nibbler, other) = (host.participant(1), host.participant(1));
    for (delegator, units) in [(nibbler, 50), (other, 50)] {
        host.run(Operation::Delegate {
            delegator,
            provider,
            amount: Amount::new(units),
        });
    }
    host.close();
    host.report(provider, ViolationKind::MaliciousResult, host.now);
    host.close();
    // 100 shares are worth 70 units: one unit is 1.43 shares.
    for _ in 0..20 {
        host.run(Operation::Undelegate {
            delegator: nibbler,
            provider,
            amount: Amount::new(1),
        });
        assert!(host.protocol.delegation(other, provider) >= Amount::new(35));
    }
}

/// What delegators who bring `parts` in turn have earned and can take out after some epochs and a slash.
fn outcome_of(parts: &[u64], epochs: u32) -> (Amount, Amount) {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegators: Vec<ParticipantId> = parts
        .iter()
        .map(|part| {
            let delegator = host.participant(*part);
            host.run(Operation::Delegate {
                delegator,
                provider,
                amount: token(*part),
            });
            delegator
        })
        .collect();
    host.close_times(epochs);
    host.report(provider, ViolationKind::MaliciousResult, host.now);
    host.close();
    let sum =
        |worth: &dyn Fn(ParticipantId) -> Amount| delegators.iter().map(|id| worth(*id)).sum();
    let earned = sum(&|id| host.protocol.claimable_delegation(id, provider));
    (earned, sum(&|id| host.protocol.delegation(id, provider)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn dividing_a_delegation_changes_its_worth_by_dust_alone(
        parts in prop::collection::vec(1u64..500, 1..6),
        epochs in 1u32..6,
    ) {
        let (earned, worth) = outcome_of(&[parts.iter().sum()], epochs);
        let (earned_apart, worth_apart) = outcome_of(&parts, epochs);
        let dust = parts.len() as u128 + u128::from(epochs) + 1;
        prop_assert!(earned.base_units().abs_diff(earned_apart.base_units()) <= dust);
        prop_assert!(worth.base_units().abs_diff(worth_apart.base_units()) <= dust);
    }
}
