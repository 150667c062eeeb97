//! Contributions: points and the bond that vouches for them, what is paid for them, and what of it is held back.

use stakesim_protocol::{Account, Category, ContributionKind, Error, Outcome, ParticipantId};
use units::{Amount, Ratio};

use super::number::{part, parts};
use super::stake::lacks;
use super::state::Oracle;

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
        if self.to_bond(person) < amount {
            return Err(lacks(self.to_bond(person)));
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
}
