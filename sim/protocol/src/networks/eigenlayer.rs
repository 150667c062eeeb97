//! EigenLayer: an operator's stake in a strategy is a magnitude, a slash multiplies it, and stakers' shares follow by a factor that
//! remembers when each of them came. Restated from the rules of Layr-Labs/eigenlayer-contracts @f84a515 (BUSL-1.1; formulas and
//! roundings only): `AllocationManager`, `SlashingLib`, and its document on shares.
//!
//! Magnitudes are counts of 1e-18 (a wad) and round against the operator, shares round for the staker: a slash of a magnitude is
//! rounded up, what it takes from shares down. Widths beyond 256 bits are an overflow.

use num_bigint::{BigUint, Sign};

use super::RuleError;
use super::round::{Rounding, big_div};

/// One, in units of 1e-18: the magnitude of an operator that was never slashed.
pub const WAD: u64 = 1_000_000_000_000_000_000;

/// An operator's allocation of a strategy to one set, and the most that it could allocate to all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// What the set may slash.
    pub current_magnitude: u64,
    /// What the operator has left to allocate to anyone; falls with every slash and never rises.
    pub max_magnitude: u64,
    /// What is on its way out of the set and still answers until it is free.
    pub pending_deallocation: u64,
}

impl Allocation {
    /// Slashes by `wads` of 1e-18: the magnitude that is taken is rounded up, so that no slash is nothing. Stake on its way out is
    /// slashed in proportion. Answers what was taken.
    ///
    /// # Errors
    /// [`RuleError::Refused`] for nought or more than all, [`RuleError::Overflow`] for a maximum below the current magnitude.
    pub fn slash(&mut self, wads: u64) -> Result<u64, RuleError> {
        if wads == 0 || wads > WAD {
            return Err(RuleError::Refused("InvalidWadToSlash"));
        }
        let slashed = small(mul_wad_round_up(self.current_magnitude, wads)?)?;
        let of_pending = small(mul_wad_round_up(self.pending_deallocation, wads)?)?;
        self.max_magnitude = self
            .max_magnitude
            .checked_sub(slashed)
            .ok_or(RuleError::Overflow)?;
        self.current_magnitude -= slashed;
        self.pending_deallocation -= of_pending;
        Ok(slashed)
    }
}

#[track_caller]
fn mul_wad_round_up(magnitude: u64, wads: u64) -> Result<BigUint, RuleError> {
    mul_div(&magnitude.into(), &wads.into(), &WAD.into(), Rounding::Ceil)
}

/// Shares that an operator's slash takes of `operator_shares`, when its maximum falls from `previous` to `new`: what is left is
/// rounded up.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for a previous maximum of nought, [`RuleError::Refused`] for a maximum that rises.
pub fn slashed_shares(
    operator_shares: &BigUint,
    previous: u64,
    new: u64,
) -> Result<BigUint, RuleError> {
    if new > previous {
        return Err(RuleError::Refused("a maximum magnitude never rises"));
    }
    let left = mul_div(
        operator_shares,
        &new.into(),
        &previous.into(),
        Rounding::Ceil,
    )?;
    Ok(operator_shares - left)
}

/// What turns a staker's deposits into shares: the inverse of all slashes before each deposit, in units of 1e-18.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepositScalingFactor(BigUint);

impl Default for DepositScalingFactor {
    fn default() -> DepositScalingFactor {
        DepositScalingFactor(WAD.into())
    }
}

impl DepositScalingFactor {
    /// The factor, in units of 1e-18.
    #[must_use]
    pub fn units(&self) -> &BigUint {
        &self.0
    }

    /// After a deposit of `added` shares beside `deposited` ones, with an operator of this slashing factor (its maximum
    /// magnitude): what could be withdrawn before, and `added`, can be withdrawn after it, less what three divisions cut off.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] with an operator that was slashed to nothing.
    pub fn deposit(
        &mut self,
        deposited: &BigUint,
        added: &BigUint,
        slashing_factor: u64,
    ) -> Result<(), RuleError> {
        let wad = BigUint::from(WAD);
        let factor = BigUint::from(slashing_factor);
        self.0 = if *deposited == BigUint::default() {
            mul_div(&self.0, &wad, &factor, Rounding::Floor)?
        } else {
            let shares = self.withdrawable(deposited, slashing_factor)? + added;
            let each = mul_div(&shares, &wad, &(deposited + added), Rounding::Floor)?;
            mul_div(&each, &wad, &factor, Rounding::Floor)?
        };
        Ok(())
    }

    /// Shares that can be withdrawn of `deposited`, cut off twice.
    ///
    /// # Errors
    /// [`RuleError::Overflow`].
    pub fn withdrawable(
        &self,
        deposited: &BigUint,
        slashing_factor: u64,
    ) -> Result<BigUint, RuleError> {
        let wad = BigUint::from(WAD);
        let scaled = mul_div(deposited, &self.0, &wad, Rounding::Floor)?;
        mul_div(&scaled, &slashing_factor.into(), &wad, Rounding::Floor)
    }
}

#[track_caller]
fn mul_div(
    a: &BigUint,
    b: &BigUint,
    d: &BigUint,
    rounding: Rounding,
) -> Result<BigUint, RuleError> {
    let quotient = big_div(&(a * b).into(), &d.clone().into(), rounding)?;
    match quotient.into_parts() {
        (Sign::Minus, _) => Err(RuleError::Overflow),
        (_, magnitude) if magnitude.bits() > 256 => Err(RuleError::Overflow),
        (_, magnitude) => Ok(magnitude),
    }
}

fn small(magnitude: BigUint) -> Result<u64, RuleError> {
    u64::try_from(magnitude).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allocation(current: u64, max: u64) -> Allocation {
        Allocation {
            current_magnitude: current,
            max_magnitude: max,
            pending_deallocation: 0,
        }
    }

    #[test]
    fn a_slash_takes_from_the_magnitude_and_from_the_maximum_alike() {
        let mut half = allocation(WAD / 2, WAD);
        assert_eq!(half.slash(WAD / 4), Ok(WAD / 8));
        assert_eq!(half, allocation(WAD / 8 * 3, WAD / 8 * 7));
        assert!(half.slash(0).is_err() && half.slash(WAD + 1).is_err());
        assert!(allocation(WAD, WAD / 2).slash(WAD).is_err());
    }

    #[test]
    fn no_slash_of_a_magnitude_is_nothing() {
        // A tenth of a unit is a whole one, of 15 units two.
        let mut few = allocation(1, WAD);
        assert_eq!(few.slash(WAD / 10), Ok(1));
        assert_eq!(few.slash(WAD / 10), Ok(0));
        let mut pending = allocation(15, WAD);
        pending.pending_deallocation = 11;
        assert_eq!(pending.slash(WAD / 10), Ok(2));
        assert_eq!(pending.pending_deallocation, 9);
    }

    #[test]
    fn what_is_left_of_shares_is_rounded_up() {
        let slashed = |shares: u64, previous, new| slashed_shares(&shares.into(), previous, new);
        // Two thirds of ten are left, 6.67: seven.
        assert_eq!(slashed(10, 3, 2), Ok(3u64.into()));
        assert_eq!(slashed(10, 3, 3), Ok(0u64.into()));
        assert_eq!(slashed(10, 3, 0), Ok(10u64.into()));
        assert_eq!(slashed(10, 0, 0), Err(RuleError::ZeroDivisor));
        assert!(slashed(10, 2, 3).is_err());
    }

    #[test]
    fn a_deposit_after_a_slash_is_whole() {
        let mut factor = DepositScalingFactor::default();
        let (ten, twenty, thirty) = (
            BigUint::from(10u8),
            BigUint::from(20u8),
            BigUint::from(30u8),
        );
        factor.deposit(&BigUint::default(), &ten, WAD).unwrap();
        assert_eq!(factor.withdrawable(&ten, WAD), Ok(ten.clone()));
        // Half is slashed; twenty more shares make 25 of 30 deposited: 5/6 (cut) over a half.
        factor.deposit(&ten, &twenty, WAD / 2).unwrap();
        assert_eq!(*factor.units(), BigUint::from(1_666_666_666_666_666_666u64));
        assert_eq!(
            factor.withdrawable(&thirty, WAD / 2),
            Ok(BigUint::from(24u8))
        );
        // The first deposit with an operator at two thirds (cut): one and a half, and a unit.
        let mut first = DepositScalingFactor::default();
        let two_thirds = 666_666_666_666_666_666;
        first
            .deposit(&BigUint::default(), &ten, two_thirds)
            .unwrap();
        assert_eq!(*first.units(), BigUint::from(1_500_000_000_000_000_001u64));
        let zero = first.deposit(&ten, &ten, 0);
        assert_eq!(zero, Err(RuleError::ZeroDivisor));
    }
}
