//! A customer: stakes for the tier of discount whose saving, less what the stake could yield elsewhere, is the largest.

use units::{Amount, Ratio};

use crate::number::ratio;

/// What stake buys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Stake from which each tier begins.
    pub thresholds: [Amount; 3],
    /// Discount of each tier on job fees.
    pub discounts: [Ratio; 3],
}

/// The stake that a customer wants who spends so many base units a year on jobs.
#[must_use]
pub fn wanted(terms: &Terms, per_year: f64, yield_required: f64) -> Amount {
    let mut best = (0.0, Amount::ZERO);
    for (threshold, discount) in terms.thresholds.into_iter().zip(terms.discounts) {
        let cost = yield_required * threshold.base_units() as f64;
        let gain = ratio(discount) * per_year - cost;
        if gain > best.0 {
            best = (gain, threshold);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stakes_for_the_tier_that_saves_most_beyond_its_yield() {
        let terms = Terms {
            thresholds: [500, 5_000, 50_000].map(Amount::new),
            discounts: [2, 5, 8].map(Ratio::from_percent),
        };
        let at = |per_year| wanted(&terms, per_year, 0.10).base_units();
        // Tier 1 costs 50 a year and saves 2 %: it pays from 2,500 on. Tier 2 costs 450 more and saves 3 % more: from 15,000.
        assert_eq!(at(2_400.0), 0);
        assert_eq!(at(2_600.0), 500);
        assert_eq!(at(14_900.0), 500);
        assert_eq!(at(15_100.0), 5_000);
        // Tier 3 costs 4,500 more for another 3 %: from 150,000.
        assert_eq!(at(149_000.0), 5_000);
        assert_eq!(at(151_000.0), 50_000);
    }

    #[test]
    fn without_a_discount_it_never_stakes() {
        let terms = Terms {
            thresholds: [1, 2, 3].map(Amount::new),
            discounts: [Ratio::ZERO; 3],
        };
        assert_eq!(wanted(&terms, 1e18, 0.0), Amount::ZERO);
    }
}
