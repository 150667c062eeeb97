//! Jobs: opened, funded, settled, failed and closed.

use stakesim_protocol::*;
use units::Amount;

use super::super::parameters::{GROUPS, KINDS};
use super::super::state::Oracle;
use super::Generator;

impl Generator {
    pub fn job(&mut self, oracle: &Oracle) -> JobId {
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

    pub fn work(&mut self, oracle: &Oracle) -> Operation {
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
}
