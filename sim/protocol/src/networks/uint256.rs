//! Solidity's `uint256`, for the rules of contracts: whole numbers below 2^256. What would pass them or fall below zero is refused, as the
//! contracts revert.
//!
//! Not for what the simulation counts: no amount of it passes 128 bits. Speed is no aim here; products and quotients are those of big
//! integers.

use num_bigint::BigInt;

use super::RuleError;
use super::round::{Rounding, big_div};

/// A whole number below 2^256.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uint256 {
    // In this order, so that the derived one is that of the numbers.
    high: u128,
    low: u128,
}

impl Uint256 {
    /// Zero.
    pub const ZERO: Uint256 = Uint256::new(0);

    /// A number of 128 bits.
    #[must_use]
    pub const fn new(low: u128) -> Uint256 {
        Uint256 { high: 0, low }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 256 bits.
    pub fn plus(self, other: Uint256) -> Result<Uint256, RuleError> {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.checked_add(other.high);
        let high = high.and_then(|high| high.checked_add(carry.into()));
        let high = high.ok_or(RuleError::Overflow)?;
        Ok(Uint256 { high, low })
    }

    /// The difference.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] below zero.
    pub fn minus(self, other: Uint256) -> Result<Uint256, RuleError> {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.checked_sub(other.high);
        let high = high.and_then(|high| high.checked_sub(borrow.into()));
        let high = high.ok_or(RuleError::Overflow)?;
        Ok(Uint256 { high, low })
    }

    /// The product.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past 256 bits.
    pub fn times(self, other: Uint256) -> Result<Uint256, RuleError> {
        (BigInt::from(self) * BigInt::from(other)).try_into()
    }

    /// The quotient, rounded down.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`].
    #[track_caller]
    pub fn over(self, divisor: Uint256) -> Result<Uint256, RuleError> {
        big_div(&self.into(), &divisor.into(), Rounding::Floor)?.try_into()
    }
}

impl From<u128> for Uint256 {
    fn from(low: u128) -> Uint256 {
        Uint256::new(low)
    }
}

impl From<Uint256> for BigInt {
    fn from(number: Uint256) -> BigInt {
        (BigInt::from(number.high) << 128u32) + number.low
    }
}

impl TryFrom<BigInt> for Uint256 {
    type Error = RuleError;

    fn try_from(number: BigInt) -> Result<Uint256, RuleError> {
        let half = |half: BigInt| u128::try_from(half).map_err(|_| RuleError::Overflow);
        let high = half(&number >> 128u32)?;
        let low = half(number - (BigInt::from(high) << 128u32))?;
        Ok(Uint256 { high, low })
    }
}

impl TryFrom<Uint256> for u128 {
    type Error = RuleError;

    fn try_from(number: Uint256) -> Result<u128, RuleError> {
        match number.high {
            0 => Ok(number.low),
            _ => Err(RuleError::Overflow),
        }
    }
}

impl PartialEq<u128> for Uint256 {
    fn eq(&self, other: &u128) -> bool {
        *self == Uint256::new(*other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGEST: Uint256 = Uint256 {
        high: u128::MAX,
        low: u128::MAX,
    };

    fn two_to(power: u32) -> Uint256 {
        (BigInt::from(1) << power).try_into().unwrap()
    }

    #[test]
    fn sums_carry_over_the_halves_and_stop_at_256_bits() {
        let half = Uint256::new(u128::MAX);
        assert_eq!(half.plus(1.into()), Ok(two_to(128)));
        assert_eq!(two_to(128).minus(1.into()), Ok(half));
        assert_eq!(LARGEST.plus(1.into()), Err(RuleError::Overflow));
        assert_eq!(two_to(128).minus(two_to(129)), Err(RuleError::Overflow));
        assert_eq!(Uint256::ZERO.minus(1.into()), Err(RuleError::Overflow));
        assert_eq!(two_to(255).plus(two_to(255)), Err(RuleError::Overflow));
    }

    #[test]
    fn products_keep_256_bits_and_quotients_are_cut() {
        assert_eq!(two_to(100).times(two_to(155)), Ok(two_to(255)));
        assert_eq!(two_to(128).times(two_to(128)), Err(RuleError::Overflow));
        assert_eq!(two_to(255).over(two_to(130)), Ok(two_to(125)));
        assert_eq!(LARGEST.over(two_to(255)), Ok(1.into()));
        let zero = LARGEST.over(Uint256::ZERO);
        assert_eq!(zero, Err(RuleError::ZeroDivisor));
    }

    #[test]
    fn numbers_are_in_order_and_those_beyond_are_refused() {
        assert!(two_to(128) > Uint256::new(u128::MAX));
        assert_eq!(
            Uint256::try_from(BigInt::from(LARGEST) + 1),
            Err(RuleError::Overflow)
        );
        assert_eq!(
            Uint256::try_from(BigInt::from(-1)),
            Err(RuleError::Overflow)
        );
        assert_eq!(BigInt::from(LARGEST), (BigInt::from(1) << 256u32) - 1);
        assert_eq!(u128::try_from(two_to(127)), Ok(1 << 127));
        assert_eq!(u128::try_from(two_to(128)), Err(RuleError::Overflow));
    }
}
