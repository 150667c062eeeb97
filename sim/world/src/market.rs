//! The token price: a log price that reverts to where it began. It decides nothing; the protocol's oracle reads it.

use engine::Draws;
use serde::{Deserialize, Serialize};
use units::{Span, TokenPrice};

use crate::config::{Crash, Market};
use crate::number::{hours, ratio};
use crate::purpose;

const YEAR_H: f64 = 365.0 * 24.0;

/// State of the price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenMarket {
    /// Log of the price over its start.
    log: f64,
    /// Price of the running epoch.
    pub price: TokenPrice,
}

impl TokenMarket {
    /// At the start.
    #[must_use]
    pub fn new(market: &Market) -> Self {
        Self {
            log: 0.0,
            price: market.price,
        }
    }

    /// One epoch on: the exact transition of an Ornstein-Uhlenbeck process. From a crash on it reverts to a lower price.
    pub fn step(
        &mut self,
        market: &Market,
        crash: &Crash,
        draws: &Draws,
        epoch: u32,
        length: Span,
    ) {
        let reversion = core::f64::consts::LN_2 / hours(market.half_life);
        let keep = libm::exp(-reversion * hours(length));
        let variance = ratio(market.volatility) * ratio(market.volatility) * (1.0 - keep * keep)
            / (2.0 * reversion * YEAR_H);
        let normal = engine::sample::normal(draws.unit(purpose::TOKEN_PRICE, 0, u64::from(epoch)));
        self.log = self.log * keep + variance.sqrt() * normal;
        let mut nano = market.price.nano_per_token() as f64 * libm::exp(self.log);
        let is_after = u128::from(epoch + 1) * u128::from(length.ns()) >= u128::from(crash.at.ns());
        if is_after && crash.fall > units::Ratio::ZERO {
            nano *= 1.0 - ratio(crash.fall);
        }
        self.price = TokenPrice::from_nano_per_token((libm::round(nano) as u64).max(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use units::{Amount, Ratio};

    const NO_CRASH: Crash = Crash {
        at: Span::ZERO,
        fall: Ratio::ZERO,
    };

    #[test]
    fn a_crash_takes_its_share_of_the_price_from_its_day_on_and_moves_nothing_before() {
        let (market, draws) = (market(), Draws::new(7));
        let crash = Crash {
            at: Span::from_days(10),
            fall: Ratio::from_percent(60),
        };
        let (mut calm, mut fallen) = (TokenMarket::new(&market), TokenMarket::new(&market));
        for epoch in 0..20 {
            calm.step(&market, &NO_CRASH, &draws, epoch, Span::from_days(1));
            fallen.step(&market, &crash, &draws, epoch, Span::from_days(1));
            let [before, after] = [&calm, &fallen].map(|of| of.price.nano_per_token() as f64);
            let left = if epoch < 9 { 1.0 } else { 0.4 };
            assert!((after / before - left).abs() < 1e-6, "epoch {epoch}");
        }
    }

    fn market() -> Market {
        Market {
            price: TokenPrice::from_nano_per_token(300_000_000),
            volatility: Ratio::from_percent(80),
            half_life: Span::from_days(60),
            sell_fees: Ratio::ONE,
            sell_rewards: Ratio::ONE,
            genesis_circulating: Amount::ZERO,
            genesis_locked: Amount::ZERO,
            genesis_treasury: Amount::ZERO,
            genesis_ecosystem: Amount::ZERO,
        }
    }

    #[test]
    fn the_log_price_has_the_variance_of_its_process() {
        let (market, draws) = (market(), Draws::new(7));
        let mut state = TokenMarket::new(&market);
        let n = 40_000;
        let logs: Vec<f64> = (0..n)
            .map(|epoch| {
                state.step(&market, &NO_CRASH, &draws, epoch, Span::from_days(1));
                libm::log(state.price.nano_per_token() as f64 / 3e8)
            })
            .collect();
        let mean = logs.iter().sum::<f64>() / f64::from(n);
        let variance = logs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n);
        // Stationary variance sigma^2 / (2 kappa), kappa = ln 2 / 60 d; 40,000 days hold about 460 independent stretches.
        let expected = 0.64 / (2.0 * core::f64::consts::LN_2 * 365.0 / 60.0);
        assert!(
            (variance / expected - 1.0).abs() < 0.2,
            "{variance} against {expected}"
        );
        assert!(mean.abs() < 0.06, "{mean}");
    }
}
