//! Contributions: points and the bond that vouches for them, what is paid for them, and what of it is held back.

use stakesim_protocol::{
    Account, Category, ContributionKind, Error, Outcome, ParticipantId, Vesting,
};
use units::{Amount, Ratio};

use super::close::Closed;
use super::number::{floor, part, parts};
use super::stake::lacks;
use super::state::{Contributor, Oracle, Schedule};

const BONDED: [Category; 2] = [Category::Data, Category::Model];

impl Oracle {
    pub fn points(&self, category: Category, person: u32) -> u128 {
        let points = self.points.get(&(category as usize, person));
        points.copied().unwrap_or(0)
    }

    pub fn all_points(&self, category: Category) -> u128 {
        (0..self.people)
            .map(|person| self.points(category, person))
            .sum()
    }

    /// Whether so many points more than are recorded would be covered by a bond.
    fn is_covered(&self, person: u32, more: u128, bond: u128) -> bool {
        let recorded = BONDED.map(|category| self.points(category, person));
        let points = recorded.iter().sum::<u128>() + more;
        let each = self.params.contribution.bond_per_point.base_units();
        points
            .checked_mul(each)
            .is_some_and(|needed| needed <= bond)
    }

    pub fn record_contribution(
        &mut self,
        by: u32,
        kind: ContributionKind,
        utility: u64,
        quality: Ratio,
    ) -> Result<Outcome, Error> {
        if quality > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        let points = part(parts(quality), u128::from(utility));
        let (category, needs_bond) = match kind {
            ContributionKind::Data => (Category::Data, true),
            ContributionKind::ModelTraining | ContributionKind::ModelPublication => {
                (Category::Model, true)
            }
            ContributionKind::Governance | ContributionKind::ContractDevelopment => {
                (Category::Engagement, false)
            }
        };
        if needs_bond && !self.is_covered(by, points, self.contributors[by as usize].vouched) {
            return Err(Error::NotVouched);
        }
        *self.points.entry((category as usize, by)).or_default() += points;
        let points = points as u64;
        Ok(Outcome::Contributed { points })
    }

    pub fn vouch(&mut self, person: u32, amount: u128) -> Result<Outcome, Error> {
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        let liquid = Oracle::liquid(person);
        if self.balance(liquid) < amount {
            return Err(lacks(self.balance(liquid)));
        }
        let to = Account::Vouched(ParticipantId(person));
        self.post(liquid, to, amount, "vouch");
        self.contributors[person as usize].vouched += amount;
        Ok(Outcome::Done)
    }

    pub fn unvouch(&mut self, person: u32, amount: u128) -> Result<Outcome, Error> {
        if amount == 0 {
            return Err(Error::ZeroAmount);
        }
        let vouched = self.contributors[person as usize].vouched;
        if vouched < amount {
            return Err(lacks(vouched));
        }
        if !self.is_covered(person, 0, vouched - amount) {
            return Err(Error::NotVouched);
        }
        let due = self.epoch + u64::from(self.params.bond.unbonding_epochs);
        let contributor = &mut self.contributors[person as usize];
        contributor.vouched -= amount;
        match contributor.leaving.last_mut() {
            Some(last) if last.0 == due => last.1 += amount,
            _ => contributor.leaving.push((due, amount)),
        }
        let (amount, epoch) = (Amount::new(amount), due as u32);
        Ok(Outcome::Unbonding { amount, epoch })
    }

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

    pub fn claim_contribution(&mut self, person: u32) -> Outcome {
        let mut contributor = self.vested(person);
        let amount = std::mem::take(&mut contributor.claimable);
        self.contributors[person as usize] = contributor;
        let to = Oracle::liquid(person);
        self.post(Account::RewardPool, to, amount, "contribution_claim");
        Outcome::Claimed(Amount::new(amount))
    }

    pub fn forfeit_contribution(&mut self, person: u32, share: Ratio) -> Result<Outcome, Error> {
        if share > Ratio::ONE {
            return Err(Error::OutOfRange);
        }
        let share = parts(share);
        let mut contributor = self.vested(person);
        let mut held_back = 0;
        for schedule in &mut contributor.schedules {
            let taken = part(share, schedule.held());
            schedule.forfeited += taken;
            held_back += taken;
        }
        contributor.schedules.retain(|schedule| schedule.held() > 0);
        let mut vouched = part(share, contributor.vouched);
        contributor.vouched -= vouched;
        for (_, amount) in &mut contributor.leaving {
            let taken = part(share, *amount);
            *amount -= taken;
            vouched += taken;
        }
        contributor.leaving.retain(|(_, amount)| *amount > 0);
        self.contributors[person as usize] = contributor;
        let (pool, treasury) = (Account::RewardPool, Account::Treasury);
        self.post(pool, treasury, held_back, "contribution_forfeit");
        let bond = Account::Vouched(ParticipantId(person));
        self.post(bond, Account::Insurance, vouched, "vouch_forfeit");
        let (held_back, vouched) = (Amount::new(held_back), Amount::new(vouched));
        Ok(Outcome::Forfeited { held_back, vouched })
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
