//! Parameters a block, and what follows from them alone: the value that a stake begins with, the stake that a machine needs, costs.

use super::super::RuleError;
use super::u64f64::U64F64;

/// Seconds of a block, by which rates given for longer times are divided.
pub const BLOCK_S: u64 = 12;

/// Parameters, each for a block where it is a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    // no published number notices: the roundings after it cover a part of 2^-64.
    U64F64::from_decimal(&tenths.into(), 1).map(Some)
}

impl Tokenomic {
    /// Stake that a machine of performance `p` needs, in base units of 10^-12: a multiple of its square root.
    ///
    /// # Errors
    /// [`RuleError::Overflow`]; so do the rules below.
    pub fn minimal_stake(&self, p: u32) -> Result<u128, RuleError> {
        let root = U64F64::whole(p.into()).sqrt();
        self.k.mul(root)?.to_base_units()
    }

    /// Price of a machine of performance `p`.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn rig_cost(&self, p: u32) -> Result<U64F64, RuleError> {
        self.rig_k.mul(U64F64::whole(p.into()))?.add(self.rig_b)
    }

    /// Costs a block of running performance `p`.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn running_cost(&self, p: U64F64) -> Result<U64F64, RuleError> {
        self.cost_k.mul(p)?.add(self.cost_b)
    }

    /// The value that a worker begins with, of its stake, performance and level of confidence; an unknown level counts wholly.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn initial_value(&self, stake: U64F64, p: u32, level: u8) -> Result<U64F64, RuleError> {
        let score = confidence_score(level)?.unwrap_or(U64F64::ONE);
        let multiple = self.re.sub(U64F64::ONE)?.mul(score)?.add(U64F64::ONE)?;
        multiple.mul(stake.add(self.rig_cost(p)?)?)
    }

    /// What is shared out in a time of `period_s` seconds.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn budget_in(&self, period_s: u64) -> Result<U64F64, RuleError> {
        in_blocks(self.budget, period_s)
    }

    /// Running costs of performance `p` in a time of `period_s` seconds.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn running_cost_in(&self, p: u32, period_s: u64) -> Result<U64F64, RuleError> {
        in_blocks(self.running_cost(U64F64::whole(p.into()))?, period_s)
    }
}

fn in_blocks(a_block: U64F64, period_s: u64) -> Result<U64F64, RuleError> {
    a_block.mul_whole(period_s)?.div_whole(BLOCK_S)
}
