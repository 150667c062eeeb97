//! A slash: a share of a transcoder's own bond, of which a finder gets a share and the rest is burned. Switched off on the live
//! network, whose verifier is the null address. Stake that unbonds is out of reach.

use super::super::RuleError;
use super::super::uint256::Uint256;
use super::percent::BONDING;

/// What a slash does, in base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slash {
    /// What is taken.
    pub penalty: Uint256,
    /// What stays bonded.
    pub bonded: Uint256,
    /// What the finder gets.
    pub finder: Uint256,
    /// What is burned.
    pub burned: Uint256,
}

/// Takes `points` of `bonded`, and gives `finder_points` of that to the finder, both in millionths.
///
/// # Errors
/// [`RuleError::Refused`] for more than the whole.
pub fn slash(bonded: Uint256, points: Uint256, finder_points: Uint256) -> Result<Slash, RuleError> {
    let penalty = BONDING.of(bonded, points)?;
    let finder = BONDING.of(penalty, finder_points)?;
    let beyond = RuleError::Refused("a share of more than the whole");
    Ok(Slash {
        penalty,
        bonded: bonded.minus(penalty).map_err(|_| beyond)?,
        finder,
        burned: penalty.minus(finder).map_err(|_| beyond)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bonded: u128, points: u128, finder_points: u128) -> Result<Slash, RuleError> {
        slash(bonded.into(), points.into(), finder_points.into())
    }

    #[test]
    fn both_shares_round_down_and_the_burn_gets_the_remainder() {
        let found = of(101, 500_000, 333_333).unwrap();
        let expected = Slash {
            penalty: 50.into(),
            bonded: 51.into(),
            finder: 16.into(),
            burned: 34.into(),
        };
        assert_eq!(found, expected);
        assert!(of(10, 1_000_001, 0).is_ok_and(|slash| slash.penalty == 10));
        assert!(of(10, 2_000_000, 0).is_err());
        assert!(of(10, 1_000_000, 1_100_000).is_err());
    }
}
