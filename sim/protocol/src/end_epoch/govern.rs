//! Step 10, Govern: where decisions begin to bind. The oracle's price of the epoch pays jobs and, smoothed, sizes bonds
//! from now on; then proposals are tallied and executed parameters come into force (in `tally`).

use units::{TokenPrice, wide};

use super::{Close, tally};
use crate::state::Protocol;

pub(super) fn govern(protocol: &mut Protocol, close: &mut Close) {
    let bond = &protocol.params.bond;
    let oracle = &mut protocol.oracle;
    close.price_before = oracle.price;
    if let Some(price) = oracle.observed.take() {
        oracle.price = price;
    }
    if !oracle.price.is_zero() {
        oracle.smoothed = compute_average(oracle.smoothed, oracle.price, bond.price_ema_epochs);
        oracle.reference = compute_average(
            oracle.reference,
            oracle.price,
            protocol.params.scaling.market_ema_epochs,
        );
        if oracle.history.len() >= bond.shortfall_epochs as usize {
            oracle.history.remove(0);
        }
        oracle.history.push(oracle.smoothed);
        oracle.history_max = oracle.history.iter().copied().max().unwrap_or_default();
    }
    close.summary.price = oracle.price;
    close.summary.smoothed_price = oracle.smoothed;
    tally::tally(protocol);
    protocol.reprice();
}

/// An exponential average's step: `2/(n+1)` of the gap, rounded half to even. A gap below `(n+1)/4` of 10^-9 USD no
/// longer moves it.
fn compute_average(average: TokenPrice, price: TokenPrice, epochs: u32) -> TokenPrice {
    let (average, price) = (average.nano_per_token(), price.nano_per_token());
    let gap = u128::from(average.abs_diff(price));
    // At most the gap, since n is at least one.
    let step = wide::mul_div_half_even(gap, 2, u128::from(epochs) + 1) as u64;
    TokenPrice::from_nano_per_token(if price >= average {
        average + step
    } else {
        average - step
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(nano: u64) -> TokenPrice {
        TokenPrice::from_nano_per_token(nano)
    }

    #[test]
    fn the_average_moves_by_its_share_of_the_gap_in_both_directions() {
        // 2/(19+1) of a gap of 100.
        assert_eq!(
            compute_average(price(1_000), price(1_100), 19),
            price(1_010)
        );
        assert_eq!(
            compute_average(price(1_100), price(1_000), 19),
            price(1_090)
        );
    }

    #[test]
    fn an_average_over_one_epoch_is_the_price() {
        assert_eq!(compute_average(price(1_000), price(7), 1), price(7));
    }
}
