//! A seed's stream of operations, wise and foolish: it looks at the naive state, so that a good part of them succeeds.

use stakesim_protocol::*;
use units::{Amount, Ratio, TokenPrice};

use super::compare::Step;
use super::number::ONE;
use super::parameters::{GROUPS, KINDS};
use super::random::Random;
use super::state::{Objection, Oracle, Provider};

pub const PEOPLE: u32 = 20;
/// Providers at work at a time, and ever.
const LIVE: usize = 12;
const EVER: usize = 60;
/// What is judged at once, and the second time for ever.
const ENDING: [ViolationKind; 4] = [
    ViolationKind::MaliciousResult,
    ViolationKind::SecurityBreach,
    ViolationKind::DataBreach,
    ViolationKind::BadGradient,
];

pub struct Generator {
    pub random: Random,
    price: u64,
}

impl Generator {
    pub fn new(random: Random) -> Generator {
        Generator {
            random,
            price: 1_000_000_000,
        }
    }

    fn person(&mut self) -> ParticipantId {
        if self.random.once_in(60) {
            return ParticipantId(PEOPLE + self.random.below(3) as u32);
        }
        ParticipantId(self.random.below(u64::from(PEOPLE)) as u32)
    }

    /// Mostly one that is at work, at times one that has left or never was.
    fn provider(&mut self, oracle: &Oracle) -> ProviderId {
        let count = oracle.providers.len() as u64;
        if count == 0 || self.random.once_in(60) {
            return ProviderId((count + self.random.below(3)) as u32);
        }
        for _ in 0..8 {
            let id = self.random.below(count);
            let standing = oracle.providers[id as usize].standing;
            if !is_gone(standing) || self.random.once_in(8) {
                return ProviderId(id as u32);
            }
        }
        ProviderId(self.random.below(count) as u32)
    }

    /// Nothing, crumbs, part of what is there, all of it, more, or anything.
    fn amount(&mut self, held: u128) -> Amount {
        let random = &mut self.random;
        let amount = match random.below(16) {
            0 => 0,
            1..=2 => u128::from(random.below(10)),
            3..=9 => held / u128::from(random.between(1, 200)),
            10..=11 => held,
            12 => held + 1 + u128::from(random.below(100)),
            13 => held - held / u128::from(random.between(2, 50)),
            _ => 1 << random.below(70),
        };
        Amount::new(amount)
    }

    pub fn close(&mut self, oracle: &Oracle) -> Step {
        if self.random.once_in(50) && oracle.now > 0 {
            return Step::Close(Tick(oracle.now - 1));
        }
        Step::Close(Tick(oracle.now + self.random.below(20)))
    }

    /// The next operation and its moment.
    pub fn operation(&mut self, oracle: &Oracle) -> Step {
        let wait = self.random.below(oracle.params.epoch_ticks / 50 + 1);
        let now = if self.random.once_in(300) && oracle.now > 0 {
            Tick(oracle.now - 1)
        } else {
            Tick(oracle.now + wait)
        };
        let operation = match self.random.below(100) {
            0..=41 => self.stake(oracle),
            42..=63 => self.work(oracle),
            64..=83 => self.observe(oracle, now),
            84..=86 => self.join(oracle),
            87..=92 => self.give(oracle),
            _ => self.take(oracle),
        };
        Step::Do(now, operation)
    }

    fn stake(&mut self, oracle: &Oracle) -> Operation {
        let provider = self.provider(oracle);
        let v = provider.0 as usize;
        let is_known = v < oracle.providers.len();
        let delegator = self.person();
        let free = oracle.balance(Account::Liquid(delegator));
        match self.random.below(10) {
            0..=1 => {
                let owner = oracle.providers.get(v).map_or(0, |provider| provider.owner);
                let held = oracle.balance(Account::Liquid(ParticipantId(owner)));
                let minimum = is_known.then(|| oracle.minimum(v)).flatten();
                let wanted = match minimum {
                    Some(minimum) if self.random.once_in(2) => minimum.min(held),
                    _ => held / 4,
                };
                let amount = self.amount(wanted);
                Operation::Bond { provider, amount }
            }
            2 if self.random.once_in(2) => {
                let amount = self.amount(free / 100);
                Operation::TopUp { provider, amount }
            }
            3 => {
                let held = oracle.balance(Account::SelfBond(provider));
                let minimum = is_known.then(|| oracle.minimum(v)).flatten().unwrap_or(0);
                let spare = held.saturating_sub(minimum);
                let wanted = if self.random.once_in(3) { held } else { spare };
                let amount = self.amount(wanted);
                Operation::Unbond { provider, amount }
            }
            4..=6 => Operation::Delegate {
                delegator,
                provider,
                amount: self.amount(free / 8),
            },
            7 => {
                let delegator = self.delegator(oracle, v, delegator);
                let worth = if is_known {
                    oracle.worth(v, delegator.0)
                } else {
                    0
                };
                Operation::Redelegate {
                    delegator,
                    from: provider,
                    to: self.provider(oracle),
                    amount: self.amount(worth),
                }
            }
            _ => {
                let delegator = self.delegator(oracle, v, delegator);
                let worth = if is_known {
                    oracle.worth(v, delegator.0)
                } else {
                    0
                };
                Operation::Undelegate {
                    delegator,
                    provider,
                    amount: self.amount(worth),
                }
            }
        }
    }

    /// Somebody who has something there, where there is somebody.
    fn delegator(&mut self, oracle: &Oracle, v: usize, otherwise: ParticipantId) -> ParticipantId {
        let Some(provider) = oracle.providers.get(v) else {
            return otherwise;
        };
        let count = provider.delegations.len();
        if count == 0 || self.random.once_in(8) {
            return otherwise;
        }
        let place = self.random.below(count as u64) as usize;
        let id = provider.delegations.keys().nth(place);
        ParticipantId(*id.expect("a place below the count"))
    }

    fn job(&mut self, oracle: &Oracle) -> JobId {
        let count = oracle.jobs.len();
        if count == 0 || self.random.once_in(20) {
            return JobId(self.random.below(1 << 36));
        }
        let place = self.random.below(count as u64) as usize;
        JobId(
            *oracle
                .jobs
                .keys()
                .nth(place)
                .expect("a place below the count"),
        )
    }

    fn work(&mut self, oracle: &Oracle) -> Operation {
        let job = self.job(oracle);
        let many = oracle.jobs.len() > 12;
        match self.random.below(10) {
            0..=2 if !many => {
                let customer = self.person();
                let kind = KindId(self.random.nearly(u64::from(KINDS)) as u16);
                let region = self
                    .random
                    .nearly(oracle.params.valuation.region.len() as u64)
                    as u8;
                let priority = self.random.nearly(4) as u8;
                let group = if self.random.once_in(15) {
                    GroupId(self.random.below(4) as u8)
                } else {
                    GroupId((kind.0 % u16::from(GROUPS)) as u8)
                };
                let free = oracle.balance(Account::Liquid(customer));
                let escrow = self.amount(free / 16);
                Operation::OpenJob {
                    customer,
                    group,
                    kind,
                    escrow,
                    region,
                    priority,
                }
            }
            0..=5 => {
                let provider = self.provider(oracle);
                let usage = match self.random.below(4) {
                    0 => self.random.below(1 << 20),
                    1 => self.random.below(1 << 56),
                    _ => self.random.below(1 << 42),
                };
                Operation::SettleJob {
                    job,
                    provider,
                    usage,
                }
            }
            6..=7 => {
                let customer = oracle.jobs.get(&job.0).map_or(0, |job| job.customer);
                let free = oracle.balance(Account::Liquid(ParticipantId(customer)));
                let amount = self.amount(free / 16);
                Operation::FundJob { job, amount }
            }
            8 => {
                let loss = self.random.below(1 << 50);
                Operation::FailJob {
                    job,
                    provider: self.provider(oracle),
                    loss: match self.random.once_in(20) {
                        true => Amount::MAX,
                        false => Amount::new(u128::from(loss)),
                    },
                    is_fault: self.random.once_in(2),
                }
            }
            _ => Operation::CloseJob { job },
        }
    }

    fn observe(&mut self, oracle: &Oracle, now: Tick) -> Operation {
        // The first price comes late, so that some things are tried without one.
        let is_early = oracle.prices.oracle.is_none() && !self.random.once_in(4);
        match self.random.below(12) {
            _ if is_early => self.measurement(oracle),
            0..=3 => self.measurement(oracle),
            4..=6 => self.report(oracle, now),
            7..=8 => {
                let group = GroupId(self.random.nearly(u64::from(GROUPS)) as u8);
                let (busy, capacity) = self.load();
                Operation::ObserveLoad {
                    group,
                    busy,
                    capacity,
                }
            }
            9..=10 => {
                let kind = KindId(self.random.nearly(u64::from(KINDS)) as u16);
                let (busy, capacity) = self.load();
                Operation::ObserveKindLoad {
                    kind,
                    busy,
                    capacity,
                }
            }
            _ => {
                let by = self.random.between(930, 1_072);
                let jump = if self.random.once_in(12) {
                    self.random.between(500, 2_000)
                } else {
                    1_000
                };
                let price = self.price / 1_000 * by / 1_000 * jump;
                self.price = price.clamp(20_000_000, 50_000_000_000);
                let price = if self.random.once_in(40) {
                    0
                } else {
                    self.price
                };
                Operation::ObservePrice {
                    price: TokenPrice::from_nano_per_token(price),
                }
            }
        }
    }

    fn load(&mut self) -> (u64, u64) {
        let capacity = if self.random.once_in(10) {
            0
        } else {
            self.random.between(1, 1_000)
        };
        let most = capacity + u64::from(self.random.once_in(20));
        (self.random.below(most + 1), capacity)
    }

    fn measurement(&mut self, oracle: &Oracle) -> Operation {
        let provider = self.provider(oracle);
        let random = &mut self.random;
        let up = if random.once_in(3) {
            random.ratio(0, 1_010)
        } else {
            random.ratio(800, 1_000)
        };
        let jobs = random.below(40) as u32;
        let most = if random.once_in(20) {
            60
        } else {
            u64::from(jobs).min(2 + random.below(10))
        };
        Operation::RecordMeasurement {
            provider,
            up,
            jobs,
            failed: random.below(most + 1) as u32,
            response: random.ratio(0, 2_000),
            rating: random.ratio(0, 2_000),
        }
    }

    fn report(&mut self, oracle: &Oracle, now: Tick) -> Operation {
        let provider = self.provider(oracle);
        // What tombstones comes rarely, or nobody would be left.
        let may_end = oracle.providers.len() < EVER - LIVE && self.random.once_in(12);
        let kind = match self.random.below(6) {
            0..=1 if may_end => self.random.one_of(&ENDING),
            2 => self.random.one_of(&ViolationKind::ALL),
            3 => ViolationKind::Downtime,
            _ => ViolationKind::FailedJobs,
        };
        let kind = match oracle.params.matrix_row(kind).tombstone_at {
            0 => kind,
            _ if may_end => kind,
            _ => ViolationKind::FalseReport,
        };
        let severity = self.random.ratio(0, 1_020);
        let term = u64::from(oracle.params.bond.unbonding_epochs) * oracle.params.epoch_ticks;
        let oldest = if self.random.once_in(4) {
            2 * term
        } else {
            term / 2 + 2
        };
        let age = self.random.below(oldest);
        let at = if self.random.once_in(30) {
            now.0 + 1 + age
        } else {
            now.0.saturating_sub(age)
        };
        let reporter = self.random.once_in(2).then(|| self.person());
        let victim = self.random.once_in(2).then(|| self.person());
        let bond = oracle.balance(Account::SelfBond(provider));
        let loss = if self.random.once_in(50) {
            Amount::MAX
        } else {
            self.amount(bond / 10)
        };
        Operation::ReportViolation {
            provider,
            kind,
            at: Tick(at),
            reporter,
            victim,
            loss,
            severity,
        }
    }

    fn join(&mut self, oracle: &Oracle) -> Operation {
        let live = oracle
            .providers
            .iter()
            .filter(|p| !is_gone(p.standing))
            .count();
        let is_room = live < LIVE && oracle.providers.len() < EVER;
        match self.random.below(10) {
            _ if self.random.once_in(2) => self.object(oracle),
            0..=3 if is_room => self.register(),
            0 => Operation::Register {
                owner: self.person(),
                kind: KindId(0),
                gpus: 0,
                tier: 0,
                commission: Ratio::ZERO,
            },
            1 if live > LIVE / 2
                && oracle.providers.len() < EVER - LIVE
                && self.random.once_in(4) =>
            {
                Operation::Exit {
                    provider: self.provider(oracle),
                }
            }
            2 => Operation::Exit {
                provider: self.gone(oracle),
            },
            4..=6 => Operation::Commit {
                provider: self.provider(oracle),
                tier: self.random.one_of(&CommitmentTier::ALL),
            },
            _ => Operation::SetCommission {
                provider: self.provider(oracle),
                commission: self.random.ratio(0, 1_050),
            },
        }
    }

    /// Appeals and their verdicts, and asking to come back.
    fn object(&mut self, oracle: &Oracle) -> Operation {
        let count = oracle.cases.len() as u64;
        let back = self.random.below(count.min(12) + 1);
        let case = CaseId((count + u64::from(self.random.once_in(20)) - back) as u32);
        match self.random.below(4) {
            0 => Operation::Appeal { case },
            1..=2 => {
                let open = (oracle.cases.iter())
                    .rposition(|case| matches!(case.objection, Objection::Open { .. }));
                let is_upheld = self.random.once_in(2);
                match open {
                    Some(place) if !self.random.once_in(4) => Operation::ResolveAppeal {
                        case: CaseId(place as u32),
                        is_upheld,
                    },
                    _ => Operation::ResolveAppeal { case, is_upheld },
                }
            }
            _ => {
                let out =
                    |p: &Provider| matches!(p.standing, Standing::Suspended | Standing::Jailed);
                let out: Vec<usize> = (0..oracle.providers.len())
                    .filter(|v| out(&oracle.providers[*v]))
                    .collect();
                let provider = match out.is_empty() || self.random.once_in(6) {
                    true => self.provider(oracle),
                    false => ProviderId(self.random.one_of(&out) as u32),
                };
                Operation::Unjail { provider }
            }
        }
    }

    /// Contributions, votes and halts.
    fn give(&mut self, oracle: &Oracle) -> Operation {
        let person = self.person();
        let free = oracle.balance(Account::Liquid(person));
        let count = oracle.contributors.len();
        let vouched = oracle
            .contributors
            .get(person.0 as usize % count)
            .map_or(0, |c| c.vouched);
        let each = oracle
            .params
            .contribution
            .bond_per_point
            .base_units()
            .max(1);
        match self.random.below(24) {
            0..=4 => {
                let most = u64::try_from(vouched / each)
                    .unwrap_or(u64::MAX)
                    .min(1 << 40);
                Operation::RecordContribution {
                    by: person,
                    kind: self.random.one_of(&[
                        ContributionKind::Data,
                        ContributionKind::ModelTraining,
                        ContributionKind::ModelPublication,
                        ContributionKind::Governance,
                        ContributionKind::ContractDevelopment,
                    ]),
                    utility: self.random.below(most + 10),
                    quality: self.random.ratio(0, 1_030),
                }
            }
            5..=6 => Operation::Vouch {
                participant: person,
                amount: self.amount(free / 16),
            },
            7 => Operation::Unvouch {
                participant: person,
                amount: self.amount(vouched),
            },
            8..=9 => Operation::ClaimContribution {
                participant: person,
            },
            10 if self.random.once_in(2) => Operation::ForfeitContribution {
                participant: person,
                share: match self.random.below(6) {
                    0 => Ratio::ONE,
                    _ => self
                        .random
                        .ratio(0, 300)
                        .max(Ratio::from_parts(self.random.below(1_030_000_000_000) / 4)),
                },
            },
            10 => Operation::ForfeitContribution {
                participant: person,
                share: self.random.ratio(990, 1_010),
            },
            11 if self.random.once_in(2) => Operation::HaltTrading,
            11..=12 => Operation::ResumeTrading,
            13..=14 => Operation::Propose {
                by: person,
                action: self.action(oracle),
            },
            15..=20 => Operation::Vote {
                voter: person,
                proposal: self.proposal(oracle, ProposalStatus::Voting),
                choice: self.random.one_of(&[
                    Choice::Yes,
                    Choice::Yes,
                    Choice::Yes,
                    Choice::No,
                    Choice::Abstain,
                    Choice::Veto,
                ]),
            },
            _ => Operation::Execute {
                proposal: self.proposal(oracle, ProposalStatus::Passed),
            },
        }
    }

    fn proposal(&mut self, oracle: &Oracle, status: ProposalStatus) -> ProposalId {
        let count = oracle.proposals.len() as u64;
        let of_status: Vec<usize> = (0..oracle.proposals.len())
            .filter(|id| oracle.proposals[*id].status() == Some(status))
            .collect();
        if of_status.is_empty() || self.random.once_in(6) {
            let back = self.random.below(count.min(6) + 1);
            return ProposalId((count - back) as u32);
        }
        ProposalId(self.random.one_of(&of_status) as u32)
    }

    fn action(&mut self, oracle: &Oracle) -> Action {
        let treasury = oracle.balance(Account::Treasury);
        match self.random.below(8) {
            0 => Action::Text,
            1..=3 => Action::Grant {
                to: self.person(),
                amount: self.amount(treasury / 4),
            },
            _ => {
                let parameter = self.random.one_of(&LiveParameter::ALL);
                let value = self.value(oracle, parameter);
                Action::Set { parameter, value }
            }
        }
    }

    /// Near what is legal, so that most changes are.
    fn value(&mut self, oracle: &Oracle, parameter: LiveParameter) -> u128 {
        let unit = 10u128.pow(u32::from(oracle.params.supply.decimals));
        let random = &mut self.random;
        if random.once_in(20) {
            return u128::from(random.next()) << random.below(64);
        }
        let mut share = |most: u64| u128::from(random.ratio(0, most).parts());
        match parameter {
            LiveParameter::EmissionPerEpoch => share(1_000) * 50_000 * unit / ONE,
            LiveParameter::SlashHoldEpochs => u128::from(random.below(5)),
            LiveParameter::UnbondingEpochs => u128::from(random.below(7)),
            LiveParameter::PenaltySlash => share(20),
            LiveParameter::SevereSlash => share(60),
            LiveParameter::MaliciousSlash | LiveParameter::PriceBand => share(400),
            LiveParameter::EmissionDecay => share(5),
            LiveParameter::ProductCap => share(3_000),
            LiveParameter::BurnFee | LiveParameter::PriceStepMax => share(300),
            _ => share(1_000),
        }
    }

    fn gone(&mut self, oracle: &Oracle) -> ProviderId {
        let gone = (oracle.providers.iter()).position(|p| p.standing == Standing::Exited);
        ProviderId(gone.unwrap_or(oracle.providers.len()) as u32)
    }

    fn user(&mut self, oracle: &Oracle, participant: ParticipantId) -> Operation {
        if self.random.once_in(2) {
            let free = oracle.balance(Account::Liquid(participant));
            return Operation::UserStake {
                participant,
                amount: self.amount(free / 8),
            };
        }
        let staked = oracle.balance(Account::UserStake(participant));
        Operation::UserUnstake {
            participant,
            amount: self.amount(staked),
        }
    }

    fn register(&mut self) -> Operation {
        let random = &mut self.random;
        Operation::Register {
            owner: ParticipantId(random.nearly(u64::from(PEOPLE)) as u32),
            kind: KindId(random.nearly(u64::from(KINDS)) as u16),
            gpus: random.between(1, 8) as u32,
            tier: random.nearly(3) as u8,
            commission: random.ratio(0, 1_000),
        }
    }

    fn take(&mut self, oracle: &Oracle) -> Operation {
        let provider = self.provider(oracle);
        let person = self.person();
        match self.random.below(10) {
            0..=1 => Operation::Withdraw {
                participant: person,
            },
            2..=4 => Operation::Claim { provider },
            5..=7 => Operation::ClaimDelegation {
                delegator: self.delegator(oracle, provider.0 as usize, person),
                provider,
            },
            8 if self.random.once_in(2) => self.user(oracle, person),
            8 => {
                let free = oracle.balance(Account::Liquid(person));
                Operation::Transfer {
                    from: person,
                    to: self.person(),
                    amount: self.amount(free / 4),
                }
            }
            _ => Operation::Genesis {
                to: match self.random.below(40) {
                    0 => Account::Issuance,
                    1 => Account::RewardPool,
                    2 => Account::JobEscrow,
                    3 => Account::SlashEscrow,
                    4 => Account::AppealDeposit,
                    5 => Account::ProposalDeposit,
                    6 => Account::SelfBond(provider),
                    7 => Account::Delegated(provider),
                    8 => Account::Unbonding(provider),
                    9 => Account::UserStake(person),
                    10 => Account::Vouched(person),
                    11 => Account::Unbonded(person),
                    12 => Account::Platform,
                    13 => Account::Treasury,
                    14 => Account::Insurance,
                    15 => Account::Locked,
                    _ => Account::Liquid(person),
                },
                amount: self.amount(1_000_000),
            },
        }
    }
}

pub fn is_gone(standing: Standing) -> bool {
    matches!(standing, Standing::Exited | Standing::Tombstoned)
}

/// Who has what at first: most of it free, some of it elsewhere.
pub fn genesis(oracle: &Oracle) -> Vec<Operation> {
    let decimals = oracle.params.supply.decimals;
    let mut operations: Vec<Operation> = (0..PEOPLE)
        .map(|id| Operation::Genesis {
            to: Account::Liquid(ParticipantId(id)),
            amount: Amount::from_tokens(100_000 + 10_000 * u64::from(id), decimals),
        })
        .collect();
    operations.extend(
        [Account::Treasury, Account::Locked, Account::Insurance].map(|to| {
            let amount = Amount::from_tokens(300_000, decimals) + Amount::new(7);
            Operation::Genesis { to, amount }
        }),
    );
    operations
}
