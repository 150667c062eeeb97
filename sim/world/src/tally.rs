//! Counts of the running epoch that nothing else keeps.

use serde::{Deserialize, Serialize};
use units::{Amount, Span};

/// Counts since the epoch began.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Jobs submitted.
    pub submitted: u32,
    /// Jobs finished.
    pub finished: u32,
    /// Jobs withdrawn.
    pub abandoned: u32,
    /// Interruptions.
    pub interrupted: u32,
    /// Jobs first started.
    pub started: u32,
    /// Their waiting time, summed.
    pub wait: u128,
    /// Their largest waiting time.
    pub wait_max: Span,
    /// GPU-nanoseconds of work lost.
    pub lost_ns: u128,
    /// Job fees before the split.
    pub fees: Amount,
    /// Provider share of them.
    pub fees_provider: Amount,
    /// Discounts on job fees, which `fees` leave out.
    pub rebates: Amount,
    /// Losses claimed from the insurance pool.
    pub losses: Amount,
    /// Claimed by providers and delegators.
    pub claimed: Amount,
    /// Providers that entered.
    pub entries: u32,
    /// Providers that left.
    pub exits: u32,
    /// Warnings.
    pub warnings: u32,
    /// Penalties.
    pub penalties: u32,
    /// Severe verdicts.
    pub severe: u32,
    /// Slashed, by violation kind in the protocol's order.
    pub slashed: [Amount; protocol::ViolationKind::COUNT],
    /// Of all slashed, from honest providers and their delegators.
    pub slashed_honest: Amount,
    /// Incidents reported.
    pub incidents: u32,
    /// Appeals made.
    pub appeals: u32,
    /// Appeals upheld.
    pub appeals_upheld: u32,
    /// What upheld appeals returned.
    pub returned: Amount,
    /// Grants paid.
    pub grants: Amount,
    /// Coins bought at the market.
    pub bought: Amount,
    /// Coins sold there.
    pub sold: Amount,
}
