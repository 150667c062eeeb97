//! Govern: the prices that the next epoch goes by. Votes have their own room.

use super::number::half_even;
use super::state::Oracle;

impl Oracle {
    pub fn observe(&mut self) {
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
}
