//! Parameters a block, and what follows from them alone: the value that a stake begins with, the stake that a machine needs, costs.

use super::super::RuleError;
use super::u64f64::U64F64;

/// Seconds of a block, by which rates given for longer times are divided.
pub const BLOCK_S: u64 = 12;

/// Seconds of an hour.
pub const HOUR_S: u64 = 3600;

/// Seconds of a day.
pub const DAY_S: u64 = 24 * HOUR_S;

/// Seconds of a year of 365 days.
pub const YEAR_S: u64 = 365 * DAY_S;

/// Parameters, each for a block where it is a rate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokenomic {
    /// Growth factor of a worker's value.
    pub rho: U64F64,
    /// Share of its value that a worker that does not answer loses.
    pub slash_rate: U64F64,
    /// Tokens to share out, the treasury's part included.
    pub budget: U64F64,
    /// The largest value.
    pub v_max: U64F64,
    /// Running costs of a unit of performance.
    pub cost_k: U64F64,
    /// Running costs of a machine.
    pub cost_b: U64F64,
    /// The workers' share of the budget.
    pub payout: U64F64,
    /// The treasury's share of the budget.
    pub treasury: U64F64,
    /// Blocks in which a challenge must be answered.
    pub heartbeat_window: u32,
    /// Price of a unit of performance.
    pub rig_k: U64F64,
    /// Price of a machine.
    pub rig_b: U64F64,
    /// What a stake's value begins at, as a multiple of it.
    pub re: U64F64,
    /// Stake that a machine of performance one needs.
    pub k: U64F64,
}

/// A rate over `period_s` seconds as one over a block.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for no period, [`RuleError::Overflow`].
#[track_caller]
pub fn a_block(rate: U64F64, period_s: u64) -> Result<U64F64, RuleError> {
    rate.mul_whole(BLOCK_S)?.div_whole(period_s)
}

/// How much a level of confidence in a worker's hardware counts: 1, 2, 3 wholly, 4 and 5 less. `None` for others.
///
/// # Errors
/// None in practice.
pub fn confidence_score(level: u8) -> Result<Option<U64F64>, RuleError> {
    let tenths = match level {
        1..=3 => return Ok(Some(U64F64::ONE)),
        4 => 8,
        5 => 7,
        _ => return Ok(None),
    };
    U64F64::from_decimal(&tenths.into(), 1).map(Some)
}

impl Tokenomic {
    /// The parameters at the network's start: rates a year, a day and an hour, brought to a block in fixed-point as the pallet does it.
    ///
    /// # Errors
    /// None in practice.
    pub fn published() -> Result<Tokenomic, RuleError> {
        let number = |mantissa: u64, places| U64F64::from_decimal(&mantissa.into(), places);
        Ok(Tokenomic {
            rho: number(1_000_000_666_600_231, 15)?,
            slash_rate: a_block(number(1, 3)?, HOUR_S)?,
            budget: a_block(U64F64::whole(720_000), DAY_S)?,
            v_max: U64F64::whole(30_000),
            cost_k: a_block(number(415_625, 7)?, YEAR_S)?,
            cost_b: a_block(number(8_859_375, 5)?, YEAR_S)?,
            payout: number(8, 1)?,
            treasury: number(2, 1)?,
            heartbeat_window: 10,
            rig_k: number(3, 1)?,
            rig_b: U64F64::ZERO,
            re: number(13, 1)?,
            k: U64F64::whole(100),
        })
    }

    /// Stake that a machine of performance `p` needs, in base units of 10^-12: a multiple of its square root.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the rules below.
    pub fn minimal_stake(&self, p: u32) -> Result<u128, RuleError> {
        let root = U64F64::whole(p.into()).sqrt();
        self.k.times(root)?.to_base_units()
    }

    /// Price of a machine of performance `p`.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn rig_cost(&self, p: u32) -> Result<U64F64, RuleError> {
        self.rig_k.times(U64F64::whole(p.into()))?.plus(self.rig_b)
    }

    /// Costs a block of running performance `p`.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn running_cost(&self, p: U64F64) -> Result<U64F64, RuleError> {
        self.cost_k.times(p)?.plus(self.cost_b)
    }

    /// The value that a worker begins with, of its stake, performance and level of confidence; an unknown level counts wholly.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn initial_value(&self, stake: U64F64, p: u32, level: u8) -> Result<U64F64, RuleError> {
        let score = confidence_score(level)?.unwrap_or(U64F64::ONE);
        let multiple = self
            .re
            .minus(U64F64::ONE)?
            .times(score)?
            .plus(U64F64::ONE)?;
        multiple.times(stake.plus(self.rig_cost(p)?)?)
    }

    /// What is left of a value after so many blocks without an answer, as a factor.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] for a rate above one.
    pub fn decay(&self, blocks: u32) -> Result<U64F64, RuleError> {
        U64F64::ONE.minus(self.slash_rate)?.pow(blocks)
    }

    /// What is shared out in a time of `period_s` seconds.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn budget_in(&self, period_s: u64) -> Result<U64F64, RuleError> {
        self.budget.mul_whole(period_s)?.div_whole(BLOCK_S)
    }

    /// Running costs of performance `p` in a time of `period_s` seconds: those of a second, rounded down, so many times.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn running_cost_in(&self, p: u32, period_s: u64) -> Result<U64F64, RuleError> {
        let a_second = self
            .running_cost(U64F64::whole(p.into()))?
            .div_whole(BLOCK_S)?;
        a_second.mul_whole(period_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_parameters_give_a_hundred_tokens_a_block() {
        let params = Tokenomic::published().unwrap();
        assert_eq!(params.budget, U64F64::whole(100));
        assert_eq!(params.budget_in(DAY_S), Ok(U64F64::whole(720_000)));
        // 100 × √4, and of √2 only 32 fraction bits are taken.
        assert_eq!(params.minimal_stake(4), Ok(200_000_000_000_000));
        assert_eq!(params.minimal_stake(2), Ok(141_421_356_215_141));
    }

    #[test]
    fn confidence_lowers_the_value_and_unknown_levels_do_not() {
        let params = Tokenomic::published().unwrap();
        let value = |level| params.initial_value(U64F64::whole(10), 0, level).unwrap();
        assert!(value(5) < value(4) && value(4) < value(3));
        assert_eq!([value(0), value(2), value(9)], [value(1); 3]);
        assert_eq!(confidence_score(6), Ok(None));
        assert_eq!(a_block(U64F64::ONE, 0), Err(RuleError::ZeroDivisor));
    }
}
