//! Why money moved: the one vocabulary of the ledger's tallies. It decides nothing.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Why an amount moved from one account to another.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Reason {
            $($(#[$doc])* $name,)*
        }

        impl Reason {
            /// Every reason, in index order.
            pub const ALL: [Reason; Reason::COUNT] = [$(Reason::$name),*];

            pub(crate) const COUNT: usize = [$($text),*].len();

            /// The name used in tables.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Reason::$name => $text,)* }
            }
        }
    };
}

reasons! {
    /// Minted before the first epoch closed.
    Genesis = "genesis",
    /// Minted into the reward pool for participants.
    Emission = "emission",
    /// Minted to the treasury: its own share, and the share of categories without participants.
    EmissionTreasury = "emission_treasury",
    /// Liquid to self-bond.
    Bond = "bond",
    /// Self-bond into the unbonding queue.
    Unbond = "unbond",
    /// Liquid to a provider's delegations.
    Delegate = "delegate",
    /// A provider's delegations into the unbonding queue.
    Undelegate = "undelegate",
    /// Out of the unbonding queue.
    Mature = "mature",
    /// Unbonded to liquid.
    Withdraw = "withdraw",
    /// A customer's escrow for a job.
    EscrowOpen = "escrow_open",
    /// The unused escrow of a closed job.
    EscrowRefund = "escrow_refund",
    /// A provider's share of job revenue.
    JobProvider = "job_provider",
    /// The platform's share of job revenue.
    FeePlatform = "fee_platform",
    /// The treasury's share of job revenue, with the remainder of the division.
    FeeTreasury = "fee_treasury",
    /// The insurance pool's share of job revenue.
    FeeInsurance = "fee_insurance",
    /// The burned share of job revenue.
    FeeBurn = "fee_burn",
    /// Rewards claimed by a provider's owner, commission included.
    RewardClaim = "reward_claim",
    /// Rewards claimed by a delegator.
    DelegationClaim = "delegation_claim",
    /// Rewards lost to a penalty, from the reward pool to the treasury.
    RewardForfeit = "reward_forfeit",
    /// Slashed into escrow out of self-bonds and delegations.
    Slash = "slash",
    /// Slashed into escrow out of the unbonding queue.
    SlashUnbonding = "slash_unbonding",
    /// From slash escrow to those who were harmed.
    SlashCompensation = "slash_compensation",
    /// From slash escrow to whoever reported.
    SlashReporter = "slash_reporter",
    /// From slash escrow to the insurance pool.
    SlashInsurance = "slash_insurance",
    /// From slash escrow, burned.
    SlashBurn = "slash_burn",
    /// From slash escrow to the treasury, with the remainder of the division.
    SlashTreasury = "slash_treasury",
    /// Between two participants.
    Trade = "trade",
    /// An owner's deposit for an appeal.
    AppealDeposit = "appeal_deposit",
    /// The deposit of an upheld appeal.
    AppealRefund = "appeal_refund",
    /// The deposit of a rejected appeal, to the insurance pool.
    AppealForfeit = "appeal_forfeit",
    /// From slash escrow back to the self-bond or the pool that it was taken from.
    SlashReturn = "slash_return",
    /// From slash escrow back to somebody who has left the bond or the queue.
    SlashReturnUnbonded = "slash_return_unbonded",
    /// One provider's delegations to another's.
    Redelegate = "redelegate",
    /// Slashed into escrow out of the delegations at the provider to which they were moved.
    SlashRedelegated = "slash_redelegated",
    /// Minted into the reward pool for contributions.
    EmissionContribution = "emission_contribution",
    /// Contribution rewards claimed.
    ContributionClaim = "contribution_claim",
    /// Held-back rewards lost by a bad contribution, from the reward pool to the treasury.
    ContributionForfeit = "contribution_forfeit",
    /// Liquid to the bond that vouches for contributions.
    Vouch = "vouch",
    /// Vouching bond that has left, to unbonded.
    VouchMature = "vouch_mature",
    /// Vouching bond lost by a bad contribution, to the insurance pool.
    VouchForfeit = "vouch_forfeit",
    /// Liquid to user stake.
    UserStake = "user_stake",
    /// User stake to liquid.
    UserUnstake = "user_unstake",
    /// Liquid to a proposal's deposit.
    ProposalDeposit = "proposal_deposit",
    /// A tallied proposal's deposit, back to liquid.
    DepositReturn = "deposit_return",
    /// A vetoed proposal's deposit, burned.
    DepositBurn = "deposit_burn",
    /// A grant from the treasury.
    Grant = "grant",
    /// From the insurance pool to the customer of a job that failed by a provider's fault.
    InsurancePayout = "insurance_payout",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_numbered_in_the_order_of_the_list_and_named_once() {
        for (index, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, index);
            let named = Reason::ALL
                .iter()
                .filter(|other| other.name() == reason.name());
            assert_eq!(named.count(), 1);
        }
    }
}
