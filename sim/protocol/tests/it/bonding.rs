//! Coming, bonding, being short, leaving.

use stakesim_protocol::*;
use units::{Amount, TokenPrice};

use crate::host::*;

#[test]
fn a_provider_is_active_from_its_minimum_bond_on() {
    let mut host = Host::new(Params::default());
    let owner = host.participant(2_000);
    let provider = host.register(owner, 2, 0);
    assert_eq!(host.protocol.bond_min(provider), Some(token(1_440)));
    host.run(Operation::Bond {
        provider,
        amount: token(1_439),
    });
    assert_eq!(host.protocol.standing(provider), Standing::Registered);
    host.run(Operation::Bond {
        provider,
        amount: token(1),
    });
    assert_eq!(host.protocol.standing(provider), Standing::Active);
    assert!(host.protocol.may_take_jobs(provider));
}

#[test]
fn a_bond_may_go_down_to_its_minimum_or_to_nothing() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let refused = host.attempt(Operation::Unbond {
        provider,
        amount: token(281),
    });
    assert_eq!(
        refused,
        Err(Error::BelowMinimumBond {
            minimum: token(720)
        })
    );
    host.run(Operation::Unbond {
        provider,
        amount: token(280),
    });
    assert_eq!(host.protocol.standing(provider), Standing::Active);
    host.run(Operation::Unbond {
        provider,
        amount: token(720),
    });
    assert_eq!(host.protocol.standing(provider), Standing::Registered);
    assert_eq!(host.protocol.unbonding(provider), token(1_000));
}

#[test]
fn unbonding_takes_its_delay_and_not_an_epoch_less() {
    let mut host = Host::new(Params::default());
    let (owner, provider) = host.provider(1_000);
    host.close_times(3);
    let outcome = host.run(Operation::Unbond {
        provider,
        amount: token(1_000),
    });
    assert_eq!(
        outcome,
        Outcome::Unbonding {
            amount: token(1_000),
            epoch: 17
        }
    );
    host.close_times(14);
    assert_eq!(
        host.run(Operation::Withdraw { participant: owner }),
        Outcome::Withdrawn(Amount::ZERO)
    );
    assert_eq!(host.close().matured, token(1_000));
    assert_eq!(
        host.run(Operation::Withdraw { participant: owner }),
        Outcome::Withdrawn(token(1_000))
    );
    assert_eq!(host.liquid(owner), token(11_000));
}

#[test]
fn a_lasting_price_fall_stops_new_jobs_and_slashes_nothing() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(720);
    let mut closes = 0;
    while host.protocol.may_take_jobs(provider) {
        host.run(Operation::ObservePrice {
            price: TokenPrice::from_nano_per_token(400_000_000),
        });
        assert_eq!(host.close().slashed, [Amount::ZERO; ViolationKind::COUNT]);
        closes += 1;
    }
    // 0.4 + 0.6 · (29/31)^n falls below 0.7 at n = 11, and must stay there for seven closes.
    assert_eq!(closes, 17);
    assert_eq!(host.protocol.bonded(provider), token(720));
    // It is worth its tolerance again with what is missing to 70 % of the minimum.
    let minimum = host.protocol.bond_min(provider).unwrap();
    host.run(Operation::Bond {
        provider,
        amount: minimum - token(720),
    });
    assert!(host.protocol.may_take_jobs(provider));
}

#[test]
fn a_short_bond_is_announced_at_the_next_touch_and_so_is_its_top_up() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(720);
    for _ in 0..20 {
        host.run(Operation::ObservePrice {
            price: TokenPrice::from_nano_per_token(400_000_000),
        });
        host.close();
    }
    host.events();
    host.measure(provider, 100);
    host.close();
    assert_eq!(host.events(), [ProtocolEvent::Underbonded { provider }]);
    host.run(Operation::Bond {
        provider,
        amount: token(720),
    });
    assert_eq!(host.events(), [ProtocolEvent::Topped { provider }]);
}

#[test]
fn leaving_takes_the_delegators_along() {
    let mut host = Host::new(Params::default());
    let (owner, provider) = host.provider(1_000);
    let delegators = [host.participant(100), host.participant(200)];
    for (delegator, amount) in delegators.into_iter().zip([token(100), token(200)]) {
        host.run(Operation::Delegate {
            delegator,
            provider,
            amount,
        });
    }
    host.close();
    let outcome = host.run(Operation::Exit { provider });
    assert_eq!(
        outcome,
        Outcome::Unbonding {
            amount: token(1_300),
            epoch: 15
        }
    );
    assert_eq!(host.protocol.standing(provider), Standing::Exited);
    assert_eq!(host.protocol.weight(provider), 0);
    host.close_times(15);
    for participant in [owner, delegators[0], delegators[1]] {
        host.run(Operation::Withdraw { participant });
    }
    assert_eq!(host.liquid(owner), token(11_000));
    assert_eq!(host.liquid(delegators[1]), token(200));
    let again = host.attempt(Operation::Bond {
        provider,
        amount: token(1_000),
    });
    assert_eq!(again, Err(Error::WrongStanding(Standing::Exited)));
}

#[test]
fn genesis_ends_with_the_first_epoch() {
    let mut host = Host::new(Params::default());
    host.run(Operation::Genesis {
        to: Account::Locked,
        amount: token(5),
    });
    assert_eq!(
        (host.protocol.minted(), host.protocol.circulating()),
        (token(5), Amount::ZERO)
    );
    host.close();
    let late = Operation::Genesis {
        to: Account::Treasury,
        amount: token(5),
    };
    assert_eq!(host.attempt(late), Err(Error::GenesisIsOver));
}

#[test]
fn a_bond_made_short_by_a_slash_has_the_full_time_to_be_topped_up() {
    let mut params = Params::default();
    params.bond.price_ema_epochs = 1;
    let mut host = Host::new(params);
    let (_, provider) = host.provider(720);
    // At this price 70 % of the minimum are 718 tokens; a penalty leaves 716.4.
    host.run(Operation::ObservePrice {
        price: TokenPrice::from_nano_per_token(701_949_861),
    });
    host.close_times(10);
    assert!(host.protocol.may_take_jobs(provider));
    for _ in 0..2 {
        host.report(provider, ViolationKind::Downtime, host.now);
    }
    host.close();
    let mut closes = 1;
    while host.protocol.may_take_jobs(provider) {
        host.close();
        closes += 1;
    }
    assert_eq!(closes, 7);
}
