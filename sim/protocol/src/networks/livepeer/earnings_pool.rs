//! Cumulative factors (LIP-36): what one unit staked at the beginning has become by rewards, and what it has earned in fees.
//!
//! A factor of zero is one that was never stored; as a reward factor it counts as one.

use super::super::RuleError;
use super::percent::PRECISE;

/// A transcoder's factors at a round, as points of [`PRECISE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// Stake that one unit has grown to.
    pub reward: u128,
    /// Fees that one unit has earned.
    pub fee: u128,
}

impl Factors {
    /// The reward factor, one where none is stored.
    #[must_use]
    pub const fn reward_or_one(&self) -> u128 {
        if self.reward == 0 {
            PRECISE.0
        } else {
            self.reward
        }
    }

    /// The reward factor after `rewards` on `total_stake`, from the last round with rewards, `previous`.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without stake; so do the rules below.
    pub fn with_rewards(
        self,
        previous: &Factors,
        rewards: u128,
        total_stake: u128,
    ) -> Result<Factors, RuleError> {
        let base = previous.reward_or_one();
        let growth = PRECISE.fraction_of(base, rewards, total_stake)?;
        Ok(Factors {
            reward: base.checked_add(growth).ok_or(RuleError::Overflow)?,
            ..self
        })
    }

    /// The fee factor after `fees` on `total_stake`: by the reward factor of the round before, `previous`, whose fee factor it starts
    /// from.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    pub fn with_fees(
        self,
        previous: &Factors,
        fees: u128,
        total_stake: u128,
    ) -> Result<Factors, RuleError> {
        let earned = PRECISE.fraction_of(previous.reward_or_one(), fees, total_stake)?;
        let base = if self.fee == 0 {
            previous.fee
        } else {
            self.fee
        };
        Ok(Factors {
            fee: base.checked_add(earned).ok_or(RuleError::Overflow)?,
            ..self
        })
    }
}

/// What `stake` at `start` has become at `end`, in base units.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn stake_at(stake: u128, start: &Factors, end: &Factors) -> Result<u128, RuleError> {
    PRECISE.fraction_of(stake, end.reward_or_one(), start.reward_or_one())
}

/// What `stake` at `start` has earned in fees at `end`, in base units.
///
/// # Errors
/// [`RuleError::Overflow`], also when the end lies before the start.
pub fn fees_at(stake: u128, start: &Factors, end: &Factors) -> Result<u128, RuleError> {
    let earned = end.fee.checked_sub(start.fee).ok_or(RuleError::Overflow)?;
    PRECISE.fraction_of(stake, earned, start.reward_or_one())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_compound_and_fees_use_the_factor_of_the_round_before() {
        let none = Factors::default();
        let first = none.with_rewards(&none, 500, 2000).unwrap();
        assert_eq!(first.reward, PRECISE.0 / 4 * 5);
        let second = first.with_rewards(&first, 500, 2500).unwrap();
        assert_eq!(second.reward, PRECISE.0 / 2 * 3);
        let paid = second.with_fees(&first, 100, 2500).unwrap();
        assert_eq!(paid.fee, PRECISE.0 / 20);
        assert_eq!(
            paid.with_fees(&first, 100, 2500).unwrap().fee,
            PRECISE.0 / 10
        );
        assert_eq!(stake_at(1000, &first, &second), Ok(1200));
        assert_eq!(fees_at(1000, &none, &paid), Ok(50));
        assert_eq!(fees_at(1000, &paid, &none), Err(RuleError::Overflow));
        assert_eq!(none.with_fees(&none, 1, 0), Err(RuleError::ZeroDivisor));
    }
}
