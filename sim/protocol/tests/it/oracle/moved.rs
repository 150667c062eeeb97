//! What delegated stake that has moved on still owes for the provider it stood behind.

use stakesim_protocol::{Account, ProviderId};

use super::number::{ceil, floor};
use super::penalise::Owed;
use super::records::Taken;
use super::rewards::settle_delegation;
use super::state::Oracle;

impl Oracle {
    /// Of what has moved on since the violation, what stood behind the provider then.
    pub fn moved_exposure(&self, v: usize, at: u64) -> u128 {
        let moved: u128 = (self.providers[v].moves.iter())
            .filter(|moved| moved.created >= at)
            .map(|moved| moved.amount)
            .sum();
        let there = (self.pool(v) + self.queued(v, at, false) + moved)
            .saturating_sub(self.added(v, at, false));
        moved.min(there)
    }

    /// What stake that has moved on since the violation pays.
    pub fn slash_moved(&mut self, v: usize, at: u64, owed: Owed) -> Vec<(Taken, u128)> {
        let (mut due, [share, whole]) = (owed.due, owed.of);
        let mut all = Vec::new();
        for place in 0..self.providers[v].moves.len() {
            let moved = &self.providers[v].moves[place];
            if moved.created < at {
                continue;
            }
            let (delegator, want) = (moved.delegator, ceil(share, moved.amount, whole).min(due));
            due -= want;
            let taken = self.slash_move(v, place, want);
            all.push((Taken::Left(delegator), taken));
        }
        all
    }

    pub fn slash_move(&mut self, v: usize, place: usize, want: u128) -> u128 {
        if want == 0 {
            return 0;
        }
        let moved = self.providers[v].moves[place].clone();
        let (w, id) = (moved.to, ProviderId(moved.to as u32));
        let (pool, all) = (self.pool(w), self.shares(w));
        let most = self.providers[w].delegations.get(&moved.delegator);
        let most = most.map_or(0, |delegation| delegation.shares.min(moved.shares));
        let worth = if all > 0 { floor(pool, most, all) } else { 0 };
        let taken = want.min(worth);
        let given = match taken {
            0 => 0,
            _ if taken == worth => most,
            _ => ceil(taken, all, pool).min(most).min(all - 1),
        };
        if taken > 0 {
            self.settle(w, 0);
            self.take_exactly(w, moved.delegator);
            let delegation = (self.providers[w].delegations.get_mut(&moved.delegator))
                .expect("it is worth something");
            settle_delegation(delegation);
            delegation.shares -= given;
        }
        let escrow = Account::SlashEscrow;
        self.post(Account::Delegated(id), escrow, taken, "slash_redelegated");
        self.forget(w, moved.delegator);
        let mut queued = 0;
        for entry in &mut self.providers[w].entries {
            let is_theirs = !entry.is_self && entry.owner == moved.delegator;
            if is_theirs && entry.created >= moved.created {
                let amount = entry.amount.min(want - taken - queued);
                entry.amount -= amount;
                queued += amount;
            }
        }
        self.post(Account::Unbonding(id), escrow, queued, "slash_unbonding");
        let moved = &mut self.providers[v].moves[place];
        moved.shares -= given;
        moved.amount -= taken + queued;
        if taken > 0 {
            self.touch(w);
        }
        taken + queued
    }
}
