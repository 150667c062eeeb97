//! What the host says it has seen, some of it nonsense.

use stakesim_protocol::*;
use units::{Amount, TokenPrice};

use super::super::parameters::{GROUPS, KINDS};
use super::super::state::Oracle;
use super::Generator;
use super::{EVER, LIVE};

/// What is judged at once, and the second time for ever.
const ENDING: [ViolationKind; 4] = [
    ViolationKind::MaliciousResult,
    ViolationKind::SecurityBreach,
    ViolationKind::DataBreach,
    ViolationKind::BadGradient,
];

impl Generator {
    pub fn observe(&mut self, oracle: &Oracle, now: Tick) -> Operation {
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

    pub fn load(&mut self) -> (u64, u64) {
        let capacity = if self.random.once_in(10) {
            0
        } else {
            self.random.between(1, 1_000)
        };
        let most = capacity + u64::from(self.random.once_in(20));
        (self.random.below(most + 1), capacity)
    }

    pub fn measurement(&mut self, oracle: &Oracle) -> Operation {
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

    pub fn report(&mut self, oracle: &Oracle, now: Tick) -> Operation {
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
}
