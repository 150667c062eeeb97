//! Parameters of contributions: what vouches for them, and how what is held back comes free.

use serde::{Deserialize, Serialize};
use units::{Amount, Ratio};

/// How held-back rewards come free.
///
/// Seven base units held back in epoch 0 over 4 epochs after a cliff of 1 stand at 1.75, 3.5, 5.25 and 7 in epochs 2 to 5:
///
/// ```
/// use stakesim_protocol::*;
/// use units::{Amount, Ratio};
///
/// let (why, amount) = (Cause(0), Amount::new);
/// let mut params = Params::default();
/// params.emission = EmissionParams { rule: EmissionRule::Fixed, per_epoch: amount(350), ..params.emission };
/// params.scaling.staked.gain = Ratio::ZERO;
/// params.contribution = ContributionParams {
///     hold_back: Ratio::ONE,
///     hold_back_epochs: 4,
///     cliff_epochs: 1,
///     schedule_epochs: 1,
///     ..params.contribution
/// };
/// let mut protocol = Protocol::new(params, &[], 1)?;
/// let participant = protocol.open_participant();
/// let (kind, quality) = (ContributionKind::Governance, Ratio::ONE);
/// protocol.apply(Tick(0), why, Operation::RecordContribution { by: participant, kind, utility: 1, quality })?;
/// // Engagement has 2 % of 350 = 7. Each claim pays the floor of the sum so far, less what was paid: nothing is lost.
/// let mut paid = Vec::new();
/// for day in 1..=6 {
///     protocol.end_epoch(Tick(day), why)?;
///     let claim = Operation::ClaimContribution { participant };
///     let Outcome::Claimed(amount) = protocol.apply(Tick(day), why, claim)? else { unreachable!() };
///     paid.push(amount.base_units());
/// }
/// assert_eq!(paid, [0, 1, 2, 2, 2, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Vesting {
    /// Nothing is held back.
    None,
    /// Nothing until the cliff is over, then in a line.
    LinearWithCliff,
}

/// Rewards for data, models, governance and contracts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionParams {
    /// Bond behind each point of data or models in an epoch, base units. Zero: none is needed.
    pub bond_per_point: Amount,
    /// Share of each reward that is held back.
    pub hold_back: Ratio,
    /// How it comes free.
    pub vesting: Vesting,
    /// Length of the line after the cliff, epochs. Zero: all at once.
    pub hold_back_epochs: u32,
    /// How long nothing comes free, epochs.
    pub cliff_epochs: u32,
    /// Hold-backs of this many epochs share a schedule, which begins with the last of them.
    pub schedule_epochs: u32,
}

impl Default for ContributionParams {
    fn default() -> ContributionParams {
        ContributionParams {
            bond_per_point: Amount::from_tokens(1, 9),
            hold_back: Ratio::from_percent(20),
            vesting: Vesting::LinearWithCliff,
            hold_back_epochs: 180,
            cliff_epochs: 30,
            schedule_epochs: 7,
        }
    }
}
