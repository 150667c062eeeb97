//! Independent operations: whatever order they come in within a moment, everybody ends with the same.

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Amount, Ratio};

use crate::host::*;

/// Providers, each with an owner, a delegator and a customer of its own, so that nothing one group does touches another's.
const GROUPS: u32 = 6;

struct Group {
    owner: ParticipantId,
    delegator: ParticipantId,
    provider: ProviderId,
}

fn network() -> (Host, Vec<Group>) {
    let mut host = Host::new(Params::default());
    let group = |host: &mut Host| {
        let (owner, provider) = host.provider(1_000);
        let delegator = host.participant(5_000);
        let amount = token(333);
        host.run(Operation::Delegate {
            delegator,
            provider,
            amount,
        });
        Group {
            owner,
            delegator,
            provider,
        }
    };
    let groups = (0..GROUPS).map(|_| group(&mut host)).collect();
    host.close();
    (host, groups)
}

/// One thing that a group does, different for each.
fn operation(at: usize, group: &Group, size: u64) -> Operation {
    let &Group {
        owner,
        delegator,
        provider,
    } = group;
    let amount = Amount::new(u128::from(size) + 1);
    match at {
        0 => Operation::Bond { provider, amount },
        1 => Operation::Exit { provider },
        2 => Operation::Undelegate {
            delegator,
            provider,
            amount,
        },
        3 => Operation::Claim { provider },
        4 => Operation::ReportViolation {
            provider,
            kind: ViolationKind::MaliciousResult,
            at: Tick(DAY),
            reporter: Some(delegator),
            victim: Some(owner),
            loss: amount,
            severity: Ratio::ONE,
        },
        _ => Operation::RecordMeasurement {
            provider,
            up: Ratio::from_parts(size.min(1_000_000_000_000)),
            jobs: 9,
            failed: 1,
            response: Ratio::ONE,
            rating: Ratio::ONE,
        },
    }
}

/// Every balance and standing after the operations in some order and three closes.
fn end(order: &[usize], sizes: &[u64]) -> (Vec<Amount>, Vec<Standing>) {
    let (mut host, groups) = network();
    for &at in order {
        host.run(operation(at, &groups[at], sizes[at]));
    }
    host.close_times(3);
    let native = |account| host.protocol.balance(Asset::Native, account);
    let mut balances = vec![
        native(Account::Issuance),
        native(Account::RewardPool),
        native(Account::Treasury),
        native(Account::SlashEscrow),
    ];
    for group in &groups {
        let id = group.provider;
        balances.extend([
            native(Account::SelfBond(id)),
            native(Account::Delegated(id)),
            native(Account::Unbonding(id)),
            native(Account::Liquid(group.owner)),
            native(Account::Liquid(group.delegator)),
            host.protocol.claimable(id),
            host.protocol.claimable_delegation(group.delegator, id),
        ]);
    }
    let standings = groups.iter().map(|of| host.protocol.standing(of.provider));
    (balances, standings.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_independent_operations_does_not_matter(
        order in Just((0..GROUPS as usize).collect::<Vec<_>>()).prop_shuffle(),
        sizes in prop::collection::vec(0u64..300_000_000_000, GROUPS as usize),
    ) {
        let straight: Vec<_> = (0..GROUPS as usize).collect();
        prop_assert_eq!(end(&order, &sizes), end(&straight, &sizes));
    }
}
