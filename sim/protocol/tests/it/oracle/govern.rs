//! Govern and Guard: the prices that the next epoch goes by, and what binds it.

use stakesim_protocol::Account;

use super::close::Closed;
use super::number::{ONE, half_even, of, parts};
use super::state::Oracle;

impl Oracle {
    pub fn govern(&mut self) {
        if let Some(price) = self.prices.pending.take() {
            self.prices.oracle = Some(price);
        }
        let Some(price) = self.prices.oracle else {
            return;
        };
        let towards = |from: u128, epochs: u32| {
            let by = half_even(2 * price.abs_diff(from), u128::from(epochs) + 1);
            if price > from { from + by } else { from - by }
        };
        self.prices.smoothed = towards(self.prices.smoothed, self.params.bond.price_ema_epochs);
        self.prices.reference =
            towards(self.prices.reference, self.params.scaling.market_ema_epochs);
    }

    pub fn guard(&mut self, before: Option<u128>, closed: &mut Closed) {
        let fees: u128 = ["fee_platform", "fee_treasury", "fee_insurance", "fee_burn"]
            .map(|reason| self.in_epoch(reason))
            .iter()
            .sum();
        closed.burned = self.in_epoch("fee_burn") + self.in_epoch("slash_burn");
        closed.fee_to_emission = (closed.minted > 0).then(|| of(fees, closed.minted));
        let treasury = self.balance(Account::Treasury);
        let lost = self.treasury_before.saturating_sub(treasury);
        closed.runway = (lost > 0).then(|| treasury / lost.max(1));
        self.treasury_before = treasury;
        let limit = parts(self.params.guard.price_move_max);
        let is_far = match (before, self.prices.oracle) {
            (Some(before), Some(price)) => price.abs_diff(before) * ONE > before * limit,
            _ => false,
        };
        self.is_tripped = is_far && self.trips < self.params.guard.trips_max;
        self.trips = if self.is_tripped { self.trips + 1 } else { 0 };
        closed.breaker_tripped = self.is_tripped;
    }
}
