//! The rules that span several parameters. Ranges of single values belong to the host's registry.

use core::fmt;

use units::Ratio;

use super::{Controller, Kind, Params};

/// Parameters that contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParamFault {
    /// The parameter or table, as a path below the protocol's, such as `fees`.
    pub path: &'static str,
    /// What must hold.
    pub rule: &'static str,
}

impl fmt::Display for ParamFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.rule)
    }
}

impl core::error::Error for ParamFault {}

pub(super) fn require(
    holds: bool,
    path: &'static str,
    rule: &'static str,
) -> Result<(), ParamFault> {
    if holds {
        Ok(())
    } else {
        Err(ParamFault { path, rule })
    }
}

/// Whether the shares make exactly one. Adds in 128 bits: the shares themselves are unchecked.
fn is_whole(shares: &[Ratio]) -> bool {
    shares
        .iter()
        .map(|share| u128::from(share.parts()))
        .sum::<u128>()
        == u128::from(Ratio::ONE.parts())
}

fn check_controller(controller: &Controller, path: &'static str) -> Result<(), ParamFault> {
    let around_one = controller.floor <= Ratio::ONE && Ratio::ONE <= controller.cap;
    require(
        around_one,
        path,
        "floor <= 1 <= cap: a controller starts at one",
    )
}

impl Params {
    /// Checks the rules that span several parameters; the first fault found is returned.
    pub fn check(&self) -> Result<(), ParamFault> {
        self.check_money()?;
        self.check_control()?;
        self.check_conduct()?;
        self.check_weighting()?;
        self.check_stake()?;
        self.check_contribution()?;
        self.check_vesting()?;
        self.check_governance()?;
        self.check_guard()
    }

    fn check_money(&self) -> Result<(), ParamFault> {
        require(self.supply.decimals <= 18, "supply.decimals", "at most 18")?;
        // 2^96 base units leave room for every product with a 32-bit count, and for three assets' sums.
        require(
            self.supply.max.base_units() >> 96 == 0,
            "supply.max",
            "below 2^96 base units",
        )?;
        require(
            self.emission.per_epoch <= self.supply.max,
            "emission.per_epoch",
            "at most supply.max",
        )?;
        require(
            self.emission.decay_per_epoch <= Ratio::ONE,
            "emission.decay_per_epoch",
            "at most one",
        )?;
        let s = &self.split;
        let split = [
            s.performance,
            s.commitment,
            s.treasury,
            s.growth,
            s.model,
            s.storage,
            s.data,
            s.innovation,
            s.engagement,
        ];
        require(is_whole(&split), "split", "the shares sum to one")?;
        let f = &self.fees;
        let fees = [
            f.provider,
            f.platform,
            f.treasury,
            f.burn,
            f.insurance,
            f.verification,
        ];
        require(is_whole(&fees), "fees", "the shares sum to one")?;
        self.check_bond()?;
        require(self.epoch_ticks > 0, "epoch_ticks", "above zero")?;
        let hour_fits = self.hour_ticks > 0 && self.hour_ticks <= self.epoch_ticks;
        require(hour_fits, "hour_ticks", "above zero, within an epoch")
    }

    fn check_bond(&self) -> Result<(), ParamFault> {
        let b = &self.bond;
        require(
            b.cover_min <= b.cover_full,
            "bond.cover_min",
            "at most bond.cover_full",
        )?;
        require(b.cover_full > 0, "bond.cover_full", "above zero")?;
        require(
            b.weight_base <= Ratio::ONE,
            "bond.weight_base",
            "at most one",
        )?;
        require(
            b.price_ema_epochs > 0,
            "bond.price_ema_epochs",
            "above zero",
        )?;
        require(
            b.shortfall_tolerance <= Ratio::ONE,
            "bond.shortfall_tolerance",
            "at most one",
        )?;
        require(
            (1..=64).contains(&b.shortfall_epochs),
            "bond.shortfall_epochs",
            "between 1 and 64",
        )?;
        require(
            b.unbonding_epochs > 0,
            "bond.unbonding_epochs",
            "above zero",
        )
    }

    fn check_control(&self) -> Result<(), ParamFault> {
        let p = &self.price;
        require(
            p.floor <= Ratio::ONE && Ratio::ONE <= p.cap,
            "price",
            "floor <= 1 <= cap: prices start at one",
        )?;
        require(
            p.floor > Ratio::ZERO,
            "price.floor",
            "above zero: a multiplier of zero never rises again",
        )?;
        require(p.step_max < Ratio::ONE, "price.step_max", "below one")?;
        let band_fits =
            p.target <= Ratio::ONE && p.band <= p.target && p.band <= p.target.complement();
        require(
            band_fits,
            "price.band",
            "target - band and target + band lie between zero and one",
        )?;
        let s = &self.scaling;
        check_controller(&s.demand, "scaling.demand")?;
        check_controller(&s.scarcity, "scaling.scarcity")?;
        check_controller(&s.market, "scaling.market")?;
        check_controller(&s.staked, "scaling.staked")?;
        check_controller(&s.growth, "scaling.growth")?;
        require(
            s.scarcity.floor > Ratio::ZERO,
            "scaling.scarcity.floor",
            "above zero",
        )?;
        require(
            s.staked_target <= Ratio::ONE,
            "scaling.staked_target",
            "at most one",
        )?;
        require(
            s.market_ema_epochs > 0,
            "scaling.market_ema_epochs",
            "above zero",
        )?;
        let product = s.product_floor <= Ratio::ONE && Ratio::ONE <= s.product_cap;
        require(product, "scaling.product", "floor <= 1 <= cap")?;
        let far = Ratio::from_percent(1_000);
        let caps = [
            s.demand.cap,
            s.scarcity.cap,
            s.market.cap,
            s.staked.cap,
            s.growth.cap,
            s.product_cap,
            p.cap,
        ];
        require(
            caps.iter().all(|cap| *cap <= far),
            "scaling",
            "every cap is at most 10",
        )
    }

    fn check_conduct(&self) -> Result<(), ParamFault> {
        let s = &self.score;
        let weights = [
            s.weight_uptime,
            s.weight_error,
            s.weight_response,
            s.weight_rating,
        ];
        require(
            weights.iter().any(|weight| *weight > 0),
            "score",
            "some weight is above zero",
        )?;
        require(s.zero_below < Ratio::ONE, "score.zero_below", "below one")?;
        require(
            s.cap >= Ratio::ONE && s.cap <= Ratio::from_percent(1_000),
            "score.cap",
            "between 1 and 10",
        )?;
        let uptimes = s
            .benchmark_uptime
            .iter()
            .all(|up| *up > Ratio::ZERO && *up <= Ratio::ONE);
        require(uptimes, "score.benchmark_uptime", "above zero, at most one")?;
        require(
            s.benchmark_error < Ratio::ONE,
            "score.benchmark_error",
            "below one",
        )?;
        self.check_ladder()?;
        self.check_matrix()?;
        let r = &self.slash_release;
        let released = [r.reporter, r.insurance, r.burn, r.treasury];
        require(
            is_whole(&released),
            "slash_release",
            "the shares sum to one",
        )
    }

    fn check_ladder(&self) -> Result<(), ParamFault> {
        let l = &self.ladder;
        require(
            (1..=16).contains(&l.window_epochs),
            "ladder.window_epochs",
            "between 1 and 16",
        )?;
        require(
            l.penalty_at >= 1 && l.penalty_at <= l.severe_at,
            "ladder.penalty_at",
            "between 1 and severe_at",
        )?;
        require(
            l.memory_half_life_epochs > 0,
            "ladder.memory_half_life_epochs",
            "above zero",
        )?;
        let shares = [
            l.penalty_slash,
            l.penalty_forfeit,
            l.severe_slash,
            l.severe_forfeit,
            l.malicious_slash,
            l.failed_job_allowance,
            self.recovery.floor,
        ];
        require(
            shares.iter().all(|share| *share <= Ratio::ONE),
            "ladder",
            "every share is at most one",
        )?;
        let terms = l.severe_suspension_epochs > 0 && l.malicious_jail_epochs > 0;
        require(
            terms,
            "ladder",
            "suspension and jail last at least one epoch",
        )
    }
}

/// Checks the kinds against the number of price groups.
pub(crate) fn check_kinds(kinds: &[Kind], groups: u8) -> Result<(), ParamFault> {
    require(kinds.len() <= 1 << 16, "kinds", "at most 65536")?;
    require(
        kinds.iter().all(|kind| kind.group.0 < groups),
        "kinds",
        "each group is below the number of groups",
    )?;
    // Weights then stay below 2^80 and can be scaled by ratios; a price of zero would weigh nothing.
    let most = 1_000_000_000_000 * 24;
    let prices = kinds
        .iter()
        .all(|kind| (1..=most).contains(&kind.list_price_usd.nano_per_day()));
    require(
        prices,
        "kinds",
        "each list price lies between 0 and 1000 USD an hour",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_agree_with_each_other() {
        assert_eq!(Params::default().check(), Ok(()));
    }

    #[test]
    fn a_split_that_is_not_whole_is_named() {
        let mut params = Params::default();
        params.fees.burn = Ratio::from_percent(6);
        assert_eq!(params.check().map_err(|fault| fault.path), Err("fees"));
        params = Params::default();
        params.split.data = Ratio::ZERO;
        assert_eq!(params.check().map_err(|fault| fault.path), Err("split"));
    }

    #[test]
    fn a_floor_above_its_cap_is_named() {
        let mut params = Params::default();
        params.scaling.market.floor = Ratio::from_percent(130);
        assert_eq!(
            params.check().map_err(|fault| fault.path),
            Err("scaling.market")
        );
    }

    #[test]
    fn a_band_that_leaves_zero_to_one_is_named() {
        let mut params = Params::default();
        params.price.band = Ratio::from_percent(40);
        assert_eq!(
            params.check().map_err(|fault| fault.path),
            Err("price.band")
        );
    }
}
