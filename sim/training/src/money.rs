//! What a run costs in dollars: GPU-hours times a price, or the capital that wears out meanwhile.

use units::{Flop, FlopRate, Money, MoneyRate};

use crate::rounding::to_i128;

/// Loss of value of accelerators, in orders of magnitude a year: 0.14, that is 27.6 % a year (Epoch AI).
const DEPRECIATION_OOM_PER_YEAR: f64 = 0.14;
const HOURS_PER_YEAR: f64 = 8766.0;

/// GPU-hours for some work at a GPU's peak and the utilisation of it.
#[must_use]
pub fn gpu_hours(work: Flop, peak: FlopRate, utilisation: f64) -> f64 {
    work.flop() as f64 / (peak.flop_per_s() as f64 * utilisation) / 3600.0
}

/// The price of a run: GPU-hours, and per trained hour `overhead` more for checkpoints and failures (0 for none), at a rent per GPU.
#[must_use]
pub fn run_cost(gpu_hours: f64, overhead: f64, rent_per_gpu: MoneyRate) -> Money {
    Money::from_nano(to_i128(
        gpu_hours * (1.0 + overhead) / 24.0 * rent_per_gpu.nano_per_day() as f64,
    ))
}

/// The rate at which hardware of this present value loses it.
#[must_use]
pub fn capital_rate(value: Money) -> MoneyRate {
    let per_hour =
        value.nano() as f64 * DEPRECIATION_OOM_PER_YEAR * libm::log(10.0) / HOURS_PER_YEAR;
    MoneyRate::from_nano_per_day(to_i128(per_hour * 24.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use units::Span;

    #[test]
    fn a_year_of_continuous_loss_leaves_ten_to_the_minus_0_14() {
        // Sum the loss day by day from the remaining value; 27.6 % must be gone.
        let mut value = Money::from_usd(30_000);
        for _ in 0..365 {
            value -= capital_rate(value).over(Span::from_days(1));
        }
        let left = value.nano() as f64 / Money::from_usd(30_000).nano() as f64;
        assert!((left - 0.7244).abs() < 0.001, "{left}");
    }

    #[test]
    fn overhead_is_paid_like_training() {
        let rent = MoneyRate::per_hour(Money::from_usd(2));
        assert_eq!(run_cost(1_000.0, 0.0, rent), Money::from_usd(2_000));
        assert_eq!(run_cost(1_000.0, 0.25, rent), Money::from_usd(2_500));
    }
}
