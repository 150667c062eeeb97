//! What a slash takes, by when stake left: nothing from stake that left before the infraction, its part of the initial balance
//! from stake that left since, and the rest from the validator's tokens: `x/staking`. All of it is burned.

use num_bigint::BigInt;

use super::Dec;
use crate::networks::RuleError;
use crate::networks::round::{Rounding, big_div};

/// Stake on its way out, or moved to another validator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The block in which it left.
    pub creation_height: i64,
    /// When it is free, in seconds; `None` for never within the case.
    pub completion_time: Option<i64>,
    /// What left, in base units.
    pub initial_balance: BigInt,
    /// What slashes have left of it: base units of stake on its way out, shares at the other validator of moved stake.
    pub balance: Dec,
}

/// What is slashed, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infraction {
    /// The block of the infraction; may be negative in the first blocks of a chain.
    pub height: i64,
    /// Stake of the validator then, in base units.
    pub tokens: BigInt,
    /// The part of it that is slashed.
    pub fraction: Dec,
}

/// What a slash took, in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slashed {
    /// From the validator's tokens.
    pub bonded: BigInt,
    /// Owed by stake that left since the infraction, whether or not it still had that much.
    pub left: BigInt,
}

/// Tokens of a consensus power, at `power_reduction` base units to one.
#[must_use]
pub fn tokens_of_power(power: &BigInt, power_reduction: &BigInt) -> BigInt {
    power * power_reduction
}

/// Consensus power of tokens, cut to a whole one. Without power a validator leaves the active set at the end of the block and
/// begins to unbond.
///
/// # Errors
/// [`RuleError::ZeroDivisor`].
pub fn power_of_tokens(tokens: &BigInt, power_reduction: &BigInt) -> Result<BigInt, RuleError> {
    big_div(tokens, power_reduction, Rounding::TowardZero)
}

impl Entry {
    /// Whether it left since the infraction and is not free already.
    fn answers(&self, infraction: &Infraction, now: i64) -> bool {
        let is_mature = self.completion_time.is_some_and(|time| time <= now);
        self.creation_height >= infraction.height && !is_mature
    }

    /// What an infraction takes of this entry, cut to whole base units of its initial balance: nothing if it left before, or is
    /// free already. The whole amount counts towards the slash, even if earlier slashes left less.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn owes(&self, infraction: &Infraction, now: i64) -> Result<BigInt, RuleError> {
        if !self.answers(infraction, now) {
            return Ok(BigInt::default());
        }
        let owed = infraction.fraction.mul_int(&self.initial_balance)?;
        Ok(owed.truncate())
    }

    /// Takes from stake on its way out; returns what it owed.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn slash_unbonding(
        &mut self,
        infraction: &Infraction,
        now: i64,
    ) -> Result<BigInt, RuleError> {
        let owed = self.owes(infraction, now)?;
        let taken = Dec::from_int(owed.clone()).min(self.balance.clone());
        self.balance = self.balance.sub(&taken)?;
        Ok(owed)
    }

    /// Takes shares of moved stake at the validator to which it went: the fraction of the shares that it bought, `bought`, as far
    /// as they are still there, even where less than a base unit is owed. Returns what it owed.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn slash_redelegation(
        &mut self,
        infraction: &Infraction,
        bought: &Dec,
        now: i64,
    ) -> Result<BigInt, RuleError> {
        if !self.answers(infraction, now) {
            return Ok(BigInt::default());
        }
        let shares = infraction.fraction.mul(bought)?;
        let shares = shares.min(self.balance.clone());
        self.balance = self.balance.sub(&shares)?;
        self.owes(infraction, now)
    }
}

/// Slashes a validator in block `height` at `now` seconds: `tokens` and the entries that left it lose what an infraction takes.
/// Entries are stake on its way out only; what moved stake owes is `redelegated`.
///
/// # Errors
/// [`RuleError::Refused`] for an infraction in the future or a negative fraction: the SDK panics.
pub fn slash(
    infraction: &Infraction,
    height: i64,
    now: i64,
    tokens: &mut BigInt,
    unbonding: &mut [Entry],
    redelegated: &BigInt,
) -> Result<Slashed, RuleError> {
    if infraction.fraction.is_negative() {
        return Err(RuleError::Refused("negative slash fraction"));
    }
    if infraction.height > height {
        return Err(RuleError::Refused("infraction in the future"));
    }
    let whole = Dec::from_int(infraction.tokens.clone());
    let amount = whole.mul(&infraction.fraction)?.truncate();
    let mut left = redelegated.clone();
    // Of this very block, nothing can have left since.
    if infraction.height < height {
        for entry in unbonding {
            left += entry.slash_unbonding(infraction, now)?;
        }
    }
    let bonded = (amount - &left).min(tokens.clone()).max(BigInt::default());
    *tokens -= &bonded;
    Ok(Slashed { bonded, left })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(whole: i64) -> BigInt {
        BigInt::from(whole)
    }

    fn entry(creation_height: i64, balance: i64) -> Entry {
        Entry {
            creation_height,
            completion_time: Some(100),
            initial_balance: int(balance),
            balance: Dec::from_int(balance),
        }
    }

    /// A third, as far as 18 places go, of 100 in block 10.
    fn infraction() -> Infraction {
        Infraction {
            height: 10,
            tokens: int(100),
            fraction: Dec::from_units(333_333_333_333_333_333i64),
        }
    }

    #[test]
    fn only_stake_that_left_since_the_infraction_and_is_not_free_answers() {
        let (mut tokens, mut entries) = (int(50), [entry(9, 30), entry(10, 20), entry(12, 8)]);
        entries[2].completion_time = Some(60);
        let slashed = slash(&infraction(), 13, 60, &mut tokens, &mut entries, &int(4)).unwrap();
        // A third of 100 is 33, cut; of 20 it is 6; moved stake owes 4; the validator 23.
        assert_eq!(
            slashed,
            Slashed {
                bonded: int(23),
                left: int(10)
            }
        );
        assert_eq!(tokens, int(27));
        let balances = entries.map(|entry| entry.balance.truncate());
        assert_eq!(balances, [30, 14, 8].map(BigInt::from));
    }

    #[test]
    fn what_an_entry_owes_counts_even_when_it_is_empty() {
        let (mut tokens, mut entries) = (int(50), [entry(11, 60)]);
        entries[0].balance = Dec::from_int(5);
        let slashed = slash(&infraction(), 11, 0, &mut tokens, &mut entries, &int(0)).unwrap();
        assert_eq!(
            slashed,
            Slashed {
                bonded: int(14),
                left: int(19)
            }
        );
        assert!(entries[0].balance.is_zero());
    }

    #[test]
    fn a_slash_in_its_own_block_looks_at_no_entry_and_takes_no_more_than_there_is() {
        let (mut tokens, mut entries) = (int(20), [entry(10, 60)]);
        let slashed = slash(&infraction(), 10, 0, &mut tokens, &mut entries, &int(0)).unwrap();
        assert_eq!(slashed.bonded, int(20));
        assert_eq!(entries[0].balance, Dec::from_int(60));
        let mut later = infraction();
        later.height = 14;
        assert!(slash(&later, 13, 0, &mut tokens, &mut entries, &int(0)).is_err());
    }

    #[test]
    fn moved_stake_loses_shares_in_proportion_and_no_more_than_it_has() {
        let mut moved = entry(10, 10);
        let bought = Dec::from_units(10);
        moved.balance = bought.clone();
        // A third of ten units of shares, to the nearest: 3; of ten base units, cut: 3.
        assert_eq!(
            moved.slash_redelegation(&infraction(), &bought, 0),
            Ok(int(3))
        );
        assert_eq!(moved.balance, Dec::from_units(7));
        moved.balance = Dec::from_units(2);
        assert_eq!(
            moved.slash_redelegation(&infraction(), &bought, 0),
            Ok(int(3))
        );
        assert!(moved.balance.is_zero());
    }

    /// A third of two base units is none, and two thirds of a unit of shares are lost all the same.
    #[test]
    fn moved_stake_too_small_to_owe_anything_loses_its_shares() {
        let mut moved = entry(10, 2);
        let bought = moved.balance.clone();
        let owed = moved.slash_redelegation(&infraction(), &bought, 0);
        assert_eq!(owed, Ok(int(0)));
        let left = Dec::from_units(1_333_333_333_333_333_334i64);
        assert_eq!(moved.balance, left);
        // What is free keeps them.
        assert_eq!(
            moved.slash_redelegation(&infraction(), &bought, 100),
            Ok(int(0))
        );
        assert_eq!(moved.balance, left);
    }
}
