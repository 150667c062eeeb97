//! Release: slashes handed out, and the queue that has come to its end.

use stakesim_protocol::{Account, ParticipantId, ProviderId};

use super::close::Closed;
use super::number::{floor, part, parts};
use super::state::{Hold, Oracle};

impl Oracle {
    pub fn release(&mut self, closed: &mut Closed) {
        let (due, later): (Vec<Hold>, Vec<Hold>) = std::mem::take(&mut self.holds)
            .into_iter()
            .partition(|hold| hold.due <= self.epoch);
        self.holds = later;
        for hold in due {
            self.hand_out(&hold, closed);
        }
        for v in 0..self.providers.len() {
            let entries = std::mem::take(&mut self.providers[v].entries);
            for entry in entries {
                if entry.due > self.epoch {
                    self.providers[v].entries.push(entry);
                    continue;
                }
                let from = Account::Unbonding(ProviderId(v as u32));
                let to = Account::Unbonded(ParticipantId(entry.owner));
                self.post(from, to, entry.amount, "mature");
                closed.matured += entry.amount;
            }
        }
    }

    fn hand_out(&mut self, hold: &Hold, closed: &mut Closed) {
        let escrow = Account::SlashEscrow;
        let lost: u128 = hold.losses.iter().map(|loss| loss.1).sum();
        let mut rest = hold.amount;
        for (victim, loss) in &hold.losses {
            let share = if lost <= hold.amount {
                *loss
            } else {
                floor(hold.amount, *loss, lost)
            };
            let to = Account::Liquid(ParticipantId(*victim));
            self.post(escrow, to, share, "slash_compensation");
            rest -= share;
            closed.released[0] += share;
        }
        let ratios = &self.params.slash_release;
        let reporter = part(parts(ratios.reporter), rest);
        let mut insurance = part(parts(ratios.insurance), rest);
        let burned = part(parts(ratios.burn), rest);
        let treasury = rest - reporter - insurance - burned;
        match hold.reporter {
            Some(id) => {
                let to = Account::Liquid(ParticipantId(id));
                self.post(escrow, to, reporter, "slash_reporter");
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
