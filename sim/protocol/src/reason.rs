//! Why money moved, and between which kinds of account: the one vocabulary of the ledger's tallies. It decides nothing.

use serde::{Deserialize, Serialize};

use crate::account::AccountKind;

macro_rules! destination {
    (_) => {
        None
    };
    ($kind:ident) => {
        Some(AccountKind::$kind)
    };
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $from:ident => $to:tt,)*) => {
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

            /// The kind of account that it leaves.
            #[must_use]
            pub const fn from(self) -> AccountKind {
                match self { $(Reason::$name => AccountKind::$from,)* }
            }

            /// Whether it moves the asset of bonds: one of its ends is an account of bonds.
            #[must_use]
            pub const fn is_of_bonds(self) -> bool {
                let to = match self.to() {
                    Some(kind) => kind.is_of_bonds(),
                    None => false,
                };
                to || self.from().is_of_bonds()
            }

            /// The kind of account that it comes to; none where that varies, as at genesis.
            #[must_use]
            pub const fn to(self) -> Option<AccountKind> {
                match self { $(Reason::$name => destination!($to),)* }
            }
        }
    };
}

reasons! {
    /// Minted before the first epoch closed.
    Genesis = "genesis", Issuance => _,
    /// Minted into the reward pool for participants.
    Emission = "emission", Issuance => RewardPool,
    /// Minted to the treasury: its own share, and the share of categories without participants.
    EmissionTreasury = "emission_treasury", Issuance => Treasury,
    /// Liquid to self-bond.
    Bond = "bond", Liquid => Staked,
    /// Self-bond into the unbonding queue.
    Unbond = "unbond", Staked => Unbonding,
    /// Liquid to a provider's delegations.
    Delegate = "delegate", Liquid => Staked,
    /// A provider's delegations into the unbonding queue.
    Undelegate = "undelegate", Staked => Unbonding,
    /// Out of the unbonding queue.
    Mature = "mature", Unbonding => Unbonded,
    /// Unbonded to liquid.
    Withdraw = "withdraw", Unbonded => Liquid,
    /// A customer's escrow for a job.
    EscrowOpen = "escrow_open", Liquid => JobEscrow,
    /// The unused escrow of a closed job.
    EscrowRefund = "escrow_refund", JobEscrow => Liquid,
    /// A provider's share of job revenue, but for what of it its delegators have or is held back.
    JobProvider = "job_provider", JobEscrow => Liquid,
    /// The platform's share of job revenue.
    FeePlatform = "fee_platform", JobEscrow => Platform,
    /// The treasury's share of job revenue, with the remainder of the division.
    FeeTreasury = "fee_treasury", JobEscrow => Treasury,
    /// The insurance pool's share of job revenue.
    FeeInsurance = "fee_insurance", JobEscrow => Insurance,
    /// The burned share of job revenue.
    FeeBurn = "fee_burn", JobEscrow => Issuance,
    /// Rewards claimed by a provider's owner, commission included, but for what of them is held back.
    RewardClaim = "reward_claim", RewardPool => Liquid,
    /// Rewards, and shared fees, claimed by a delegator.
    DelegationClaim = "delegation_claim", RewardPool => Liquid,
    /// Rewards lost to a penalty, from the reward pool to the treasury.
    RewardForfeit = "reward_forfeit", RewardPool => Treasury,
    /// Slashed into escrow out of self-bonds and delegations.
    Slash = "slash", Staked => SlashEscrow,
    /// Slashed into escrow out of the unbonding queue.
    SlashUnbonding = "slash_unbonding", Unbonding => SlashEscrow,
    /// From slash escrow to those who were harmed.
    SlashCompensation = "slash_compensation", SlashEscrow => Liquid,
    /// From slash escrow to whoever reported.
    SlashReporter = "slash_reporter", SlashEscrow => Liquid,
    /// From slash escrow to the insurance pool.
    SlashInsurance = "slash_insurance", SlashEscrow => Insurance,
    /// From slash escrow, burned.
    SlashBurn = "slash_burn", SlashEscrow => Issuance,
    /// From slash escrow to the treasury, with the remainder of the division.
    SlashTreasury = "slash_treasury", SlashEscrow => Treasury,
    /// Between two participants.
    Trade = "trade", Liquid => Liquid,
    /// An owner's deposit for an appeal.
    AppealDeposit = "appeal_deposit", Liquid => AppealDeposit,
    /// The deposit of an upheld appeal.
    AppealRefund = "appeal_refund", AppealDeposit => Liquid,
    /// The deposit of a rejected appeal, to the insurance pool.
    AppealForfeit = "appeal_forfeit", AppealDeposit => Insurance,
    /// From slash escrow back to the self-bond or the pool that it was taken from.
    SlashReturn = "slash_return", SlashEscrow => Staked,
    /// From slash escrow back to somebody who has left the bond or the queue.
    SlashReturnUnbonded = "slash_return_unbonded", SlashEscrow => Unbonded,
    /// One provider's delegations to another's.
    Redelegate = "redelegate", Staked => Staked,
    /// Slashed into escrow out of the delegations at the provider to which they were moved.
    SlashRedelegated = "slash_redelegated", Staked => SlashEscrow,
    /// Minted into the reward pool for contributions.
    EmissionContribution = "emission_contribution", Issuance => RewardPool,
    /// Contribution rewards claimed.
    ContributionClaim = "contribution_claim", RewardPool => Liquid,
    /// Held-back rewards lost by a bad contribution, from the reward pool to the treasury.
    ContributionForfeit = "contribution_forfeit", RewardPool => Treasury,
    /// Liquid to the bond that vouches for contributions.
    Vouch = "vouch", Liquid => Vouched,
    /// Vouching bond that has left, to unbonded.
    VouchMature = "vouch_mature", Vouched => Unbonded,
    /// Vouching bond lost by a bad contribution, to the insurance pool.
    VouchForfeit = "vouch_forfeit", Vouched => Insurance,
    /// Liquid to user stake.
    UserStake = "user_stake", Liquid => UserStake,
    /// User stake to liquid.
    UserUnstake = "user_unstake", UserStake => Liquid,
    /// Liquid to a proposal's deposit.
    ProposalDeposit = "proposal_deposit", Liquid => ProposalDeposit,
    /// A tallied proposal's deposit, back to liquid.
    DepositReturn = "deposit_return", ProposalDeposit => Liquid,
    /// A vetoed proposal's deposit, burned.
    DepositBurn = "deposit_burn", ProposalDeposit => Issuance,
    /// A grant from the treasury.
    Grant = "grant", Treasury => Liquid,
    /// From the insurance pool to the customer of a job that failed by a provider's fault.
    InsurancePayout = "insurance_payout", Insurance => Liquid,
    /// Dollars brought in from outside.
    StableDeposit = "stable_deposit", Issuance => Liquid,
    /// Dollars taken out again.
    StableRedeem = "stable_redeem", Liquid => Issuance,
    /// The share of job revenue that pays for checks.
    FeeVerification = "fee_verification", JobEscrow => VerificationPool,
    /// To a verifier for the verdicts that it gave.
    VerificationFee = "verification_fee", VerificationPool => Liquid,
    /// The part of claimed rewards that is held back.
    RewardHold = "reward_hold", RewardPool => Vesting,
    /// The part of the provider's share of job revenue that is held back.
    JobHold = "job_hold", JobEscrow => Vesting,
    /// Held-back pay that has vested, claimed by a provider's owner.
    VestingRelease = "vesting_release", Vesting => Liquid,
    /// Held-back pay lost by a tombstone, to the treasury.
    VestingForfeit = "vesting_forfeit", Vesting => Treasury,
    /// Slashed into escrow out of held-back pay.
    SlashVesting = "slash_vesting", Vesting => SlashEscrow,
    /// From slash escrow back to held-back pay.
    SlashReturnVesting = "slash_return_vesting", SlashEscrow => Vesting,
    /// The delegators' part of a provider's share of job revenue.
    JobDelegators = "job_delegators", JobEscrow => RewardPool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bonds_and_slashes_move_is_of_bonds_and_no_fee_reward_or_deposit_is() {
        let named = |is_of_bonds| {
            let all = Reason::ALL.into_iter();
            let of = all.filter(move |reason| reason.is_of_bonds() == is_of_bonds);
            of.map(Reason::name).collect::<alloc::vec::Vec<_>>()
        };
        let parts = ["bond", "delegate", "withdraw", "mature", "vouch", "slash"];
        for name in named(true) {
            assert!(parts.iter().any(|part| name.contains(part)), "{name}");
        }
        for name in named(false) {
            let is_claim = name == "delegation_claim";
            let is_free = !parts.iter().any(|part| name.contains(part));
            assert!(is_claim || is_free, "{name}");
        }
    }

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
