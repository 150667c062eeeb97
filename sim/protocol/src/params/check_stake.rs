//! The rules of the parameters of unbonding, redelegation, user stake, valuation, insurance and the newer emission rules.

use units::{Money, Ratio};

use super::Params;
use super::check::{ParamFault, require};
use crate::account::Asset;

impl Params {
    pub(super) fn check_stake(&self) -> Result<(), ParamFault> {
        self.check_unbonding()?;
        self.check_users()?;
        self.check_valuation()?;
        let e = &self.emission;
        require(
            e.halving_epochs > 0,
            "emission.halving_epochs",
            "above zero",
        )?;
        let most = Money::from_usd(1_000_000_000_000);
        require(
            (Money::ZERO..=most).contains(&e.value_usd),
            "emission.value_usd",
            "between 0 and 10^12 USD",
        )?;
        self.check_issuance()
    }

    fn check_issuance(&self) -> Result<(), ParamFault> {
        let i = &self.emission.inflation;
        let ends = i.min <= i.start && i.start <= i.max && i.max <= Ratio::ONE;
        require(ends, "emission.inflation", "min <= start <= max <= one")?;
        let change = i.change <= Ratio::ONE;
        require(change, "emission.inflation.change", "at most one")?;
        let is_inside = |ratio: Ratio| Ratio::ZERO < ratio && ratio < Ratio::ONE;
        let target = is_inside(i.target);
        require(target, "emission.inflation.target", "between zero and one")?;
        let falloff = Ratio::ZERO < i.falloff && i.falloff <= Ratio::ONE;
        require(
            falloff,
            "emission.inflation.falloff",
            "above zero, at most one",
        )?;
        let year = (1..=1_000_000).contains(&i.epochs_per_year);
        require(year, "emission.inflation.epochs_per_year", "1 to 1000000")?;
        let a = &self.emission.allocation;
        let shares =
            a.simple_share <= Ratio::ONE && a.baseline_growth <= Ratio::from_percent(1_000);
        require(
            shares,
            "emission.allocation",
            "simple_share <= one, baseline_growth <= 10",
        )?;
        let times = (1..=1_000_000).contains(&a.half_life_epochs)
            && (1..=3_650).contains(&a.smoothing_epochs)
            && a.first_epoch <= 1_000_000;
        require(
            times,
            "emission.allocation",
            "half_life_epochs 1 to 1000000, smoothing_epochs 1 to 3650, first_epoch 0 to 1000000",
        )?;
        require(
            a.baseline_gpus > 0,
            "emission.allocation.baseline_gpus",
            "above zero",
        )
    }

    fn check_unbonding(&self) -> Result<(), ParamFault> {
        let b = &self.bond;
        require(b.churn_max <= Ratio::ONE, "bond.churn_max", "at most one")?;
        // A share of the stake alone would keep the last ones in for ever.
        require(
            !b.churn_floor.is_zero(),
            "bond.churn_floor",
            "above zero: the share of nothing is nothing",
        )?;
        require(
            b.asset != Asset::Credits,
            "bond.asset",
            "Native or Stable: prepaid work is no collateral",
        )?;
        require(b.entries_max > 0, "bond.entries_max", "above zero")?;
        require(
            b.redelegations_max > 0,
            "bond.redelegations_max",
            "above zero",
        )?;
        require(
            b.commission_step_max <= Ratio::ONE,
            "bond.commission_step_max",
            "at most one",
        )
    }

    fn check_users(&self) -> Result<(), ParamFault> {
        let u = &self.users;
        let rises = u.thresholds.is_sorted() && !u.thresholds[0].is_zero();
        require(rises, "users.thresholds", "above zero and not falling")?;
        require(u.discounts.is_sorted(), "users.discounts", "not falling")?;
        require(
            u.discounts[2] <= Ratio::ONE,
            "users.discounts",
            "at most one",
        )?;
        require(u.history_epochs > 0, "users.history_epochs", "above zero")
    }

    fn check_valuation(&self) -> Result<(), ParamFault> {
        let v = &self.valuation;
        require(
            (1..=16).contains(&v.region.len()),
            "valuation.region",
            "between 1 and 16 regions",
        )?;
        let far = Ratio::from_percent(1_000);
        let mut factors = v.hour.iter().chain(&v.region).chain(&v.priority);
        require(
            factors.all(|factor| *factor > Ratio::ZERO && *factor <= far),
            "valuation",
            "every factor is above zero and at most 10",
        )?;
        let shares = [self.insurance.cover, self.insurance.claim_max];
        require(
            shares.iter().all(|share| *share <= Ratio::ONE),
            "insurance",
            "every share is at most one",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(change: impl FnOnce(&mut Params)) -> Option<&'static str> {
        let mut params = Params::default();
        change(&mut params);
        params.check().err().map(|fault| fault.path)
    }

    #[test]
    fn a_discount_beyond_the_whole_or_that_falls_is_named() {
        let large = Ratio::from_percent(101);
        assert_eq!(
            fault(|it| it.users.discounts[2] = large),
            Some("users.discounts")
        );
        assert_eq!(
            fault(|it| it.users.discounts = [5, 2, 8].map(Ratio::from_percent)),
            Some("users.discounts")
        );
    }

    #[test]
    fn tiers_for_nothing_and_queues_without_a_floor_are_named() {
        let zero = units::Amount::ZERO;
        assert_eq!(
            fault(|it| it.users.thresholds[0] = zero),
            Some("users.thresholds")
        );
        assert_eq!(
            fault(|it| it.bond.churn_floor = zero),
            Some("bond.churn_floor")
        );
    }

    #[test]
    fn factors_and_regions_out_of_range_are_named() {
        assert_eq!(
            fault(|it| it.valuation.region.clear()),
            Some("valuation.region")
        );
        assert_eq!(
            fault(|it| it.valuation.hour[3] = Ratio::ZERO),
            Some("valuation")
        );
        assert_eq!(
            fault(|it| it.emission.halving_epochs = 0),
            Some("emission.halving_epochs")
        );
        assert_eq!(
            fault(|it| it.insurance.cover = Ratio::from_percent(101)),
            Some("insurance")
        );
    }
}
