//! Random operations, wise and foolish: every asset is conserved, every invariant holds after each one, a refusal
//! changes nothing, and stopping half-way changes nothing either.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stakesim_protocol::*;
use units::{Amount, Ratio, TokenPrice};

use crate::host::*;

const PEOPLE: u32 = 5;
const PROVIDERS: u32 = 4;

/// One thing that a host may do. Jobs are named by their place in the list of all jobs ever opened.
#[derive(Clone, Debug)]
enum Step {
    Do(Operation),
    Report {
        provider: ProviderId,
        kind: ViolationKind,
        age: i64,
        people: (Option<ParticipantId>, Option<ParticipantId>),
        loss: Amount,
        severity: Ratio,
    },
    Settle {
        place: usize,
        provider: ProviderId,
        usage: u64,
    },
    Fund {
        place: usize,
        amount: Amount,
    },
    Finish {
        place: usize,
    },
    Fail {
        place: usize,
        provider: ProviderId,
        loss: Amount,
        is_fault: bool,
    },
    Wait(u64),
    Close,
}

fn person() -> impl Strategy<Value = ParticipantId> {
    // One more than there are, so that some are unknown.
    (0..=PEOPLE).prop_map(ParticipantId)
}

/// Few enough to come back to what they have delegated.
fn delegator() -> impl Strategy<Value = ParticipantId> {
    (0..2u32).prop_map(ParticipantId)
}

fn provider() -> impl Strategy<Value = ProviderId> {
    (0..=PROVIDERS).prop_map(ProviderId)
}

/// From a base unit to more than anybody has.
fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        (0u128..10).prop_map(Amount::new),
        (1u64..5_000).prop_map(token),
        (0u32..45, 0u128..100).prop_map(|(bits, odd)| Amount::new((1 << bits) + odd)),
        Just(Amount::MAX),
    ]
}

fn share() -> impl Strategy<Value = Ratio> {
    (0u64..=1_050).prop_map(|parts| Ratio::from_parts(parts * 1_000_000_000))
}

fn stake() -> impl Strategy<Value = Operation> {
    prop_oneof![
        (provider(), amount()).prop_map(|(provider, amount)| Operation::Bond { provider, amount }),
        (provider(), amount())
            .prop_map(|(provider, amount)| Operation::Unbond { provider, amount }),
        (delegator(), provider(), amount()).prop_map(|(delegator, provider, amount)| {
            Operation::Delegate {
                delegator,
                provider,
                amount,
            }
        }),
        (delegator(), provider(), amount()).prop_map(|(delegator, provider, amount)| {
            Operation::Undelegate {
                delegator,
                provider,
                amount,
            }
        }),
        (provider(), share()).prop_map(|(provider, commission)| Operation::SetCommission {
            provider,
            commission
        }),
        provider().prop_map(|provider| Operation::Claim { provider }),
        (delegator(), provider()).prop_map(|(delegator, provider)| Operation::ClaimDelegation {
            delegator,
            provider
        }),
        person().prop_map(|participant| Operation::Withdraw { participant }),
        (provider(), 0usize..3).prop_map(|(provider, tier)| Operation::Commit {
            provider,
            tier: CommitmentTier::ALL[tier],
        }),
        (provider(), amount()).prop_map(|(provider, amount)| Operation::TopUp { provider, amount }),
        (delegator(), provider(), provider(), amount()).prop_map(
            |(delegator, from, to, amount)| {
                Operation::Redelegate {
                    delegator,
                    from,
                    to,
                    amount,
                }
            }
        ),
        (person(), amount()).prop_map(|(participant, amount)| Operation::UserStake {
            participant,
            amount
        }),
        (person(), amount()).prop_map(|(participant, amount)| Operation::UserUnstake {
            participant,
            amount
        }),
    ]
}

fn rare() -> impl Strategy<Value = Operation> {
    prop_oneof![
        1 => provider().prop_map(|provider| Operation::Exit { provider }),
        3 => (person(), amount()).prop_map(|(to, amount)| Operation::Genesis {
            to: Account::Liquid(to),
            amount
        }),
        3 => (person(), person(), amount()).prop_map(|(from, to, amount)| Operation::Transfer {
            from,
            to,
            amount
        }),
        3 => (person(), 0u16..3, 0u32..5, 0u8..4, share()).prop_map(
            |(owner, kind, gpus, tier, commission)| {
                Operation::Register {
                    owner,
                    kind: KindId(kind),
                    gpus,
                    tier,
                    commission,
                }
            }
        ),
        3 => (100_000_000u64..3_000_000_000).prop_map(|nano| Operation::ObservePrice {
            price: TokenPrice::from_nano_per_token(nano)
        }),
        3 => (0u8..2, 0u64..=110).prop_map(|(group, busy)| Operation::ObserveLoad {
            group: GroupId(group),
            busy,
            capacity: 100
        }),
        3 => (0u16..3, 0u64..=110).prop_map(|(kind, busy)| Operation::ObserveKindLoad {
            kind: KindId(kind),
            busy,
            capacity: 100
        }),
    ]
}

fn measured() -> impl Strategy<Value = Operation> {
    (provider(), share(), 0u32..20, 0u32..8, share(), share()).prop_map(
        |(provider, up, jobs, failed, response, rating)| Operation::RecordMeasurement {
            provider,
            up,
            jobs,
            failed,
            response,
            rating,
        },
    )
}

fn reported() -> impl Strategy<Value = Step> {
    let kind = prop_oneof![
        4 => Just(ViolationKind::Downtime),
        4 => Just(ViolationKind::FailedJobs),
        3 => Just(ViolationKind::MaliciousResult),
        6 => prop::sample::select(ViolationKind::ALL.to_vec()),
    ];
    let people = (prop::option::of(person()), prop::option::of(person()));
    let age = -10i64..4 * DAY as i64;
    let report = (provider(), kind, age, people, amount(), share());
    report.prop_map(
        |(provider, kind, age, people, loss, severity)| Step::Report {
            provider,
            kind,
            age,
            people,
            loss,
            severity,
        },
    )
}

/// Few enough that some are open and some closed.
fn objected() -> impl Strategy<Value = Operation> {
    let case = || (0u32..6).prop_map(CaseId);
    prop_oneof![
        3 => case().prop_map(|case| Operation::Appeal { case }),
        3 => (case(), prop::bool::weighted(0.7))
            .prop_map(|(case, is_upheld)| Operation::ResolveAppeal { case, is_upheld }),
        1 => provider().prop_map(|provider| Operation::Unjail { provider }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let place = (0u8..3, 0u8..5);
    let open = (person(), 0u16..3, amount(), place).prop_map(|(customer, kind, escrow, place)| {
        Step::Do(Operation::OpenJob {
            customer,
            group: GroupId(0),
            kind: KindId(kind),
            escrow,
            region: place.0,
            priority: place.1,
        })
    });
    prop_oneof![
        10 => stake().prop_map(Step::Do),
        6 => rare().prop_map(Step::Do),
        4 => measured().prop_map(Step::Do),
        4 => reported(),
        5 => objected().prop_map(Step::Do),
        4 => open,
        4 => (0usize..8, provider(), 0u64..(1 << 56))
            .prop_map(|(place, provider, usage)| Step::Settle { place, provider, usage }),
        1 => (0usize..8, amount()).prop_map(|(place, amount)| Step::Fund { place, amount }),
        2 => (0usize..8).prop_map(|place| Step::Finish { place }),
        1 => (0usize..8, provider(), amount(), any::<bool>())
            .prop_map(|(place, provider, loss, is_fault)| Step::Fail { place, provider, loss, is_fault }),
        3 => (0u64..DAY / 2).prop_map(Step::Wait),
        6 => Just(Step::Close),
    ]
}

/// Short terms, low bounds and thresholds, so that a few epochs see everything.
fn params(is_queue: bool) -> Params {
    let mut params = Params::default();
    if is_queue {
        params.bond.unbonding = UnbondingRule::Queue;
        params.bond.churn_floor = token(100);
        params.bond.unit = BondUnit::Native;
        params.fees.sharing = FeeSharing::AsRewards;
        params.emission.rule = EmissionRule::StableValue;
    }
    params.bond.entries_max = 3;
    params.bond.redelegations_max = 2;
    params.bond.commission_step_max = Ratio::from_percent(50);
    params.users.thresholds = [1, 100, 2_000].map(token);
    params.users.history_epochs = 2;
    params.governance.voting_epochs = 1;
    params.valuation.hour[1] = Ratio::from_percent(37);
    params.valuation.region.push(Ratio::from_percent(1_000));
    params.valuation.priority[3] = Ratio::from_percent(199);
    params.bond.unbonding_epochs = 3;
    params.bond.shortfall_epochs = 2;
    params.slash_release.hold_epochs = 2;
    params.ladder.severe_suspension_epochs = 2;
    params.ladder.malicious_jail_epochs = 2;
    params.ladder.window_epochs = 3;
    params.recovery.epochs = 2;
    params.bond.unbonding_epochs_by_role[Role::Verifier as usize] = Some(5);
    params.commitment.epochs = [0, 1, 3];
    params.tenure.step_epochs = 1;
    params.tenure.bonus_per_step = Ratio::from_percent(4);
    params.market_share = MarketShareRule::Damping {
        above: Ratio::from_percent(30),
    };
    params.fees.provider = Ratio::from_percent(70);
    params.fees.verification = Ratio::from_percent(10);
    params.growth.epochs = 2;
    params.growth.target_gpus = 12;
    params.scaling.growth.gain = Ratio::from_percent(20);
    params.correlation.gain = Ratio::from_percent(300);
    params.appeal.max_epochs = 2;
    params
}

struct World {
    host: Host,
    jobs: Vec<JobId>,
}

impl World {
    fn new(is_queue: bool) -> World {
        let verifier = Kind {
            role: Role::Verifier,
            is_new: true,
            ..dollar_an_hour()
        };
        let mut host = Host::with_kinds(params(is_queue), &[dollar_an_hour(), verifier]);
        host.protocol.record_postings(true);
        for _ in 0..PEOPLE {
            host.participant(20_000);
        }
        for index in 0..PROVIDERS {
            let register = Operation::Register {
                owner: ParticipantId(index % PEOPLE),
                kind: KindId(u16::from(index == 3)),
                gpus: 1 + index,
                tier: 0,
                commission: Ratio::from_percent(10),
            };
            let Outcome::Registered(provider) = host.run(register) else {
                panic!("no provider")
            };
            let amount = host.protocol.bond_min(provider).unwrap();
            host.run(Operation::Bond { provider, amount });
        }
        for id in 0..2 * PROVIDERS {
            let (delegator, provider) = (ParticipantId(id % 2), ProviderId(id / 2));
            let amount = token(100 + u64::from(id));
            host.run(Operation::Delegate {
                delegator,
                provider,
                amount,
            });
        }
        World {
            host,
            jobs: Vec::new(),
        }
    }

    /// Does one step; the operation's result, where there was one.
    fn take(&mut self, step: &Step) -> Option<Result<Outcome, Error>> {
        let job = |place: usize| self.jobs.get(place).copied().unwrap_or(JobId(u64::MAX));
        let operation = match *step {
            // Ages below zero are reports from the future.
            Step::Report {
                provider,
                kind,
                age,
                people: (reporter, victim),
                loss,
                severity,
            } => {
                let at = Tick(self.host.now.0.saturating_add_signed(-age));
                Operation::ReportViolation {
                    provider,
                    kind,
                    at,
                    reporter,
                    victim,
                    loss,
                    severity,
                }
            }
            Step::Do(operation) => operation,
            Step::Settle {
                place,
                provider,
                usage,
            } => Operation::SettleJob {
                job: job(place),
                provider,
                usage,
            },
            Step::Fund { place, amount } => Operation::FundJob {
                job: job(place),
                amount,
            },
            Step::Finish { place } => Operation::CloseJob { job: job(place) },
            Step::Fail {
                place,
                provider,
                loss,
                is_fault,
            } => Operation::FailJob {
                job: job(place),
                provider,
                loss,
                is_fault,
            },
            Step::Wait(ticks) => {
                let end = (u64::from(self.host.protocol.epoch()) + 1) * DAY;
                self.host.now = Tick((self.host.now.0 + ticks).min(end));
                return None;
            }
            Step::Close => {
                self.host.close();
                return None;
            }
        };
        let result = self.host.attempt(operation);
        if let Ok(Outcome::JobOpened(job)) = result {
            self.jobs.push(job);
        }
        Some(result)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_invariant_holds_after_every_step_and_a_refusal_changes_nothing(
        steps in prop::collection::vec(step(), 1..120),
        is_queue in any::<bool>(),
    ) {
        let mut world = World::new(is_queue);
        for step in &steps {
            let before = bytes(&world.host.protocol);
            let result = world.take(step);
            prop_assert_eq!(world.host.protocol.audit(), Ok(()), "after {:?}", step);
            if matches!(result, Some(Err(_))) {
                prop_assert_eq!(before, bytes(&world.host.protocol), "{:?} was refused", step);
            }
        }
    }

    #[test]
    fn stopping_half_way_and_going_on_equals_never_having_stopped(
        steps in prop::collection::vec(step(), 2..80),
        at in any::<prop::sample::Index>(),
        is_queue in any::<bool>(),
    ) {
        let (mut stopped, mut straight) = (World::new(is_queue), World::new(is_queue));
        let at = at.index(steps.len());
        for (index, step) in steps.iter().enumerate() {
            if index == at {
                stopped.host.protocol = postcard::from_bytes(&bytes(&stopped.host.protocol)).unwrap();
            }
            prop_assert_eq!(stopped.take(step), straight.take(step));
        }
        prop_assert_eq!(bytes(&stopped.host.protocol), bytes(&straight.host.protocol));
    }

    #[test]
    fn the_postings_add_up_to_the_balances(
        steps in prop::collection::vec(step(), 1..80),
        is_queue in any::<bool>(),
    ) {
        let mut world = World::new(is_queue);
        for step in &steps {
            world.take(step);
        }
        let protocol = &mut world.host.protocol;
        let postings: Vec<Posting> = protocol.drain_postings().collect();
        let mut balances: BTreeMap<Account, i128> = BTreeMap::new();
        for posting in &postings {
            prop_assert!(!posting.amount.is_zero());
            prop_assert_eq!(posting.reason.from(), posting.from.kind(), "{:?}", posting);
            if let Some(to) = posting.reason.to() {
                prop_assert_eq!(to, posting.to.kind(), "{:?}", posting);
            }
            let amount = posting.amount.base_units() as i128;
            *balances.entry(posting.from).or_default() -= amount;
            *balances.entry(posting.to).or_default() += amount;
        }
        *balances.entry(Account::Issuance).or_default() += protocol.params().supply.max.base_units() as i128;
        for kind in AccountKind::ALL {
            let of_kind = balances.iter().filter(|(account, _)| account.kind() == kind);
            let sum: i128 = of_kind.map(|(_, amount)| amount).sum();
            let held = protocol.held(Asset::Native, kind).base_units() as i128;
            prop_assert_eq!(sum, held, "{:?}", kind);
        }
        for (account, balance) in balances {
            let held = protocol.balance(Asset::Native, account).base_units() as i128;
            prop_assert_eq!(balance, held, "{:?}", account);
        }
        for reason in Reason::ALL {
            let moved: Amount =
                postings.iter().filter(|posting| posting.reason == reason).map(|posting| posting.amount).sum();
            prop_assert_eq!(moved, protocol.tally(Asset::Native, reason, Scope::Lifetime), "{:?}", reason);
        }
    }
}

#[test]
fn time_does_not_go_back() {
    let mut host = Host::new(Params::default());
    let person = host.participant(1);
    host.now = Tick(100);
    host.run(Operation::Withdraw {
        participant: person,
    });
    host.now = Tick(99);
    let refused = host.attempt(Operation::Withdraw {
        participant: person,
    });
    assert_eq!(refused, Err(Error::TimeWentBack { last: Tick(100) }));
    let before = bytes(&host.protocol);
    let refused = host.protocol.end_epoch(host.now, WHY);
    assert_eq!(refused, Err(Error::TimeWentBack { last: Tick(100) }));
    assert_eq!(bytes(&host.protocol), before);
}
