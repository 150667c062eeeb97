//! Every number the rules depend on. Fields are plain and public; [`Params::check`] holds the rules that span several.
//! Defaults are the baseline's (assumptions unless a source is named in `scenarios/ASSUMPTIONS.md`).

mod check;
mod check_governance;
mod check_stake;
mod conduct;
mod contribution;
mod control;
mod governance;
mod issuance;
mod live;
mod matrix;
mod matrix_group;
mod money;
mod users;
mod valuation;
mod vesting;
mod weighting;

pub use check::ParamFault;
pub(crate) use check::check_kinds;
pub use conduct::StorageScore;
pub use conduct::{LadderParams, RecoveryParams, ScoreParams, SlashOrder, SlashReleaseParams};
pub use contribution::{ContributionParams, Vesting};
pub use control::{Controller, GuardParams, PriceParams, ScalingParams};
pub use governance::{GovernanceParams, VotingRule};
pub use issuance::{AllocationParams, InflationParams};
pub use live::LiveParameter;
pub use matrix::{AppealParams, CorrelationParams, CorrelationRule, MatrixParams, MatrixRow};
pub use matrix::{RecoveryPath, Regime};
pub use matrix_group::{GroupRule, MatrixGroup};
pub use money::{BondParams, EmissionParams, EmissionRule, FeeParams, SplitParams, SupplyParams};
pub use money::{BondUnit, FeeSharing, UnbondingRule};
pub use users::UserParams;
pub use valuation::{InsuranceParams, ValuationParams};
pub use vesting::{VestingCover, VestingLiability, VestingParams, VestingRule};
pub use weighting::{
    CommitmentParams, CommitmentTier, EngagementParams, GrowthParams, MarketShareRule,
    TenureParams, WeightRule,
};

use serde::{Deserialize, Serialize};
use units::MoneyRate;

use crate::ids::GroupId;
use crate::role::Role;

/// The parameters of the token. Durations are in ticks or epochs, as each says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Params {
    /// How many tokens there can be.
    pub supply: SupplyParams,
    /// How many are minted.
    pub emission: EmissionParams,
    /// Who the emission is for.
    pub split: SplitParams,
    /// Where job revenue goes.
    pub fees: FeeParams,
    /// How bonds are sized and leave.
    pub bond: BondParams,
    /// The price controller of each group.
    pub price: PriceParams,
    /// The reward controllers.
    pub scaling: ScalingParams,
    /// How performance is scored.
    pub score: ScoreParams,
    /// What violations cost.
    pub ladder: LadderParams,
    /// How a reinstated provider comes back.
    pub recovery: RecoveryParams,
    /// Where slashed tokens go, and when.
    pub slash_release: SlashReleaseParams,
    /// The circuit breaker and the other guards.
    pub guard: GuardParams,
    /// Length of an epoch, ticks.
    pub epoch_ticks: u64,
    /// Length of an hour, ticks: the shortest time between two steps of a group's price.
    pub hour_ticks: u64,
    /// What binding a bond weighs.
    pub commitment: CommitmentParams,
    /// What working without a break weighs.
    pub tenure: TenureParams,
    /// What a large share of a kind weighs.
    pub market_share: MarketShareRule,
    /// What a provider weighs before all factors.
    pub weight: WeightRule,
    /// Newcomers, and the size that the network grows to.
    pub growth: GrowthParams,
    /// How engagement is divided.
    pub engagement: EngagementParams,
    /// What each kind of violation costs, beside the ladder.
    pub matrix: MatrixParams,
    /// More for those who fail together.
    pub correlation: CorrelationParams,
    /// How a verdict is appealed.
    pub appeal: AppealParams,
    /// What customers get for staking.
    pub users: UserParams,
    /// How region, hour and priority price a job.
    pub valuation: ValuationParams,
    /// What the insurance pool pays for failed jobs.
    pub insurance: InsuranceParams,
    /// Rewards for data, models, governance and contracts.
    pub contribution: ContributionParams,
    /// Proposals and votes.
    pub governance: GovernanceParams,
    /// What is held back of providers' pay.
    pub vesting: VestingParams,
}

impl Default for Params {
    /// The baseline, with a tick of one second and an epoch of one day.
    fn default() -> Params {
        Params {
            supply: SupplyParams::default(),
            emission: EmissionParams::default(),
            split: SplitParams::default(),
            fees: FeeParams::default(),
            bond: BondParams::default(),
            price: PriceParams::default(),
            scaling: ScalingParams::default(),
            score: ScoreParams::default(),
            ladder: LadderParams::default(),
            recovery: RecoveryParams::default(),
            slash_release: SlashReleaseParams::default(),
            guard: GuardParams::default(),
            epoch_ticks: 86_400,
            hour_ticks: 3_600,
            commitment: CommitmentParams::default(),
            tenure: TenureParams::default(),
            market_share: MarketShareRule::default(),
            weight: WeightRule::default(),
            growth: GrowthParams::default(),
            engagement: EngagementParams::default(),
            matrix: MatrixParams::default(),
            correlation: CorrelationParams::default(),
            appeal: AppealParams::default(),
            users: UserParams::default(),
            valuation: ValuationParams::default(),
            insurance: InsuranceParams::default(),
            contribution: ContributionParams::default(),
            governance: GovernanceParams::default(),
            vesting: VestingParams::default(),
        }
    }
}

/// A resource kind: what one GPU of it rents for, and whose price multiplier it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// The price group.
    pub group: GroupId,
    /// List price of one GPU, before the group's multiplier.
    pub list_price_usd: MoneyRate,
    /// What its providers do; units of a kind that is not compute are what the host counts, priced like GPUs.
    pub role: Role,
    /// Whether it is newer hardware, and so shares in the innovation pool.
    pub is_new: bool,
}
