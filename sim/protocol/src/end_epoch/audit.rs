//! Step 12, Audit: recomputes every total from its parts and every pool from what moved in and out of it. It uses
//! nothing that the other steps keep up to date along the way without checking it.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};
use units::Amount;

use super::Close;
use crate::account::{Account, AccountKind, Asset};
use crate::case::Appeal;
use crate::ids::{CaseId, KindId, ParticipantId, ProposalId, ProviderId};
use crate::ledger::Scope;
use crate::pools::BonusPool;
use crate::reason::Reason;
use crate::rewards::accrued;
use crate::role::Role;
use crate::standing::Standing;
use crate::state::Protocol;
use crate::term::in_force;

/// A broken invariant: always a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditFault {
    /// An asset's balances do not sum to its supply.
    Supply(Asset),
    /// A system account does not hold what moved in less what moved out.
    Account(Account),
    /// The job escrow is not the sum of the open jobs' escrows.
    JobEscrow,
    /// The slash escrow is not the sum of what is held.
    SlashEscrow,
    /// A provider's unbonding account is not the sum of its entries.
    Unbonding(ProviderId),
    /// A delegation pool's shares are not the sum of its delegators', or it holds tokens without shares.
    PoolShares(ProviderId),
    /// A kind's total weight is not the sum of its providers'.
    KindWeight(KindId),
    /// A provider that is not active has weight, and so would earn.
    EarnsUnduly(ProviderId),
    /// An index went back behind what it has paid.
    Index(ProviderId),
    /// More rewards are promised than the reward pool holds.
    RewardPool,
    /// The total of bonds and delegations is not the sum of them.
    Staked,
    /// The close minted another amount than it allocated, or more than its budget.
    Minted,
    /// A pool's total weight is not the sum of its providers', or one of them is not what its rule gives.
    PoolWeight(BonusPool),
    /// The running count of active GPUs is not their sum.
    ActiveGpus,
    /// A provider that is not active has tenure or waits for it.
    Tenure(ProviderId),
    /// The appeal deposits are not the sum of the open appeals'.
    AppealDeposit,
    /// A case is not queued for its release, or its appeal not for its end.
    CaseQueue(CaseId),
    /// A provider is set aside otherwise than its terms say.
    Term(ProviderId),
    /// An unbonding entry has no place in the order in which entries leave, or an owner's count of entries is wrong.
    UnbondingQueue(ProviderId),
    /// A move between providers has no end, or a count of moves is wrong.
    Redelegation(ProviderId),
    /// A participant's user stake is not what its last checkpoint says.
    UserStake(ParticipantId),
    /// All user stake is not the sum of its parts, or not what moved in less what moved out.
    UserStakeTotal,
    /// A vouching account is not what vouches and what is leaving.
    Vouched(ParticipantId),
    /// More held-back rewards were released than had vested, or more were lost than were held.
    ReleasedEarly(ParticipantId),
    /// The proposal deposits are not the sum of those under vote.
    ProposalDeposit,
    /// A provider's vesting account is not what its lines and its kept pay still hold, or these contradict themselves.
    Vesting(ProviderId),
    /// The vesting accounts do not sum to what moved in less what moved out.
    VestingTotal,
    /// A ballot's power is not the stake at the snapshot.
    VotingPower(ProposalId),
    /// An account of bonds holds another asset than that of bonds.
    BondAsset(Asset),
}

impl fmt::Display for AuditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invariant broken: {self:?}")
    }
}

impl core::error::Error for AuditFault {}

pub(super) fn audit(protocol: &mut Protocol, close: &mut Close) {
    if protocol.is_audited {
        let audited = audit_minted(protocol, close).and_then(|()| protocol.audit());
        close.summary.audit_fault = audited.err();
    }
}

/// What this close has minted against what its steps say that they allocated.
fn audit_minted(protocol: &Protocol, close: &Close) -> Result<(), AuditFault> {
    let moved = |reason| protocol.tally(Asset::Native, reason, Scope::Epoch);
    let minted = moved(Reason::Emission)
        + moved(Reason::EmissionContribution)
        + moved(Reason::EmissionTreasury);
    let is_allocated = minted == close.summary.minted && minted <= close.summary.budget;
    require(is_allocated, AuditFault::Minted)
}

pub(super) fn require(holds: bool, fault: AuditFault) -> Result<(), AuditFault> {
    if holds { Ok(()) } else { Err(fault) }
}

impl Protocol {
    /// Checks the named invariants; the first that is broken is returned. No balance is negative by its type, and no
    /// slash passes the exposure and no payout the budget by assertions where they are made.
    pub fn audit(&self) -> Result<(), AuditFault> {
        for asset in Asset::ALL {
            let (total, supply) = self.ledger.total_and_supply(asset);
            require(total == supply, AuditFault::Supply(asset))?;
            self.audit_flows(asset)?;
        }
        self.audit_bond_asset()?;
        self.audit_escrows()?;
        self.audit_providers()?;
        self.audit_weights()?;
        self.audit_rewards()?;
        self.audit_cases()?;
        self.audit_terms()?;
        self.audit_stake()?;
        self.audit_contributors()?;
        self.audit_governance()
    }

    /// Accounts of bonds hold the asset of bonds and nothing else.
    fn audit_bond_asset(&self) -> Result<(), AuditFault> {
        let bonds = self.params.bond.asset;
        for asset in Asset::ALL.into_iter().filter(|asset| *asset != bonds) {
            for kind in AccountKind::ALL.into_iter().filter(|it| it.is_of_bonds()) {
                let is_clean = self.ledger.held(asset, kind).is_zero();
                require(is_clean, AuditFault::BondAsset(asset))?;
            }
        }
        Ok(())
    }

    /// System accounts against the lifetime tallies, asset by asset.
    fn audit_flows(&self, asset: Asset) -> Result<(), AuditFault> {
        use Reason as R;
        let sum = |reasons: &[Reason]| -> Amount {
            reasons
                .iter()
                .map(|reason| self.tally(asset, *reason, Scope::Lifetime))
                .sum()
        };
        let require_flow = |account, opening: Amount, paid_in: &[Reason], paid_out: &[Reason]| {
            let balance = self.ledger.balance(asset, account);
            let holds = balance + sum(paid_out) == opening + sum(paid_in);
            require(holds, AuditFault::Account(account))
        };
        let zero = Amount::ZERO;
        let minted = [
            R::Genesis,
            R::Emission,
            R::EmissionTreasury,
            R::EmissionContribution,
            R::StableDeposit,
        ];
        let (_, supply) = self.ledger.total_and_supply(asset);
        require_flow(
            Account::Issuance,
            supply,
            &[R::FeeBurn, R::SlashBurn, R::DepositBurn, R::StableRedeem],
            &minted,
        )?;
        let rewarded = [
            R::RewardClaim,
            R::DelegationClaim,
            R::RewardForfeit,
            R::ContributionClaim,
            R::ContributionForfeit,
            R::RewardHold,
        ];
        let earned = [R::Emission, R::EmissionContribution, R::JobDelegators];
        require_flow(Account::RewardPool, zero, &earned, &rewarded)?;
        let decided = [R::DepositReturn, R::DepositBurn];
        let proposed = [R::ProposalDeposit];
        require_flow(Account::ProposalDeposit, zero, &proposed, &decided)?;
        let revenue = [
            R::EscrowRefund,
            R::JobProvider,
            R::FeePlatform,
            R::FeeTreasury,
            R::FeeInsurance,
            R::FeeBurn,
            R::FeeVerification,
            R::JobHold,
            R::JobDelegators,
        ];
        require_flow(Account::JobEscrow, zero, &[R::EscrowOpen], &revenue)?;
        let (collected, verified) = ([R::FeeVerification], [R::VerificationFee]);
        require_flow(Account::VerificationPool, zero, &collected, &verified)?;
        let released = [
            R::SlashCompensation,
            R::SlashReporter,
            R::SlashInsurance,
            R::SlashBurn,
            R::SlashTreasury,
            R::SlashReturn,
            R::SlashReturnUnbonded,
            R::SlashReturnVesting,
        ];
        require_flow(
            Account::SlashEscrow,
            zero,
            &[
                R::Slash,
                R::SlashUnbonding,
                R::SlashRedelegated,
                R::SlashVesting,
            ],
            &released,
        )?;
        let (objected, decided) = ([R::AppealDeposit], [R::AppealRefund, R::AppealForfeit]);
        require_flow(Account::AppealDeposit, zero, &objected, &decided)
    }

    fn audit_escrows(&self) -> Result<(), AuditFault> {
        let open: Amount = self.jobs.iter().map(|job| job.escrow).sum();
        require(
            open == self.native(Account::JobEscrow),
            AuditFault::JobEscrow,
        )?;
        let held: Amount = self.cases.values().map(|case| case.amount()).sum();
        require(
            held == self.in_bond_asset(Account::SlashEscrow),
            AuditFault::SlashEscrow,
        )
    }

    fn audit_providers(&self) -> Result<(), AuditFault> {
        let mut shares = vec![0u128; self.providers.len()];
        for ((provider, _), delegation) in &self.delegations {
            shares[provider.index()] += delegation.shares;
        }
        let mut weights = vec![0u128; self.kinds.len()];
        let mut staked = Amount::ZERO;
        for (index, provider) in self.providers.iter().enumerate() {
            let id = ProviderId(index as u32);
            weights[provider.kind.index()] += provider.weight;
            staked += self.bonded(id) + self.delegated(id);
            let leaving: Amount = provider.unbonding.iter().map(|entry| entry.amount).sum();
            require(leaving == self.unbonding(id), AuditFault::Unbonding(id))?;
            let is_held = provider.shares > 0 || self.delegated(id).is_zero();
            require(
                shares[index] == provider.shares && is_held,
                AuditFault::PoolShares(id),
            )?;
            require(
                provider.weight == 0 || provider.standing == Standing::Active,
                AuditFault::EarnsUnduly(id),
            )?;
            require(
                provider.paid_index <= self.kinds[provider.kind.index()].index,
                AuditFault::Index(id),
            )?;
        }
        require(staked == self.staked_total(), AuditFault::Staked)?;
        for (index, kind) in self.kinds.iter().enumerate() {
            require(
                weights[index] == kind.total_weight,
                AuditFault::KindWeight(KindId(index as u16)),
            )?;
        }
        Ok(())
    }

    /// Pool weights, active GPUs and tenure.
    fn audit_weights(&self) -> Result<(), AuditFault> {
        let mut totals = [0u128; BonusPool::COUNT];
        let mut gpus = 0;
        for (index, provider) in self.providers.iter().enumerate() {
            let id = ProviderId(index as u32);
            let is_active = provider.standing == Standing::Active;
            if is_active && self.role(id) == Role::Compute {
                gpus += u64::from(provider.gpus);
            }
            let has_tenure = provider.tenure_steps > 0 || provider.tenure_due.is_some();
            require(is_active || !has_tenure, AuditFault::Tenure(id))?;
            let weights = self.compute_pool_weights(provider);
            for (pool, weight) in BonusPool::ALL.into_iter().zip(weights) {
                let Some(holdings) = &provider.pools else {
                    require(weight == 0, AuditFault::PoolWeight(pool))?;
                    continue;
                };
                let (holding, state) = (&holdings[pool as usize], &self.pools[pool as usize]);
                totals[pool as usize] += holding.weight;
                require(holding.weight == weight, AuditFault::PoolWeight(pool))?;
                require(holding.paid_index <= state.index, AuditFault::Index(id))?;
            }
        }
        for pool in BonusPool::ALL {
            let holds = totals[pool as usize] == self.pools[pool as usize].total_weight;
            require(holds, AuditFault::PoolWeight(pool))?;
        }
        require(gpus == self.active_gpus, AuditFault::ActiveGpus)
    }

    /// Open appeals against their deposits, and each case against the queue that will close it.
    fn audit_cases(&self) -> Result<(), AuditFault> {
        let queued = |queue: &BTreeMap<u32, Vec<CaseId>>| -> BTreeSet<(u32, CaseId)> {
            let entries = queue.iter();
            entries
                .flat_map(|(epoch, ids)| ids.iter().map(|id| (*epoch, *id)))
                .collect()
        };
        let (releases, ends) = (queued(&self.slash_holds), queued(&self.appeals));
        let mut deposits = Amount::ZERO;
        for (id, case) in &self.cases {
            let is_queued = match case.appeal {
                Appeal::Open {
                    deposit,
                    until_epoch,
                } => {
                    deposits += deposit;
                    ends.contains(&(until_epoch, *id))
                }
                Appeal::None | Appeal::Rejected => releases.contains(&(case.due_epoch, *id)),
            };
            require(is_queued, AuditFault::CaseQueue(*id))?;
        }
        require(
            deposits == self.native(Account::AppealDeposit),
            AuditFault::AppealDeposit,
        )
    }

    fn audit_terms(&self) -> Result<(), AuditFault> {
        for (index, provider) in self.providers.iter().enumerate() {
            let holds = match provider.standing {
                Standing::Suspended | Standing::Jailed => {
                    in_force(&provider.terms) == Some((provider.standing, provider.recovery_due))
                }
                Standing::Tombstoned => {
                    matches!(in_force(&provider.terms), Some((Standing::Tombstoned, _)))
                }
                Standing::Registered | Standing::Active | Standing::Exited => {
                    provider.terms.is_empty()
                }
            };
            require(holds, AuditFault::Term(ProviderId(index as u32)))?;
        }
        Ok(())
    }

    /// Everything claimable, settled or not, against the reward pool; what is over is dust.
    fn audit_rewards(&self) -> Result<(), AuditFault> {
        let mut promised = self.contributions.promised();
        let mut share_index = Vec::with_capacity(self.providers.len());
        for (index, provider) in self.providers.iter().enumerate() {
            let earned = self.compute_earnings(ProviderId(index as u32));
            promised += provider.unclaimed + earned.owner;
            share_index.push(provider.share_index + earned.share_step);
        }
        for ((provider, _), delegation) in &self.delegations {
            let is_behind = delegation.paid_index <= self.providers[provider.index()].share_index;
            require(is_behind, AuditFault::Index(*provider))?;
            let stretch = share_index[provider.index()] - delegation.paid_index;
            promised += delegation.unclaimed + accrued(delegation.shares, stretch);
        }
        require(
            promised <= self.native(Account::RewardPool),
            AuditFault::RewardPool,
        )
    }
}

#[cfg(test)]
mod tests {
    use units::{Money, MoneyRate, Ratio, TokenPrice};

    use super::*;
    use crate::provider::Provider;
    use crate::term::Term;
    use crate::{Cause, GroupId, Kind, Operation, Params, Tick, ViolationKind};

    type Plant = fn(&mut Protocol);

    /// One active provider with a delegation, an unbonding entry, an open job and rewards.
    fn protocol() -> Protocol {
        let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
        let mut protocol = Protocol::new(
            Params::default(),
            &[Kind {
                group: GroupId(0),
                list_price_usd,
                role: Role::Compute,
                is_new: true,
            }],
            1,
        )
        .unwrap();
        let owner = protocol.open_participant();
        let (provider, kind, group) = (ProviderId(0), KindId(0), GroupId(0));
        let amount = Amount::from_tokens(1_000, 9);
        let price = TokenPrice::from_nano_per_token(1_000_000_000);
        for operation in [
            Operation::Genesis {
                to: Account::Liquid(owner),
                amount: Amount::from_tokens(10_000, 9),
            },
            Operation::ObservePrice { price },
            Operation::Register {
                owner,
                kind,
                gpus: 1,
                tier: 0,
                commission: Ratio::ZERO,
            },
            Operation::Bond { provider, amount },
            Operation::Delegate {
                delegator: owner,
                provider,
                amount,
            },
            Operation::Undelegate {
                delegator: owner,
                provider,
                amount: Amount::from_tokens(10, 9),
            },
            Operation::OpenJob {
                customer: owner,
                group,
                kind,
                escrow: amount,
                region: 0,
                priority: 0,
            },
            report(ViolationKind::Hoarding),
            report(ViolationKind::Hoarding),
        ] {
            protocol.apply(Tick(0), Cause(0), operation).unwrap();
        }
        assert_eq!(
            protocol.end_epoch(Tick(1), Cause(0)).unwrap().audit_fault,
            None
        );
        let appeal = Operation::Appeal { case: CaseId(0) };
        protocol.apply(Tick(1), Cause(0), appeal).unwrap();
        assert_eq!(protocol.audit(), Ok(()));
        protocol
    }

    /// Of the middle class: one per cent, and no suspension.
    fn report(kind: ViolationKind) -> Operation {
        Operation::ReportViolation {
            provider: ProviderId(0),
            kind,
            at: Tick(0),
            reporter: None,
            victim: None,
            loss: Amount::ZERO,
            severity: Ratio::from_percent(50),
        }
    }

    #[test]
    fn each_planted_fault_is_found_and_named() {
        let id = ProviderId(0);
        let plants: [(Plant, AuditFault); 20] = [
            (
                |it| {
                    // Dollars among the bonds of a network that bonds tokens.
                    let reason = Reason::StableDeposit;
                    let (from, to) = (Account::Issuance, Account::SelfBond(ProviderId(0)));
                    let one = Amount::new(1);
                    let moved = it
                        .ledger
                        .transfer(Asset::Stable, from, to, one, reason, Cause(0));
                    moved.unwrap();
                },
                AuditFault::BondAsset(Asset::Stable),
            ),
            (
                |it| it.kinds[0].total_weight += 1,
                AuditFault::KindWeight(KindId(0)),
            ),
            (
                |it| it.providers[0].unbonding[0].amount += Amount::new(1),
                AuditFault::Unbonding(ProviderId(0)),
            ),
            (
                |it| it.providers[0].shares += 1,
                AuditFault::PoolShares(ProviderId(0)),
            ),
            (
                |it| it.providers[0].standing = Standing::Jailed,
                AuditFault::EarnsUnduly(ProviderId(0)),
            ),
            (
                |it| it.providers[0].paid_index = u128::MAX,
                AuditFault::Index(ProviderId(0)),
            ),
            (
                |it| it.providers[0].unclaimed += Amount::new(10),
                AuditFault::RewardPool,
            ),
            (
                |it| drop(it.jobs.remove(crate::JobId(0))),
                AuditFault::JobEscrow,
            ),
            (
                |it| it.pools[2].total_weight -= 1,
                AuditFault::PoolWeight(BonusPool::Innovation),
            ),
            (
                |it| it.providers[0].is_growing = true,
                AuditFault::PoolWeight(BonusPool::Growth),
            ),
            (
                |it| it.providers[0].pools.as_mut().unwrap()[2].paid_index = u128::MAX,
                AuditFault::Index(ProviderId(0)),
            ),
            (|it| it.active_gpus += 1, AuditFault::ActiveGpus),
            (give_tenure_to_the_idle, AuditFault::Tenure(ProviderId(1))),
            (
                |it| it.cases.get_mut(&CaseId(1)).unwrap().taken[0].1 += Amount::new(1),
                AuditFault::SlashEscrow,
            ),
            (
                |it| drop(it.cases.remove(&CaseId(1))),
                AuditFault::SlashEscrow,
            ),
            (
                |it| it.slash_holds.clear(),
                AuditFault::CaseQueue(CaseId(1)),
            ),
            (|it| it.appeals.clear(), AuditFault::CaseQueue(CaseId(0))),
            (
                |it| it.cases.get_mut(&CaseId(0)).unwrap().appeal = Appeal::None,
                AuditFault::AppealDeposit,
            ),
            (
                |it| it.providers[0].terms.push(spell()),
                AuditFault::Term(ProviderId(0)),
            ),
            (
                move_to_treasury_from_rewards,
                AuditFault::Account(Account::RewardPool),
            ),
        ];
        for (plant, fault) in plants {
            let mut protocol = protocol();
            assert_eq!(protocol.standing(id), Standing::Active);
            plant(&mut protocol);
            assert_eq!(protocol.audit(), Err(fault));
        }
    }

    fn give_tenure_to_the_idle(protocol: &mut Protocol) {
        let owner = protocol.providers[0].owner;
        protocol
            .providers
            .push(Provider::new(owner, KindId(0), 1, 0, Ratio::ZERO));
        protocol.ledger.open_provider(ProviderId(1));
        protocol.providers[1].tenure_steps = 1;
    }

    fn spell() -> Term {
        Term {
            case: CaseId(0),
            standing: Standing::Jailed,
            from_epoch: 0,
            until_epoch: 9,
            needs_review: false,
        }
    }

    /// A transfer under a reason that does not belong to its accounts.
    fn move_to_treasury_from_rewards(protocol: &mut Protocol) {
        protocol.post(
            Account::RewardPool,
            Account::Treasury,
            Amount::new(1),
            Reason::Trade,
            Cause(0),
        );
    }
}
