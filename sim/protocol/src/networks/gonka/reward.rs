//! What an epoch may mint: the initial reward times an exponential decay.

use num_bigint::BigInt;

use crate::networks::RuleError;
use crate::networks::float::Double;
use crate::networks::round::{Rounding, big_div};

/// The reward of an epoch in base units: `initial × e^(decay × epochs)`, truncated. `decay` is a decimal, mantissa and places; without
/// one the reward does not decay. The exponent and the exponential are rounded to doubles, the product is that of decimals.
///
/// # Errors
/// [`RuleError::Overflow`] when a growing reward passes 64 bits.
pub fn fixed_epoch_reward(
    epochs: u64,
    initial: u64,
    decay: Option<(&BigInt, u32)>,
) -> Result<u64, RuleError> {
    let Some((mantissa, places)) = decay else {
        return Ok(initial);
    };
    if initial == 0 || epochs == 0 {
        return Ok(initial);
    }
    // no published number notices: published rewards are below 2^53, and truncated
    let exponent = Double::of_decimal(&(mantissa * epochs), places)?;
    // no published number notices: published rewards are below 2^53, and truncated
    let share = match exponent.exp() {
        // An infinite share pays nothing.
        Err(RuleError::Overflow) => return Ok(0),
        share => share?,
    };
    let (mantissa, places) = share.shortest()?;
    let reward = big_div(
        &(mantissa * initial),
        &BigInt::from(10).pow(places),
        Rounding::TowardZero,
    )?;
    u64::try_from(reward).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reward_without_decay_or_without_epochs_stays() {
        let decay = BigInt::from(-475);
        let at = |epochs, initial| fixed_epoch_reward(epochs, initial, Some((&decay, 6))).unwrap();
        assert_eq!(at(0, 285), 285);
        assert_eq!(at(9, 0), 0);
        assert_eq!(fixed_epoch_reward(9, 285, None), Ok(285));
    }

    /// `e^-0.1 = 0.90483741803595957…`, of which a double keeps 0.9048374180359595.
    #[test]
    fn a_tenth_of_decay_by_hand() {
        let decay = BigInt::from(-1);
        let reward = fixed_epoch_reward(1, 10_000_000_000_000_000, Some((&decay, 1)));
        assert_eq!(reward, Ok(9_048_374_180_359_595));
    }

    #[test]
    fn the_far_future_pays_nothing_and_a_rising_reward_overflows() {
        let [down, up] = [-1, 1].map(BigInt::from);
        assert_eq!(fixed_epoch_reward(u64::MAX, 285, Some((&down, 0))), Ok(0));
        assert_eq!(fixed_epoch_reward(745, 285, Some((&down, 0))), Ok(0));
        assert_eq!(fixed_epoch_reward(1000, 285, Some((&up, 0))), Ok(0));
        assert_eq!(
            fixed_epoch_reward(100, 285, Some((&up, 0))),
            Err(RuleError::Overflow)
        );
    }
}
