//! Slashing in Horizon: the provision first, what remains from the delegation where that is enabled.

use crate::networks::RuleError;
use crate::networks::round::{Rounding, mul_div};

/// What a slash takes, base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slashed {
    /// From the provision.
    pub provider: u128,
    /// From the delegation.
    pub delegation: u128,
}

/// Takes at most `tokens`: all that the provision has, then from the delegation if it may be slashed.
#[must_use]
pub fn slash(
    provision: u128,
    delegation: u128,
    may_slash_delegation: bool,
    tokens: u128,
) -> Slashed {
    let provider = tokens.min(provision);
    let rest = if may_slash_delegation {
        tokens - provider
    } else {
        0
    };
    Slashed {
        provider,
        delegation: rest.min(delegation),
    }
}

/// What is still thawing of `thawing` after `slashed` of `tokens` were taken, at most all, of which the thawing ones are a part: the same
/// share, floored.
///
/// # Errors
/// [`RuleError::ZeroDivisor`] for no tokens.
pub fn thawing_after(tokens: u128, thawing: u128, slashed: u128) -> Result<u128, RuleError> {
    let left = tokens.saturating_sub(slashed);
    mul_div(thawing, left, tokens, Rounding::Floor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_provision_is_taken_before_the_delegation() {
        let taken = |may: bool, tokens: u128| {
            let slashed = slash(10, 5, may, tokens);
            (slashed.provider, slashed.delegation)
        };
        assert_eq!(taken(true, 9), (9, 0));
        assert_eq!(taken(true, 12), (10, 2));
        assert_eq!(taken(false, 12), (10, 0));
        assert_eq!(taken(true, u128::MAX), (10, 5));
    }

    #[test]
    fn thawing_tokens_bear_their_share_and_the_odd_unit() {
        assert_eq!(thawing_after(10, 5, 1), Ok(4));
        assert_eq!(thawing_after(10, 5, 10), Ok(0));
        assert_eq!(thawing_after(10, 5, 11), Ok(0));
        assert!(thawing_after(0, 0, 0).is_err());
    }
}
