//! Pay that is held back: a step for each coming epoch, written down one by one, and taken as each epoch begins.

use stakesim_protocol::{
    Account, ParticipantId, ProviderId, Standing, VestingLiability, VestingRule,
};

use super::number::{ONE, floor, part, parts};
use super::state::Oracle;

impl Oracle {
    fn age(&self, v: usize) -> u64 {
        self.epoch - self.providers[v].registered
    }

    /// The share of pay that is held back now.
    pub fn held_share(&self, v: usize) -> u128 {
        let (vesting, provider) = (&self.params.vesting, &self.providers[v]);
        let is_out = provider.standing == Standing::Tombstoned;
        if is_out && vesting.liability == VestingLiability::Tombstone
            || provider.has_left && vesting.rule == VestingRule::AtAge
        {
            return 0;
        }
        let steps = self.age(v) / u64::from(vesting.step_epochs);
        parts(vesting.share).saturating_sub(parts(vesting.share_step) * u128::from(steps))
    }

    pub fn hold(&mut self, v: usize, from: Account, amount: u128, reason: &'static str) {
        self.post(from, Account::Vesting(ProviderId(v as u32)), amount, reason);
        let epochs = u64::from(self.params.vesting.epochs);
        let held = &mut self.providers[v].held;
        match self.params.vesting.rule {
            VestingRule::AtAge => held.kept[0] += amount,
            VestingRule::Linear => {
                let step = floor(amount, 1, u128::from(epochs));
                for epoch in self.epoch + 1..=self.epoch + epochs {
                    *held.steps.entry(epoch).or_default() += step;
                }
                let rest = amount - step * u128::from(epochs);
                *held.steps.entry(self.epoch + 1).or_default() += rest;
            }
        }
    }

    /// The steps of an epoch that has begun.
    pub fn begin_vesting(&mut self) {
        for provider in &mut self.providers {
            let held = &mut provider.held;
            let step = held.steps.remove(&self.epoch).unwrap_or(0);
            let paid = step.min(held.lost);
            held.lost -= paid;
            held.vested += step - paid;
        }
    }

    /// What is due of what is kept until an age.
    fn due(&self, v: usize) -> u128 {
        let [ever, returned] = self.providers[v].held.kept;
        let vesting = &self.params.vesting;
        let share = if self.providers[v].has_left {
            ONE
        } else if self.age(v) >= u64::from(vesting.age_epochs) {
            parts(vesting.age_share)
        } else {
            0
        };
        part(share, ever).saturating_sub(returned)
    }

    pub fn vested_and_not(&self, v: usize) -> [u128; 2] {
        let held = &self.providers[v].held;
        let due = self.due(v);
        let ahead: u128 = held.steps.values().sum();
        let kept = held.kept[0] - held.kept[1];
        [held.vested + due, ahead - held.lost + kept - due]
    }

    pub fn pay_vested(&mut self, v: usize) -> u128 {
        let due = self.due(v);
        let held = &mut self.providers[v].held;
        held.kept[1] += due;
        let amount = due + std::mem::take(&mut held.vested);
        let owner = Account::Liquid(ParticipantId(self.providers[v].owner));
        let from = Account::Vesting(ProviderId(v as u32));
        self.post(from, owner, amount, "vesting_release");
        amount
    }

    /// What a tombstone takes.
    pub fn forfeit_held(&mut self, v: usize) -> u128 {
        if self.params.vesting.liability != VestingLiability::Tombstone {
            return 0;
        }
        self.pay_vested(v);
        let unclaimed = part(self.held_share(v), self.providers[v].unclaimed);
        self.providers[v].unclaimed -= unclaimed;
        let treasury = Account::Treasury;
        self.post(Account::RewardPool, treasury, unclaimed, "reward_forfeit");
        let [_, held] = self.vested_and_not(v);
        let from = Account::Vesting(ProviderId(v as u32));
        self.post(from, treasury, held, "vesting_forfeit");
        self.providers[v].held = Default::default();
        unclaimed + held
    }

    /// What held-back pay pays of a slash of the bond.
    pub fn slash_held(&mut self, v: usize, wanted: u128) -> u128 {
        if self.params.vesting.liability != VestingLiability::Slashes {
            return 0;
        }
        let [_, unvested] = self.vested_and_not(v);
        let amount = wanted.min(unvested);
        let from = Account::Vesting(ProviderId(v as u32));
        self.post(from, Account::SlashEscrow, amount, "slash_vesting");
        self.providers[v].held.lost += amount;
        amount
    }

    pub fn return_held(&mut self, v: usize, amount: u128) {
        let to = Account::Vesting(ProviderId(v as u32));
        self.post(Account::SlashEscrow, to, amount, "slash_return_vesting");
        let held = &mut self.providers[v].held;
        let ahead = amount.min(held.lost);
        held.lost -= ahead;
        held.vested += amount - ahead;
    }
}
