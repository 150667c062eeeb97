//! A slash: a share of a transcoder's own bond, of which a finder gets a share and the rest is burned. Switched off on the live
//! network, whose verifier is the null address. Stake that unbonds is out of reach.

use super::super::RuleError;
use super::percent::BONDING;

/// What a slash does, in base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slash {
    /// What is taken.
    pub penalty: u128,
    /// What stays bonded.
    pub bonded: u128,
    /// What the finder gets.
    pub finder: u128,
    /// What is burned.
    pub burned: u128,
}

/// Takes `points` of `bonded`, and gives `finder_points` of that to the finder, both in millionths.
///
/// # Errors
/// [`RuleError::Refused`] for more than the whole.
pub fn slash(bonded: u128, points: u128, finder_points: u128) -> Result<Slash, RuleError> {
    let penalty = BONDING.of(bonded, points)?;
    let finder = BONDING.of(penalty, finder_points)?;
    let beyond = RuleError::Refused("a share of more than the whole");
    Ok(Slash {
        penalty,
        bonded: bonded.checked_sub(penalty).ok_or(beyond)?,
        finder,
        burned: penalty.checked_sub(finder).ok_or(beyond)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shares_round_down_and_the_burn_gets_the_remainder() {
        let found = slash(101, 500_000, 333_333).unwrap();
        let expected = Slash {
            penalty: 50,
            bonded: 51,
            finder: 16,
            burned: 34,
        };
        assert_eq!(found, expected);
        assert!(slash(10, 1_000_001, 0).is_ok_and(|slash| slash.penalty == 10));
        assert!(slash(10, 2_000_000, 0).is_err());
        assert!(slash(10, 1_000_000, 1_100_000).is_err());
    }
}
