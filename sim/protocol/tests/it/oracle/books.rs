//! The books: every account, tally, standing, weight, price and promise, read through the public door.

use stakesim_protocol::*;
use units::Amount;

use super::compare::{Pair, differ};
use super::state::Oracle;

impl Pair {
    /// Every account, standing, weight, price and promise.
    pub fn everything(&self) -> Result<(), String> {
        let (protocol, oracle) = (&self.protocol, &self.oracle);
        for account in accounts(oracle) {
            for asset in [Asset::Native, Asset::Stable] {
                let held = protocol.balance(asset, account).base_units();
                let ours = oracle.balance_of(asset, account);
                differ(&format!("{asset:?} {account:?}"), held, ours)?;
            }
            let has_moved = account != Account::Issuance
                && !protocol.balance(Asset::Credits, account).is_zero();
            differ("credits have moved", has_moved, false)?;
        }
        for asset in [Asset::Native, Asset::Stable] {
            for reason in Reason::ALL {
                let moved = protocol.tally(asset, reason, Scope::Lifetime);
                let ours = oracle.moved.get(&(asset, reason.name()));
                let ours = ours.map_or(0, |moved| moved.0);
                differ(reason.name(), moved.base_units(), ours)?;
            }
        }
        for v in 0..oracle.providers.len() {
            self.provider(v)
                .map_err(|fault| format!("provider {v}: {fault}"))?;
        }
        for (id, job) in &oracle.jobs {
            let escrow = protocol.job_escrow(JobId(*id)).map(Amount::base_units);
            differ("job escrow", escrow, Some(job.escrow))?;
            let rate = protocol.job_price(JobId(*id)).map(Amount::base_units);
            differ("job price", rate, Some(job.rate))?;
        }
        self.cases()?;
        self.users()?;
        self.contributors()?;
        self.proposals()?;
        self.market()
    }

    pub fn cases(&self) -> Result<(), String> {
        let naive = self.oracle.cases.iter().enumerate();
        let naive = naive.filter(|(_, case)| !case.is_closed);
        let ours: Vec<_> = naive
            .map(|(id, case)| {
                let taken: u128 = case.taken.iter().map(|(_, amount)| amount).sum();
                (id as u32, case.provider, case.kind, taken)
            })
            .collect();
        let open: Vec<_> = (self.protocol.open_cases())
            .map(|(id, case)| {
                let provider = case.provider.0 as usize;
                (
                    id.0,
                    provider,
                    case.kind as usize,
                    case.amount().base_units(),
                )
            })
            .collect();
        differ("open cases", open, ours)
    }

    pub fn market(&self) -> Result<(), String> {
        let (protocol, oracle) = (&self.protocol, &self.oracle);
        for k in 0..oracle.kinds.len() {
            let kind = KindId(k as u16);
            let rate = protocol.job_rate(kind).map(Amount::base_units);
            differ("rate", rate, oracle.rate(k))?;
            let scarcity = u128::from(protocol.scarcity(kind).parts());
            differ("scarcity", scarcity, oracle.kinds[k].scarcity)?;
        }
        for (g, group) in oracle.groups.iter().enumerate() {
            let multiplier = protocol.price_multiplier(GroupId(g as u8)).parts();
            differ("multiplier", u128::from(multiplier), group.multiplier)?;
        }
        let price = u128::from(protocol.oracle_price().nano_per_token());
        differ("price", price, oracle.prices.oracle.unwrap_or(0))?;
        let smoothed = u128::from(protocol.smoothed_price().nano_per_token());
        differ("smoothed price", smoothed, oracle.prices.smoothed)?;
        differ(
            "GPUs",
            u128::from(protocol.active_gpus()),
            oracle.active_gpus(),
        )?;
        differ(
            "staked",
            protocol.staked_total().base_units(),
            oracle.staked(),
        )?;
        let circulating = protocol.circulating().base_units();
        differ("circulating", circulating, oracle.circulating())
    }

    pub fn provider(&self, v: usize) -> Result<(), String> {
        let (protocol, naive) = (&self.protocol, &self.oracle.providers[v]);
        let id = ProviderId(v as u32);
        differ("standing", protocol.standing(id), naive.standing)?;
        differ("weight", protocol.weight(id), naive.weight)?;
        let pools = [
            BonusPool::Commitment,
            BonusPool::Growth,
            BonusPool::Innovation,
        ];
        let pools = pools.map(|pool| protocol.pool_weight(id, pool));
        differ("pool weights", pools, naive.pools)?;
        let until = protocol
            .commitment(id)
            .map(|commitment| u64::from(commitment.1));
        differ(
            "commitment",
            until,
            naive.commitment.map(|running| running.until),
        )?;
        differ(
            "tenure",
            u128::from(protocol.tenure_steps(id)),
            naive.tenure,
        )?;
        differ("stage", protocol.recovery_stage(id), self.oracle.stage(v))?;
        let commission = u128::from(protocol.commission(id).parts());
        differ("commission", commission, naive.commission)?;
        let minimum = protocol.bond_min(id).map(Amount::base_units);
        differ("minimum bond", minimum, self.oracle.minimum(v))?;
        let settled = self.oracle.settled(v);
        let held = [protocol.vested(id), protocol.unvested(id)].map(Amount::base_units);
        differ("vested and unvested", held, self.oracle.vested_and_not(v))?;
        let claimable = protocol.claimable(id).base_units();
        differ("claimable", claimable, settled.unclaimed)?;
        for person in 0..self.oracle.people {
            let delegator = ParticipantId(person);
            let claimable = protocol.claimable_delegation(delegator, id).base_units();
            let ours = settled.delegations.get(&person).map_or(0, |d| d.unclaimed);
            differ(&format!("claimable of {person}"), claimable, ours)?;
            let worth = protocol.delegation(delegator, id).base_units();
            let ours = self.oracle.worth(v, person);
            differ(&format!("worth of {person}"), worth, ours)?;
            let moves = protocol.in_transit(delegator, id) as usize;
            differ("in transit", moves, self.oracle.in_transit(person, v))?;
        }
        Ok(())
    }
}

fn accounts(oracle: &Oracle) -> Vec<Account> {
    let mut accounts = vec![
        Account::Issuance,
        Account::RewardPool,
        Account::Treasury,
        Account::Insurance,
        Account::Platform,
        Account::JobEscrow,
        Account::SlashEscrow,
        Account::AppealDeposit,
        Account::ProposalDeposit,
        Account::Locked,
        Account::VerificationPool,
    ];
    for person in (0..oracle.people).map(ParticipantId) {
        accounts.extend([
            Account::Liquid(person),
            Account::Unbonded(person),
            Account::UserStake(person),
            Account::Vouched(person),
        ]);
    }
    for id in (0..oracle.providers.len() as u32).map(ProviderId) {
        accounts.extend([
            Account::SelfBond(id),
            Account::Delegated(id),
            Account::Unbonding(id),
            Account::Vesting(id),
        ]);
    }
    accounts
}
