//! The audit sees a wrong posting: one base unit is made to go missing in each of six places, and each time the first close
//! or check after it says so. Built with `--features canary` only.

use stakesim_protocol::canary::{Plant, plant, strikes};
use stakesim_protocol::*;
use units::{Amount, Ratio};

use crate::host::*;

/// Seeds of each place.
const SEEDS: u64 = 50;

/// A network whose sizes follow from a seed, so that the missing unit goes missing among other numbers each time.
fn network(seed: u64) -> (Host, ParticipantId, ProviderId) {
    let mut params = Params::default();
    params.vesting.share = Ratio::from_percent(50);
    params.fees.sharing = FeeSharing::AsRewards;
    let mut host = Host::new(params);
    let (owner, provider) = host.provider(1_000 + seed * 37);
    let other = host.participant(5_000);
    host.run(Operation::Delegate {
        delegator: other,
        provider,
        amount: Amount::new(1_000_000_007 * u128::from(seed + 1)),
    });
    (host, owner, provider)
}

/// Does what the fault lies in the way of, and says whether the audit has found it.
fn is_caught(fault: Plant, seed: u64) -> bool {
    let (mut host, owner, provider) = network(seed);
    plant(Some(fault));
    match fault {
        Plant::Ledger => {
            let to = host.protocol.open_participant();
            let amount = Amount::new(u128::from(seed + 1));
            let from = owner;
            host.run(Operation::Transfer { from, to, amount });
        }
        Plant::Unbond => {
            let amount = Amount::new(u128::from(seed + 1));
            host.run(Operation::Unbond { provider, amount });
        }
        Plant::Slash => host.report(provider, ViolationKind::MaliciousResult, host.now),
        Plant::Distribute => {}
        Plant::Vesting => {
            // A reward is held, and has vested in part when it is claimed again.
            for _ in 0..2 {
                host.close();
                host.run(Operation::Claim { provider });
            }
        }
        Plant::SharedFees => {
            let escrow = Amount::from_tokens(seed + 1, 9);
            let Outcome::JobOpened(job) = host.run(Operation::OpenJob {
                customer: owner,
                group: GroupId(0),
                kind: KindId(0),
                escrow,
                region: 0,
                priority: 0,
            }) else {
                panic!("opening a job opens a job")
            };
            let usage = u64::MAX;
            host.run(Operation::SettleJob {
                job,
                provider,
                usage,
            });
        }
    }
    host.now = Tick(host.now.0 + DAY);
    let closed = host.protocol.end_epoch(host.now, WHY).unwrap();
    let has_struck = strikes() > 0;
    plant(None);
    assert!(has_struck, "{fault:?} was not in the way of seed {seed}");
    closed.audit_fault.is_some()
}

#[test]
fn every_planted_posting_is_caught_every_time() {
    for fault in Plant::ALL {
        for seed in 0..SEEDS {
            assert!(is_caught(fault, seed), "{fault:?}, seed {seed}");
        }
    }
}

#[test]
fn without_a_plant_nothing_is_found() {
    for seed in 0..SEEDS {
        let (mut host, _, provider) = network(seed);
        host.report(provider, ViolationKind::MaliciousResult, host.now);
        host.close();
    }
}
