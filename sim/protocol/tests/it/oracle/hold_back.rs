//! What contributions are paid, what of it is held back, and what of that has vested.

use stakesim_protocol::{Account, Category, ParticipantId, Vesting};

use super::close::Closed;
use super::number::{floor, part, parts};
use super::state::Oracle;
use super::things::{Contributor, Schedule};

impl Oracle {
    /// A contributor with all that has vested by now.
    pub fn vested(&self, person: u32) -> Contributor {
        let mut contributor = self.contributors[person as usize].clone();
        let params = &self.params.contribution;
        let over = u64::from(params.hold_back_epochs);
        for schedule in &mut contributor.schedules {
            let begin = schedule.start + u64::from(params.cliff_epochs);
            let base = schedule.total - schedule.forfeited;
            let vested = match over {
                0 if self.epoch < begin => 0,
                0 => base,
                _ if self.epoch <= begin => 0,
                _ => {
                    let passed = (self.epoch - begin).min(over);
                    floor(base, u128::from(passed), u128::from(over))
                }
            };
            let pay = vested.saturating_sub(schedule.released);
            schedule.released += pay;
            contributor.claimable += pay;
        }
        contributor.schedules.retain(|schedule| schedule.held() > 0);
        contributor
    }

    /// Divides what a category has for contributions by points.
    pub fn pay_points(&mut self, category: Category, budget: u128) -> u128 {
        let all = self.all_points(category);
        let params = self.params.contribution.clone();
        let every = u64::from(params.schedule_epochs);
        let start = self.epoch.div_ceil(every) * every;
        let mut paid = 0;
        for person in 0..self.people {
            let points = self.points(category, person);
            if points == 0 {
                continue;
            }
            let amount = floor(budget, points, all);
            let held = match params.vesting {
                Vesting::None => 0,
                Vesting::LinearWithCliff => part(parts(params.hold_back), amount),
            };
            let mut contributor = self.vested(person);
            contributor.claimable += amount - held;
            if held > 0 {
                match contributor
                    .schedules
                    .iter_mut()
                    .find(|schedule| schedule.start == start)
                {
                    Some(schedule) => schedule.total += held,
                    None => contributor.schedules.push(Schedule {
                        start,
                        total: held,
                        forfeited: 0,
                        released: 0,
                    }),
                }
            }
            self.contributors[person as usize] = contributor;
            paid += amount;
        }
        let to = Account::RewardPool;
        self.post(Account::Issuance, to, paid, "emission_contribution");
        paid
    }

    /// Vouching bond that has come to the end of its delay.
    pub fn release_vouched(&mut self, closed: &mut Closed) {
        for person in 0..self.people {
            let leaving = std::mem::take(&mut self.contributors[person as usize].leaving);
            for (due, amount) in leaving {
                if due > self.epoch {
                    self.contributors[person as usize]
                        .leaving
                        .push((due, amount));
                    continue;
                }
                let id = ParticipantId(person);
                self.post(
                    Account::Vouched(id),
                    Account::Unbonded(id),
                    amount,
                    "vouch_mature",
                );
                closed.matured += amount;
            }
        }
    }
}
