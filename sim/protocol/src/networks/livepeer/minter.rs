//! Inflation a round, and the minting of a round's tokens.

use super::super::RuleError;
use super::percent::{MINTER, Scale};

/// How inflation answers to the bonding rate, as points of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inflation {
    /// Points of the supply minted a round.
    pub rate: u128,
    /// Step a round towards the target.
    pub change: u128,
    /// Bonded share of the supply at which the rate stands still.
    pub target: u128,
    /// The scale of all three.
    pub scale: Scale,
}

impl Inflation {
    /// The next round's rate, with `bonded` of `supply` base units (both layers together).
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn next(&self, bonded: u128, supply: u128) -> Result<u128, RuleError> {
        let bonding_rate = if supply == 0 {
            0
        } else {
            // no published number notices: none of the rates lies within one point of its target.
            self.scale.points(bonded, supply)?
        };
        Ok(if bonding_rate < self.target {
            let rate = self.rate.checked_add(self.change);
            rate.ok_or(RuleError::Overflow)?
        } else if bonding_rate > self.target {
            self.rate.saturating_sub(self.change)
        } else {
            self.rate
        })
    }

    /// Tokens that may be minted in a round at this rate, in base units.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn mintable(&self, supply: u128) -> Result<u128, RuleError> {
        self.scale.of(supply, self.rate)
    }
}

/// The supply that inflation is of: this layer's and what circulates on the other, in base units.
///
/// # Errors
/// [`RuleError::Overflow`].
pub fn global_supply(here: u128, other_layer: u128) -> Result<u128, RuleError> {
    here.checked_add(other_layer).ok_or(RuleError::Overflow)
}

/// A round's tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    mintable: u128,
    minted: u128,
}

impl Round {
    /// A round with so many base units to mint.
    #[must_use]
    pub const fn new(mintable: u128) -> Round {
        Round {
            mintable,
            minted: 0,
        }
    }

    /// Mints a transcoder's share, `stake` of `active_stake`, and gives its base units.
    ///
    /// # Errors
    /// [`RuleError::Refused`] when the round's tokens are used up, [`RuleError::ZeroDivisor`] without active stake.
    pub fn reward(&mut self, stake: u128, active_stake: u128) -> Result<u128, RuleError> {
        let reward = MINTER.fraction_of(self.mintable, stake, active_stake)?;
        let minted = self.minted.checked_add(reward).ok_or(RuleError::Overflow)?;
        if minted > self.mintable {
            let why = "minted tokens cannot exceed mintable tokens";
            return Err(RuleError::Refused(why));
        }
        self.minted = minted;
        Ok(reward)
    }

    /// Base units minted so far.
    #[must_use]
    pub const fn minted(&self) -> u128 {
        self.minted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_stands_still_only_at_the_target_and_never_falls_below_zero() {
        let inflation = Inflation {
            rate: 5,
            change: 7,
            target: 500_000_000,
            scale: MINTER,
        };
        assert_eq!(inflation.next(1, 2), Ok(5));
        assert_eq!(inflation.next(2, 3), Ok(0));
        assert_eq!(inflation.next(1, 3), Ok(12));
        // One point above the target would be 500 000 001: this is rounded down to the target.
        assert_eq!(inflation.next(5_000_000_009, 10_000_000_000), Ok(5));
        let largest = Inflation {
            rate: u128::MAX,
            ..inflation
        };
        assert_eq!(largest.next(0, 1), Err(RuleError::Overflow));
    }

    #[test]
    fn a_round_is_minted_by_shares_until_it_is_used_up() {
        let mut round = Round::new(1000);
        assert_eq!(round.reward(1, 3), Ok(333));
        assert_eq!(round.reward(2, 3), Ok(666));
        assert_eq!(round.minted(), 999);
        assert!(matches!(round.reward(1, 3), Err(RuleError::Refused(_))));
        assert_eq!(round.reward(1, 0), Err(RuleError::ZeroDivisor));
    }
}
