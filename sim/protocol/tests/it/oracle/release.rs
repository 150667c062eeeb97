//! Release: slashes handed out, and those who leave the queue.

use stakesim_protocol::{Account, ParticipantId, ProviderId, UnbondingRule};

use super::close::Closed;
use super::number::{floor, part, parts};
use super::records::{Case, Objection};
use super::state::Oracle;

impl Oracle {
    pub fn release(&mut self, closed: &mut Closed) {
        for place in 0..self.cases.len() {
            if let Objection::Open { deposit, until } = self.cases[place].objection
                && !self.cases[place].is_closed
                && until == self.epoch
            {
                self.reject(place, deposit);
            }
        }
        for place in 0..self.cases.len() {
            let case = &self.cases[place];
            let is_open = matches!(case.objection, Objection::Open { .. });
            if !case.is_closed && !is_open && case.due <= self.epoch {
                let case = case.clone();
                self.hand_out(&case, closed);
                self.cases[place].is_closed = true;
            }
        }
        self.mature(closed);
        for provider in &mut self.providers {
            provider.moves.retain(|moved| moved.due > self.epoch);
        }
    }

    /// Lets leave what may, first come, first served.
    fn mature(&mut self, closed: &mut Closed) {
        let bond = &self.params.bond;
        let mut may = match bond.unbonding {
            UnbondingRule::FixedDelay => u128::MAX,
            UnbondingRule::Queue => {
                part(parts(bond.churn_max), self.staked()).max(bond.churn_floor.base_units())
            }
        };
        let mut waiting = Vec::new();
        for (v, provider) in self.providers.iter().enumerate() {
            let due = provider
                .entries
                .iter()
                .filter(|entry| entry.due <= self.epoch);
            waiting.extend(due.map(|entry| (entry.due, entry.number, v)));
        }
        waiting.sort_unstable();
        for (_, number, v) in waiting {
            let entries = &mut self.providers[v].entries;
            let place = (entries.iter().position(|entry| entry.number == number))
                .expect("it was just listed");
            let entry = &mut entries[place];
            let (owner, goes) = (entry.owner, entry.amount.min(may));
            entry.amount -= goes;
            may -= goes;
            let is_whole = entry.amount == 0;
            let from = Account::Unbonding(ProviderId(v as u32));
            let to = Account::Unbonded(ParticipantId(owner));
            if is_whole {
                entries.remove(place);
            }
            self.post(from, to, goes, "mature");
            closed.matured += goes;
            if !is_whole {
                break;
            }
        }
    }

    fn hand_out(&mut self, case: &Case, closed: &mut Closed) {
        let escrow = Account::SlashEscrow;
        let amount: u128 = case.taken.iter().map(|(_, amount)| amount).sum();
        let losses = case.losses.iter();
        let losses: Vec<(u32, u128)> = losses
            .map(|(victim, loss)| (*victim, self.worth_of_loss(*loss)))
            .collect();
        let lost: u128 = losses.iter().map(|loss| loss.1).sum();
        let mut rest = amount;
        for (victim, loss) in &losses {
            let share = if lost <= amount {
                *loss
            } else {
                floor(amount, *loss, lost)
            };
            self.post(escrow, Oracle::liquid(*victim), share, "slash_compensation");
            rest -= share;
            closed.released[0] += share;
        }
        let ratios = &self.params.slash_release;
        let reporter = part(parts(ratios.reporter), rest);
        let mut insurance = part(parts(ratios.insurance), rest);
        let burned = part(parts(ratios.burn), rest);
        let treasury = rest - reporter - insurance - burned;
        match case.reporter {
            Some(id) => {
                self.post(escrow, Oracle::liquid(id), reporter, "slash_reporter");
                closed.released[1] += reporter;
            }
            None => insurance += reporter,
        }
        self.post(escrow, Account::Insurance, insurance, "slash_insurance");
        self.post(escrow, Account::Issuance, burned, "slash_burn");
        self.post(escrow, Account::Treasury, treasury, "slash_treasury");
        closed.released[2] += insurance;
        closed.released[3] += burned;
        closed.released[4] += treasury;
    }
}
