//! Inflation a round, and the minting of a round's tokens.

use super::super::RuleError;
use super::super::uint256::Uint256;
use super::percent::{MINTER, Scale};

/// How inflation answers to the bonding rate, as points of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inflation {
    /// Points of the supply minted a round.
    pub rate: Uint256,
    /// Step a round towards the target.
    pub change: Uint256,
    /// Bonded share of the supply at which the rate stands still.
    pub target: Uint256,
    /// The scale of all three.
    pub scale: Scale,
}

impl Inflation {
    /// The next round's rate, with `bonded` of `supply` base units (both layers together).
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn next(&self, bonded: Uint256, supply: Uint256) -> Result<Uint256, RuleError> {
        let bonding_rate = if supply == 0 {
            Uint256::ZERO
        } else {
            // no published number notices: none of the rates lies within one point of its target.
            self.scale.points(bonded, supply)?
        };
        Ok(if bonding_rate < self.target {
            self.rate.plus(self.change)?
        } else if bonding_rate > self.target {
            self.rate.minus(self.change).unwrap_or_default()
        } else {
            self.rate
        })
    }

    /// Tokens that may be minted in a round at this rate, in base units.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn mintable(&self, supply: Uint256) -> Result<Uint256, RuleError> {
        self.scale.of(supply, self.rate)
    }
}

/// The supply that inflation is of: this layer's and what circulates on the other, in base units.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn global_supply(here: Uint256, other_layer: Uint256) -> Result<Uint256, RuleError> {
    here.plus(other_layer)
}

/// A round's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    mintable: Uint256,
    minted: Uint256,
}

impl Round {
    /// A round with so many base units to mint.
    #[must_use]
    pub const fn new(mintable: Uint256) -> Round {
        Round {
            mintable,
            minted: Uint256::ZERO,
        }
    }

    /// Mints a transcoder's share, `stake` of `active_stake`, and gives its base units.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when the round's tokens are used up, [`RuleError::ZeroDivisor`] without active stake.
    pub fn reward(&mut self, stake: Uint256, active_stake: Uint256) -> Result<Uint256, RuleError> {
        let reward = MINTER.fraction_of(self.mintable, stake, active_stake)?;
        let minted = self.minted.plus(reward)?;
        if minted > self.mintable {
            let why = "minted tokens cannot exceed mintable tokens";
            return Err(RuleError::Refused(why));
        }
        self.minted = minted;
        Ok(reward)
    }

    /// Base units minted so far.
    #[must_use]
    pub const fn minted(&self) -> Uint256 {
        self.minted
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    #[test]
    fn the_rate_stands_still_only_at_the_target_and_never_falls_below_zero() {
        let [rate, change, target] = [5, 7, 500_000_000].map(Uint256::new);
        let inflation = Inflation {
            rate,
            change,
            target,
            scale: MINTER,
        };
        let next = |bonded: u128, supply: u128| inflation.next(bonded.into(), supply.into());
        assert_eq!(next(1, 2), Ok(5.into()));
        assert_eq!(next(2, 3), Ok(0.into()));
        assert_eq!(next(1, 3), Ok(12.into()));
        // One point above the target would be 500 000 001: this is rounded down to the target.
        assert_eq!(next(5_000_000_009, 10_000_000_000), Ok(5.into()));
        let largest = Uint256::try_from((BigInt::from(1) << 256u32) - 1).unwrap();
        let largest = Inflation {
            rate: largest,
            ..inflation
        };
        let stepped = largest.next(0.into(), 1.into());
        assert_eq!(stepped, Err(RuleError::Overflow));
    }

    #[test]
    fn a_round_is_minted_by_shares_until_it_is_used_up() {
        let mut round = Round::new(1000.into());
        let mut reward = |num: u128, den: u128| round.reward(num.into(), den.into());
        assert_eq!(reward(1, 3), Ok(333.into()));
        assert_eq!(reward(2, 3), Ok(666.into()));
        assert!(matches!(reward(1, 3), Err(RuleError::Refused(_))));
        assert_eq!(reward(1, 0), Err(RuleError::ZeroDivisor));
        assert_eq!(round.minted(), 999);
    }
}
