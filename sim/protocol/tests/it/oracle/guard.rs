//! Guard and halts: what is looked at as an epoch closes, and what binds the next one.

use stakesim_protocol::{Account, Error, Outcome};

use super::close::Closed;
use super::number::{ONE, ceil, of, part, parts};
use super::state::Oracle;

/// What the last close decided, and the counts that go on.
#[derive(Clone, Debug, Default)]
pub struct Guards {
    pub is_tripped: bool,
    trips: u32,
    low_epochs: u64,
    pub cuts: bool,
    pub pauses_grants: bool,
    pub insurance_first: bool,
    pub inflation_cap: Option<u128>,
    minted: Vec<u128>,
    treasury_before: u128,
    is_halted_by_hand: bool,
    halted_until: Option<u64>,
}

impl Oracle {
    pub fn is_halted(&self) -> bool {
        let guards = &self.guards;
        guards.is_halted_by_hand || guards.halted_until.is_some_and(|until| self.epoch <= until)
    }

    pub fn halt(&mut self) -> Result<Outcome, Error> {
        match std::mem::replace(&mut self.guards.is_halted_by_hand, true) {
            true => Err(Error::Halted),
            false => Ok(Outcome::Done),
        }
    }

    pub fn resume(&mut self) -> Result<Outcome, Error> {
        if !self.is_halted() {
            return Err(Error::NotHalted);
        }
        self.guards.is_halted_by_hand = false;
        self.guards.halted_until = None;
        Ok(Outcome::Done)
    }

    pub fn guard(&mut self, before: Option<u128>, closed: &mut Closed) {
        let sum =
            |reasons: &[&'static str]| reasons.iter().map(|reason| self.in_epoch(reason)).sum();
        let fees: u128 = sum(&[
            "fee_platform",
            "fee_treasury",
            "fee_insurance",
            "fee_burn",
            "fee_verification",
        ]);
        closed.burned = sum(&["fee_burn", "slash_burn", "deposit_burn"]);
        closed.grants = self.in_epoch("grant");
        closed.payouts = self.in_epoch("insurance_payout");
        closed.fee_to_emission = (closed.minted > 0).then(|| of(fees, closed.minted));
        let treasury = self.balance(Account::Treasury);
        let lost = self.guards.treasury_before.saturating_sub(treasury);
        closed.runway = (lost > 0).then(|| (treasury / lost.max(1)).min(u128::from(u64::MAX)));
        let params = self.params.guard.clone();
        let guards = &mut self.guards;
        guards.treasury_before = treasury;
        let is_far = match (before, self.prices.oracle) {
            (Some(before), Some(price)) => {
                price.abs_diff(before) * ONE > before * parts(params.price_move_max)
            }
            _ => false,
        };
        guards.is_tripped = is_far && guards.trips < params.trips_max;
        guards.trips = if guards.is_tripped {
            guards.trips + 1
        } else {
            0
        };
        let is_low = closed
            .fee_to_emission
            .is_some_and(|fees| fees < parts(params.fee_floor));
        guards.low_epochs = if is_low { guards.low_epochs + 1 } else { 0 };
        guards.cuts = guards.low_epochs > 0 && guards.low_epochs >= u64::from(params.fee_patience);
        let runway_min = u128::from(params.runway_min);
        guards.pauses_grants = closed.runway.is_some_and(|runway| runway < runway_min);
        guards.minted.push(closed.minted);
        self.bind(closed);
    }

    /// The guards that look at balances.
    fn bind(&mut self, closed: &mut Closed) {
        let params = self.params.guard.clone();
        let (escrow, insurance) = (
            self.balance(Account::JobEscrow),
            self.balance(Account::Insurance),
        );
        let least = ceil(parts(params.solvency_min), escrow, ONE);
        self.guards.insurance_first = escrow > 0 && insurance < least;
        let year = params.year_epochs as usize;
        let minted: u128 = self.guards.minted.iter().rev().take(year).sum();
        let most = part(parts(params.inflation_max), self.circulating());
        let is_capped = parts(params.inflation_max) > 0 && minted > most;
        self.guards.inflation_cap = is_capped.then(|| most / year as u128);
        let guards = &mut self.guards;
        let halts = guards.is_tripped && params.halts_trading;
        if halts {
            let until = self.epoch + u64::from(params.halt_epochs);
            guards.halted_until = guards.halted_until.max(Some(until));
        }
        let acts = [
            guards.cuts,
            guards.pauses_grants,
            guards.insurance_first,
            is_capped,
            halts,
        ];
        closed.breaker_tripped = guards.is_tripped;
        closed.actions = (0..5).map(|bit| u8::from(acts[bit]) << bit).sum();
        closed.treasury = self.balance(Account::Treasury);
        closed.insurance = insurance;
    }
}
