//! Random contributions, votes, guards and halts, wise and foolish: every invariant holds after each one, a refusal
//! changes nothing, and nothing panics at the ends of the ranges.

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Amount, Ratio, TokenPrice};

use crate::host::*;

const PEOPLE: u32 = 4;

fn person() -> impl Strategy<Value = ParticipantId> {
    prop_oneof![20 => (0..PEOPLE).prop_map(ParticipantId), 1 => Just(ParticipantId(u32::MAX))]
}

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        8 => (0u128..3_000).prop_map(Amount::new),
        1 => Just(Amount::MAX),
    ]
}

fn share() -> impl Strategy<Value = Ratio> {
    prop_oneof![
        (0u64..=1_050).prop_map(|parts| Ratio::from_parts(parts * 1_000_000_000)),
        Just(Ratio::MAX),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let value = prop_oneof![
        4 => (0u128..2_000).prop_map(|parts| parts * 1_000_000_000),
        2 => 0u128..30,
        1 => Just(u128::MAX),
    ];
    let parameter = (0..LiveParameter::ALL.len()).prop_map(|index| LiveParameter::ALL[index]);
    prop_oneof![
        Just(Action::Text),
        (person(), amount()).prop_map(|(to, amount)| Action::Grant { to, amount }),
        (parameter, value).prop_map(|(parameter, value)| Action::Set { parameter, value }),
    ]
}

fn proposal() -> impl Strategy<Value = ProposalId> {
    (0u32..6).prop_map(ProposalId)
}

fn contributed() -> impl Strategy<Value = Operation> {
    let kind = (0usize..5).prop_map(|index| ContributionKind::ALL[index]);
    let utility = prop_oneof![6 => 0u64..300, 1 => Just(u64::MAX)];
    prop_oneof![
        3 => (person(), kind, utility, share()).prop_map(|(by, kind, utility, quality)| {
            Operation::RecordContribution { by, kind, utility, quality }
        }),
        2 => (person(), amount())
            .prop_map(|(participant, amount)| Operation::Vouch { participant, amount }),
        1 => (person(), amount())
            .prop_map(|(participant, amount)| Operation::Unvouch { participant, amount }),
        2 => person().prop_map(|participant| Operation::ClaimContribution { participant }),
        1 => (person(), share())
            .prop_map(|(participant, share)| Operation::ForfeitContribution { participant, share }),
    ]
}

fn voted() -> impl Strategy<Value = Operation> {
    let choice = prop_oneof![
        5 => Just(Choice::Yes),
        1 => Just(Choice::No),
        1 => Just(Choice::Abstain),
        1 => Just(Choice::Veto),
    ];
    prop_oneof![
        2 => (person(), amount())
            .prop_map(|(participant, amount)| Operation::UserStake { participant, amount }),
        1 => (person(), amount())
            .prop_map(|(participant, amount)| Operation::UserUnstake { participant, amount }),
        3 => (person(), action()).prop_map(|(by, action)| Operation::Propose { by, action }),
        6 => (person(), proposal(), choice)
            .prop_map(|(voter, proposal, choice)| Operation::Vote { voter, proposal, choice }),
        4 => proposal().prop_map(|proposal| Operation::Execute { proposal }),
    ]
}

/// None closes the epoch.
fn step() -> impl Strategy<Value = Option<Operation>> {
    let price = (1u64..5_000_000_000).prop_map(|nano| Operation::ObservePrice {
        price: TokenPrice::from_nano_per_token(nano),
    });
    let rare = prop_oneof![
        2 => (person(), person(), amount())
            .prop_map(|(from, to, amount)| Operation::Transfer { from, to, amount }),
        1 => Just(Operation::HaltTrading),
        2 => Just(Operation::ResumeTrading),
        3 => price,
    ];
    prop_oneof![
        5 => contributed().prop_map(Some),
        8 => voted().prop_map(Some),
        2 => rare.prop_map(Some),
        6 => Just(None),
    ]
}

/// Short terms and all guards on.
fn params(weight: VotingRule) -> Params {
    let mut params = Params::default();
    params.emission.per_epoch = Amount::new(10_007);
    params.bond.unbonding_epochs = 2;
    params.contribution = ContributionParams {
        bond_per_point: Amount::new(3),
        hold_back_epochs: 3,
        cliff_epochs: 1,
        schedule_epochs: 2,
        ..params.contribution
    };
    params.governance = GovernanceParams {
        deposit: Amount::new(5),
        voting_epochs: 1,
        timelock_epochs: 0,
        grace_epochs: 2,
        open_max: 3,
        quorum: Ratio::from_percent(10),
        weight,
        ..params.governance
    };
    params.guard = GuardParams {
        fee_floor: Ratio::from_percent(1),
        fee_patience: 2,
        runway_min: 3,
        solvency_min: Ratio::from_percent(10),
        inflation_max: Ratio::from_percent(300),
        year_epochs: 3,
        halts_trading: true,
        ..params.guard
    };
    params
}

fn host(rule: u8) -> Host {
    let weight = match rule {
        0 => VotingRule::Linear,
        1 => VotingRule::Capped {
            share: Ratio::from_percent(30),
        },
        _ => VotingRule::Quadratic,
    };
    let mut host = Host::new(params(weight));
    for _ in 0..PEOPLE {
        let id = host.participant(0);
        let (to, amount) = (Account::Liquid(id), Amount::new(9_000));
        host.run(Operation::Genesis { to, amount });
        host.run(Operation::UserStake {
            participant: id,
            amount: Amount::new(1_000 + u128::from(id.0)),
        });
    }
    host
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_invariant_holds_and_a_refusal_changes_nothing(
        rule in 0u8..3,
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut host = host(rule);
        for step in &steps {
            let before = bytes(&host.protocol);
            let Some(operation) = step else {
                let summary = host.close();
                prop_assert!(summary.minted <= summary.budget && summary.budget <= summary.ceiling);
                continue;
            };
            let result = host.attempt(*operation);
            prop_assert_eq!(host.protocol.audit(), Ok(()), "after {:?}", step);
            if result.is_err() {
                prop_assert_eq!(before, bytes(&host.protocol), "{:?} was refused", step);
            }
        }
        prop_assert_eq!(host.protocol.params().check(), Ok(()));
    }

    #[test]
    fn stopping_half_way_and_going_on_equals_never_having_stopped(
        steps in prop::collection::vec(step(), 2..60),
        at in any::<prop::sample::Index>(),
    ) {
        let (mut stopped, mut straight) = (host(0), host(0));
        let at = at.index(steps.len());
        for (index, step) in steps.iter().enumerate() {
            if index == at {
                stopped.protocol = postcard::from_bytes(&bytes(&stopped.protocol)).unwrap();
            }
            for host in [&mut stopped, &mut straight] {
                match step {
                    Some(operation) => drop(host.attempt(*operation)),
                    None => drop(host.close()),
                }
            }
        }
        prop_assert_eq!(bytes(&stopped.protocol), bytes(&straight.protocol));
    }

    #[test]
    fn nobody_has_more_of_a_hold_back_than_the_line_allows(
        claims in prop::collection::vec(any::<bool>(), 12),
        utilities in prop::collection::vec(0u64..9, 12),
    ) {
        let mut params = params(VotingRule::Linear);
        params.contribution.schedule_epochs = 1;
        let mut host = Host::new(params);
        let person = host.participant(0);
        let (mut earned, mut paid) = (Amount::ZERO, Amount::ZERO);
        for (claim, utility) in claims.into_iter().zip(utilities) {
            let kind = ContributionKind::ContractDevelopment;
            host.run(Operation::RecordContribution { by: person, kind, utility, quality: Ratio::ONE });
            let summary = host.close();
            earned += summary.by_category[Category::Engagement as usize];
            if claim {
                let Outcome::Claimed(amount) =
                    host.run(Operation::ClaimContribution { participant: person })
                else {
                    panic!("a claim claims")
                };
                paid += amount;
            }
            let open = host.protocol.claimable_contribution(person) + host.protocol.held_back(person);
            prop_assert_eq!(paid + open, earned);
        }
    }
}
