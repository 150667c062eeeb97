//! Assets and the accounts that hold them. It names the places where money can be; the [ledger](crate::ledger) holds it.

use serde::{Deserialize, Serialize};

use crate::ids::{ParticipantId, ProviderId};

/// What is counted. Each asset is conserved on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Asset {
    /// The network's own token.
    Native,
    /// A unit worth one dollar.
    Stable,
    /// Prepaid work, not transferable between participants by any operation yet.
    Credits,
}

impl Asset {
    /// Every asset, in index order.
    pub const ALL: [Asset; 3] = [Asset::Native, Asset::Stable, Asset::Credits];

    pub(crate) const COUNT: usize = Asset::ALL.len();
}

/// A place where an asset can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Account {
    /// What has not been minted, or has been burned. It opens with the asset's whole supply.
    Issuance,
    /// Minted rewards that nobody has claimed.
    RewardPool,
    /// The network's treasury.
    Treasury,
    /// The insurance pool.
    Insurance,
    /// The platform operator's fees.
    Platform,
    /// What customers have set aside for open jobs.
    JobEscrow,
    /// Slashed tokens that are held before they are handed out.
    SlashEscrow,
    /// Minted at genesis but under lock (team, investors, ecosystem): it does not circulate.
    Locked,
    /// A participant's free tokens.
    Liquid(ParticipantId),
    /// A participant's tokens that have left the unbonding queue and wait to be withdrawn.
    Unbonded(ParticipantId),
    /// A provider's own bond.
    SelfBond(ProviderId),
    /// What delegators have put behind a provider.
    Delegated(ProviderId),
    /// What is leaving a provider's bond or its delegations and can still be slashed.
    Unbonding(ProviderId),
    /// What owners have set aside for open appeals.
    AppealDeposit,
    /// What proposers have set aside until the tally.
    ProposalDeposit,
    /// The bond that vouches for a participant's data and models, with what of it is leaving.
    Vouched(ParticipantId),
    /// What a participant has staked as a user: for tiers and votes, never slashed.
    UserStake(ParticipantId),
    /// Fees for checks of work that no verifier has been paid yet.
    VerificationPool,
    /// What is held back of the pay of a provider's owner, with what has vested and was not claimed.
    Vesting(ProviderId),
}

/// What sort of account: where money is when nobody asks whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountKind {
    /// [`Account::Issuance`].
    Issuance,
    /// [`Account::RewardPool`].
    RewardPool,
    /// [`Account::Treasury`].
    Treasury,
    /// [`Account::Insurance`].
    Insurance,
    /// [`Account::Platform`].
    Platform,
    /// [`Account::JobEscrow`].
    JobEscrow,
    /// [`Account::SlashEscrow`].
    SlashEscrow,
    /// [`Account::Locked`].
    Locked,
    /// [`Account::AppealDeposit`].
    AppealDeposit,
    /// [`Account::ProposalDeposit`].
    ProposalDeposit,
    /// [`Account::Liquid`] of anybody.
    Liquid,
    /// [`Account::SelfBond`] and [`Account::Delegated`] of any provider: what is staked, which a slash takes together.
    Staked,
    /// [`Account::Unbonding`] of any provider.
    Unbonding,
    /// [`Account::Unbonded`] of anybody.
    Unbonded,
    /// [`Account::Vouched`] of anybody.
    Vouched,
    /// [`Account::UserStake`] of anybody.
    UserStake,
    /// [`Account::VerificationPool`].
    VerificationPool,
    /// [`Account::Vesting`] of any provider.
    Vesting,
}

impl AccountKind {
    /// Every kind.
    pub const ALL: [AccountKind; 18] = [
        AccountKind::Issuance,
        AccountKind::RewardPool,
        AccountKind::Treasury,
        AccountKind::Insurance,
        AccountKind::Platform,
        AccountKind::JobEscrow,
        AccountKind::SlashEscrow,
        AccountKind::Locked,
        AccountKind::AppealDeposit,
        AccountKind::ProposalDeposit,
        AccountKind::Liquid,
        AccountKind::Staked,
        AccountKind::Unbonding,
        AccountKind::Unbonded,
        AccountKind::Vouched,
        AccountKind::UserStake,
        AccountKind::VerificationPool,
        AccountKind::Vesting,
    ];

    /// Whether it holds the asset of bonds ([`BondParams::asset`](crate::BondParams::asset)) and no other: what is bonded, delegated,
    /// vouched or slashed, and what of it is on its way out.
    #[must_use]
    pub const fn is_of_bonds(self) -> bool {
        matches!(
            self,
            AccountKind::Staked
                | AccountKind::Unbonding
                | AccountKind::Unbonded
                | AccountKind::Vouched
                | AccountKind::SlashEscrow
        )
    }

    /// The name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            AccountKind::Issuance => "issuance",
            AccountKind::RewardPool => "reward_pool",
            AccountKind::Treasury => "treasury",
            AccountKind::Insurance => "insurance",
            AccountKind::Platform => "platform",
            AccountKind::JobEscrow => "job_escrow",
            AccountKind::SlashEscrow => "slash_escrow",
            AccountKind::Locked => "locked",
            AccountKind::AppealDeposit => "appeal_deposit",
            AccountKind::ProposalDeposit => "proposal_deposit",
            AccountKind::Liquid => "liquid",
            AccountKind::Staked => "staked",
            AccountKind::Unbonding => "unbonding",
            AccountKind::Unbonded => "unbonded",
            AccountKind::Vouched => "vouched",
            AccountKind::UserStake => "user_stake",
            AccountKind::VerificationPool => "verification_pool",
            AccountKind::Vesting => "vesting",
        }
    }
}

impl Account {
    /// What sort of account it is.
    #[must_use]
    pub const fn kind(self) -> AccountKind {
        match self {
            Account::Issuance => AccountKind::Issuance,
            Account::RewardPool => AccountKind::RewardPool,
            Account::Treasury => AccountKind::Treasury,
            Account::Insurance => AccountKind::Insurance,
            Account::Platform => AccountKind::Platform,
            Account::JobEscrow => AccountKind::JobEscrow,
            Account::SlashEscrow => AccountKind::SlashEscrow,
            Account::Locked => AccountKind::Locked,
            Account::AppealDeposit => AccountKind::AppealDeposit,
            Account::ProposalDeposit => AccountKind::ProposalDeposit,
            Account::Liquid(_) => AccountKind::Liquid,
            Account::SelfBond(_) | Account::Delegated(_) => AccountKind::Staked,
            Account::Unbonding(_) => AccountKind::Unbonding,
            Account::Unbonded(_) => AccountKind::Unbonded,
            Account::Vouched(_) => AccountKind::Vouched,
            Account::UserStake(_) => AccountKind::UserStake,
            Account::VerificationPool => AccountKind::VerificationPool,
            Account::Vesting(_) => AccountKind::Vesting,
        }
    }

    pub(crate) const SYSTEM: [Account; 11] = [
        Account::Issuance,
        Account::RewardPool,
        Account::Treasury,
        Account::Insurance,
        Account::Platform,
        Account::JobEscrow,
        Account::SlashEscrow,
        Account::Locked,
        Account::AppealDeposit,
        Account::ProposalDeposit,
        Account::VerificationPool,
    ];
}
