//! Cumulative factors (LIP-36): what one unit staked at the beginning has become by rewards, and what it has earned in fees.
//!
//! A factor of zero is one that was never stored; as a reward factor it counts as one.

use super::super::RuleError;
use super::super::uint256::Uint256;
use super::percent::PRECISE;

/// A transcoder's factors at a round, as points of [`PRECISE`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// Stake that one unit has grown to.
    pub reward: Uint256,
    /// Fees that one unit has earned.
    pub fee: Uint256,
}

impl Factors {
    /// The reward factor, one where none is stored.
    #[must_use]
    pub fn reward_or_one(&self) -> Uint256 {
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
        rewards: Uint256,
        total_stake: Uint256,
    ) -> Result<Factors, RuleError> {
        let base = previous.reward_or_one();
        let growth = PRECISE.fraction_of(base, rewards, total_stake)?;
        Ok(Factors {
            reward: base.plus(growth)?,
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
        fees: Uint256,
        total_stake: Uint256,
    ) -> Result<Factors, RuleError> {
        let earned = PRECISE.fraction_of(previous.reward_or_one(), fees, total_stake)?;
        let base = if self.fee == 0 {
            previous.fee
        } else {
            self.fee
        };
        Ok(Factors {
            fee: base.plus(earned)?,
            ..self
        })
    }
}

/// What `stake` at `start` has become at `end`, in base units.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn stake_at(stake: Uint256, start: &Factors, end: &Factors) -> Result<Uint256, RuleError> {
    PRECISE.fraction_of(stake, end.reward_or_one(), start.reward_or_one())
}

/// What `stake` at `start` has earned in fees at `end`, in base units.
///
/// # Errors
/// [`RuleError::Overflow`], also when the end lies before the start.
pub fn fees_at(stake: Uint256, start: &Factors, end: &Factors) -> Result<Uint256, RuleError> {
    let earned = end.fee.minus(start.fee)?;
    PRECISE.fraction_of(stake, earned, start.reward_or_one())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_compound_and_fees_use_the_factor_of_the_round_before() {
        let (none, number) = (Factors::default(), Uint256::new);
        let first = none.with_rewards(&none, number(500), number(2000)).unwrap();
        let points = |twentieths: u128| {
            PRECISE
                .0
                .times(number(twentieths))
                .unwrap()
                .over(number(20))
        };
        assert_eq!(Ok(first.reward), points(25));
        let second = first
            .with_rewards(&first, number(500), number(2500))
            .unwrap();
        assert_eq!(Ok(second.reward), points(30));
        let pay = |factors: Factors| {
            factors
                .with_fees(&first, number(100), number(2500))
                .unwrap()
        };
        let paid = pay(second);
        assert_eq!(Ok(paid.fee), points(1));
        assert_eq!(Ok(pay(paid).fee), points(2));
        assert_eq!(stake_at(number(1000), &first, &second), Ok(number(1200)));
        assert_eq!(fees_at(number(1000), &none, &paid), Ok(number(50)));
        let backwards = fees_at(number(1000), &paid, &none);
        assert_eq!(backwards, Err(RuleError::Overflow));
        let nobody = none.with_fees(&none, number(1), number(0));
        assert_eq!(nobody, Err(RuleError::ZeroDivisor));
    }
}
