//! A seed's stream of operations, wise and foolish: it looks at the naive state, so that a good part of them succeeds.

mod give;
mod observe;
mod stake;
mod standing;
mod work;

use stakesim_protocol::*;
use units::Amount;

use super::compare::Step;
use super::random::Random;
use super::state::Oracle;

pub const PEOPLE: u32 = 20;
/// Providers at work at a time, and ever.
const LIVE: usize = 12;
const EVER: usize = 60;

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
            87..=95 => self.give(oracle),
            _ => self.take(oracle),
        };
        Step::Do(now, operation)
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
            8 if self.random.once_in(3) => {
                let dollars = oracle.balance_of(Asset::Stable, Account::Liquid(person));
                let unit = 10u128.pow(u32::from(oracle.params.supply.decimals));
                match self.random.once_in(2) {
                    true => Operation::RedeemStable {
                        participant: person,
                        amount: self.amount(dollars / 16),
                    },
                    // At times more than there can be.
                    false => Operation::DepositStable {
                        participant: person,
                        amount: match self.random.once_in(20) {
                            true => Amount::new(1 << 97),
                            false => self.amount(10_000 * unit),
                        },
                    },
                }
            }
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
                    16 => Account::VerificationPool,
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
    operations.extend((0..PEOPLE).map(|id| Operation::DepositStable {
        participant: ParticipantId(id),
        amount: Amount::from_tokens(100_000 + 10_000 * u64::from(id), decimals),
    }));
    operations.extend(
        [Account::Treasury, Account::Locked, Account::Insurance].map(|to| {
            let amount = Amount::from_tokens(300_000, decimals) + Amount::new(7);
            Operation::Genesis { to, amount }
        }),
    );
    operations
}
