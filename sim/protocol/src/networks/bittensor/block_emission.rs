//! What a block mints: one token, halved with every halving of the supply that is left.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, div, mul_div};

/// All that will ever be issued, base units.
pub const TOTAL_SUPPLY: u64 = 21_000_000_000_000_000;
/// What the first blocks mint, base units.
pub const FIRST_BLOCK_EMISSION: u64 = 1_000_000_000;
/// One, with 32 binary places.
const ONE: u128 = 1 << 32;

/// What a block mints after `issuance` base units: `10^9 / 2^r` with `r = ⌊log2(1 / (1 − issuance / supply))⌋`. The same curve serves each
/// subnet's own token.
///
/// The logarithm's whole part is counted as the runtime counts it, halving with half places rounded up: a number one unit below a power
/// of two counts as that power.
///
/// # Errors
/// None in practice.
pub fn block_emission(issuance: u64) -> Result<u64, RuleError> {
    if issuance >= TOTAL_SUPPLY {
        return Ok(0);
    }
    // no published number notices: only the power of two that it lies between counts
    let issued = mul_div(issuance.into(), ONE, TOTAL_SUPPLY.into(), Rounding::Floor)?;
    // no published number notices: only the power of two that it lies between counts
    let mut inverse = mul_div(ONE, ONE, ONE - issued, Rounding::Floor)?;
    let mut halvings = 0u32;
    while inverse >= 2 * ONE {
        inverse = (inverse >> 1) + (inverse & 1);
        halvings += 1;
    }
    let emission = div(
        u128::from(FIRST_BLOCK_EMISSION),
        1 << halvings,
        Rounding::Floor,
    )?;
    u64::try_from(emission).map_err(|_| RuleError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of the supply is one halving. Nine tenths leave a tenth, between an eighth and a sixteenth: three halvings.
    #[test]
    fn emission_halves_as_the_rest_does() {
        assert_eq!(block_emission(TOTAL_SUPPLY / 2), Ok(500_000_000));
        assert_eq!(block_emission(TOTAL_SUPPLY / 10 * 9), Ok(125_000_000));
        assert_eq!(block_emission(TOTAL_SUPPLY - 1), Ok(0));
        assert_eq!(block_emission(u64::MAX), Ok(0));
    }
}
