//! Any bytes as a host's doings: what decodes as an operation is asked for, every marker closes an epoch. Nothing may panic, and
//! no invariant break. The fuzz target plays the same way.

use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, TokenPrice};

/// A byte that closes an epoch: no operation begins with it.
const CLOSE: u8 = 0xff;
const DAY: u64 = 86_400;

/// A small network with money, a bond and a delegation.
fn network() -> Protocol {
    let kind = Kind {
        group: GroupId(0),
        list_price_usd: MoneyRate::per_hour(Money::from_usd(1)),
        role: Role::Compute,
        is_new: true,
    };
    let verifier = Kind {
        role: Role::Verifier,
        ..kind
    };
    let kinds = [kind, verifier];
    let mut protocol = Protocol::new(Params::default(), &kinds, 1).expect("the defaults agree");
    let price = TokenPrice::from_nano_per_token(1_000_000_000);
    let mut genesis = vec![Operation::ObservePrice { price }];
    for _ in 0..4 {
        let owner = protocol.open_participant();
        let to = Account::Liquid(owner);
        let amount = Amount::from_tokens(10_000_000, 9);
        genesis.push(Operation::Genesis { to, amount });
    }
    for owner in [0, 1] {
        let (provider, amount) = (ProviderId(owner), Amount::from_tokens(1_000, 9));
        genesis.push(Operation::Register {
            owner: ParticipantId(owner),
            kind: KindId(owner as u16),
            gpus: 1,
            tier: 0,
            commission: units::Ratio::ZERO,
        });
        genesis.push(Operation::Bond { provider, amount });
        genesis.push(Operation::Delegate {
            delegator: ParticipantId(2),
            provider,
            amount,
        });
    }
    for operation in genesis {
        let done = protocol.apply(Tick(0), Cause(0), operation);
        done.expect("legal by construction");
    }
    protocol
}

/// Plays bytes on a fresh network and gives how many operations were asked for.
///
/// # Panics
/// When an invariant breaks.
pub fn play(mut bytes: &[u8]) -> u32 {
    let mut protocol = network();
    let (mut now, mut asked) = (Tick(0), 0);
    while let Some((&first, rest)) = bytes.split_first() {
        if first == CLOSE {
            now.0 = now.0.saturating_add(DAY);
            let closed = protocol.end_epoch(now, Cause(0));
            assert!(closed.is_ok_and(|summary| summary.audit_ok()));
            bytes = rest;
            continue;
        }
        // The byte after an operation says how much time passes.
        match postcard::take_from_bytes::<Operation>(bytes) {
            Ok((operation, rest)) => {
                asked += 1;
                let _ = protocol.apply(now, Cause(asked.into()), operation);
                let (&wait, rest) = rest.split_first().unwrap_or((&0, rest));
                now.0 = now.0.saturating_add(u64::from(wait) * 600);
                bytes = rest;
            }
            Err(_) => bytes = rest,
        }
    }
    assert_eq!(protocol.audit(), Ok(()));
    asked
}
