//! Division that says how it rounds. Every rounding of a network's rule goes through here, and nowhere else: that is how a
//! test can turn each of them around, one after the other, and see that the published numbers notice.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use units::wide;

use super::RuleError;
#[cfg(feature = "canary")]
pub use sites::{Site, plant, seen};

/// Which whole number a quotient becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceil,
    /// Towards zero.
    TowardZero,
    /// To the nearest, ties away from zero.
    HalfUp,
    /// To the nearest, ties to the even one.
    HalfEven,
}

/// `a / d`.
///
/// # Errors
/// [`RuleError::ZeroDivisor`].
#[track_caller]
pub fn div(a: u128, d: u128, rounding: Rounding) -> Result<u128, RuleError> {
    mul_div(a, 1, d, rounding)
}

/// `a × b / d`, with every digit of the product kept.
///
/// # Errors
/// [`RuleError::ZeroDivisor`], [`RuleError::Overflow`] past 128 bits.
#[track_caller]
pub fn mul_div(a: u128, b: u128, d: u128, rounding: Rounding) -> Result<u128, RuleError> {
    if d == 0 {
        return Err(RuleError::ZeroDivisor);
    }
    let (floor, remainder) = wide::mul_div_rem(a, b, d).ok_or(RuleError::Overflow)?;
    let up = match rounding {
        Rounding::Floor | Rounding::TowardZero => false,
        Rounding::Ceil => remainder > 0,
        Rounding::HalfUp => remainder >= d - remainder,
        Rounding::HalfEven => {
            remainder > d - remainder || (remainder == d - remainder && floor % 2 == 1)
        }
    };
    let up = turned(up, remainder != 0);
    floor.checked_add(u128::from(up)).ok_or(RuleError::Overflow)
}

/// `a / d` of signed integers of any length.
///
/// # Errors
/// [`RuleError::ZeroDivisor`].
#[track_caller]
pub fn big_div(a: &BigInt, d: &BigInt, rounding: Rounding) -> Result<BigInt, RuleError> {
    if d.sign() == Sign::NoSign {
        return Err(RuleError::ZeroDivisor);
    }
    // The remainder has the divisor's sign; from here on both count as positive.
    let (floor, remainder) = a.div_mod_floor(d);
    let (twice, whole) = (remainder.magnitude() << 1u32, d.magnitude());
    let is_inexact = remainder.sign() != Sign::NoSign;
    let up = match rounding {
        Rounding::Floor => false,
        Rounding::Ceil => is_inexact,
        Rounding::TowardZero => is_inexact && floor.sign() == Sign::Minus,
        Rounding::HalfUp => &twice > whole || (&twice == whole && floor.sign() != Sign::Minus),
        Rounding::HalfEven => &twice > whole || (&twice == whole && floor.is_odd()),
    };
    Ok(if turned(up, is_inexact) {
        floor + 1
    } else {
        floor
    })
}

/// `a / 2^bits` of a signed integer of any length.
#[track_caller]
#[must_use]
pub fn big_shift(a: &BigInt, bits: u32, rounding: Rounding) -> BigInt {
    big_div(a, &(BigInt::from(1) << bits), rounding).expect("a power of two is not zero")
}

/// The square root of `n`, rounded down.
#[track_caller]
#[must_use]
pub fn sqrt(n: u128) -> u128 {
    let root = n.isqrt();
    root + u128::from(turned(false, root * root != n))
}

#[cfg(not(feature = "canary"))]
#[inline(always)]
const fn turned(up: bool, _is_inexact: bool) -> bool {
    up
}

#[cfg(feature = "canary")]
#[track_caller]
fn turned(up: bool, is_inexact: bool) -> bool {
    up ^ (is_inexact && sites::strikes(core::panic::Location::caller()))
}

/// One rounding turned around on purpose, by the place in the source that asks for it.
#[cfg(feature = "canary")]
mod sites {
    extern crate std;

    use alloc::collections::BTreeSet;
    use alloc::vec::Vec;
    use core::cell::{Cell, RefCell};
    use core::panic::Location;

    /// File, line and column of a rounding.
    pub type Site = (&'static str, u32, u32);

    std::thread_local! {
        static PLANTED: Cell<Option<Site>> = const { Cell::new(None) };
        static SEEN: RefCell<BTreeSet<Site>> = const { RefCell::new(BTreeSet::new()) };
    }

    /// From now on this thread rounds the other way at this place, or nowhere.
    pub fn plant(site: Option<Site>) {
        PLANTED.set(site);
    }

    /// Where this thread has rounded something that was not whole since it was last asked, in the order of the source.
    #[must_use]
    pub fn seen() -> Vec<Site> {
        SEEN.take().into_iter().collect()
    }

    pub(super) fn strikes(at: &'static Location<'static>) -> bool {
        let site = (at.file(), at.line(), at.column());
        SEEN.with_borrow_mut(|seen| seen.insert(site));
        PLANTED.get() == Some(site)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Rounding; 5] = [
        Rounding::Floor,
        Rounding::Ceil,
        Rounding::TowardZero,
        Rounding::HalfUp,
        Rounding::HalfEven,
    ];

    #[test]
    fn five_roundings_of_halves_and_thirds() {
        let rounded = |a: i64, d: i64| {
            ALL.map(|rounding| big_div(&BigInt::from(a), &BigInt::from(d), rounding).unwrap())
                .map(|whole| i64::try_from(whole).unwrap())
        };
        assert_eq!(rounded(5, 2), [2, 3, 2, 3, 2]);
        assert_eq!(rounded(-5, 2), [-3, -2, -2, -3, -2]);
        assert_eq!(rounded(5, -2), [-3, -2, -2, -3, -2]);
        assert_eq!(rounded(-7, 2), [-4, -3, -3, -4, -4]);
        assert_eq!(rounded(4, 3), [1, 2, 1, 1, 1]);
        assert_eq!(rounded(-4, 3), [-2, -1, -1, -1, -1]);
        assert_eq!(rounded(6, 3), [2; 5]);
    }

    #[test]
    fn small_and_big_integers_round_alike() {
        for a in 0..40u128 {
            for d in 1..9u128 {
                for rounding in ALL {
                    let big = big_div(&BigInt::from(a), &BigInt::from(d), rounding).unwrap();
                    assert_eq!(BigInt::from(div(a, d, rounding).unwrap()), big);
                }
            }
        }
    }

    #[test]
    fn square_roots_round_down() {
        assert_eq!([0, 1, 3, 4, 99].map(sqrt), [0, 1, 1, 2, 9]);
        assert_eq!(sqrt(u128::MAX), (1 << 64) - 1);
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!(div(1, 0, Rounding::Floor), Err(RuleError::ZeroDivisor));
        let [one, zero] = [1, 0].map(BigInt::from);
        assert_eq!(
            big_div(&one, &zero, Rounding::Floor),
            Err(RuleError::ZeroDivisor)
        );
        assert_eq!(
            mul_div(u128::MAX, 2, 1, Rounding::Floor),
            Err(RuleError::Overflow)
        );
    }
}
