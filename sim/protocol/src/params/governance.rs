//! Parameters of governance: what a proposal costs, how votes weigh and when a decision binds.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// What a voter's stake weighs.
///
/// ```
/// use stakesim_protocol::VotingRule;
/// use units::{Amount, Ratio};
///
/// // 900 of 1000 staked: all of it, a quarter of the total, or the root.
/// let (stake, total) = (Amount::new(900), Amount::new(1_000));
/// assert_eq!(VotingRule::Linear.weight(stake, total), 900);
/// assert_eq!(VotingRule::Capped { share: Ratio::from_percent(25) }.weight(stake, total), 250);
/// assert_eq!(VotingRule::Quadratic.weight(stake, total), 30);
/// // The root of 99 is 9.9: rounded down.
/// assert_eq!(VotingRule::Quadratic.weight(Amount::new(99), total), 9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VotingRule {
    /// As much as it is.
    Linear,
    /// At most a share of all stake, rounded down.
    Capped {
        /// The share, above zero, at most one.
        share: Ratio,
    },
    /// Its square root in base units, rounded down.
    Quadratic,
}

impl VotingRule {
    /// What `stake` of `total` weighs.
    #[must_use]
    pub fn weight(self, stake: Amount, total: Amount) -> u128 {
        match self {
            VotingRule::Linear => stake.base_units(),
            VotingRule::Capped { share } => stake.min(share.mul_floor(total)).base_units(),
            VotingRule::Quadratic => stake.base_units().isqrt(),
        }
    }
}

/// Proposals and votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GovernanceParams {
    /// What a proposer sets aside until the tally, base units; burned when vetoed.
    pub deposit: Amount,
    /// From the proposal to the close that tallies, epochs.
    pub voting_epochs: u32,
    /// What stake weighs.
    pub weight: VotingRule,
    /// Share of all stake that has to vote.
    pub quorum: Ratio,
    /// Share of yes, no and veto that yes has to pass.
    pub threshold: Ratio,
    /// Share of all votes that veto has to pass.
    pub veto_share: Ratio,
    /// Whole epochs between the tally and the first in which it may be executed.
    pub timelock_epochs: u32,
    /// In how many epochs it may be executed.
    pub grace_epochs: u32,
    /// How many proposals may be open at once.
    pub open_max: u32,
}

impl Default for GovernanceParams {
    fn default() -> GovernanceParams {
        GovernanceParams {
            deposit: Amount::from_tokens(1_000, 9),
            voting_epochs: 7,
            weight: VotingRule::Linear,
            quorum: Ratio::from_parts(334_000_000_000),
            threshold: Ratio::from_percent(50),
            veto_share: Ratio::from_parts(334_000_000_000),
            timelock_epochs: 2,
            grace_epochs: 14,
            open_max: 16,
        }
    }
}
